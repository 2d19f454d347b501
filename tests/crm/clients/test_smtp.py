"""The SMTP door against a real server: every way in which a message can or cannot leave."""

import hashlib
import ssl
from collections.abc import Iterator

import pytest

from crm.clients import smtp
from crm.clients.smtp import Door
from crm.clients.smtp_answers import (
    Accepted,
    BadCredentials,
    Insecure,
    LostAfterContent,
    LostBeforeContent,
    Refused,
    TemporarilyRefused,
    Unreachable,
)
from tests.servers.smtp import Fault, Server, client_tls, server_tls, smtp_server

RAW = (
    b"Message-ID: <een@spreekbuis.example>\r\nFrom: post@spreekbuis.example\r\nTo: griffie@raad.example\r\n"
    b"Subject: Jaarverslag\r\n\r\nGeachte griffie,\r\n\r\n.\r\n.een punt vooraan\r\n..twee punten\r\n\r\n.\r\n"
)
FROM = "post+abc123@spreekbuis.example"
TO = "griffie@raad.example"


@pytest.fixture(params=[(), ("PIPELINING",)], ids=["one by one", "pipelining"])
def server(request) -> Iterator[Server]:
    with smtp_server(extensions=request.param) as server:
        yield server


def door_to(server: Server, **options) -> Door:
    return Door(**{"host": "127.0.0.1", "port": server.port, "security": "none", **options})


def send(
    door: Door, raw: bytes = RAW, *, to: tuple[str, ...] = (TO,), before_content=lambda: None
) -> Accepted:
    return door.send(FROM, to, raw, before_content=before_content, envelope_id="abc123")


def test_the_server_stores_exactly_the_frozen_bytes(server):
    with door_to(server) as door:
        accepted = send(door)
    assert accepted == Accepted(250, "Kept", archived=False)
    assert [kept.sha256 for kept in server.kept] == [hashlib.sha256(RAW).hexdigest()]
    assert (server.kept[0].sender, server.kept[0].recipients) == (FROM, [TO])


def test_eight_bit_content_arrives_unchanged(server):
    raw = RAW.replace(b"een punt", "één punt — ’t".encode())
    with door_to(server) as door:
        send(door, raw)
    assert server.kept[0].raw == raw
    assert "BODY=8BITMIME" in server.kept[0].options[0]


@pytest.mark.parametrize(
    "raw",
    [
        RAW.replace(b"\r\n", b"\n"),
        RAW + b"bare\rreturn\r\n",
        RAW + b"smuggled\n.\r\nMAIL FROM:<x@y.example>\r\n",
        RAW.rstrip(),
        RAW + b"x" * 999 + b"\r\n",
        RAW + b"nul\0\r\n",
        b"",
    ],
)
def test_bytes_that_smtp_would_change_never_leave(server, raw):
    with door_to(server) as door, pytest.raises(ValueError, match="The message"):
        send(door, raw)
    assert server.kept == []


@pytest.mark.parametrize(
    "address",
    [
        "griffie@raad@elders.example",
        "griffie",
        "@raad.example",
        "griffie@",
        "griffie@raad..example",
        "griffie@raad.example>\r\nRCPT TO:<ander@elders.example",
        "de griffie@raad.example",
        "griffie@raad.example,ander@elders.example",
        "g" * 65 + "@raad.example",
    ],
)
def test_an_address_that_is_none_never_reaches_the_server(server, address):
    with door_to(server) as door, pytest.raises(ValueError, match="not an e-mail address"):
        send(door, to=(address,))
    assert server.kept == []


def test_the_commit_stands_between_the_go_ahead_and_the_content(server):
    order = []
    server.plan.on_data = lambda: order.append("DATA")
    keep = server.plan.keep
    server.plan.keep = lambda kept: (order.append("content"), keep(kept))
    with door_to(server) as door:
        send(door, before_content=lambda: order.append("commit"))
    assert order == ["DATA", "commit", "content"]


