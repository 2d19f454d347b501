"""The table as lines that go out of the house, and as a PDF in Dutch whoever asks for it."""

import pytest
from django.utils import timezone, translation

from campaigns.models import Position
from campaigns.queries import documents, positions
from crm.models import LineageKind
from tests.campaigns.factories import AskFactory, ClaimFactory
from tests.crm.factories import FactionFactory, LineageFactory, PartyFactory, SeatCountFactory, TermFactory
from tests.letters.render.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask():
    return AskFactory(title="Een ruimte", proposed_text="“Elke buurt een ruimte.”")


def table(ask):
    return positions.matrix(ask.campaign, on=timezone.localdate())


def test_a_joint_faction_whose_parties_differ_has_a_line_for_each(ask):
    faction = FactionFactory(name="Samen", party=None)
    SeatCountFactory(faction=faction, seats=17)
    for name, position in (("Links", Position.FOR), ("Arbeid", None)):
        party = PartyFactory(name=name)
        LineageFactory(predecessor=party, successor=faction, kind=LineageKind.JOINT_FACTION)
        if position:
            ClaimFactory(organisation=party, ask=ask, position=position, quote="Ja.", confirmed=True)
    row = table(ask).rows[0]
    assert [(one.party, one.seats, one.position, one.quote) for one in documents.statements(row, 0)] == [
        ("Samen: Links", None, "voor", "Ja."),
        ("Samen: Arbeid", None, "onbekend", ""),
    ]


def test_who_spoke_for_the_party_is_named(ask):
    party = PartyFactory(name="De Brug")
    faction = FactionFactory(name="Fractie De Brug", party=party)
    ClaimFactory(organisation=faction, ask=ask, confirmed=True)
    [one] = documents.statements(table(ask).rows[0], 0)
    assert (one.party, one.said_by) == ("De Brug", "Fractie De Brug")


def test_what_waits_has_a_line_of_its_own_without_seats(ask):
    party = PartyFactory(name="De Brug")
    SeatCountFactory(faction=FactionFactory(term=TermFactory(), party=party), seats=3)
    ClaimFactory(organisation=party, ask=ask)
    [one] = documents.statements(table(ask).rows[0], 0)
    assert (one.position, one.seats, one.note) == ("voor: wacht op bevestiging", None, "")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pdf_is_dutch_and_names_the_source(ask, language):
    ClaimFactory(organisation=PartyFactory(name="De Brug"), ask=ask, quote="Elke buurt.", confirmed=True)
    with translation.override(language):
        text = words(documents.pdf(table(ask)))
    assert "“Elke buurt een ruimte.”" in text
    assert (
        "De Brug 0 voor “Elke buurt.” 1 augustus 2025 gesprek op het stadhuis bevestigd door Cor de Lezer"
        in text
    )
    assert "“Onbekend” betekent dat we geen uitspraak van ze hebben gevonden." in text
