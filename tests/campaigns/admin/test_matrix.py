"""The table on screen: words in every cell, each leading to what was said, and the files beside it."""

from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from campaigns.models import Position
from tests.campaigns.factories import AskFactory, CampaignFactory, ClaimFactory
from tests.crm.admin.pages import link, main, text
from tests.crm.factories import FactionFactory, PartyFactory, SeatCountFactory, TermFactory
from tests.letters.render.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask():
    return AskFactory(title="Een ruimte", campaign__name="Verkiezing 2026")


@pytest.fixture
def brug():
    party = PartyFactory(name="De Brug")
    SeatCountFactory(faction=FactionFactory(term=TermFactory(body__name="Brugstad"), party=party), seats=3)
    return party


def table(client, ask, query=""):
    return client.get(ask.campaign.get_absolute_url() + query)


def cells(response):
    """Per row of the table: what stands in it, cell by cell."""
    rows = main(response).xpath(".//tbody/tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./th|./td")] for row in rows]


def test_every_cell_says_it_in_words_and_opens_what_was_said(reader, ask, brug):
    ClaimFactory(organisation=brug, ask=ask, confirmed=True)
    ClaimFactory(organisation=PartyFactory(name="Stadslijst"), ask=ask, position=Position.AGAINST)
    page = table(reader, ask)
    assert cells(page) == [
        ["De Brug 3 zetels", "voor: De Brug, Een ruimte"],
        ["Stadslijst", "onbekend: Stadslijst, Een ruimte tegen: wacht op bevestiging"],
    ]
    assert link(page, "voor: De Brug, Een ruimte") == reverse("campaigns:cell", args=[ask.pk, brug.pk])


def test_above_it_stand_the_seats_and_what_unknown_means(reader, ask, brug):
    ClaimFactory(organisation=brug, ask=ask, confirmed=True)
    page = text(table(reader, ask))
    assert "1. Een ruimte Voor: 3 van de 45 zetels. Deels: 0." in page
    assert "Het betekent niet dat ze tegen zijn." in page


def test_a_table_without_asks_or_parties_says_what_to_do_next(member, reader, ask, alida, loes):
    assert link(table(reader, ask), "Naar het adresboek") == reverse("crm:organisation_list")
    empty = CampaignFactory()
    member.force_login(alida)
    page = member.get(empty.get_absolute_url())
    assert link(page, "Voeg de eerste vraag toe") == reverse("campaigns:ask_add", args=[empty.pk])
    PartyFactory()
    assert "Nog niemand heeft iets gezegd." in text(table(member, ask))


def test_without_a_council_it_says_why_no_seats_are_counted(reader, ask):
    PartyFactory()
    assert "We kunnen geen zetels tellen" in text(table(reader, ask))


def test_of_several_councils_one_chooses(reader, ask, brug):
    other = TermFactory(body__name="Elders", seats_total=15)
    SeatCountFactory(faction=FactionFactory(term=other, party=brug), seats=1)
    assert "van de 45 zetels" in text(table(reader, ask))
    page = table(reader, ask, f"?raad={other.body_id}")
    assert "van de 15 zetels" in text(page)
    assert link(page, "Voor Excel (XLSX)").endswith(f"standpunten.xlsx?raad={other.body_id}")
    assert table(reader, ask, "?raad=x").status_code == 200


def test_the_workbook_and_the_pdf_carry_campaign_and_day_in_their_name(reader, ask, brug):
    ClaimFactory(organisation=brug, ask=ask, quote="=1+1", confirmed=True)
    name = f"standpunten-verkiezing-2026-{timezone.localdate().isoformat()}"
    workbook = reader.get(reverse("campaigns:workbook", args=[ask.campaign_id]))
    assert workbook["Content-Disposition"] == f'attachment; filename="{name}.xlsx"'
    assert load_workbook(BytesIO(workbook.content))["Tabel"]["A7"].value == "De Brug"
    document = reader.get(reverse("campaigns:document", args=[ask.campaign_id]))
    assert (document["Content-Type"], document["Content-Disposition"]) == (
        "application/pdf", f'inline; filename="{name}.pdf"',
    )  # fmt: skip
    assert "De Brug 3 voor “=1+1” 1 augustus 2025" in words(document.content)
    assert reader.post(reverse("campaigns:document", args=[ask.campaign_id])).status_code == 405


def test_the_page_costs_the_same_whatever_stands_in_it(reader, ask, brug, django_assert_max_num_queries):
    ClaimFactory(organisation=brug, ask=ask, confirmed=True)
    table(reader, ask)
    with django_assert_max_num_queries(25) as few:
        table(reader, ask)
    asks = [ask, *(AskFactory(campaign=ask.campaign) for _ in range(9))]
    for _ in range(19):
        party = PartyFactory()
        for each in asks:
            ClaimFactory(organisation=party, ask=each)
    with django_assert_max_num_queries(25) as many:
        found = cells(table(reader, ask))
    assert len(many) == len(few)
    assert (len(found), len(found[0])) == (20, 11)
