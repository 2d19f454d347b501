"""The workbook: the table, a line for each position, and everything that was said; text stays text."""

import datetime
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from campaigns.exchange import workbooks
from campaigns.models import Position
from campaigns.queries import positions
from tests.campaigns.factories import AskFactory, CampaignFactory, ClaimFactory
from tests.crm.factories import FactionFactory, PartyFactory, SeatCountFactory, TermFactory

pytestmark = pytest.mark.django_db

UNKNOWN_MEANS = (
    "“Onbekend” betekent dat we geen uitspraak van ze hebben gevonden. Het betekent niet dat ze tegen zijn."
)


@pytest.fixture
def campaign():
    return CampaignFactory(name="Verkiezing 2026")


@pytest.fixture
def ask(campaign):
    return AskFactory(campaign=campaign, title="Een ruimte")


@pytest.fixture
def brug():
    party = PartyFactory(name="De Brug")
    SeatCountFactory(faction=FactionFactory(term=TermFactory(), party=party), seats=3)
    return party


def made(campaign):
    return workbooks.positions(positions.matrix(campaign, on=timezone.localdate()))


def sheets(campaign):
    book = load_workbook(BytesIO(made(campaign)))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def said(ask, brug, **values):
    return ClaimFactory(
        organisation=brug,
        ask=ask,
        quote="Elke buurt een ruimte.",
        said_on=datetime.date(2025, 8, 1),
        **values,
    )


def test_every_sheet_says_of_which_day_it_is_and_what_unknown_means(campaign, ask, brug):
    found = sheets(campaign)
    assert list(found) == ["Tabel", "Standpunten", "Alles wat gezegd is"]
    day = timezone.localdate()
    for rows in found.values():
        tops = [row[0] for row in rows[:4]]
        assert tops[0] == "Standpunten: Verkiezing 2026"
        assert tops[1].startswith("Stand van ")
        assert tops[1].endswith(f"{day.year}.")
        assert tops[2:] == ["Zetels: 2022-2026, in totaal 45 zetels.", UNKNOWN_MEANS]


def test_the_table_with_the_seats_behind_it(campaign, ask, brug):
    said(ask, brug, confirmed=True)
    PartyFactory(name="Stil")
    assert sheets(campaign)["Tabel"][5:] == [
        ["Partij", "Zetels", "Een ruimte"],
        ["De Brug", 3, "voor"],
        ["Stil", 0, "onbekend"],
        ["De hele raad", 45, "Voor: 3 van de 45 zetels. Deels: 0."],
    ]


def test_each_position_with_its_quote_and_source(campaign, ask, brug):
    said(ask, brug, confirmed=True)
    said(ask, brug, position=Position.AGAINST)
    PartyFactory(name="Stil")
    day, rows = datetime.datetime(2025, 8, 1), sheets(campaign)["Standpunten"][6:]
    assert rows == [
        ["Een ruimte", "De Brug", 3, "voor", "Elke buurt een ruimte.", day, "De Brug", "gesprek op het stadhuis", None,
         "bevestigd door Cor de Lezer"],
        ["Een ruimte", "De Brug", None, "tegen: wacht op bevestiging", "Elke buurt een ruimte.", day, "De Brug",
         "gesprek op het stadhuis", None, None],
        ["Een ruimte", "Stil", 0, "onbekend", None, None, None, None, None, None],
    ]  # fmt: skip


def test_what_was_superseded_and_withdrawn_is_kept_too(campaign, ask, brug):
    said(ask, brug, confirmed=True)
    said(ask, brug, withdrawn=True)
    rows = sheets(campaign)["Alles wat gezegd is"][6:]
    assert [(row[1], row[8], row[10], row[12]) for row in rows] == [
        ("De Brug", "Bram de Steller", None, "Verkeerde partij."),
        ("De Brug", "Bram de Steller", "Cor de Lezer", None),
    ]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x.example","klik")', "+1+1", "-1+1", "@SUM(A1)", "=1+1"]
)
def test_a_quote_never_becomes_a_formula(campaign, ask, brug, text):
    ClaimFactory(organisation=brug, ask=ask, quote=text, source_words=text, confirmed=True)
    book = load_workbook(BytesIO(made(campaign)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == text]
    assert len(cells) == 4
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_what_no_workbook_can_hold_is_left_out(campaign, ask, brug):
    ClaimFactory(organisation=brug, ask=ask, quote="Ja\x01, zeker." + "x" * 40_000, confirmed=True)
    quote = sheets(campaign)["Standpunten"][6][4]
    assert (quote[:11], len(quote)) == ("Ja, zeker.x", 32_767)


def test_it_costs_one_query_more_than_the_table_whatever_stands_in_it(
    campaign, ask, brug, django_assert_num_queries
):
    for _ in range(12):
        said(ask, PartyFactory(), confirmed=True)
    matrix = positions.matrix(campaign, on=timezone.localdate())
    with django_assert_num_queries(1):
        workbooks.positions(matrix)