class Interrupted(Exception):
    pass


@pytest.mark.parametrize(
    "error", [Interrupted("fence"), OSError("disk"), ValueError("bad"), KeyboardInterrupt()]
)
def test_what_the_commit_raises_comes_out_unchanged_and_the_server_has_nothing(server, error):
    def fail() -> None:
        raise error

    with door_to(server) as door:
        with pytest.raises(type(error)) as caught:
            send(door, before_content=fail)
        assert caught.value is error
        assert send(door) == Accepted(250, "Kept", archived=False)
    assert len(server.kept) == 1


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault.LATER, TemporarilyRefused(450, "Greylisted, try again later")),
        (Fault.LATER_AT_DATA, TemporarilyRefused(451, "Not just now")),
        (Fault.LATER_AFTER_CONTENT, TemporarilyRefused(452, "No room, try again later")),
        (Fault.CLOSING, TemporarilyRefused(421, "Shutting down")),
        (Fault.SENDER_REFUSED, Refused(550, "Not this sender")),
        (Fault.REFUSED, Refused(550, "No such mailbox")),
        (Fault.REFUSED_AFTER_CONTENT, Refused(554, "Looks like spam")),
    ],
)
def test_a_no_is_told_with_its_code_and_the_next_message_leaves(server, fault, expected):
    server.script.append(fault)
    with door_to(server) as door:
        with pytest.raises(type(expected)) as caught:
            send(door)
        assert (caught.value.code, caught.value.reply) == (expected.code, expected.reply)
        assert server.kept == []
        send(door)
    assert len(server.kept) == 1


@pytest.mark.parametrize("fault", [Fault.DROP_AT_RCPT, Fault.DROP_AT_DATA])
def test_a_connection_lost_before_the_go_ahead_is_certainly_not_accepted(server, fault):
    server.script.append(fault)
    committed = []
    with door_to(server) as door:
        with pytest.raises(LostBeforeContent):
            send(door, before_content=lambda: committed.append(1))
        assert committed == []
        send(door)
    assert len(server.kept) == 1


@pytest.mark.parametrize(
    ("fault", "kept"),
    [
        (Fault.DROP_IN_CONTENT, 0),
        (Fault.DROP_AFTER_CONTENT, 0),
        (Fault.DROP_KEPT, 1),
        (Fault.GARBLED_KEPT, 1),
    ],
)
def test_a_connection_lost_after_the_go_ahead_is_uncertain_whatever_the_server_did(server, fault, kept):
    server.script.append(fault)
    with door_to(server) as door:
        with pytest.raises(LostAfterContent):
            send(door)
        assert len(server.kept) == kept
        send(door)
    assert len(server.kept) == kept + 1


def test_no_answer_after_the_content_is_uncertain(server, monkeypatch):
    monkeypatch.setattr(smtp, "FINAL_REPLY_SECONDS", 0.2)
    server.script.append(Fault.SILENT_KEPT)
    with door_to(server) as door, pytest.raises(LostAfterContent, match="timed out"):
        send(door)


def test_one_connection_carries_many_messages(server):
    connections = []
    with door_to(server) as door:
        for _ in range(5):
            send(door)
            connections.append(door._session)
    assert len(set(map(id, connections))) == 1
    assert len(server.kept) == 5


def test_a_server_that_closes_after_a_few_messages_is_called_again(server):
    server.plan.closes_after = 2
    with door_to(server) as door:
        for _ in range(5):
            send(door)
    assert len(server.kept) == 5


def test_a_server_that_was_away_is_found_again(server):
    door = door_to(server)
    send(door)
    server.stop()
    with pytest.raises(Unreachable):
        send(door)
    server.start()
    send(door)
    door.close()
    assert len(server.kept) == 2


def test_the_evidence_address_is_a_second_recipient(server):
    with door_to(server) as door:
        accepted = send(door, to=(TO, "archief@spreekbuis.example"))
    assert accepted.archived is True
    assert server.kept[0].recipients == [TO, "archief@spreekbuis.example"]


