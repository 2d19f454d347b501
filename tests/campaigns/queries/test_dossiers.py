"""Positions on the dossier of a party: per ask with its quote, what waits for whom, and what to do next."""

import datetime

import pytest
from django.urls import reverse

from campaigns.models import Position
from campaigns.queries import dossiers
from crm.models import LineageKind
from tests.campaigns.factories import AskFactory, CampaignFactory, ClaimFactory
from tests.crm.factories import (
    FactionFactory,
    LineageFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask():
    return AskFactory(title="Een ruimte")


@pytest.fixture
def brug():
    return PartyFactory(name="De Brug")


def items(subject, user):
    return [(item.text, item.note, item.tone) for item in dossiers.panel(subject, user).items]


def test_each_ask_with_the_words_in_which_it_was_said(loes, ask, brug):
    AskFactory(campaign=ask.campaign, title="Eén aanspreekpunt")
    ClaimFactory(organisation=brug, ask=ask, quote="Elke buurt\neen ruimte.", confirmed=True)
    assert items(brug, loes) == [
        ("Een ruimte: voor", "“Elke buurt een ruimte.” (1 augustus 2025)", "calm"),
        ("Onbekend: Eén aanspreekpunt", "", "calm"),
    ]
    [first, _unknown] = dossiers.panel(brug, loes).items
    assert first.url == reverse("campaigns:cell", args=[ask.pk, brug.pk])


def test_what_links_promised_is_found_under_the_joint_faction_and_the_other_way_round(loes, ask):
    links, samen = PartyFactory(name="Links"), FactionFactory(name="Samen", party=None)
    LineageFactory(predecessor=links, successor=samen, kind=LineageKind.JOINT_FACTION)
    ClaimFactory(organisation=links, ask=ask, quote="Ja.", confirmed=True)
    assert items(samen, loes) == [("Een ruimte: voor", "“Ja.” (Links, 1 augustus 2025)", "calm")]
    ClaimFactory(
        organisation=samen, ask=ask, quote="Nee.", said_on=datetime.date(2025, 9, 1), position=Position.AGAINST,
        confirmed=True,
    )  # fmt: skip
    assert items(links, loes) == [("Een ruimte: tegen", "“Nee.” (Samen, 1 september 2025)", "calm")]


def test_what_waits_asks_for_attention_of_who_may_confirm_it(alida, ida, loes, ask, brug):
    ClaimFactory(organisation=brug, ask=ask, quote="Ja.", entered_by=alida)
    tones = {user.username: items(brug, user)[0][2] for user in (alida, ida, loes)}
    assert tones == {"alida": "calm", "ida": "attention", "loes": "calm"}
    assert items(brug, ida)[0][0] == "Een ruimte: voor: wacht op bevestiging"


def test_asks_of_a_campaign_that_is_over_stand_there_only_when_something_was_said(loes, brug):
    over = CampaignFactory(over=True)
    AskFactory(campaign=over, title="Vroeger")
    assert dossiers.panel(brug, loes).empty == "Er is nog geen campagne met vragen."
    ClaimFactory(organisation=brug, ask=AskFactory(campaign=over, title="Toen"), quote="Ja.", confirmed=True)
    assert [text for text, _note, _tone in items(brug, loes)] == ["Toen: voor"]


def test_an_empty_panel_says_what_to_do_next(alida, loes, brug):
    assert dossiers.panel(brug, alida).action == ("Naar de campagnes", reverse("campaigns:index"))
    AskFactory()
    panel = dossiers.panel(brug, alida)
    assert panel.empty == "We weten nog niet hoe ze erover denken."
    assert panel.action == (
        "Leg een standpunt vast",
        f"{reverse('campaigns:claim_add')}?organisation={brug.pk}",
    )
    assert dossiers.panel(brug, loes).action is None


def test_only_parties_have_it_and_only_for_who_may_see_it(alida, otto, ask, brug):
    assert dossiers.panel(OrganisationFactory(), alida) is None
    assert dossiers.panel(PersonFactory(), alida) is None
    assert dossiers.panel(brug, otto) is None


def test_it_costs_the_same_for_one_ask_and_for_thirty(alida, brug, django_assert_max_num_queries):
    campaign = CampaignFactory()
    ClaimFactory(organisation=brug, ask=AskFactory(campaign=campaign), confirmed=True)
    dossiers.panel(brug, alida)
    with django_assert_max_num_queries(8) as few:
        dossiers.panel(brug, alida)
    for _ in range(29):
        ClaimFactory(organisation=brug, ask=AskFactory(campaign=campaign))
    with django_assert_max_num_queries(8) as many:
        dossiers.panel(brug, alida)
    assert len(many) == len(few)
