"""Organisations: added, changed, renamed and ended."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import organisations
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import Organisation, OrganisationKind, OrganisationName, TimelineEntry
from crm.queries import search
from crm.queries.organisations import name_on
from tests.crm.factories import (
    EmailFactory,
    InteractionFactory,
    MandateFactory,
    NameFactory,
    OrganisationFactory,
    PartyFactory,
    TermFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = datetime.date(2025, 7, 1)


def last_line(record):
    return str(TimelineEntry.objects.about(record).first())


def test_adding_tidies_the_name_and_makes_themes(alida):
    made = organisations.add(
        kind=OrganisationKind.PARTNER, name="  Huis\u200b  van de\tWijk ", themes=["Wonen", "zorg"], by=alida
    )
    organisations.add(kind=OrganisationKind.PARTNER, name="Ander huis", themes=["wonen"], by=alida)
    assert made.name == "Huis van de Wijk"
    assert [theme.name for theme in made.themes.all()] == ["Wonen", "zorg"]
    assert type(made.themes.first()).objects.count() == 2
    assert last_line(made) == "Alida de Test added Huis van de Wijk"


def test_one_that_is_there_already_is_pointed_out_and_another_one_may_be_added(alida):
    there = PartyFactory(name="De Waag")
    with pytest.raises(AlreadyThere) as refusal:
        organisations.add(kind=OrganisationKind.PARTY, name="de waag", by=alida)
    assert refusal.value.existing == there
    assert (
        str(refusal.value) == "There is a party called De Waag already. Tick the box if this is another one."
    )
    organisations.add(kind=OrganisationKind.PARTY, name="de waag", another=True, by=alida)
    organisations.add(kind=OrganisationKind.PARTNER, name="De Waag", by=alida)
    assert Organisation.objects.count() == 3


def test_the_same_faction_in_another_term_is_another_one(alida):
    first, second = TermFactory(), TermFactory(from_on=datetime.date(2026, 3, 30))
    for term in (first, second):
        organisations.add(kind=OrganisationKind.FACTION, name="Fractie De Waag", term=term, by=alida)
    assert Organisation.objects.filter(kind=OrganisationKind.FACTION).count() == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "cannot be blank"),
        ("Waag\nBcc: iedereen@x.example", "line break or an invisible character"),
        ("Waag\x00", "line break or an invisible character"),
        ("Waag\x1b[31m", "line break or an invisible character"),
        ("{{ user }}", "cannot stand in a text here"),
        ("{% load x %}", "cannot stand in a text here"),
        ("W" * 201, "Name: at most 200 characters will fit, these are 201"),
    ],
)
def test_a_hostile_name_is_refused_beside_its_field_and_nothing_is_stored(alida, name, words):
    with pytest.raises(Invalid) as refusal:
        organisations.add(kind=OrganisationKind.PARTNER, name=name, by=alida)
    assert words in refusal.value.errors["name"]
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    "name", ["#1 Buurthuis & Zo", "<b>Vet</b>", "O'Brien “de” Wijk", "Ångström ’t Hof", "😀 Huis"]
)
def test_a_strange_name_is_kept_as_it_is(alida, name):
    assert organisations.add(kind=OrganisationKind.PARTNER, name=name, by=alida).name == name


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"founded_on": DAY, "ended_on": datetime.date(2024, 1, 1)}, "ended_on"),
        ({"stage": "active"}, "stage"),
        ({"website": "geen adres"}, "website"),
        ({"kind": "spaceship"}, "kind"),
    ],
)
def test_values_that_cannot_be_are_refused_beside_their_field(alida, values, field):
    with pytest.raises(Invalid) as refusal:
        organisations.change(organisation=OrganisationFactory(), by=alida, **values)
    assert list(refusal.value.errors) == [field]


def test_only_a_faction_or_list_belongs_to_a_party_and_nothing_to_itself(alida):
    party, partner = PartyFactory(), OrganisationFactory()
    for organisation, values, field in [
        (partner, {"party": party}, "party"),
        (party, {"party": partner}, "party"),
        (partner, {"parent": partner}, "parent"),
        (partner, {"parent": OrganisationFactory(parent=partner)}, "parent"),
    ]:
        with pytest.raises(Invalid) as refusal:
            organisations.change(organisation=organisation, by=alida, **values)
        assert list(refusal.value.errors) == [field]


def test_a_change_says_what_it_was_and_what_it_became(alida):
    organisation = OrganisationFactory(name="Buurthuis", website="https://oud.example")
    organisations.change(
        organisation=organisation,
        name="Buurthuys",
        website="",
        notes="geheim",
        level="city",
        tags=["warm"],
        by=alida,
    )
    assert last_line(organisation) == (
        "Alida de Test changed Buurthuys: name: “Buurthuis” became “Buurthuys”; website: “https://oud.example” "
        "taken away; notes; level: “city”; tags: “warm”"
    )


def test_a_change_of_nothing_leaves_no_line(alida):
    organisation = OrganisationFactory(name="Buurthuis")
    organisations.change(organisation=organisation, name=" Buurthuis ", website="", by=alida)
    assert not TimelineEntry.objects.exists()


def test_two_people_who_change_one_thing_do_not_overwrite_each_other(alida):
    organisation = OrganisationFactory(name="Buurthuis")
    seen = version(organisation)
    organisations.change(organisation=organisation, name="Huis van Bram", seen=seen, by=alida)
    with pytest.raises(Overtaken) as refusal:
        organisations.change(organisation=organisation, name="Huis van Alida", seen=seen, by=alida)
    assert refusal.value.current.name == "Huis van Bram"
    organisation.refresh_from_db()
    assert organisation.name == "Huis van Bram"
    organisations.change(
        organisation=organisation, name="Huis van Alida", seen=version(organisation), by=alida
    )


def test_a_new_name_keeps_the_old_one_and_both_are_found(alida):
    organisation = PartyFactory(name="GroenLinks", short_name="GL", founded_on=datetime.date(1989, 1, 1))
    renamed = organisations.rename(
        organisation=organisation, name="PRO", from_on=DAY, source="eigen site", by=alida
    )
    old = OrganisationName.objects.get()
    assert (old.name, old.short_name, old.from_on, old.until_on, old.source) == (
        "GroenLinks", "GL", datetime.date(1989, 1, 1), DAY, "eigen site",
    )  # fmt: skip
    assert (renamed.name, renamed.short_name) == ("PRO", "")
    assert [[hit.title for hit in search.find(text)] for text in ("groenlinks", "pro")] == [["PRO"], ["PRO"]]
    assert last_line(renamed) == "“GroenLinks” is called “PRO” from 1 July 2025 (Alida de Test wrote it down)"


def test_a_second_new_name_begins_where_the_first_one_did(alida):
    organisation = OrganisationFactory(name="Een")
    organisations.rename(organisation=organisation, name="Twee", from_on=DAY, by=alida)
    with pytest.raises(Invalid) as refusal:
        organisations.rename(
            organisation=organisation, name="Drie", from_on=DAY - datetime.timedelta(days=1), by=alida
        )
    assert refusal.value.errors == {
        "from_on": "It has had its present name since 1 July 2025: the new one begins later."
    }
    organisations.rename(
        organisation=organisation, name="Drie", from_on=DAY + datetime.timedelta(days=9), by=alida
    )
    names = OrganisationName.objects.values_list("name", "from_on", "until_on")
    assert list(names) == [("Een", None, DAY), ("Twee", DAY, DAY + datetime.timedelta(days=9))]


def test_a_name_of_a_day_to_come_is_refused_and_letters_keep_the_present_one(alida):
    organisation = OrganisationFactory(name="Een")
    today = timezone.localdate()
    tomorrow = today + datetime.timedelta(days=1)
    with pytest.raises(Invalid) as refusal:
        organisations.rename(organisation=organisation, name="Twee", from_on=tomorrow, by=alida)
    assert list(refusal.value.errors) == ["from_on"]
    assert refusal.value.errors["from_on"].endswith(
        " is still to come. Until then letters need the present name: write the new one down then."
    )
    with pytest.raises(Invalid) as refusal:
        organisations.add_earlier_name(organisation=organisation, name="Nul", until_on=tomorrow, by=alida)
    assert list(refusal.value.errors) == ["until_on"]
    assert refusal.value.errors["until_on"].endswith(
        " is still to come. An earlier name ended today or before: fill in its last day."
    )
    organisation.refresh_from_db()
    assert name_on(organisation, today) == "Een"
    organisations.rename(organisation=organisation, name="Twee", from_on=today, by=alida)
    organisation.refresh_from_db()
    assert name_on(organisation, today) == "Twee"


def test_a_new_name_that_is_the_old_one_is_refused(alida):
    with pytest.raises(Invalid) as refusal:
        organisations.rename(organisation=OrganisationFactory(name="Een"), name="Een", from_on=DAY, by=alida)
    assert refusal.value.errors == {"name": "That is its name already."}


def test_an_earlier_name_is_found_and_no_longer_once_taken_away(alida):
    organisation = OrganisationFactory(name="Nu")
    row = organisations.add_earlier_name(organisation=organisation, name="Vroeger", until_on=DAY, by=alida)
    with pytest.raises(AlreadyThere):
        organisations.add_earlier_name(organisation=organisation, name="vroeger", until_on=DAY, by=alida)
    assert len(search.find("vroeger")) == 1
    organisations.remove_earlier_name(name=row, by=alida)
    assert search.find("vroeger") == []


def test_ending_can_end_the_roles_there_and_can_be_taken_back(alida):
    held = MandateFactory()
    organisation = held.organisation
    organisations.end(organisation=organisation, ended_on=DAY, roles_too=True, by=alida)
    held.refresh_from_db()
    assert held.until_on == DAY
    organisations.end(organisation=organisation, ended_on=None, by=alida)
    organisation.refresh_from_db()
    assert organisation.ended_on is None
    assert last_line(organisation) == f"Alida de Test took back that {organisation} no longer exists"


def test_what_something_hangs_on_is_not_removed_and_the_refusal_counts_it(alida):
    organisation = MandateFactory().organisation
    MandateFactory(organisation=organisation)
    InteractionFactory(organisation=organisation)
    with pytest.raises(Refused) as refusal:
        organisations.remove(organisation=organisation, by=alida)
    assert str(refusal.value) == (
        f"{organisation} cannot be removed: 1 contact moment and 2 mandates would be lost. End it instead."
    )
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def test_a_mistake_is_removed_with_its_names_and_addresses(alida):
    organisation = NameFactory().organisation
    EmailFactory(organisation=organisation)
    organisations.remove(organisation=organisation, by=alida)
    assert not Organisation.objects.exists()
    assert last_line(alida) == f"Alida de Test removed {organisation.name}"
