"""To whom a letter goes, as the committee sees it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.actions import consents, mandates
from crm.models import ContactPoint, ContactStatus, Person
from letters.actions import recipients as actions
from letters.models import Letter
from letters.queries import recipients
from tests.letters.conftest import party

pytestmark = pytest.mark.django_db


def row_of(letter, name):
    (row,) = [row for row in recipients.rows(letter) if row.recipient.name == name]
    return row


def warnings(letter):
    return {row.recipient.name: row.warnings for row in recipients.rows(letter) if row.warnings}


def add_person(letter, by, *, address="", role=None, **values):
    someone = Person.objects.create(**values)
    if role:
        mandates.add(person=someone, organisation=role, post="chair", source="eigen site", by=by)
    if address:
        ContactPoint.objects.create(person=someone, kind="email", purpose="board", value=address)
    actions.add(letter=letter, people=[someone], by=by)
    return someone


def test_a_row_has_all_that_one_wants_to_know(letter):
    row = row_of(letter, "Samenspraak")
    assert (row.number, row.to_whom, row.address, row.lines, row.salutation.text, row.warnings) == (
        3,
        "bestuur",
        "Verzonnenkade 1, 1099 ZZ Amsterdam",
        ("Samenspraak", "t.a.v. het bestuur", "Verzonnenkade 1", "1099 ZZ  AMSTERDAM"),
        "Geacht bestuur van Samenspraak",
        (),
    )
    assert (row.is_gap, row.will_be_sent, row.goes_by_post, row.may_write.allowed) == (
        False,
        True,
        True,
        True,
    )


def test_gaps_stay_visible_and_are_counted(letter, parties):
    parties[1].contact_points.update(status=ContactStatus.FAILING)
    rows = recipients.rows(letter)
    assert [(row.recipient.name, row.is_gap, row.address) for row in rows] == [
        ("De Waag", False, "programma@waag.example"),
        ("Stadslijst", True, ""),
        ("Samenspraak", False, "Verzonnenkade 1, 1099 ZZ Amsterdam"),
        ("Zonder Adres", True, ""),
    ]
    assert recipients.summary(rows) == recipients.Summary(total=4, email=1, post=1, gaps=2, refused=0)
    assert recipients.summary(rows).sendable == 2


def test_an_address_for_another_way_is_no_address(letter):
    letter.recipients.filter(name="De Waag").update(channel="post")
    assert row_of(letter, "De Waag").is_gap is True


def test_who_does_not_want_to_hear_from_us_is_named_with_the_reason(letter, alida):
    consents.object_to(
        address="post@stadslijst.example", purpose="letter", channel="email", source="telefoon", by=alida
    )
    rows = recipients.rows(letter)
    assert (rows[1].is_gap, rows[1].will_be_sent) == (False, False)
    assert "vroeg ons op" in rows[1].warnings[0]
    assert recipients.summary(rows) == recipients.Summary(total=4, email=1, post=1, gaps=1, refused=1)


def test_a_postcode_that_is_none_makes_a_gap_that_says_why(letter, parties):
    parties[2].contact_points.update(postcode="12 AB")
    row = row_of(letter, "Samenspraak")
    assert (row.is_gap, row.lines, row.address) == (True, (), "")
    assert row.warnings == ("“12 AB” is geen postcode. Schrijf vier cijfers en twee letters: 1012 AB.",)


# The same human twice.


def test_two_with_one_address_are_pointed_at_each_other(letter, parties):
    parties[1].contact_points.update(value="Programma@waag.example")
    after = "Elk adres krijgt de brief één keer. Kies voor een van hen een ander adres, of haal er een van de lijst."
    assert warnings(letter) == {
        "De Waag": (f"Hetzelfde adres als nummer 2 (Stadslijst): programma@waag.example. {after}",),
        "Stadslijst": (f"Hetzelfde adres als nummer 1 (De Waag): programma@waag.example. {after}",),
    }


def test_a_person_who_also_reads_the_mail_of_the_party_is_pointed_out(letter, alida, parties):
    add_person(
        letter, alida, given_name="Anna", family_name="Bos", address="programma@waag.example", role=parties[0]
    )
    assert [name for name, words in warnings(letter).items() if "Hetzelfde adres" in words[0]] == [
        "De Waag",
        "Anna Bos",
    ]


def test_of_three_with_one_address_each_is_told_of_both_others(letter, parties):
    extra = party("Nieuw Geluid", email="programma@waag.example")
    parties[1].contact_points.update(value="programma@waag.example")
    actions.add(letter=letter, organisations_=[extra], by=letter.started_by)
    assert "nummer 2 (Stadslijst) en nummer 5 (Nieuw Geluid)" in warnings(letter)["De Waag"][0]


def test_who_gets_nothing_shares_no_address(letter, parties, alida):
    parties[1].contact_points.update(value="programma@waag.example", status=ContactStatus.FAILING)
    assert warnings(letter) == {}
    assert recipients.sharing_an_address(recipients.rows(letter)) == {}


def test_two_by_post_share_an_address_only_with_the_same_name(letter, alida):
    neighbours = [party("Samenspraak", street="Verzonnenkade 1"), party("Buren", street="Verzonnenkade 1")]
    actions.add(letter=letter, organisations_=neighbours, by=alida)
    shared = recipients.sharing_an_address(recipients.rows(letter))
    assert {address: [row.number for row in same] for address, same in shared.items()} == {
        "Samenspraak, t.a.v. het bestuur, Verzonnenkade 1, 1099 ZZ  AMSTERDAM": [3, 5]
    }


def test_two_people_of_one_name_may_be_one(letter, alida, parties):
    add_person(letter, alida, given_name="Anna", family_name="Bos", address="a@bos.example", role=parties[0])
    add_person(letter, alida, given_name="ANNA", family_name="Bös", address="b@bos.example", role=parties[1])
    assert warnings(letter) == {
        "Anna Bos": ("Misschien dezelfde persoon als nummer 6 (ANNA Bös). Zo ja, haal er een van de lijst.",),
        "ANNA Bös": ("Misschien dezelfde persoon als nummer 5 (Anna Bos). Zo ja, haal er een van de lijst.",),
    }


# The window of the envelope.

LONG = "Stichting Landelijk Platform voor Bewonersinitiatieven en Buurtcoöperaties"


def test_a_line_that_the_window_breaks_is_named(letter, parties):
    parties[2].contact_points.update(attention=LONG)
    assert warnings(letter) == {
        "Samenspraak": (
            f"Te lang voor het venster van de envelop: “t.a.v. {LONG}”. Maak het korter bij de adresgegevens.",
        )
    }
    assert row_of(letter, "Samenspraak").will_be_sent is True


def test_a_long_name_by_e_mail_needs_no_window(letter, parties):
    letter.recipients.filter(name="De Waag").update(name=LONG)
    assert warnings(letter) == {}


# People whose post is over.


def test_who_no_longer_holds_the_post_is_pointed_out(letter, alida, parties):
    day = datetime.date(2026, 3, 18)
    anna = add_person(letter, alida, given_name="Anna", family_name="Bos", address="anna@bos.example")
    mandates.add(
        person=anna, organisation=parties[0], post="chair", until_on=day, source="eigen site", by=alida
    )
    row = row_of(letter, "Anna Bos")
    assert row.mandate_ended_on == day
    assert row.warnings[-1] == "Was tot 18 maart 2026 voorzitter bij De Waag."


def test_who_holds_another_post_by_now_is_not(letter, alida, parties):
    anna = add_person(letter, alida, given_name="Anna", family_name="Bos", role=parties[1])
    mandates.add(
        person=anna,
        organisation=parties[0],
        post="chair",
        until_on=timezone.localdate(),
        source="eigen site",
        by=alida,
    )
    assert row_of(letter, "Anna Bos").mandate_ended_on is None


def test_a_list_costs_the_same_number_of_queries_for_four_and_for_thirty(
    letter, alida, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as few:
        recipients.rows(Letter.objects.get(pk=letter.pk))
    many = [party(f"Partij {number}", email=f"p{number}@partij.example") for number in range(26)]
    actions.add(letter=letter, organisations_=many, by=alida)
    with django_assert_num_queries(len(few)):
        assert len(recipients.rows(Letter.objects.get(pk=letter.pk))) == 30
