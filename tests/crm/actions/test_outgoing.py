"""What people do with outgoing mail: hand it over, let it go, pause it, settle what is unclear."""

import errno

import pytest
from django.contrib.auth.models import Permission
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from crm.actions import outgoing, outgoing_steps
from crm.actions.action import SYSTEM, NotAllowed, Refused
from crm.actions.outgoing import Choice
from crm.models import FrozenFile, OutgoingMessage, OutgoingState, TimelineEntry, User
from crm.registries import outgoing as registry
from tests.crm.outbox import BATCH, parcel, queued, states

pytestmark = pytest.mark.django_db
S = OutgoingState


@pytest.fixture
def member() -> User:
    user = User.objects.create_user("alida", first_name="Alida", last_name="de Wit")
    user.user_permissions.add(Permission.objects.get(codename="send_outgoingmessage"))
    return User.objects.get(pk=user.pk)


@pytest.fixture
def results(monkeypatch) -> list[registry.Result]:
    told: list[registry.Result] = []
    monkeypatch.setattr(registry, "SUBSCRIBERS", {})
    registry.on_result("letter:", told.append)
    return told


def in_state(state: OutgoingState) -> OutgoingMessage:
    """A message in a state where a worker leaves it."""
    (message,) = queued()
    OutgoingMessage.objects.filter(pk=message.pk).update(state=state, fence=1, attempts=3)
    message.refresh_from_db()
    return message


def test_messages_are_held_until_they_are_released():
    rows = outgoing.enqueue(parcels=[parcel(1), parcel(2)], by=SYSTEM)
    assert [row.key for row in rows] == ["letter:12:email:1", "letter:12:email:2"]
    assert states() == ["frozen", "frozen"]
    assert outgoing_steps.claim(worker="w") == []
    assert outgoing.release(batch=BATCH, by=SYSTEM) == 2
    assert states() == ["queued", "queued"]


def test_the_frozen_bytes_are_those_that_were_handed_over():
    (row,) = outgoing.enqueue(parcels=[parcel()], by=SYSTEM)
    assert FrozenFile.objects.get(pk=row.raw_id).read() == parcel().raw


def test_handing_over_twice_gives_the_same_rows():
    first = outgoing.enqueue(parcels=[parcel(1)], by=SYSTEM)
    both = outgoing.enqueue(parcels=[parcel(2), parcel(1)], by=SYSTEM)
    assert [row.pk for row in both] == [both[0].pk, first[0].pk]
    assert OutgoingMessage.objects.count() == 2


def test_other_bytes_replace_what_never_left():
    (before,) = outgoing.enqueue(parcels=[parcel()], by=SYSTEM)
    newer = parcel(body="Beste griffie,", reply_token="anders")
    (after,) = outgoing.enqueue(parcels=[newer], by=SYSTEM)
    after.refresh_from_db()
    assert (after.pk, after.raw.read(), after.reply_token) == (before.pk, newer.raw, "anders")


@pytest.mark.parametrize("state", [S.QUEUED, S.CLAIMED, S.ACCEPTED, S.UNCERTAIN])
def test_other_bytes_never_replace_what_may_have_left(state):
    message = in_state(state)
    with pytest.raises(Refused):
        outgoing.enqueue(parcels=[parcel(body="Beste griffie,"), parcel(2)], by=SYSTEM)
    assert OutgoingMessage.objects.get().raw_id == message.raw_id


def test_other_bytes_never_replace_what_was_paused_after_a_worker_had_it():
    queued()
    outgoing_steps.claim(worker="w")
    outgoing.hold(batch=BATCH, by=SYSTEM)
    with pytest.raises(Refused):
        outgoing.enqueue(parcels=[parcel(body="Beste griffie,")], by=SYSTEM)


