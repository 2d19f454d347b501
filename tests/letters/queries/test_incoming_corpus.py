"""The corpus against the real database: what it looks up there leads to the same places."""

import pytest

from crm.models import Channel, ContactPoint, FrozenFile, Organisation, OutgoingMessage, OutgoingState, User
from letters.models import Dispatch, Letter, LetterState, Recipient
from letters.queries import incoming
from tests.letters.inbound.corpus import cases
from tests.letters.inbound.world import ALL, LETTERS, OUR_ADDRESS, PARTIES, VOLUNTEER

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(settings, letterhead) -> dict[int, str]:
    """The invented network of the corpus, as the database has it; the name of each thread by its recipient."""
    settings.MAIL_FROM = OUR_ADDRESS
    User.objects.create_user("bram", email=VOLUNTEER)
    parties = {}
    for party in PARTIES:
        parties[party] = Organisation(kind="party", name=party.name)
        parties[party].save()
        for address in party.addresses:
            ContactPoint.objects.create(
                organisation=parties[party], kind=Channel.EMAIL, value=address.capitalize()
            )
    letters = {
        one: Letter.objects.create(
            reference=one.reference,
            subject=one.subject,
            state=LetterState.DISPATCHED,
            dated_on=one.sent_at.date(),
            dispatched_at=one.sent_at,
            letterhead=letterhead,
        )
        for one in LETTERS
    }
    file = FrozenFile.objects.keep(b"brief", media_type="message/rfc822")
    made = {}
    for number, one in enumerate(ALL, start=1):
        recipient = Recipient.objects.create(
            letter=letters[one.letter], organisation=parties[one.party], name=one.party.name
        )
        outgoing = OutgoingMessage.objects.create(
            key=f"letter:{number}",
            batch="corpus",
            state=OutgoingState.ACCEPTED,
            accepted_at=one.letter.sent_at,
            envelope_from=OUR_ADDRESS,
            envelope_to=one.party.addresses[0],
            message_id=one.message_id,
            reply_token=one.token,
            raw=file,
        )
        Dispatch.objects.create(
            letter=recipient.letter,
            recipient=recipient,
            number=number,
            channel="email",
            address=one.party.addresses[0],
            pdf=file,
            outgoing=outgoing,
        )
        made[recipient.pk] = str(one.thread.key)
    return made


def is_right(case, placement, keys) -> bool:
    placed = {keys[one.thread.key] for one in placement.places}
    missing = case.threads - placed
    return missing == {keys[one.thread.key] for one in placement.guesses[: len(missing)]}


def test_the_database_leads_to_the_same_places(keys):
    found = [(case, incoming.examine(case.raw).placement) for case in cases()]
    wrong = [
        (case.shape, extra)
        for case, placement in found
        if (extra := {keys[one.thread.key] for one in placement.places} - case.threads)
    ]
    assert wrong == []
    belongs = [(case, placement) for case, placement in found if case.threads]
    right = sum(is_right(case, placement, keys) for case, placement in belongs)
    assert right / len(belongs) >= 0.9, f"{right} of {len(belongs)}"


def test_several_at_once_are_read_as_each_by_itself(keys):
    raws = [case.raw for case in cases()[::4]]
    together = incoming.examine_all(raws)
    assert [one.placement for one in together] == [incoming.examine(raw).placement for raw in raws]


def test_one_look_costs_as_many_queries_for_one_message_as_for_fifty(keys, django_assert_max_num_queries):
    raws = [case.raw for case in cases()[::4]]
    with django_assert_max_num_queries(14):
        incoming.examine(raws[0])
    with django_assert_max_num_queries(14):
        incoming.examine_all(raws)


def test_a_reference_is_known_for_every_recipient_of_a_long_letter(keys, letterhead):
    letter = Letter.objects.get(reference=LETTERS[0].reference)
    for number in range(40):
        party = Organisation(kind="party", name=f"Buurtlijst {number}")
        party.save()
        ContactPoint.objects.create(
            organisation=party, kind=Channel.EMAIL, value=f"bestuur@buurtlijst{number}.example"
        )
        Recipient.objects.create(letter=letter, organisation=party, name=party.name)
    for number in (0, 39):
        raw = (
            f"From: bestuur@buurtlijst{number}.example\nTo: {OUR_ADDRESS}\nSubject: Over {letter.reference}\n\nJa."
        ).encode()
        (place,) = incoming.examine(raw).placement.places
        assert place.thread.name == f"Buurtlijst {number}"
