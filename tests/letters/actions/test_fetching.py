"""Reading the mailbox against a real Dovecot: everything once, and the mailbox stays as it was."""

import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from crm.clients.mailbox import Maildir
from crm.models import OutgoingMessage, OutgoingState
from crm.registries import standing
from letters.actions import fetching, intake
from letters.actions.fetching import Fetched
from letters.clients.imap import Mailbox
from letters.inbound import reading
from letters.models import IncomingMessage, IncomingState, MailboxFolder
from letters.queries import mailboxes
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


def test_what_was_stored_and_not_moved_is_moved_once_at_the_next_look(server, sent, settings, monkeypatch):
    settings.IMAP_MOVE_TO = "Gelezen"
    server.deliver(answer(sent[0]), answer(sent[1]))
    with monkeypatch.context() as patched:
        patched.setattr(Mailbox, "move", broken_off)
        with pytest.raises(KeyboardInterrupt):
            fetching.fetch()
    assert (IncomingMessage.objects.count(), len(server.listing())) == (2, 2)
    assert fetching.fetch() == Fetched(new=0)
    assert fetching.fetch() == Fetched(new=0)
    assert (server.listing(), len(server.listing("Gelezen"))) == ([], 2)


def broken_off(*args):
    raise KeyboardInterrupt


def test_while_one_moves_another_does_not_and_who_was_killed_is_not_waited_for_for_ever(
    server, sent, settings
):
    settings.IMAP_MOVE_TO = "Gelezen"
    server.deliver(answer(sent[0]))
    fetching.fetch()
    server.deliver(answer(sent[1]))
    MailboxFolder.objects.update(moving_until=timezone.now() + timedelta(minutes=1))
    assert (fetching.fetch(), len(server.listing())) == (Fetched(new=1), 1)
    MailboxFolder.objects.update(moving_until=timezone.now() - timedelta(seconds=1))
    assert (fetching.fetch(), server.listing()) == (Fetched(), [])
    assert len(server.listing("Gelezen")) == 2


def test_a_folder_that_cannot_be_made_is_told_and_everything_comes_in(server, sent, settings):
    settings.IMAP_MOVE_TO = "//"
    settings.IMAP_FOLDERS = ["INBOX", "Antwoorden"]
    server.deliver(answer(sent[0]))
    server.deliver(answer(sent[1]), folder="Antwoorden")
    assert fetching.fetch().failed == 2
    assert [(row.folder, row.problem) for row in MailboxFolder.objects.order_by("folder")] == [
        ("Antwoorden", "cannot_move"),
        ("INBOX", "cannot_move"),
    ]
    assert IncomingMessage.objects.filter(state="placed").count() == 2
    assert "IMAP_MOVE_TO" in mailboxes.problems()[0]


def test_of_a_message_that_is_too_large_the_beginning_comes_in_and_it_stays_where_it_is_whole(
    server, sent, settings, monkeypatch
):
    settings.IMAP_MOVE_TO = "Gelezen"
    monkeypatch.setattr(intake, "LARGEST", 4000)
    server.deliver(answer(sent[0], "Zie bijlage. " * 1000), answer(sent[1]))
    assert fetching.fetch() == Fetched(new=2)
    cut, whole = IncomingMessage.objects.order_by("pk")
    assert (cut.problems[0], cut.state, whole.problems) == ("cut_off", "placed", [])
    assert ([uid for uid, _flags in server.listing()], len(server.listing("Gelezen"))) == ([1], 1)


def test_an_attachment_of_fifty_megabytes_comes_in_whole(server, sent, client, alida):
    data = bytes(range(256)) * (50 * 1024 * 4)
    server.deliver(answer(sent[0], files=[("jaarverslag.pdf", data, "application/pdf")]))
    assert fetching.fetch() == Fetched(new=1)
    message = IncomingMessage.objects.get()
    assert (message.state, message.problems) == ("placed", [])
    client.force_login(alida)
    html = client.get(message.get_absolute_url()).content.decode()
    assert "50,0" in html.replace("\xa0", " ")
    file = reading.read(message.raw.read()).attachments[0]
    assert client.get(f"{message.get_absolute_url()}bestand/{file.path}/").content == data


