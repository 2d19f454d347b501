"""The pages and forms of organisations."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.actions import organisations
from crm.models import Organisation, TimelineEntry
from crm.registries import panels
from tests.crm.admin.pages import alert, errors, form, link, main, said, text
from tests.crm.factories import (
    EmailFactory,
    FactionFactory,
    InteractionFactory,
    LineageFactory,
    MandateFactory,
    NameFactory,
    OrganisationFactory,
    PartyFactory,
    SeatCountFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
ADD = "/beheer/organisaties/nieuw/"


@pytest.fixture
def bridge():
    return OrganisationFactory(name="De Brug", website="https://brug.example")


def part(organisation, *place):
    return organisation.get_absolute_url() + "".join(f"{piece}/" for piece in place)


@pytest.mark.usefixtures("without_panels")
def test_the_page_answers_who_how_what_and_what_is_open(member):
    faction = FactionFactory(name="Fractie Groen", party=PartyFactory(name="Groen", article="de"))
    SeatCountFactory(faction=faction, seats=9)
    NameFactory(organisation=faction, name="Fractie Gras")
    LineageFactory(predecessor=faction, successor=FactionFactory(name="Fractie Bond"))
    mandate = MandateFactory(organisation=faction, person__given_name="Anna", post="faction_leader")
    EmailFactory(organisation=faction, value="groen@raad.example", confirmed=True)
    member.post(part(faction, "contact"), {"kind": "call", "day": "1-7-2025", "summary": "Belde terug"})
    response = member.get(faction.get_absolute_url())
    words = text(response)
    for expected in [
        "Faction of Groen",
        "9 seats in Gemeente Brugstad",
        "merged into Fractie Bond",
        "groen@raad.example", "checked 1 July 2025", str(mandate.person), "faction leader", "Fractie Gras",
        "9 seats from 30 March 2022", "phone call with Fractie Groen: Belde terug", "Nothing is open with them.",
    ]:  # fmt: skip
        assert expected in words, expected


def test_a_gap_is_named_with_the_remedy_beside_it(member, bridge):
    response = member.get(bridge.get_absolute_url())
    assert "We have no address to write to." in text(response)
    assert link(response, "Fill in an address") == part(bridge, "adressen") + "?kind=email#formulier"


def test_a_page_costs_the_same_however_much_there_is(member):
    def cost(organisation):
        with CaptureQueriesContext(connection) as queries:
            assert member.get(organisation.get_absolute_url()).status_code == 200
        return len(queries)

    small, large = OrganisationFactory(), OrganisationFactory()
    for organisation, times in ((small, 1), (large, 10)):
        for _ in range(times):
            MandateFactory(organisation=organisation)
            EmailFactory(organisation=organisation)
            OrganisationFactory(parent=organisation)
            InteractionFactory(organisation=organisation)
    cost(small)
    assert cost(small) == cost(large)


@pytest.mark.usefixtures("without_panels")
def test_panels_of_higher_rooms_stand_on_the_page(member, bridge):
    panels.register(
        "turn",
        subject="organisation",
        fill=lambda record, user: panels.Panel(
            "Whose turn",
            (panels.Item("They have our letter", "/beheer/brieven/1/", "since July", tone="attention"),),
        ),
    )
    panels.register("empty", subject="organisation", fill=lambda record, user: panels.Panel("Nothing here"))
    panels.register("none", subject="organisation", fill=lambda record, user: None)
    response = member.get(bridge.get_absolute_url())
    cards = main(response).xpath('.//section[.//a[@href="/beheer/brieven/1/"]]/@aria-label')
    assert cards == ["Open with them", "Whose turn"]
    assert "Nothing here" not in text(response)


@pytest.mark.usefixtures("without_panels")
def test_what_is_open_stands_first_also_when_a_panel_has_something_to_say(member, bridge):
    EmailFactory(organisation=bridge)
    panels.register(
        "letters",
        subject="organisation",
        fill=lambda record, user: panels.Panel("Letters", (panels.Item("About the report"),)),
    )
    response = member.get(bridge.get_absolute_url())
    column = main(response).xpath('.//div[@class="sb-columns"]/div[3]/section/@aria-label')
    assert column[:2] == ["Open with them", "Letters"]
    assert "Nothing is open with them." in text(response)


def test_a_form_opens_in_its_place_and_comes_back_to_it(member, bridge):
    response = member.get(part(bridge, "gegevens"))
    values = form(response)
    assert values["name"] == "De Brug"
    response = member.post(part(bridge, "gegevens"), {**values, "name": "De Nieuwe Brug"}, follow=True)
    assert response.redirect_chain == [(f"{bridge.get_absolute_url()}#gegevens", 302)]
    assert said(response) == ["Saved: De Nieuwe Brug."]
    assert "De Nieuwe Brug" in text(response)


@pytest.mark.parametrize(
    "name", ["Brug\r\nBcc: iedereen@x.example", "{{ settings.SECRET_KEY }}", "B" * 500, "Brug\x07", ""]
)
def test_a_hostile_name_comes_back_with_a_message_beside_it_and_is_kept(member, bridge, name):
    values = form(member.get(part(bridge, "gegevens")))
    response = member.post(
        part(bridge, "gegevens"), {**values, "name": name, "website": "https://nieuw.example"}
    )
    assert response.status_code == 422
    assert list(errors(response)) == ["name"]
    assert alert(response) == "Nothing was saved yet. Look at the fields with a remark."
    kept = form(response)
    assert kept["website"] == "https://nieuw.example"
    assert kept["name"].replace("\n", "").replace("\r", "") == name.strip().replace("\n", "").replace(
        "\r", ""
    )
    bridge.refresh_from_db()
    assert bridge.name == "De Brug"


def test_a_name_with_markup_is_shown_as_text(member):
    organisation = OrganisationFactory(name="<script>alert(1)</script> & Zn. #1")
    response = member.get(organisation.get_absolute_url())
    assert "<script>alert(1)</script> & Zn. #1" in text(response)
    assert b"<script>alert" not in response.content


@pytest.mark.usefixtures("english")
def test_two_people_editing_see_both_and_lose_nothing(member, bridge):
    mine = form(member.get(part(bridge, "gegevens")))
    bram = UserFactory(first_name="Bram", last_name="Bos", is_superuser=True)
    organisations.change(organisation=bridge, name="De Brug van Bram", by=bram)
    response = member.post(part(bridge, "gegevens"), {**mine, "name": "De Brug van Alida"})
    assert response.status_code == 422
    words = text(response)
    assert "Someone else changed this in the meantime." in words
    assert "Bram Bos changed De Brug van Bram" in words
    assert "Name De Brug van Alida De Brug van Bram" in words
    again = form(response)
    assert again["name"] == "De Brug van Alida"
    response = member.post(part(bridge, "gegevens"), again, follow=True)
    assert said(response) == ["Saved: De Brug van Alida."]
    assert str(TimelineEntry.objects.about(bridge).first()).endswith(
        "name: “De Brug van Bram” became “De Brug van Alida”"
    )


def test_another_party_is_looked_up_by_name(member):
    faction = FactionFactory()
    one, other = PartyFactory(name="De Waag Noord"), PartyFactory(name="De Waag Zuid")
    OrganisationFactory(name="De Waag Noord")  # no party
    values = form(member.get(part(faction, "gegevens")))
    response = member.post(part(faction, "gegevens"), {**values, "party": "waag"})
    assert errors(response) == {"party": "Which one do you mean? Choose below."}
    choices = main(response).xpath('.//input[@name="party-chosen"]/@value')
    assert choices == [str(one.pk), str(other.pk)]
    response = member.post(
        part(faction, "gegevens"), {**values, "party": "waag", "party-chosen": str(other.pk)}
    )
    faction.refresh_from_db()
    assert faction.party == other
    values = form(member.get(part(faction, "gegevens")))
    assert values["party"] == "De Waag Zuid"
    member.post(part(faction, "gegevens"), {**values, "party": "De Waag Noord"})
    faction.refresh_from_db()
    assert faction.party == one
    response = member.post(part(faction, "gegevens"), {**values, "party": "Bestaat niet"})
    assert "We know nobody called “Bestaat niet”" in errors(response)["party"]


def test_a_date_is_typed_as_people_write_it(member, bridge):
    values = form(member.get(part(bridge, "gegevens")))
    member.post(part(bridge, "gegevens"), {**values, "founded_on": "29 juli 2025"})
    bridge.refresh_from_db()
    assert bridge.founded_on == datetime.date(2025, 7, 29)
    assert form(member.get(part(bridge, "gegevens")))["founded_on"] == "29-7-2025"
    response = member.post(part(bridge, "gegevens"), {**values, "founded_on": "31-2-2025"})
    assert "founded_on" in errors(response)
    assert form(response)["founded_on"] == "31-2-2025"


def test_it_gets_a_new_name_an_end_and_a_second_life(member, bridge):
    values = form(member.get(part(bridge, "naam")))
    response = member.post(
        part(bridge, "naam"), {**values, "name": "De Sluis", "from_on": "1-7-2025"}, follow=True
    )
    assert "until 1 July 2025" in text(response)
    response = member.post(part(bridge, "einde"), {"ended_on": "2-7-2025", "roles_too": "on"}, follow=True)
    assert said(response) == ["De Sluis no longer exists from 2 July 2025."]
    response = member.post(part(bridge, "heropenen"), {}, follow=True)
    assert said(response) == ["De Sluis exists again."]


def test_adding_asks_for_the_kind_first_and_then_what_belongs_to_it(member):
    response = member.get(ADD)
    assert "What kind of organisation is it?" in text(response)
    values = form(member.get(ADD + link(response, "Party")))
    assert {"name", "article", "kind"} <= values.keys()
    assert "party" not in values
    response = member.post(ADD, {**values, "name": "De Waag"}, follow=True)
    made = Organisation.objects.get()
    assert response.redirect_chain == [(made.get_absolute_url(), 302)]
    assert (made.kind, made.name) == ("party", "De Waag")


def test_a_form_that_is_sent_twice_adds_one(member):
    values = {"kind": "party", "name": "De Waag"}
    first, second = member.post(ADD, values), member.post(ADD, values)
    assert (first.status_code, second.url) == (302, first.url)
    assert Organisation.objects.count() == 1


def test_what_is_there_already_is_pointed_out_with_a_box_for_another_one(member):
    there = PartyFactory(name="De Waag")
    response = member.post(ADD, {"kind": "party", "name": "de waag"})
    assert response.status_code == 422
    assert link(response, "Open De Waag") == there.get_absolute_url()
    member.post(ADD, {**form(response), "another": "on"})
    assert Organisation.objects.count() == 2


def test_removing_names_what_hangs_on_it(member, bridge):
    MandateFactory(organisation=bridge)
    response = member.post(part(bridge, "verwijderen"))
    assert "1 mandate would be lost. End it instead." in alert(response)
    bridge.mandates.all().delete()
    response = member.post(part(bridge, "verwijderen"), follow=True)
    assert response.redirect_chain == [("/beheer/organisaties/", 302)]
    assert said(response) == ["De Brug was removed."]


def test_a_name_has_its_article_in_a_dutch_sentence_and_not_in_a_heading(dutch):
    party = PartyFactory(name="Partij van de Buurt", short_name="PvdB", article="de")
    response = dutch.get(part(party, "einde"))
    assert "Bestaat de PvdB niet meer?" in text(response)
    assert [heading.text_content().strip() for heading in main(response).xpath(".//h1")] == [
        "Partij van de Buurt"
    ]
    response = dutch.post(part(party, "einde"), {"ended_on": "2-7-2025"}, follow=True)
    assert said(response) == ["De PvdB bestaat niet meer vanaf 2 juli 2025."]
    words = text(dutch.get(party.get_absolute_url() + "?toon=wijzigingen"))
    assert "De PvdB bestaat niet meer vanaf 2 juli 2025 (vastgelegd door Alida de Test)" in words


def test_the_article_of_a_municipality_belongs_to_its_long_name(dutch):
    body = OrganisationFactory(as_municipality=True, short_name="Brugstad", article="de")
    words = text(dutch.get(body.get_absolute_url()))
    assert "Korte naam Brugstad In een zin de gemeente Brugstad" in words
    assert "de Brugstad" not in words


def test_an_empty_page_says_what_to_do_next(dutch, bridge):
    words = text(dutch.get(bridge.get_absolute_url()))
    assert "Nog geen adres. Kies hieronder wat je hebt." in words
    assert "Er is nog niets vastgelegd. Heb je ze gesproken? Kies “Leg een contact vast”." in words


def test_a_reader_is_not_told_to_do_what_they_may_not(reader, bridge):
    words = text(reader.get(bridge.get_absolute_url()))
    assert "No address yet." in words
    assert "Nothing was written down yet." in words
    assert "Choose" not in words


@pytest.mark.parametrize(
    ("field", "sent", "remark"),
    [
        ("name", "", "Vul nog in: “Naam”."),
        ("level", "maan", "“maan” staat niet in de lijst. Kies iets uit de lijst."),
        ("website", "geen adres", "Dit is geen webadres. Schrijf het zo: https://www.amsterdam.nl."),
        ("our_contact", "999999", "Wat je koos, staat niet meer in de lijst. Kies opnieuw."),
    ],
)
def test_what_is_wrong_with_a_field_says_what_to_do(dutch, bridge, field, sent, remark):
    values = form(dutch.get(part(bridge, "gegevens")))
    assert errors(dutch.post(part(bridge, "gegevens"), {**values, field: sent})) == {field: remark}


@pytest.mark.parametrize(
    ("sent", "remark"),
    [
        ("veel", "Dit is geen heel getal. Schrijf het in cijfers, zoals 45."),
        ("-1", "Dit getal is te laag. Vul 0 of meer in."),
    ],
)
def test_what_is_wrong_with_a_number_says_what_to_do(dutch, sent, remark):
    body = OrganisationFactory(as_municipality=True)
    term = {"name": "2022-2026", "from_on": "30-3-2022", "seats_total": sent}
    assert errors(dutch.post(part(body, "termijnen"), term)) == {"seats_total": remark}