@pytest.mark.parametrize(
    "address",
    ["partij@raad@elders.example", "partij", "partij@raad.example\r\nBcc: x@y.example", "een twee@x.example"],
)
def test_one_wrong_address_holds_back_the_whole_letter_and_is_named(address):
    with pytest.raises(Refused) as caught:
        outgoing.enqueue(parcels=[parcel(1), parcel(2, envelope_to=address)], by=SYSTEM)
    assert address in str(caught.value)
    assert OutgoingMessage.objects.count() == 0


def test_a_full_disk_while_freezing_leaves_nothing_half(monkeypatch):
    saved = []

    def save(self, name, content, max_length=None):
        if saved:
            raise OSError(errno.ENOSPC, "No space left on device")
        saved.append(name)
        return FileSystemStorage._save(self, name, content)

    monkeypatch.setattr(FileSystemStorage, "save", save)
    with pytest.raises(Refused, match="de schijf is vol"):
        outgoing.enqueue(parcels=[parcel(1), parcel(2, body="Ander")], by=SYSTEM)
    assert OutgoingMessage.objects.count() == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"raw": b"Message-ID: <letter-12.1@spreekbuis.example>\n\nbare\n"},
        {"raw": b"Subject: geen nummer\r\n\r\n\r\n"},
    ],
)
def test_a_message_that_cannot_leave_as_it_is_is_a_mistake_of_the_caller(changes):
    with pytest.raises(ValueError, match="letter:12:email:1"):
        outgoing.enqueue(parcels=[parcel(**changes)], by=SYSTEM)


def test_a_message_id_of_another_message_is_not_taken_over():
    outgoing.enqueue(parcels=[parcel(1)], by=SYSTEM)
    with pytest.raises(ValueError, match="in use"):
        outgoing.enqueue(
            parcels=[parcel(2, message_id=parcel(1).message_id, raw=parcel(1).raw), parcel(3)], by=SYSTEM
        )
    assert OutgoingMessage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_pause_keeps_what_has_not_left_and_nothing_else():
    queued(4)
    leaving, claimed = outgoing_steps.claim(worker="w", pace=outgoing_steps.Pace(claim_size=2))
    outgoing_steps.enter_transfer(leaving)
    assert outgoing.hold(batch=BATCH, by=SYSTEM) == 3
    assert states() == ["in_transfer", "frozen", "frozen", "frozen"]
    with pytest.raises(outgoing_steps.LostClaim):
        outgoing_steps.enter_transfer(claimed)
    assert outgoing.release(batch=BATCH, by=SYSTEM) == 3
    assert states() == ["in_transfer", "queued", "queued", "queued"]


def test_another_batch_goes_on_during_a_pause():
    queued(1)
    queued(1, batch="letter:13")
    outgoing.hold(batch=BATCH, by=SYSTEM)
    assert [message.batch for message in outgoing_steps.claim(worker="w")] == ["letter:13"]


@pytest.mark.parametrize(
    ("state", "choice", "expected"),
    [
        (S.UNCERTAIN, Choice.AS_ACCEPTED, S.ACCEPTED),
        (S.UNCERTAIN, Choice.RESEND, S.QUEUED),
        (S.UNCERTAIN, Choice.DROP, S.DROPPED),
        (S.REFUSED, Choice.RESEND, S.QUEUED),
        (S.REFUSED, Choice.DROP, S.DROPPED),
    ],
)
def test_a_person_settles_what_is_unclear(state, choice, expected, member):
    message = in_state(state)
    settled = outgoing.resolve(message=message, choice=choice, reason=" Gebeld met de griffie ", by=member)
    assert settled.state == expected
    assert settled.message_id == message.message_id
    (entry,) = TimelineEntry.objects.about(message)
    assert (entry.code, entry.by) == (f"outgoing.{choice.value}", member)
    assert entry.parameters == {"to": "partij1@raad.example", "reason": "Gebeld met de griffie"}
    assert "Gebeld met de griffie" in str(entry)


def test_sending_again_starts_with_a_clean_count(member):
    settled = outgoing.resolve(message=in_state(S.REFUSED), choice=Choice.RESEND, reason="nieuw", by=member)
    assert (settled.attempts, settled.next_attempt_at <= timezone.now()) == (0, True)


