"""The IMAP door against a real Dovecot: reads all, marks nothing, and names what is wrong."""

import socket
import ssl
import threading
from contextlib import suppress

import pytest

from letters.clients.imap import (
    BadCredentials,
    FolderGone,
    FolderState,
    Insecure,
    Mailbox,
    Stored,
    UnknownHost,
    Unreachable,
    WrongCertificate,
)
from tests.servers.imap import dovecot
from tests.servers.smtp import CERTIFICATE

pytestmark = pytest.mark.imap
MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def shared():
    with dovecot() as server:
        yield server


@pytest.fixture
def server(shared, request):
    """The server with a mailbox of its own for every test."""
    return shared.for_somebody("".join(letter for letter in request.node.name if letter.isalnum()))


def door(server, **other):
    values = {
        "port": server.port,
        "username": server.username,
        "password": server.password,
        "security": "none",
    }
    return Mailbox(host="127.0.0.1", **{**values, **other})


def mail(subject):
    return f"From: yara@brug.example\r\nSubject: {subject}\r\n\r\nBeste buren,\r\n".encode()


def test_everything_is_read_byte_for_byte_and_stays_unread(server):
    server.deliver(mail("een"), mail("twee"))
    with door(server) as mailbox:
        state = mailbox.look("INBOX")
        read = [(message.uid, message.raw) for message in mailbox.messages(after=0, largest=MEGABYTE)]
    assert read == [(1, mail("een")), (2, mail("twee"))]
    assert state == FolderState(state.uidvalidity, next_uid=3, messages=2)
    assert server.listing() == [(1, ()), (2, ())]


def test_what_was_read_already_is_not_read_again(server):
    server.deliver(mail("een"), mail("twee"), mail("drie"))
    with door(server) as mailbox:
        mailbox.look("INBOX")
        assert [message.uid for message in mailbox.messages(after=2, largest=MEGABYTE)] == [3]
        assert [message.uid for message in mailbox.messages(after=3, largest=MEGABYTE)] == []


def test_what_somebody_has_read_is_read_as_well(server):
    server.deliver(mail("een"))
    with server.session() as colleague:
        colleague.select_folder("INBOX")
        colleague.set_flags([1], [b"\\Seen"])
    with door(server) as mailbox:
        mailbox.look("INBOX")
        assert [message.uid for message in mailbox.messages(after=0, largest=MEGABYTE)] == [1]


def test_what_somebody_deletes_meanwhile_is_passed_over(server):
    server.deliver(mail("een"), mail("twee"), mail("drie"))
    with door(server) as mailbox:
        mailbox.look("INBOX")
        found = mailbox.messages(after=0, largest=MEGABYTE)
        first = next(found)
        with server.session() as colleague:
            colleague.select_folder("INBOX")
            colleague.delete_messages([2])
            colleague.expunge()
        assert [first.uid, *(message.uid for message in found)] == [1, 3]


def test_of_a_giant_only_the_beginning_is_fetched(server):
    giant = mail("reus") + b"x" * 3 * MEGABYTE
    server.deliver(giant)
    with door(server) as mailbox:
        mailbox.look("INBOX")
        found = list(mailbox.messages(after=0, largest=MEGABYTE))
    assert [(message.raw, message.is_whole) for message in found] == [(giant[:MEGABYTE], False)]


def test_what_is_just_not_too_large_is_whole(server):
    full = mail("vol").ljust(MEGABYTE, b"x")
    server.deliver(full)
    with door(server) as mailbox:
        mailbox.look("INBOX")
        assert list(mailbox.messages(after=0, largest=MEGABYTE)) == [Stored(1, full, is_whole=True)]


@pytest.mark.parametrize("name", ["Sent", "Verzonden items", "Sent Items"])
def test_the_folder_of_what_was_sent_is_found_by_its_name(server, name):
    server.deliver(mail("uit Outlook"), folder=name)
    with door(server) as mailbox:
        assert mailbox.sent_folder() == name


def test_without_such_a_folder_there_is_none(server):
    with door(server) as mailbox:
        assert mailbox.sent_folder() == ""


def test_a_folder_that_is_gone_is_named(server):
    with door(server) as mailbox, pytest.raises(FolderGone) as caught:
        mailbox.look("Archief")
    assert str(caught.value).startswith("Archief: ")


def test_messages_can_be_put_elsewhere(server):
    server.deliver(mail("een"), mail("twee"))
    with door(server) as mailbox:
        mailbox.move("INBOX", [1], to="Gelezen")
    assert (server.listing(), len(server.listing("Gelezen"))) == ([(2, ())], 1)


def test_waiting_ends_as_soon_as_something_arrives(server):
    with door(server) as mailbox:
        mailbox.look("INBOX")
        assert mailbox.wait(0.1) is False
        server.deliver(mail("een"))
        assert mailbox.wait(20) is True


@pytest.mark.parametrize(
    ("change", "error"),
    [({"password": "fout"}, BadCredentials), ({"port": 9}, Unreachable), ({"security": "tls"}, Insecure)],
    ids=["password", "nobody listens", "no TLS"],
)
def test_what_is_wrong_with_the_connection_is_named(server, change, error):
    # Dovecot makes who gives a wrong password wait two seconds.
    with pytest.raises(error), door(server, **change):
        pass


def test_what_was_said_is_told_as_it_was_said(server):
    with (
        pytest.raises(BadCredentials, match=r"^\[AUTHENTICATIONFAILED\] [^']*$"),
        door(server, password="fout"),
    ):
        pass
    with pytest.raises(Unreachable, match=r"^Connection refused$"), door(server, port=9):
        pass


@pytest.mark.parametrize(
    ("code", "error"), [(socket.EAI_NONAME, UnknownHost), (socket.EAI_AGAIN, Unreachable)]
)
def test_a_name_that_nobody_knows_is_told_from_a_network_that_is_away(server, monkeypatch, code, error):
    def look_up(*args, **kwargs):
        raise socket.gaierror(code, "of the network")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(Unreachable, match=r"^of the network$") as caught, door(server):
        pass
    assert caught.type is error


def test_a_certificate_that_nobody_vouches_for_is_named(server):
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(CERTIFICATE)

    def greet():
        with suppress(OSError), listener.accept()[0] as asking, tls.wrap_socket(asking, server_side=True):
            pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=greet)
        thread.start()
        with (
            pytest.raises(WrongCertificate),
            door(server, port=listener.getsockname()[1], security="tls"),
        ):
            pass
        thread.join(10)


def test_a_server_that_vanishes_is_unreachable():
    with dovecot() as server:
        server.deliver(mail("een"), mail("twee"))
        mailbox = door(server).__enter__()
        mailbox.look("INBOX")
        found = mailbox.messages(after=0, largest=MEGABYTE)
        assert next(found).uid == 1
    with pytest.raises(Unreachable):
        list(found)
    mailbox.__exit__(None, None, None)