def test_a_refused_evidence_address_does_not_hold_up_the_letter(server):
    server.plan.refused_recipients = frozenset({"archief@spreekbuis.example"})
    with door_to(server) as door:
        accepted = send(door, to=(TO, "archief@spreekbuis.example"))
    assert accepted == Accepted(250, "Kept", archived=False)
    assert server.kept[0].recipients == [TO]


def test_when_the_recipient_is_refused_the_evidence_address_gets_nothing_either(server):
    server.plan.refused_recipients = frozenset({TO})
    with door_to(server) as door, pytest.raises(Refused):
        send(door, to=(TO, "archief@spreekbuis.example"))
    assert server.kept == []


def test_delivery_reports_are_asked_for_where_the_server_does_them(server):
    server.plan.extensions += ("DSN",)
    with door_to(server) as door:
        send(door, to=(TO, "archief@spreekbuis.example"))
    mail, recipient, archive = server.kept[0].options
    assert "RET=HDRS ENVID=abc123" in mail
    assert recipient == f"TO:<{TO}> NOTIFY=FAILURE,DELAY"
    assert archive == "TO:<archief@spreekbuis.example> NOTIFY=NEVER"


def test_nothing_is_asked_that_the_server_does_not_offer(server):
    with door_to(server) as door:
        send(door)
    assert server.kept[0].options == [f"FROM:<{FROM}> SIZE={len(RAW)}", f"TO:<{TO}>"]


def test_a_domain_with_accents_needs_no_help_of_the_server(server):
    server.plan.smtputf8 = False
    with door_to(server) as door:
        send(door, to=("bestuur@wijkcafé.example",))
    assert server.kept[0].recipients == ["bestuur@xn--wijkcaf-hya.example"]


def test_smtputf8_is_asked_for_a_name_beyond_ascii_and_only_then(server):
    with door_to(server) as door:
        send(door, to=("joëlle@raad.example",))
    assert server.kept[0].recipients == ["joëlle@raad.example"]
    assert "SMTPUTF8" in server.kept[0].options[0]


def test_a_server_without_smtputf8_gets_no_such_message(server):
    server.plan.smtputf8 = False
    with door_to(server) as door, pytest.raises(Refused):
        send(door, to=("joëlle@raad.example",))
    assert server.kept == []


def test_starttls_and_a_password():
    with smtp_server(tls=server_tls(), password="geheim") as server:
        with door_to(
            server, host="localhost", security="starttls", tls=client_tls(), username="wij", password="geheim"
        ) as door:
            send(door)
            assert isinstance(door._session.sock, ssl.SSLSocket)
        assert len(server.kept) == 1


def test_a_certificate_we_do_not_trust_stops_everything():
    with smtp_server(tls=server_tls()) as server:
        with door_to(server, host="localhost", security="starttls") as door, pytest.raises(Insecure):
            send(door)
        assert server.kept == []


def test_a_server_without_starttls_gets_nothing_in_the_clear(server):
    with (
        door_to(server, security="starttls", username="wij", password="geheim") as door,
        pytest.raises(Insecure),
    ):
        send(door)
    assert server.kept == []


def test_tls_towards_a_server_that_speaks_none(server):
    with door_to(server, security="tls") as door, pytest.raises(Insecure):
        send(door)


@pytest.mark.parametrize(
    "credentials", [{"username": "wij", "password": "fout"}, {}, {"username": "w", "password": "é"}]
)
def test_wrong_or_missing_credentials_are_told_apart_from_a_refused_letter(credentials):
    with smtp_server(tls=server_tls(), password="geheim") as server:
        door = door_to(server, host="localhost", security="starttls", tls=client_tls(), **credentials)
        with door, pytest.raises(BadCredentials):
            send(door)
        assert server.kept == []


def test_nobody_listening_is_unreachable(server):
    server.stop()
    with door_to(server) as door, pytest.raises(Unreachable):
        send(door)
