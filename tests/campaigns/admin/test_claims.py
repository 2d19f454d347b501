"""Putting down where a party stands, confirming it, withdrawing it, and reading all that was said."""

import datetime

import pytest
from django.urls import reverse

from campaigns.models import Claim
from crm.models import Network
from tests.campaigns.factories import AskFactory, CampaignFactory, ClaimFactory
from tests.crm.admin.pages import alert, errors, form, link, main, said, text
from tests.crm.factories import FactionFactory, OrganisationFactory, PartyFactory

pytestmark = pytest.mark.django_db

ADD = reverse("campaigns:claim_add")


@pytest.fixture
def ask():
    return AskFactory(title="Een ruimte", campaign__name="Verkiezing 2026")


@pytest.fixture
def brug():
    return PartyFactory(name="De Brug", article="")


def filled(ask, **values):
    return {
        "organisation": "De Brug", "ask": ask.pk, "position": "for", "quote": "Elke buurt.", "said_on": "1-8-2025",
        "voice": "said", "source_words": "gesprek op het stadhuis",
    } | values  # fmt: skip


def cell(claim):
    return reverse("campaigns:cell", args=[claim.ask_id, claim.organisation_id])


def test_the_address_fills_in_what_it_knows(member, ask, brug):
    AskFactory(campaign=ask.campaign)
    answer = member.get(
        ADD, {"organisation": brug.pk, "ask": ask.pk, "quote": "Ja!", "said_on": "2025-08-01"}
    )
    values = form(answer)
    assert {name: values[name] for name in ("organisation", "organisation-before", "ask", "quote", "said_on")} == {
        "organisation": "De Brug", "organisation-before": str(brug.pk), "ask": str(ask.pk), "quote": "\nJa!",
        "said_on": "1-8-2025",
    }  # fmt: skip
    assert link(answer, "De Brug") == brug.get_absolute_url()


@pytest.mark.parametrize(
    "query",
    [
        {"organisation": "x", "ask": "y", "said_on": "gisteren", "position": "unknown", "source": "zo-9"},
        {"organisation": "9" * 40, "ask": "9" * 40, "quote": "a" * 9_000, "seen": "x"},
    ],
)
def test_an_address_full_of_nonsense_gives_the_empty_form(member, ask, query):
    answer = member.get(ADD, query)
    values = form(answer)
    assert (answer.status_code, values["organisation"], values["said_on"]) == (200, "", "")
    assert len(values["quote"].strip()) <= 5_000


def test_the_only_ask_is_chosen_already(member, ask):
    assert form(member.get(ADD))["ask"] == str(ask.pk)


def test_asks_of_several_campaigns_stand_under_their_name_those_that_are_over_last(member, ask):
    AskFactory(campaign=CampaignFactory(name="Vroeger", over=True), title="Toen")
    AskFactory(campaign=CampaignFactory(name="Later"), title="Straks")
    groups = main(member.get(ADD)).xpath('.//select[@name="ask"]/optgroup/@label')
    assert set(groups[:2]) == {"Verkiezing 2026", "Later"}
    assert groups[2:] == ["Vroeger"]


def test_the_positions_are_words_to_press(member, ask):
    labels = main(member.get(ADD)).xpath('.//fieldset[.//input[@name="position"]]//label')
    assert [" ".join(label.text_content().split()) for label in labels] == [
        "voor", "deels", "noemt zonder keuze", "tegen",
    ]  # fmt: skip


def test_it_is_put_down_and_leads_to_what_they_said(member, alida, ask, brug):
    answer = member.post(ADD, filled(ask), follow=True)
    claim = Claim.objects.get()
    assert (claim.organisation, claim.entered_by, claim.said_on) == (brug, alida, datetime.date(2025, 8, 1))
    assert answer.redirect_chain == [(f"{cell(claim)}#uitspraak-{claim.pk}", 302)]
    assert said(answer) == [
        "Het standpunt is vastgelegd. Het telt mee als iemand anders het heeft bevestigd."
    ]
    assert "Je hebt dit zelf vastgelegd." in text(answer)


def test_where_one_person_is_enough_it_counts_at_once(member, ask, brug):
    Network.objects.update_or_create(pk=Network.load().pk, defaults={"second_person_confirms": False})
    answer = member.post(ADD, filled(ask), follow=True)
    assert said(answer) == ["Het standpunt is vastgelegd en telt mee."]
    assert "De Brug: Een ruimte Voor" in text(answer)
    assert "Je hebt dit zelf vastgelegd" not in text(answer)


def test_what_is_to_be_mended_stands_beside_the_field_and_nothing_is_lost(member, ask, brug):
    answer = member.post(ADD, filled(ask, quote="", said_on="1-1-2100", source_words="", position=""))
    assert answer.status_code == 422
    assert errors(answer) == {
        "position": "Kies hoe ze erover denken.",
        "quote": "Schrijf op wat ze zeiden, in hun eigen woorden.",
        "said_on": "Deze dag moet nog komen. Vul de dag in waarop ze het zeiden.",
        "source_words": "Zeg waar dit vandaan komt, bijvoorbeeld “gesprek van 3 september, verslag van Bram”.",
    }
    assert (form(answer)["organisation"], form(answer)["voice"]) == ("De Brug", "said")
    assert not Claim.objects.exists()


