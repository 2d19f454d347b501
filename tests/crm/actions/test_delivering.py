"""One worker against a real mail server: every way it can go, and the state it leaves."""

import hashlib
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from crm.actions import delivering, outgoing, outgoing_steps
from crm.actions.action import SYSTEM
from crm.actions.outgoing import Choice
from crm.clients import smtp
from crm.models import FrozenFile, MailStoppage, OutgoingMessage, OutgoingState
from crm.models.frozen_files import private_storage
from crm.queries.outgoing import door_problem, health
from tests.crm.outbox import BATCH, drain, mail_server, parcel, queued, states
from tests.servers.smtp import Fault

pytestmark = pytest.mark.django_db(transaction=True)
S = OutgoingState


@pytest.fixture
def server(settings):
    with mail_server(settings) as server:
        yield server


def due_now() -> None:
    """As if the time of the next try has come."""
    OutgoingMessage.objects.filter(state=S.QUEUED).update(next_attempt_at=timezone.now())
    MailStoppage.objects.update(retry_at=timezone.now())


def message_ids(server) -> list[str]:
    return [kept.message_id for kept in server.kept]


def test_a_letter_to_three_parties_arrives_three_times_byte_for_byte(server):
    rows = queued(3)
    assert drain() == {S.ACCEPTED: 3}
    assert states() == ["accepted"] * 3
    assert [kept.sha256 for kept in server.kept] == [
        hashlib.sha256(parcel(number).raw).hexdigest() for number in (1, 2, 3)
    ]
    rows[0].refresh_from_db()
    assert (rows[0].smtp_code, rows[0].smtp_reply, rows[0].attempts) == (250, "Kept", 1)
    assert (rows[0].claimed_by, rows[0].lease_until) == ("", None)
    assert rows[0].accepted_at is not None
    assert (server.kept[0].sender, server.kept[0].recipients) == (
        "post+token1@spreekbuis.example",
        ["partij1@raad.example"],
    )


@pytest.mark.parametrize(
    "fault", [Fault.LATER, Fault.LATER_AT_DATA, Fault.LATER_AFTER_CONTENT, Fault.CLOSING]
)
def test_not_now_is_tried_again_later_by_itself(server, fault):
    server.script.append(fault)
    queued(2)
    assert drain() == {S.QUEUED: 1, S.ACCEPTED: 1}
    assert states() == ["queued", "accepted"]
    assert drain() == {}
    due_now()
    assert drain() == {S.ACCEPTED: 1}
    assert len(set(message_ids(server))) == len(server.kept) == 2


@pytest.mark.parametrize(
    ("fault", "code", "reply"),
    [
        (Fault.REFUSED, 550, "No such mailbox"),
        (Fault.REFUSED_AFTER_CONTENT, 554, "Looks like spam"),
        (Fault.SENDER_REFUSED, 550, "Not this sender"),
    ],
)
def test_a_definite_no_waits_for_a_person_with_the_words_of_the_server(server, fault, code, reply):
    server.script.append(fault)
    first, _second = queued(2)
    drain()
    assert states() == ["refused", "accepted"]
    first.refresh_from_db()
    assert (first.smtp_code, first.smtp_reply) == (code, reply)
    assert len(server.kept) == 1


@pytest.mark.parametrize("fault", [Fault.DROP_AT_RCPT, Fault.DROP_AT_DATA])
def test_a_connection_lost_before_the_content_is_tried_again_by_itself(server, fault):
    server.script.append(fault)
    queued(1)
    assert drain() == {S.QUEUED: 1}
    due_now()
    assert drain() == {S.ACCEPTED: 1}
    assert len(server.kept) == 1


@pytest.mark.parametrize(
    "fault", [Fault.DROP_IN_CONTENT, Fault.DROP_AFTER_CONTENT, Fault.DROP_KEPT, Fault.GARBLED_KEPT]
)
def test_a_connection_lost_after_the_content_is_uncertain_and_never_resent_by_itself(server, fault):
    server.script.append(fault)
    queued(2)
    assert drain() == {S.UNCERTAIN: 1, S.ACCEPTED: 1}
    before = len(server.kept)
    OutgoingMessage.objects.update(next_attempt_at=timezone.now() - timedelta(days=30))
    outgoing_steps.reap()
    assert drain() == {}
    assert states() == ["uncertain", "accepted"]
    assert len(server.kept) == before


def test_no_answer_after_the_content_is_uncertain(server, monkeypatch):
    monkeypatch.setattr(smtp, "FINAL_REPLY_SECONDS", 0.2)
    server.script.append(Fault.SILENT_KEPT)
    queued(1)
    assert drain() == {S.UNCERTAIN: 1}


