"""Whom a group holds, and what it is called in words."""

import datetime

import pytest
from django.utils.translation import override

from crm.models import Segment, SegmentSubject
from crm.queries import segments
from crm.registries import criteria as registry
from tests.crm.factories import (
    EmailFactory,
    FactionFactory,
    LineageFactory,
    MandateFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    SeatCountFactory,
    TagFactory,
    TermFactory,
    ThemeFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAY = datetime.date(2025, 7, 29)


def found(subject="organisations", on=DAY, **criteria):
    return set(segments.members(Segment(subject=subject, criteria=criteria), on=on))


def words(subject="organisations", on=DAY, **criteria):
    return segments.in_words(Segment(subject=subject, criteria=criteria), on=on)


def test_kind_level_stage_and_district_narrow_down():
    district = OrganisationFactory(as_district=True, level="city")
    active = OrganisationFactory(as_initiative=True, district=district)
    sleeping = OrganisationFactory(as_initiative=True, stage="dormant")
    assert found(kind=["initiative"]) == {active, sleeping}
    assert found(kind=["initiative", "district"], level="city") == {district}
    assert found(stage=["active"]) == {active}
    assert found(district=district.pk) == {active}


def test_a_municipality_holds_its_parties_districts_initiatives_factions_and_lists():
    place, elsewhere = (OrganisationFactory(as_municipality=True) for _ in range(2))
    party = PartyFactory(municipality=place)
    district = OrganisationFactory(as_district=True, parent=place)
    initiative = OrganisationFactory(as_initiative=True, district=district)
    faction = FactionFactory(party=party, term=TermFactory(body=place))
    PartyFactory(municipality=elsewhere, level="city")
    assert found(municipality=place.pk) == {party, district, initiative, faction}
    assert found(municipality=place.pk, kind=["party"]) == {party}


def test_themes_and_labels_narrow_down_without_doubles():
    care, housing, tag = ThemeFactory(), ThemeFactory(), TagFactory()
    both, one = OrganisationFactory(), OrganisationFactory()
    both.themes.set([care, housing])
    one.themes.set([housing])
    one.tags.set([tag])
    assert list(segments.filtered("organisations", {"theme": [care.pk, housing.pk]}, DAY)) == [both, one]
    assert found(theme=[housing.pk], tag=[tag.pk]) == {one}


def test_what_no_longer_exists_is_left_out_unless_asked_for():
    ended, existing = OrganisationFactory(ended=True), OrganisationFactory()
    assert found() == {existing}
    assert found(ended=True) == {ended}
    assert found(on=datetime.date(2015, 1, 1)) == {ended, existing}


@pytest.fixture
def council():
    """A party with a faction in the council, and one without."""
    term = TermFactory(body__name="Brugstad", until_on=datetime.date(2026, 4, 1))
    faction = FactionFactory(term=term, party=PartyFactory())
    SeatCountFactory(faction=faction)
    PartyFactory(name="Buiten de raad")
    return faction


def test_who_sits_in_a_council_on_a_day(council):
    assert found(seated="any") == {council}
    assert found(seated=council.term.body.pk, kind=["faction"]) == {council}
    assert found(seated="any", kind=["party"]) == {council.party}
    assert found(seated="any", kind=["party", "faction"]) == {council, council.party}
    assert found(seated="any", on=datetime.date(2026, 5, 1)) == set()
    assert found(seated="any", seated_on="2025-07-29", on=datetime.date(2026, 5, 1)) == {council}


@pytest.mark.parametrize("subject", ["organisations", "people"])
def test_an_address_that_nobody_checked_for_a_year(subject):
    holder, factory = (
        ("person", PersonFactory) if subject == "people" else ("organisation", OrganisationFactory)
    )
    year_ago, day_less = DAY - datetime.timedelta(days=365), DAY - datetime.timedelta(days=364)

    def held(*points):
        holds = factory()
        for values in points:
            EmailFactory(**{"organisation": None, holder: holds, "checked_on": None, **values})
        return holds

    long_ago = held({"checked_on": year_ago})
    never = held({})
    broken = held({"checked_on": year_ago}, {"checked_on": DAY, "status": "failing"})
    held({"checked_on": day_less})
    held({"checked_on": year_ago}, {"checked_on": day_less})
    held({"checked_on": year_ago, "status": "withdrawn"})
    held()
    assert found(subject, address="stale") == {long_ago, never, broken}
    assert long_ago not in found(subject, address="stale", on=day_less)


def test_people_by_what_they_do_and_where():
    held = MandateFactory(post="council_member", organisation=FactionFactory())
    over = MandateFactory(post="council_member", organisation=held.organisation, over=True)
    PersonFactory()
    assert found("people", post=["council_member"]) == {held.person}
    assert found("people", at=held.organisation.pk) == {held.person}
    assert found("people", at_kind=["faction"], on=datetime.date(2019, 1, 1)) == {held.person, over.person}


def test_a_criterion_that_nobody_knows_selects_nobody():
    OrganisationFactory()
    assert found(moon="full") == set()
    assert words(moon="full") == "all organisations with something unknown (moon)"


def test_in_words(council):
    theme = ThemeFactory(name="wonen")
    body = council.term.body
    assert words(kind=["faction"], seated="any") == "all factions in the council on 29-7-2025"
    assert words(kind=["faction"], seated=body.pk) == "all factions in the council of Brugstad on 29-7-2025"
    assert words(kind=["party", "faction"], level="city", theme=[theme.pk]) == (
        "all parties and factions in the city about wonen"
    )
    assert (
        words(kind=["initiative"], stage=["active", "dormant"])
        == "all member initiatives (active or dormant)"
    )
    assert words(ended=True) == "all organisations that no longer existed on 29-7-2025"
    assert words(part_of=body.pk) == "all organisations of Brugstad"
    assert words("people", post=["alderman"], at_kind=["faction"]) == (
        "all people who are alderman with a role at factions"
    )
    assert words(kind=["party"], municipality=body.pk) == "all parties in Brugstad"
    assert words(kind=["party"], address="missing") == "all parties without an address"
    assert words() == "all organisations"


def test_a_higher_room_adds_a_criterion(monkeypatch):
    monkeypatch.setattr(registry, "CRITERIA", {})
    silent = OrganisationFactory(name="Stil")
    OrganisationFactory(name="Spraakzaam")
    criterion = registry.Criterion(
        "silent",
        SegmentSubject.ORGANISATIONS,
        "Silent",
        apply=lambda queryset, value, day: queryset.filter(name="Stil"),
        words=lambda value, day: f"without an answer to {value}",
        choices=lambda: [("2025-014 K", "2025-014 K")],
    )
    registry.register(criterion)
    assert found(silent="2025-014 K") == {silent}
    assert words(silent="2025-014 K") == "all organisations without an answer to 2025-014 K"
    assert registry.of("organisations") == [criterion]
    assert registry.of("people") == []


def test_without_a_day_only_a_fixed_one_is_named(council):
    assert words(on=None, kind=["faction"], seated="any") == "all factions in the council"
    assert words(on=None, seated="any", seated_on="2025-07-29") == (
        "all organisations in the council on 29-7-2025"
    )
    assert words(on=None, ended=True) == "all organisations that no longer exist"


def test_in_dutch_a_name_has_its_article_where_a_sentence_wants_it():
    party = PartyFactory(name="Partij van de Buurt", short_name="PvdB", article="de")
    body = OrganisationFactory(as_municipality=True, short_name="Brugstad", article="de")
    with override("nl"):
        assert words("people", at=party.pk) == "alle mensen bij de PvdB"
        assert words(part_of=body.pk) == "alle organisaties van de gemeente Brugstad"
        assert words(seated=body.pk) == "alle organisaties in de raad van Brugstad op 29-7-2025"


def test_what_is_to_be_mended_reads_as_dutch():
    with override("nl"):
        assert words(kind=["party"], address="missing") == "alle partijen zonder adres"
        assert (
            words(kind=["party"], address="stale")
            == "alle partijen waarvan het adres al een jaar niet is nagekeken"
        )
        assert (
            words("people", address="stale") == "alle mensen van wie het adres al een jaar niet is nagekeken"
        )


def test_a_joint_faction_brings_in_the_parties_behind_it():
    joint = FactionFactory(party=None)
    body = joint.term.body.pk
    SeatCountFactory(faction=joint)
    red, green, earlier = PartyFactory(), PartyFactory(), FactionFactory(party=PartyFactory())
    gone, later = PartyFactory(ended=True), PartyFactory()
    LineageFactory(predecessor=red, successor=joint, kind="joint_faction", happened_on=None)
    LineageFactory(predecessor=earlier, successor=joint, kind="merger", happened_on=DAY)
    between = FactionFactory(party=None)
    LineageFactory(predecessor=between, successor=joint, kind="succession", happened_on=None)
    LineageFactory(predecessor=green, successor=between, kind="joint_faction", happened_on=None)
    LineageFactory(predecessor=gone, successor=joint, kind="joint_faction", happened_on=None)
    tomorrow = DAY + datetime.timedelta(days=1)
    LineageFactory(predecessor=later, successor=joint, kind="joint_faction", happened_on=tomorrow)
    criteria = {"seated": body, "kind": ["party"]}
    assert found(**criteria) == {red, green, earlier.party}
    assert segments.without_party("organisations", criteria, DAY) == []


def test_a_faction_that_leads_to_no_party_is_named(council):
    alone = FactionFactory(term=council.term, party=None)
    body = council.term.body.pk
    criteria = {"seated": body, "kind": ["party"]}
    assert found(**criteria) == {council.party}
    assert segments.without_party("organisations", criteria, DAY) == [alone]
    assert segments.without_party("organisations", {"seated": body, "kind": ["faction"]}, DAY) == []
    assert segments.without_party("organisations", {"kind": ["party"]}, DAY) == []
