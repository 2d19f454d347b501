"""The parties of Amsterdam on the day of the letter, and what became of them."""

import datetime
from collections import Counter

from cms.demo.calendar import DEMO_DAY
from crm.models import Election, Organisation, OrganisationKind, Purpose, Term
from crm.queries import contact_points, organisations, segments

SEATS_2025 = {
    "PvdA": 9, "GroenLinks": 8, "D66": 7, "VVD": 5, "PvdD": 3, "BIJ1": 3, "DENK": 2, "JA21": 2, "SP": 2, "Volt": 2,
    "FvD": 1, "CDA": 1,
}  # fmt: skip
SEATS_2026 = {
    "PRO Amsterdam": 17, "D66": 8, "VVD": 6, "PvdD": 3, "BIJ1": 2, "JA21": 2, "DENK": 2, "Volt": 2, "CDA": 1, "FvD": 1,
    "SP": 1,
}  # fmt: skip
INVENTED = {"De Brug", "Buurtstem", "Noorderlicht", "Grachten en Wijken", "Samenspraak"}
MAY_2026 = datetime.date(2026, 5, 15)


def seats_on(day):
    council = Organisation.objects.get(kind=OrganisationKind.MUNICIPALITY, short_name="Amsterdam")
    rows = organisations.factions_seated_on(council, day)
    return {str(row.faction.party or row.faction): row.seats for row in rows}


def test_the_council_of_the_day_has_its_45_seats(world):
    assert seats_on(DEMO_DAY) == SEATS_2025
    assert sum(SEATS_2025.values()) == 45


def test_the_council_of_may_2026_has_its_45_seats(world):
    assert seats_on(MAY_2026) == SEATS_2026
    assert sum(SEATS_2026.values()) == 45


def test_the_terms_follow_each_other_and_each_has_its_election(world):
    earlier, later = Term.objects.order_by("from_on")
    assert earlier.until_on == later.from_on
    assert (earlier.seats_total, later.seats_total) == (45, 45)
    days = [(e.held_on, e.lists_final_on) for e in Election.objects.order_by("held_on")]
    assert days == [
        (datetime.date(2022, 3, 16), None),
        (datetime.date(2026, 3, 18), datetime.date(2026, 2, 6)),
    ]


def test_the_segment_is_the_seventeen_parties_of_the_day(world):
    members = segments.members(world.segment, on=DEMO_DAY)
    assert {str(party) for party in members} == SEATS_2025.keys() | INVENTED
    assert members.count() == 17
    assert {party.kind for party in members} == {OrganisationKind.PARTY}


def test_fourteen_by_email_two_by_post_and_one_visible_gap(world):
    parties = segments.members(world.segment, on=DEMO_DAY)
    points = contact_points.for_many(parties, purpose=Purpose.PROGRAMME)
    assert Counter(point.kind for point in points.values()) == {"email": 14, "post": 2}
    assert {str(party) for party in parties if party.pk not in points} == {"DENK"}
    addresses = [point.value for point in points.values() if point.kind == "email"]
    assert len(set(addresses)) == 14


def test_names_carry_their_article(world):
    parties = Organisation.objects.filter(kind=OrganisationKind.PARTY, invented=False)
    assert " · ".join(sorted(party.with_article for party in parties)) == (
        "BIJ1 · D66 · DENK · FvD · GroenLinks · JA21 · Volt · de PvdA · de PvdD · de SP · de VVD · het CDA"
    )


def test_a_party_that_changed_its_name_is_found_by_the_old_one(world):
    buurtstem = Organisation.objects.get(short_name="Buurtstem")
    assert organisations.name_on(buurtstem, datetime.date(2020, 1, 1)) == "Stem van de Straat"
    assert organisations.name_on(buurtstem, DEMO_DAY) == "Buurtstem Amsterdam"
    assert "straat" in buurtstem.search_key


def test_groenlinks_and_pvda_stood_apart_and_sit_together(world):
    pro = Organisation.objects.get(short_name="PRO Amsterdam")
    lists = Organisation.objects.filter(kind=OrganisationKind.CANDIDATE_LIST, election__held_on__year=2026)
    assert {str(each.party) for each in lists} == SEATS_2025.keys()
    before = {str(step.organisation) for step in organisations.came_from(pro)}
    assert before == {
        "GroenLinks", "Lijst GroenLinks", "Fractie GroenLinks", "PvdA", "Lijst PvdA", "Fractie PvdA",
    }  # fmt: skip
    groenlinks = Organisation.objects.get(kind=OrganisationKind.PARTY, name="GroenLinks")
    assert groenlinks.pk in organisations.family_of(pro)
    assert pro.pk in organisations.family_of(groenlinks)


def test_the_parties_in_the_council_of_may_2026_include_those_of_the_joint_faction(world):
    council = Organisation.objects.get(kind=OrganisationKind.MUNICIPALITY, short_name="Amsterdam")
    criteria = {"kind": ["party"], "seated": council.pk}
    found = {str(party) for party in segments.filtered("organisations", criteria, MAY_2026)}
    assert found == SEATS_2026.keys() - {"PRO Amsterdam"} | {"PvdA", "GroenLinks"}