def test_a_person_has_it_sent_again_under_the_same_message_id(server):
    server.script.append(Fault.DROP_KEPT)
    (message,) = queued(1)
    drain()
    outgoing.resolve(message=message, choice=Choice.RESEND, reason="Niet aangekomen, gebeld", by=SYSTEM)
    drain()
    assert states() == ["accepted"]
    assert message_ids(server) == [message.message_id] * 2
    assert len({kept.sha256 for kept in server.kept}) == 1


def test_a_server_that_is_away_costs_no_message_an_attempt(server):
    queued(3)
    server.stop()
    assert drain() == {}
    assert states() == ["queued"] * 3
    assert set(OutgoingMessage.objects.values_list("attempts", "claimed_by")) == {(0, "")}
    assert health().waiting == 3
    assert "does not" not in door_problem()
    assert door_problem() != ""
    server.start()
    assert drain() == {}
    due_now()
    assert drain() == {S.ACCEPTED: 3}
    assert (health().waiting, health().problem) == (0, "")


def test_a_wrong_password_stops_the_queue_and_says_so(settings):
    with mail_server(settings, password="geheim") as server:
        settings.SMTP = {**settings.SMTP, "username": "wij", "password": "fout"}
        queued(2)
        assert drain() == {}
        assert states() == ["queued"] * 2
        assert MailStoppage.objects.get().problem == "credentials"
        assert "SMTP_PASSWORD" in door_problem()
        settings.SMTP = {**settings.SMTP, "password": "geheim"}
        due_now()
        assert drain() == {S.ACCEPTED: 2}
        assert len(server.kept) == 2


def test_a_password_that_turns_out_to_be_missing_stops_the_queue_too(settings):
    with mail_server(settings, password="geheim"):
        queued(2)
        assert drain() == {}
        assert states() == ["queued"] * 2
        assert MailStoppage.objects.get().problem == "credentials"


def test_without_starttls_nothing_leaves_in_the_clear(settings, server):
    settings.SMTP = {**settings.SMTP, "security": "starttls"}
    queued(1)
    assert drain() == {}
    assert (MailStoppage.objects.get().problem, server.kept) == ("insecure", [])


def test_a_pause_in_the_middle_stops_what_has_not_left_and_resuming_sends_the_rest(server):
    rows = queued(4)
    holds = [lambda: None, lambda: outgoing.hold(batch=BATCH, by=SYSTEM)]
    server.plan.on_data = lambda: None
    told = []

    def after_first(message, state):
        told.append(state)
        holds.pop(0)() if holds else None

    drain(told=after_first)
    assert told == [S.ACCEPTED, S.ACCEPTED]
    assert states() == ["accepted", "accepted", "frozen", "frozen"]
    outgoing.release(batch=BATCH, by=SYSTEM)
    drain()
    assert sorted(message_ids(server)) == sorted(row.message_id for row in rows)


def test_a_pause_between_the_go_ahead_and_the_content_still_holds_the_message(server, monkeypatch):
    queued(1)
    enter = outgoing_steps.enter_transfer

    def paused_just_now(message, *, pace):
        outgoing.hold(batch=BATCH, by=SYSTEM)
        enter(message, pace=pace)

    monkeypatch.setattr(outgoing_steps, "enter_transfer", paused_just_now)
    assert drain() == {}
    assert (states(), server.kept) == (["frozen"], [])


def test_a_worker_that_is_stopped_finishes_its_message_and_gives_back_the_rest(server):
    queued(3)
    sent = []
    drain(told=lambda message, state: sent.append(state), stopped=lambda: bool(sent))
    assert states() == ["accepted", "queued", "queued"]
    assert set(OutgoingMessage.objects.filter(state=S.QUEUED).values_list("claimed_by", "attempts")) == {
        ("", 0)
    }


def test_two_workers_send_everything_once(server, transactional_db):
    queued(12)
    first = outgoing_steps.claim(worker="other")
    assert drain() == {S.ACCEPTED: 2}
    outgoing_steps.give_back(first)
    assert drain() == {S.ACCEPTED: 10}
    assert len(set(message_ids(server))) == len(server.kept) == 12


def test_a_lease_that_ended_while_others_were_sent_is_left_alone(server):
    queued(2)
    pace = outgoing_steps.Pace(claim_lease=timedelta(seconds=-1))
    assert drain(pace=pace, stopped=_after(1)) == {}
    assert server.kept == []


def _after(rounds: int):
    left = [rounds * 3]

    def stopped() -> bool:
        left[0] -= 1
        return left[0] < 0

    return stopped


def test_frozen_bytes_that_were_changed_on_disk_do_not_leave(server):
    message, _other = queued(2)
    file = FrozenFile.objects.get(pk=message.raw_id)
    private_storage().delete(file.place)
    with private_storage().open(file.place, "wb") as stored:
        stored.write(b"iets anders\r\n")
    drain()
    assert states() == ["refused", "accepted"]
    message.refresh_from_db()
    assert file.sha256 in message.smtp_reply


