"""Choosing to whom a letter goes, and by what way."""

import datetime

import pytest

from crm.actions import contact_points, mandates, organisations
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import ContactPoint, ContactStatus, Organisation, Person, Segment
from letters.actions import letters, recipients
from letters.models import Letter, LetterState
from letters.queries import addressing
from tests.letters.conftest import DAY, party
from tests.letters.stories import agree, make_ready, propose, send, told

pytestmark = pytest.mark.django_db

LATER = datetime.date(2026, 5, 1)
WEB = {"source": "eigen site", "source_url": "https://waag.example"}


@pytest.fixture
def empty(letterhead, alida):
    return letters.start(by=alida, subject="Ontmoeten", dated_on=DAY, letterhead=letterhead)


@pytest.fixture
def all_parties(parties):
    return Segment.objects.create(name="Alle partijen", criteria={"kind": ["party"]})


def names(letter):
    return [recipient.name for recipient in letter.recipients.all()]


def gap_of(letter, parties):
    return letter.recipients.get(organisation=parties[3])


# A group, as it was on a day.


def test_a_group_is_a_snapshot_with_its_day_and_its_words(empty, alida, parties, all_parties):
    assert recipients.pick_segment(letter=empty, segment=all_parties, on=DAY, by=alida) == 4
    assert (empty.recipients_on, empty.recipients_words) == (DAY, "alle partijen")
    assert told(empty, "letters.recipients_picked") == [
        "Alida de Test koos de ontvangers, 4 in totaal: alle partijen"
    ]
    party("Nieuw Geluid", email="post@geluid.example")
    organisations.end(organisation=parties[0], ended_on=LATER, by=alida)
    assert sorted(names(empty)) == ["De Waag", "Samenspraak", "Stadslijst", "Zonder Adres"]


def test_a_party_has_the_name_of_the_day(empty, alida, parties, all_parties):
    organisations.rename(organisation=parties[0], name="De Nieuwe Waag", from_on=LATER, by=alida)
    recipients.pick_segment(letter=empty, segment=all_parties, on=DAY, by=alida)
    assert "De Waag" in names(empty)
    other = letters.start(by=alida, dated_on=LATER)
    recipients.pick_segment(letter=other, segment=all_parties, on=LATER, by=alida)
    assert "De Nieuwe Waag" in names(other)


def test_a_party_that_was_gone_on_the_day_is_not_on_the_list(empty, alida, parties, all_parties):
    organisations.end(organisation=parties[0], ended_on=datetime.date(2024, 1, 1), by=alida)
    assert recipients.pick_segment(letter=empty, segment=all_parties, on=DAY, by=alida) == 3


def test_two_groups_are_both_named_and_nobody_comes_in_twice(empty, alida, all_parties):
    Organisation.objects.create(kind="partner", name="Buurthuis")
    partners = Segment.objects.create(name="Partners", criteria={"kind": ["party", "partner"]})
    recipients.pick_segment(letter=empty, segment=all_parties, on=DAY, by=alida)
    assert recipients.pick_segment(letter=empty, segment=partners, on=DAY, by=alida) == 1
    recipients.pick_segment(letter=empty, segment=all_parties, on=DAY, by=alida)
    assert empty.recipients_words == "alle partijen; alle partijen en partners"
    assert len(names(empty)) == 5


def test_words_of_many_groups_stay_as_long_as_will_fit(empty, alida, all_parties):
    for number in range(8):
        place = Organisation.objects.create(
            kind="municipality", name=f"Gemeente {number} aan de brede rivier"
        )
        group = Segment.objects.create(name=str(number), criteria={"kind": ["party"], "part_of": place.pk})
        recipients.pick_segment(letter=empty, segment=group, on=DAY, by=alida)
    assert (len(empty.recipients_words), empty.recipients_words[-1]) == (300, "…")


def test_people_of_a_group_are_written_to_themselves(empty, alida, parties):
    anna = Person.objects.create(given_name="Anna", name_prefix="de", family_name="Vries", gender="f")
    mandates.add(person=anna, organisation=parties[0], post="chair", source="eigen site", by=alida)
    contact_points.add(person=anna, kind="email", value="anna@waag.example", purpose="board", by=alida, **WEB)
    chairs = Segment.objects.create(name="Voorzitters", subject="people", criteria={"post": ["chair"]})
    recipients.pick_segment(letter=empty, segment=chairs, on=datetime.date.today(), by=alida)
    (row,) = empty.recipients.all()
    assert (row.person, row.organisation, row.name, str(row.contact_point)) == (
        anna,
        None,
        "Anna de Vries",
        "anna@waag.example",
    )


