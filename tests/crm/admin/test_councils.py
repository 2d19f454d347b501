"""What became of parties, and their councils: lines, seats, terms, elections, and who sits for whom."""

import datetime

import pytest

from crm.models import Term
from tests.crm.admin.pages import alert, errors, form, link, said, text
from tests.crm.factories import (
    ElectionFactory,
    FactionFactory,
    LineageFactory,
    MandateFactory,
    OrganisationFactory,
    PartyFactory,
    SeatCountFactory,
)

pytestmark = pytest.mark.django_db


def part(organisation, *place):
    return organisation.get_absolute_url() + "".join(f"{piece}/" for piece in place)


def test_a_line_to_what_it_became(member):
    one, other = PartyFactory(name="Gras"), PartyFactory(name="Groen")
    line = {"direction": "became", "kind": "merger", "other": "Groen"}
    response = member.post(part(one, "afkomst"), line, follow=True)
    assert "Gras merged into Groen" in text(response)
    response = member.post(part(other, "afkomst"), {**line, "other": "Gras"})
    assert errors(response) == {
        "other": "Groen came out of Gras: it cannot be the other way round too.",
    }
    response = member.post(part(one, "afkomst"), line, follow=True)
    assert said(response) == ["That stood there already."]


def test_the_way_a_line_goes_is_not_chosen_beforehand_except_on_the_page_of_a_joint_faction(member):
    party = PartyFactory(name="Gras")
    values = form(member.get(part(party, "afkomst")))
    assert (values["direction"], values["kind"]) == ("", "")
    response = member.post(part(party, "afkomst"), {**values, "other": "Gras"})
    assert sorted(errors(response)) == ["direction", "kind"]
    assert form(member.get(part(FactionFactory(party=party), "afkomst")))["direction"] == ""
    joint = FactionFactory(name="Fractie Bond")
    values = form(member.get(part(joint, "afkomst")))
    assert values["direction"] == "came_from"
    response = member.post(
        part(joint, "afkomst"), {**values, "kind": "joint_faction", "other": "Gras"}, follow=True
    )
    assert "Gras went on in the joint faction Fractie Bond" in text(response)


def test_the_timeline_can_be_shown_with_what_it_came_from(member, alida):
    old, new = PartyFactory(name="Gras"), PartyFactory(name="Groen")
    LineageFactory(predecessor=old, successor=new)
    member.post(part(old, "contact"), {"kind": "call", "day": "1-7-2025", "summary": "Beloofde een bankje"})
    response = member.get(new.get_absolute_url())
    assert "Beloofde een bankje" not in text(response)
    together = link(response, "Show it together with what it came from and what became of it")
    assert "Beloofde een bankje" in text(member.get(new.get_absolute_url() + together.split("#")[0]))


def test_seats_terms_and_elections(member):
    body = OrganisationFactory(as_municipality=True)
    term = {"name": "2022-2026", "from_on": "30-3-2022", "seats_total": "45"}
    election = {"name": "Raad 2022", "held_on": "16 maart 2022"}
    member.post(part(body, "verkiezingen"), election)
    response = member.post(
        part(body, "termijnen"), {**term, "election": body.elections.get().pk}, follow=True
    )
    assert "2022-2026 45 seats, from 30 March 2022" in text(response)
    faction = FactionFactory(term=Term.objects.get())
    response = member.post(part(faction, "zetels"), {"seats": "9", "from_on": "30-3-2022"}, follow=True)
    assert "9 seats from 30 March 2022" in text(response)
    response = member.post(part(faction, "zetels"), {"seats": "46", "from_on": "30-3-2022"})
    assert errors(response) == {"seats": "The whole council has 45 seats."}
    row = faction.seat_counts.get()
    member.post(part(faction, "zetels", row.pk, "verwijderen"))
    assert not faction.seat_counts.exists()


def test_a_term_and_an_election_of_a_mistake_go_away_and_nothing_typed_is_lost(member):
    term = FactionFactory().term
    body = term.body
    sent = {"name": "Raad", "from_on": "30-3-2022", "seats_total": "39"}
    response = member.post(part(body, "termijnen"), sent)
    assert list(errors(response)) == ["from_on"]
    assert form(response)["seats_total"] == "39"
    response = member.post(part(body, "termijnen", term.pk, "verwijderen"))
    assert "1 organisation would hang loose." in alert(response)
    term.factions.all().delete()
    there = link(member.get(body.get_absolute_url()), "Mistake: 2022-2026")
    assert there == part(body, "termijnen", term.pk, "verwijderen") + "#formulier"
    response = member.post(part(body, "termijnen", term.pk, "verwijderen"), follow=True)
    assert said(response) == ["The term was taken away."]
    election = ElectionFactory(body=body)
    there = link(member.get(body.get_absolute_url()), "Mistake: Gemeenteraad 2022")
    assert there == part(body, "verkiezingen", election.pk, "verwijderen") + "#formulier"
    response = member.post(part(body, "verkiezingen", election.pk, "verwijderen"), follow=True)
    assert said(response) == ["The election was taken away."]
    response = member.post(part(body, "verwijderen"), follow=True)
    assert said(response) == ["Gemeente Brugstad was removed."]


@pytest.mark.usefixtures("without_panels")
def test_who_sits_for_a_party_and_a_whole_council_can_be_read(member):
    party = PartyFactory(name="Groen")
    faction = FactionFactory(name="Fractie Groen", party=party)
    LineageFactory(predecessor=party, successor=FactionFactory(name="Fractie Bond", term=faction.term))
    SeatCountFactory(faction=faction, seats=9)
    mandate = MandateFactory(organisation=faction, post="council_member", on_behalf_of=party)
    words = text(member.get(party.get_absolute_url()))
    assert f"On its behalf {mandate.person} council member, Fractie Groen" in words
    assert "Nobody yet" not in words
    assert (
        "Fractie Groen 9 seats · Gemeente Brugstad "
        "Fractie Bond number of seats unknown · Gemeente Brugstad · together with others"
    ) in words
    words = text(member.get(faction.term.body.get_absolute_url()))
    assert "In the council today Fractie Groen 9 seats Fractie Bond number of seats unknown" in words


def test_people_go_along_to_the_joint_faction(member):
    mandate = MandateFactory(organisation=FactionFactory(name="Fractie Groen"), post="council_member")
    old, joint = mandate.organisation, FactionFactory(name="Fractie Bond")
    assert "Write down first in which faction it went on" in text(member.get(part(old, "meenemen")))
    LineageFactory(
        predecessor=old, successor=joint, happened_on=datetime.date(2025, 7, 1), source="raadslijst"
    )
    there = link(member.get(old.get_absolute_url()), "Take them along to Fractie Bond")
    assert there == part(old, "meenemen") + "#formulier"
    assert "Take them along first" in text(member.get(part(old, "einde")))
    response = member.get(part(old, "meenemen"))
    assert f"{mandate.person}: each gets the same role there" in text(response)
    values = form(response)
    assert (values["to"], values["from_on"], values["source"]) == (str(joint.pk), "1-7-2025", "raadslijst")
    response = member.post(part(old, "meenemen"), {**values, "source": ""})
    assert list(errors(response)) == ["source"]
    response = member.post(part(old, "meenemen"), values, follow=True)
    assert said(response) == ["1 role went along to Fractie Bond."]
    assert "Take them along" not in text(response)
    assert "Take them along" not in text(member.get(part(old, "einde")))
    assert joint.mandates.get().person == mandate.person