def test_a_mailbox_that_vanishes_halfway_keeps_what_came_and_brings_the_rest_later(
    server, sent, settings, monkeypatch
):
    server.deliver(*(answer(one, f"Antwoord {number}.") for number in range(2) for one in sent[:2]))
    count = len(server.listing())
    fetch, calls = Mailbox.messages, []

    def vanish(box, **given):
        for stored in fetch(box, **given):
            calls.append(stored.uid)
            if len(calls) == 2:
                # As when the server goes: the line is dead from here on.
                box._open.shutdown()
            yield stored

    with monkeypatch.context() as patched:
        patched.setattr(Mailbox, "messages", vanish)
        assert fetching.fetch() == Fetched(failed=1)
    assert (IncomingMessage.objects.count(), folder().last_uid, folder().problem) == (2, 2, "unreachable")
    assert intake.finish() == 2
    assert fetching.fetch() == Fetched()
    assert fetching.fetch(now=True) == Fetched(new=count - 2)
    assert not IncomingMessage.objects.filter(state="stored").exists()


def test_each_failure_waits_longer_up_to_an_hour(server, settings):
    settings.IMAP = {**settings.IMAP, "port": 1}
    waits = []
    for _ in range(7):
        before = timezone.now()
        fetching.fetch(now=True)
        waits.append(round((folder().retry_at - before).total_seconds() / 60))
    assert waits == [1, 2, 5, 15, 60, 60, 60]


def test_what_arrives_is_read_at_once_when_the_server_tells(server, sent):
    looks = []

    def look():
        looks.append(fetching.fetch())
        if len(looks) == 1:
            server.deliver(answer(sent[1]))

    arriving = threading.Timer(0.3, lambda: server.deliver(answer(sent[0])))
    arriving.start()
    assert fetching.watch(stopped=lambda: len(looks) == 2, look=look) is True
    arriving.join()
    assert IncomingMessage.objects.filter(state="placed").count() == 2


def test_a_server_that_does_not_tell_is_left_to_polling(server, monkeypatch):
    monkeypatch.setattr(Mailbox, "can_wait", False)
    assert fetching.watch(stopped=lambda: False, look=broken_off) is False


@pytest.mark.parametrize(
    ("host", "idle", "wanted"),
    [("", True, False), ("imap.example", True, True), ("imap.example", False, False)],
)
def test_watching_is_a_setting(settings, host, idle, wanted):
    settings.IMAP, settings.IMAP_IDLE = {**settings.IMAP, "host": host}, idle
    assert ("letters.watch_mailbox" in [work.name for work in standing.wanted()]) is wanted


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


def test_the_trouble_with_what_we_sent_is_over_once_it_is_read_again(server, settings, letterhead):
    server.deliver(mail("Dank."), folder="Sent")
    fetching.fetch()
    later = timezone.now() + timedelta(hours=1)
    trouble = {"problem": "unreachable", "since": timezone.now(), "retry_at": later, "failures": 5}
    MailboxFolder.objects.filter(source="imap-sent").update(**trouble)
    assert len(mailboxes.problems()) == 1
    # There is a connection: nothing keeps this folder waiting for the hour.
    assert fetching.fetch().failed == 0
    assert (folder("imap-sent").failures, mailboxes.problems()) == (0, [])


def test_the_trouble_with_what_we_sent_is_over_once_there_is_no_such_folder(server, settings, letterhead):
    MailboxFolder.objects.create(
        source="imap-sent", folder="Sent", problem="folder_gone", since=timezone.now()
    )
    assert "IMAP_READ_SENT" in mailboxes.problems()[0]
    settings.IMAP_READ_SENT = False
    assert mailboxes.problems() == []
    settings.IMAP_READ_SENT = True
    fetching.fetch()
    assert mailboxes.problems() == []


def test_a_folder_that_is_not_there_waits_while_the_others_are_read(server, settings, letterhead):
    settings.IMAP_FOLDERS = ["Weg", "INBOX"]
    assert (fetching.fetch().failed, fetching.fetch().failed) == (1, 0)
    assert folder("imap:Weg").failures == 1


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