# By hand.


def test_the_best_address_for_the_purpose_decides_the_way(letter, parties):
    found = {r.name: (r.channel, str(r.contact_point or "")) for r in letter.recipients.all()}
    assert found == {
        "De Waag": ("email", "programma@waag.example"),
        "Stadslijst": ("email", "post@stadslijst.example"),
        "Samenspraak": ("post", "Verzonnenkade 1, 1099 ZZ Amsterdam"),
        "Zonder Adres": ("email", ""),
    }


def test_who_is_on_the_list_already_stays_as_it_is(letter, alida, parties):
    first = letter.recipients.get(organisation=parties[0])
    recipients.set_words(recipient=first, salutation="Beste Anna", own_paragraph="Voor jullie.", by=alida)
    assert recipients.add(letter=letter, organisations_=parties, by=alida) == 0
    first.refresh_from_db()
    assert (first.salutation, first.own_paragraph, letter.recipients.count()) == (
        "Beste Anna",
        "Voor jullie.",
        4,
    )


def test_a_person_and_their_party_may_both_be_on_the_list(letter, alida, parties):
    anna = Person.objects.create(given_name="Anna", family_name="Bos")
    assert recipients.add(letter=letter, people=[anna], by=alida) == 1
    assert recipients.add(letter=letter, people=[anna], by=alida) == 0
    assert [r.position for r in letter.recipients.all()] == [1, 2, 3, 4, 5]
    assert told(letter, "letters.recipients_added")[1:] == [
        "Alida de Test zette er 1 bij op de lijst met ontvangers"
    ]


def test_who_comes_in_by_hand_is_of_the_day_of_the_list(empty, alida, parties, all_parties):
    organisations.rename(organisation=parties[0], name="De Nieuwe Waag", from_on=LATER, by=alida)
    recipients.pick_segment(letter=empty, segment=all_parties, on=DAY, by=alida)
    recipients.remove(recipient=empty.recipients.get(organisation=parties[0]), by=alida)
    recipients.add(letter=empty, organisations_=parties[:1], by=alida)
    assert "De Waag" in names(empty)


def test_taking_one_off_is_told_by_name(letter, alida, parties):
    recipients.remove(recipient=letter.recipients.get(organisation=parties[1]), by=alida)
    assert names(letter) == ["De Waag", "Samenspraak", "Zonder Adres"]
    assert told(letter, "letters.recipient_removed") == ["Alida de Test haalde Stadslijst van de lijst"]


# A list that is locked.


def test_a_locked_list_keeps_everybody_and_everything_but_addresses(letter, alida, parties, all_parties):
    recipients.lock(letter=letter, by=alida)
    first = letter.recipients.get(organisation=parties[0])
    new = party("Nieuw Geluid")
    for change in (
        lambda: recipients.pick_segment(letter=letter, segment=all_parties, on=DAY, by=alida),
        lambda: recipients.add(letter=letter, organisations_=[new], by=alida),
        lambda: recipients.remove(recipient=first, by=alida),
        lambda: recipients.set_words(recipient=first, salutation="Dag", own_paragraph="", by=alida),
    ):
        with pytest.raises(Refused, match="De lijst met ontvangers staat vast"):
            change()
    recipients.mend(recipient=gap_of(letter, parties), by=alida, kind="email", value="post@zonder.example")
    assert gap_of(letter, parties).contact_point.value == "post@zonder.example"
    recipients.unlock(letter=letter, by=alida)
    recipients.remove(recipient=first, by=alida)
    assert told(letter, "letters.recipients_locked", "letters.recipients_unlocked") == [
        "Alida de Test zette de lijst met ontvangers vast, 4 in totaal",
        "Alida de Test maakte de lijst met ontvangers weer los",
    ]


def test_who_has_an_old_list_in_hand_finds_it_locked(letter, alida, parties):
    old = Letter.objects.get(pk=letter.pk)
    recipients.lock(letter=letter, by=alida)
    with pytest.raises(Refused, match="staat vast"):
        recipients.add(letter=old, organisations_=[party("Nieuw Geluid")], by=alida)


# Addresses.


def test_another_address_changes_the_way_and_leaves_the_approval(letter, alida, bram, cor, parties):
    propose(letter, alida)
    agree(letter, bram, cor)
    by_post = ContactPoint.objects.create(
        organisation=parties[0],
        kind="post",
        purpose="board",
        street="Kade 2",
        postcode="1011 AB",
        town="Brug",
    )
    first = letter.recipients.get(organisation=parties[0])
    recipients.address(recipient=first, channel="post", point=by_post, by=alida)
    first.refresh_from_db()
    letter.refresh_from_db()
    assert (first.channel, first.contact_point, letter.state) == ("post", by_post, LetterState.APPROVED)


