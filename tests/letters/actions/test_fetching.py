"""Reading the mailbox against a real Dovecot: everything once, and the mailbox stays as it was."""

import pytest

from crm.clients.mailbox import Maildir
from crm.models import OutgoingMessage, OutgoingState
from letters.actions import fetching
from letters.actions.fetching import Fetched
from letters.models import IncomingMessage, IncomingState, MailboxFolder
from tests.letters.mails import answer, mail
from tests.letters.stories import send
from tests.servers.imap import dovecot

pytestmark = [pytest.mark.imap, pytest.mark.django_db]


@pytest.fixture(scope="module")
def shared():
    with dovecot() as server:
        yield server


@pytest.fixture
def server(shared, request, settings):
    """A mailbox of its own for every test, which the settings point at."""
    mine = shared.for_somebody("".join(letter for letter in request.node.name if letter.isalnum()))
    settings.IMAP = {
        "host": "127.0.0.1",
        "port": mine.port,
        "username": mine.username,
        "password": mine.password,
        "security": "none",
    }
    return mine


@pytest.fixture
def sent(letter, alida, bram, cor):
    made = send(letter, alida, bram, cor)
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED)
    return made


def folder(source="imap:INBOX"):
    return MailboxFolder.objects.get(source=source)


def test_what_is_new_comes_in_once_and_stays_unread_in_the_mailbox(server, sent):
    server.deliver(answer(sent[0]), mail("Kunnen we kennismaken?", subject="Vraag"))
    assert fetching.fetch() == Fetched(new=2)
    assert fetching.fetch() == Fetched(new=0)
    server.deliver(answer(sent[1]))
    assert fetching.fetch() == Fetched(new=1)
    assert sorted(IncomingMessage.objects.values_list("state", flat=True)) == ["parked", "placed", "placed"]
    assert server.listing() == [(1, ()), (2, ()), (3, ())]
    assert (folder().last_uid, folder().problem, folder().checked_at is not None) == (3, "", True)


def test_what_we_sent_from_a_mail_program_comes_in_only_when_it_belongs_with_a_letter(server, sent, alida):
    ours = {"sender": ("Alida", alida.email)}
    server.deliver(
        mail("Dank.", to=sent[0].address, In_Reply_To=sent[0].outgoing.message_id, **ours),
        mail("Zie je zaterdag?", to="nicht@familie.example", subject="Verjaardag", **ours),
        folder="Sent",
    )
    fetching.fetch()
    (message,) = IncomingMessage.objects.all()
    assert (message.kind, message.excerpt, folder("imap-sent").last_uid) == ("own", "Dank.", 2)


def test_a_mailbox_made_anew_is_read_from_its_beginning_and_nothing_comes_in_twice(server, sent):
    server.deliver(answer(sent[0]))
    fetching.fetch()
    MailboxFolder.objects.update(uidvalidity=1, last_uid=99)
    assert fetching.fetch() == Fetched(new=0)
    assert (IncomingMessage.objects.count(), folder().last_uid) == (1, 1)


def test_moving_is_a_setting(server, sent, settings):
    settings.IMAP_MOVE_TO = "Gelezen"
    server.deliver(answer(sent[0]))
    fetching.fetch()
    assert (server.listing(), len(server.listing("Gelezen"))) == ([], 1)


def test_a_folder_that_is_not_there_is_named_and_the_others_are_read(server, sent, settings):
    settings.IMAP_FOLDERS = ["Weg", "INBOX"]
    server.deliver(answer(sent[0]))
    assert fetching.fetch() == Fetched(new=1, failed=1)
    assert [(row.folder, row.problem) for row in MailboxFolder.objects.order_by("folder")] == [
        ("INBOX", ""),
        ("Weg", "folder_gone"),
    ]


def test_a_wrong_password_waits_before_the_next_try_and_is_forgotten_when_it_is_right(server, sent, settings):
    right = settings.IMAP["password"]
    settings.IMAP = {**settings.IMAP, "password": "fout"}
    server.deliver(answer(sent[0]))
    assert fetching.fetch() == Fetched(failed=1)
    assert (folder().problem, folder().failures) == ("credentials", 1)
    settings.IMAP = {**settings.IMAP, "password": right}
    assert (fetching.fetch(), folder().failures) == (Fetched(), 1)
    assert fetching.fetch(now=True) == Fetched(new=1)
    assert (folder().problem, folder().failures, folder().since) == ("", 0, None)


def test_a_server_that_is_away_loses_nothing(server, sent, settings):
    settings.IMAP = {**settings.IMAP, "port": 1}
    assert fetching.fetch() == Fetched(failed=1)
    assert folder().problem == "unreachable"
    assert IncomingMessage.objects.count() == 0


def test_without_a_mail_server_the_local_stand_in_is_read(settings, tmp_path, sent):
    settings.IMAP = {**settings.IMAP, "host": ""}
    settings.LOCAL_INBOX = tmp_path / "inbox"
    box = Maildir(settings.LOCAL_INBOX)
    box.add(answer(sent[0]))
    assert (fetching.fetch(), fetching.fetch()) == (Fetched(new=1), Fetched())
    assert IncomingMessage.objects.get().state == IncomingState.PLACED