def test_what_arrived_after_all_has_a_date(member):
    settled = outgoing.resolve(
        message=in_state(S.UNCERTAIN), choice=Choice.AS_ACCEPTED, reason="antwoord", by=member
    )
    assert settled.accepted_at is not None


@pytest.mark.parametrize(
    ("state", "choice"),
    [
        (S.REFUSED, Choice.AS_ACCEPTED),
        (S.ACCEPTED, Choice.RESEND),
        (S.QUEUED, Choice.DROP),
        (S.IN_TRANSFER, Choice.RESEND),
        (S.DROPPED, Choice.RESEND),
        (S.BOUNCED, Choice.RESEND),
    ],
)
def test_what_does_not_wait_for_a_decision_stays_as_it_is(state, choice, member):
    message = in_state(state)
    with pytest.raises(Refused):
        outgoing.resolve(message=message, choice=choice, reason="toch", by=member)
    assert states() == [state]
    assert not TimelineEntry.objects.exists()


def test_two_people_settle_the_same_message_and_one_is_told(member):
    message = in_state(S.UNCERTAIN)
    same = OutgoingMessage.objects.get(pk=message.pk)
    outgoing.resolve(message=message, choice=Choice.DROP, reason="per post", by=member)
    with pytest.raises(Refused):
        outgoing.resolve(message=same, choice=Choice.RESEND, reason="opnieuw", by=member)
    assert states() == ["dropped"]


def test_a_decision_needs_a_reason(member):
    with pytest.raises(Refused):
        outgoing.resolve(message=in_state(S.UNCERTAIN), choice=Choice.DROP, reason="  ", by=member)


@pytest.mark.parametrize("state", [S.ACCEPTED, S.DELIVERED, S.UNCERTAIN])
def test_what_left_can_turn_out_not_to_have_arrived(state, member, results):
    noted = outgoing.note_bounce(message=in_state(state), reason=" Postvak vol ", by=member)
    assert noted.state == S.BOUNCED
    (entry,) = TimelineEntry.objects.about(noted)
    assert (entry.code, entry.by, entry.parameters["reason"]) == ("outgoing.bounced", member, "Postvak vol")
    assert [(result.state, result.reply, result.by) for result in results] == [
        ("bounced", "Postvak vol", member)
    ]


@pytest.mark.parametrize("state", [S.FROZEN, S.QUEUED, S.IN_TRANSFER, S.REFUSED, S.DROPPED, S.BOUNCED])
def test_what_did_not_leave_or_is_noted_already_stays_as_it_is(state, member):
    with pytest.raises(Refused):
        outgoing.note_bounce(message=in_state(state), reason="postvak vol", by=member)
    assert states() == [state]


def test_that_something_did_not_arrive_needs_a_reason(member):
    with pytest.raises(Refused):
        outgoing.note_bounce(message=in_state(S.ACCEPTED), reason=" ", by=member)
    assert states() == ["accepted"]


def test_the_letter_hears_what_a_person_decided(results, member):
    outgoing.resolve(message=in_state(S.UNCERTAIN), choice=Choice.AS_ACCEPTED, reason="antwoord", by=member)
    (result,) = results
    assert (result.key, result.state, result.code, result.reply) == (
        "letter:12:email:1",
        "accepted",
        None,
        "antwoord",
    )


def test_an_outsider_does_nothing_with_the_mail():
    outsider = User.objects.create_user("buiten")
    message = in_state(S.UNCERTAIN)
    for verb in (
        lambda: outgoing.enqueue(parcels=[parcel(2)], by=outsider),
        lambda: outgoing.release(batch=BATCH, by=outsider),
        lambda: outgoing.hold(batch=BATCH, by=outsider),
        lambda: outgoing.resolve(message=message, choice=Choice.RESEND, reason="ja", by=outsider),
        lambda: outgoing.note_bounce(message=message, reason="ja", by=outsider),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert states() == ["uncertain"]