def test_who_is_not_a_party_is_not_found(member, ask):
    OrganisationFactory(name="De Brug", kind="partner")
    assert list(errors(member.post(ADD, filled(ask)))) == ["organisation"]


def test_the_same_once_more_leads_to_what_stands_there(member, ask, brug):
    member.post(ADD, filled(ask))
    answer = member.post(ADD, filled(ask))
    assert alert(answer).startswith("Deze uitspraak stond er al. Er is niets bij gekomen.")
    assert Claim.objects.get().get_absolute_url() in answer.content.decode()


def test_without_an_ask_it_says_what_to_do_first(member):
    answer = member.get(ADD)
    assert "Begin eerst een campagne" in text(answer)
    assert link(answer, "Naar de campagnes") == reverse("campaigns:index")


def test_a_second_person_confirms_with_one_press(client, ida, ask, brug):
    claim = ClaimFactory(organisation=brug, ask=ask)
    client.force_login(ida)
    assert "Voor: wacht op bevestiging" not in text(client.get(cell(claim)))
    assert "voor: wacht op bevestiging" in text(client.get(cell(claim)))
    answer = client.post(claim.get_absolute_url(), follow=True)
    assert said(answer) == ["Bevestigd. Dit standpunt telt nu mee."]
    assert "Telt nu mee" in text(answer)
    claim.refresh_from_db()
    assert claim.confirmed_by == ida
    assert said(client.post(claim.get_absolute_url(), follow=True)) == [
        "Deze uitspraak is al bevestigd. Je hoeft niets te doen."
    ]


def test_who_entered_it_has_no_button_and_a_forged_press_is_refused(member, alida, ask, brug):
    claim = ClaimFactory(organisation=brug, ask=ask, entered_by=alida)
    assert not main(member.get(claim.get_absolute_url())).xpath(".//button")
    answer = member.post(claim.get_absolute_url(), follow=True)
    assert said(answer) == [
        "Je hebt dit zelf ingevoerd. Vraag iemand anders van de commissie om ernaar te kijken."
    ]
    claim.refresh_from_db()
    assert not claim.is_confirmed


def test_a_reader_sees_everything_and_no_button(reader, ask, brug):
    claim = ClaimFactory(organisation=brug, ask=ask, quote="Elke buurt.", source_url="https://brug.example/p")
    page = reader.get(cell(claim))
    assert link(page, "gesprek op het stadhuis") == "https://brug.example/p"
    assert "“" not in text(page)
    assert "Vastgelegd door Bram de Steller" in text(page)
    assert not main(page).xpath(".//button")
    assert "Verkeerd ingevoerd" not in text(page)


def test_what_was_entered_by_mistake_is_withdrawn_with_a_reason_and_can_still_be_read(member, ask, brug):
    claim = ClaimFactory(organisation=brug, ask=ask, quote="Elke buurt.")
    place = reverse("campaigns:claim_withdraw", args=[claim.pk])
    assert list(errors(member.post(place, {"withdrawn_because": " "}))) == ["withdrawn_because"]
    answer = member.post(place, {"withdrawn_because": "Dat zei de andere partij."}, follow=True)
    assert said(answer) == ["De uitspraak is ingetrokken. Ze telt niet meer."]
    for words in ("Onbekend", "Ingetrokken: telt niet mee", "Elke buurt.", "Dat zei de andere partij."):
        assert words in text(answer)


def test_the_history_of_a_party_has_what_its_faction_said(member, ask, brug):
    faction = FactionFactory(name="Fractie De Brug", party=brug)
    ClaimFactory(
        organisation=brug, ask=ask, said_on=datetime.date(2025, 6, 1), quote="Misschien.", confirmed=True
    )
    newest = ClaimFactory(organisation=faction, ask=ask, quote="Zeker.", confirmed=True)
    page = text(member.get(reverse("campaigns:cell", args=[ask.pk, brug.pk])))
    assert page.index("Telt nu mee") < page.index("Zeker.") < page.index("Fractie De Brug,")
    assert page.index("Vervangen door een nieuwere") < page.index("Misschien.")
    assert "Telt nu mee" in text(member.get(newest.get_absolute_url()))


def test_an_empty_cell_says_that_it_is_not_against_and_what_to_do(member, ask, brug):
    page = member.get(reverse("campaigns:cell", args=[ask.pk, brug.pk]))
    assert "Onbekend" in text(page)
    assert "Het betekent niet dat ze tegen zijn." in text(page)
    assert link(page, "Leg vast wat ze zeiden") == f"{ADD}?organisation={brug.pk}&ask={ask.pk}"


def test_a_quote_is_shown_as_text(member, ask, brug):
    claim = ClaimFactory(organisation=brug, ask=ask, quote="<script>alert(1)</script>\nEn toen.")
    html = member.get(cell(claim)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>En toen." in html