def test_an_address_of_another_kind_is_refused(letter, alida, parties):
    first = letter.recipients.get(organisation=parties[0])
    with pytest.raises(Refused, match="post"):
        recipients.address(recipient=first, channel="post", point=first.contact_point, by=alida)


def test_a_gap_is_mended_with_a_new_address_that_stays_with_the_party(letter, alida, parties):
    gap = gap_of(letter, parties)
    recipients.mend(
        recipient=gap, by=alida, kind="post", purpose="board", street="Kade 9", postcode="1011ab", town="Brug"
    )
    assert addressing.lines(gap, letter) == (
        "Zonder Adres",
        "t.a.v. het bestuur",
        "Kade 9",
        "1011 AB  BRUG",
    )
    assert ContactPoint.objects.get(organisation=parties[3]).street == "Kade 9"


def test_a_gap_of_a_person_is_mended_with_the_person(letter, alida):
    anna = Person.objects.create(given_name="Anna", family_name="Bos")
    recipients.add(letter=letter, people=[anna], by=alida)
    recipients.mend(
        recipient=letter.recipients.get(person=anna), by=alida, kind="email", value="anna@bos.example"
    )
    assert ContactPoint.objects.get(person=anna).value == "anna@bos.example"


def test_an_address_that_stands_there_already_is_simply_used(letter, alida, parties):
    kept = contact_points.add(
        organisation=parties[3], kind="email", value="fractie@zonder.example", purpose="faction", by=alida
    )
    gap = gap_of(letter, parties)
    assert recipients.mend(recipient=gap, by=alida, kind="email", value="fractie@zonder.example") == kept
    assert (gap.contact_point, ContactPoint.objects.filter(organisation=parties[3]).count()) == (kept, 1)


def test_an_address_of_which_mail_comes_back_is_not_used_again(letter, alida, parties):
    ContactPoint.objects.create(
        organisation=parties[3], kind="email", value="oud@zonder.example", status=ContactStatus.FAILING
    )
    with pytest.raises(AlreadyThere):
        recipients.mend(recipient=gap_of(letter, parties), by=alida, kind="email", value="oud@zonder.example")
    assert gap_of(letter, parties).contact_point is None


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "email", "value": "post@@zonder.example"},
        {"kind": "email", "value": "a@b.example\r\nBcc: c@d.example"},
        {"kind": "post", "street": "Kade 1", "postcode": "1011", "town": "Brug"},
        {"kind": "post", "street": "", "postcode": "1011 AB", "town": "Brug"},
    ],
)
def test_what_is_no_address_leaves_the_gap(letter, alida, parties, values):
    with pytest.raises(Invalid):
        recipients.mend(recipient=gap_of(letter, parties), by=alida, **values)
    assert (
        gap_of(letter, parties).contact_point,
        ContactPoint.objects.filter(organisation=parties[3]).count(),
    ) == (
        None,
        0,
    )


def test_of_what_is_ready_no_address_changes(letter, alida, bram, cor, parties):
    make_ready(letter, alida, bram, cor)
    gap, first = gap_of(letter, parties), letter.recipients.get(organisation=parties[0])
    for change in (
        lambda: recipients.mend(recipient=gap, by=alida, kind="email", value="post@zonder.example"),
        lambda: recipients.address(recipient=first, channel="email", point=None, by=alida),
    ):
        with pytest.raises(Refused, match="klaar om te versturen"):
            change()
    assert ContactPoint.objects.filter(organisation=parties[3]).count() == 0


def test_of_what_was_sent_the_way_to_resend_is_said(letter, alida, bram, cor, parties):
    send(letter, alida, bram, cor)
    gap = gap_of(letter, parties)
    for change in (
        lambda: recipients.mend(recipient=gap, by=alida, kind="email", value="post@zonder.example"),
        lambda: recipients.address(recipient=gap, channel="email", point=None, by=alida),
    ):
        with pytest.raises(Refused, match="verstuurd"):
            change()


# Words.


def test_words_for_one_are_tidied_and_empty_goes_back_to_the_rules(letter, alida):
    first = letter.recipients.first()
    recipients.set_words(recipient=first, salutation="  Beste   Anna, ", own_paragraph=" Hoi. ", by=alida)
    first.refresh_from_db()
    assert (first.salutation, first.own_paragraph) == ("Beste Anna", "Hoi.")
    recipients.set_words(recipient=first, salutation=" ", own_paragraph="", by=alida)
    assert addressing.salutation(first, letter).text == "Geachte programmacommissie van De Waag"