def test_frozen_bytes_that_cannot_be_read_now_are_tried_later(server):
    message, _other = queued(2)
    private_storage().delete(FrozenFile.objects.get(pk=message.raw_id).place)
    drain()
    assert states() == ["queued", "accepted"]


def test_the_archive_address_gets_what_we_write_to_others_and_its_refusal_is_noted(server, settings):
    settings.MAIL_ARCHIVE = "archief@spreekbuis.example"
    (first,) = queued(1, to_archive=True)
    drain()
    assert server.kept[0].recipients == ["partij1@raad.example", "archief@spreekbuis.example"]
    first.refresh_from_db()
    assert first.smtp_reply == "Kept"
    server.plan.refused_recipients = frozenset({"archief@spreekbuis.example"})
    (second,) = queued(1, batch="letter:13", to_archive=True)
    drain()
    second.refresh_from_db()
    assert (second.state, second.smtp_reply != "Kept") == ("accepted", True)


def test_mail_for_one_of_us_alone_never_goes_to_the_archive(server, settings):
    settings.MAIL_ARCHIVE = "archief@spreekbuis.example"
    queued(1)
    drain()
    assert [kept.recipients for kept in server.kept] == [["partij1@raad.example"]]


def test_the_reply_token_comes_back_in_delivery_reports(settings):
    with mail_server(settings, extensions=("DSN",)) as server:
        (message,) = queued(1)
        drain()
        assert f"ENVID={message.reply_token}" in server.kept[0].options[0]


def test_the_answer_of_the_server_survives_a_database_that_is_away_for_a_moment(server, monkeypatch):
    monkeypatch.setattr(delivering, "INSIST_SECONDS", (0, 0, 0))
    queued(1)
    tries = []
    accept = outgoing_steps.accept

    def away_twice(message, **answer):
        tries.append(answer)
        if len(tries) < 3:
            raise OperationalError("server closed the connection unexpectedly")
        return accept(message, **answer)

    monkeypatch.setattr(outgoing_steps, "accept", away_twice)
    monkeypatch.setattr(connection, "close", lambda: None)
    assert drain() == {S.ACCEPTED: 1}
    assert (len(tries), len(server.kept)) == (3, 1)


def test_a_commit_that_fails_sends_nothing(server, monkeypatch):
    queued(1)

    def no_room(message, *, pace):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(outgoing_steps, "enter_transfer", no_room)
    with pytest.raises(OperationalError):
        drain()
    assert (states(), server.kept) == (["queued"], [])


def test_a_mistake_of_ours_before_the_content_does_not_block_the_others(server, monkeypatch, caplog):
    queued(2)
    read = FrozenFile.read
    mistakes = [RuntimeError("bug")]

    def fail_once(self):
        if mistakes:
            raise mistakes.pop()
        return read(self)

    monkeypatch.setattr(FrozenFile, "read", fail_once)
    drain()
    assert states() == ["queued", "accepted"]
    assert "bug" in caplog.text


def test_few_queries_outside_the_two_commits(server):
    queued(30, batch="nobody:1")
    ran = []

    def count(execute, sql, params, many, context):
        ran.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        assert drain() == {S.ACCEPTED: 30}
    commit_points = [
        sql for sql in ran if sql.startswith(("PRAGMA", "UPDATE crm_outgoingmessage SET state = %s"))
    ]
    assert (len(ran) - len(commit_points)) / 30 <= 1.1


def test_no_smtp_work_runs_inside_a_transaction(server, monkeypatch):
    seen = []
    send = smtp.Door.send

    def watched(self, *args, **options):
        seen.append(connection.in_atomic_block)
        return send(self, *args, **options)

    monkeypatch.setattr(smtp.Door, "send", watched)
    queued(3)
    drain()
    assert seen == [False] * 3


def test_it_works_with_the_server_in_the_middle_of_a_reconnect(server):
    server.plan.closes_after = 1
    queued(3)
    assert drain() == {S.ACCEPTED: 3}
    assert threading.active_count() < 10


def test_the_command_delivers_what_is_due_and_says_so(server, capsys):
    queued(2)
    call_command("deliver", once=True)
    out = capsys.readouterr().out
    assert "letter:12:email:2" in out
    assert "partij" not in out
    assert states() == ["accepted"] * 2


def test_the_command_fails_when_something_due_is_left(server, capsys):
    queued(2)
    server.stop()
    with pytest.raises(CommandError, match="2"):
        call_command("deliver", once=True)
    assert door_problem() in capsys.readouterr().out
