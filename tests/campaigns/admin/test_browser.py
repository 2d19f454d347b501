"""Facts, publications and positions in a real browser: on a laptop and a phone, for everybody, with nothing lost."""

import pytest
from django.urls import reverse

from campaigns.models import Claim, Fact, Position
from crm.models import LineageKind
from tests.browser import chromium, page_of, violations, whole
from tests.campaigns.factories import (
    AskFactory,
    CampaignFactory,
    ClaimFactory,
    FactFactory,
    PublicationFactory,
)
from tests.crm.factories import FactionFactory, LineageFactory, PartyFactory, SeatCountFactory, TermFactory

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The server starts before any test has said where its static files are.
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def opened(live_server, member):
    """Opens a page of Alida's; give the width of her screen."""
    session = member.cookies["sessionid"].value
    with chromium() as browser:
        yield lambda width=1280: page_of(browser, live_server.url, session=session, width=width)


def screens():
    lists = [reverse("feiten:index"), reverse("publicaties:index")]
    yield from lists  # empty
    fact = FactFactory(words="ruim 15.000 Amsterdammers", source="Jaarverslag 2024, bladzijde 7 en volgende")
    publication = PublicationFactory(title="Een rapport met een titel die wat langer is", there=True)
    PublicationFactory(title="Hier zijn wij!", late=True)
    yield from lists
    yield from positions()
    for name, one in (("feiten", fact), ("publicaties", publication)):
        yield reverse(f"{name}:add")
        yield from (reverse(f"{name}:{view}", args=[one.pk]) for view in ("inspect", "edit", "delete"))


def positions():
    yield reverse("campaigns:index")  # empty
    yield reverse("campaigns:claim_add")
    campaign = CampaignFactory(name="Gemeenteraadsverkiezing van Amsterdam", purpose="Meer ruimte")
    yield reverse("campaigns:matrix", args=[campaign.pk])
    asks = [
        AskFactory(
            campaign=campaign, title=f"Een betaalbare ontmoetingsruimte in buurt {number}", why="Daarom"
        )
        for number in range(10)
    ]
    together = FactionFactory(name="Samen", term=TermFactory(), party=None)
    SeatCountFactory(faction=together, seats=17)
    parties = [PartyFactory() for _ in range(19)]
    LineageFactory(predecessor=parties[0], successor=together, kind=LineageKind.JOINT_FACTION)
    LineageFactory(predecessor=parties[1], successor=together, kind=LineageKind.JOINT_FACTION)
    for party, position, ask in zip(parties, [*Position] * 4, asks * 2, strict=False):
        ClaimFactory(organisation=party, ask=ask, position=position, confirmed=True)
        claim = ClaimFactory(organisation=party, ask=ask, quote="onafgebroken" * 40)
    ClaimFactory(organisation=party, ask=ask, withdrawn=True)
    for name in ("matrix", "asks", "campaign_change", "campaign_remove", "ask_add"):
        yield reverse(f"campaigns:{name}", args=[campaign.pk])
    yield from (reverse(f"campaigns:{name}", args=[claim.ask_id]) for name in ("ask_change", "ask_remove"))
    yield reverse("campaigns:cell", args=[claim.ask_id, claim.organisation_id])
    yield reverse("campaigns:cell", args=[claim.ask_id, together.pk])
    yield reverse("campaigns:claim_withdraw", args=[claim.pk])
    yield from (reverse("campaigns:claim_add"), claim.get_absolute_url(), reverse("campaigns:index"))


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_in_the_way_of_anybody(opened, live_server, width):
    page = opened(width)
    found = {}
    for path in screens():
        page.goto(live_server.url + path)
        whole(page)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if wide or (wrong := violations(page, inside=".sb-page")):
            found[path] = "wider than the screen" if wide else wrong
    assert found == {}


def test_a_fact_is_added_with_the_keyboard_alone(opened, live_server):
    page = opened()
    page.goto(live_server.url + reverse("feiten:add"))
    page.get_by_label("In woorden").focus()
    for typed in ("36 stadsdorpen", "31-12-2024", "Jaarverslag 2024", ""):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Bewaard: 36 stadsdorpen.").wait_for()
    assert [str(fact) for fact in Fact.objects.all()] == ["36 stadsdorpen"]


def test_leaving_a_form_that_was_begun_asks_first(opened, live_server):
    page = opened()
    page.goto(live_server.url + reverse("feiten:add"))
    page.wait_for_timeout(2500)  # Wagtail looks at what stands in a form after two seconds
    page.get_by_label("In woorden").press_sequentially("36 stadsdorpen")
    page.locator('form[data-w-unsaved-has-edits-value="true"]').wait_for()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Laat maar").click()
    page.wait_for_timeout(500)
    assert (asked, page.get_by_label("In woorden").input_value()) == (["beforeunload"], "36 stadsdorpen")


def test_a_position_is_put_down_with_the_keyboard_alone(opened, live_server):
    AskFactory(title="Een ruimte")
    PartyFactory(name="De Brug")
    page = opened()
    page.goto(live_server.url + reverse("campaigns:claim_add"))
    page.get_by_label("Welke partij, fractie of lijst?").focus()
    page.keyboard.type("De Brug")
    page.get_by_label("voor", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Een plek in elk stadsdeel.")
    page.keyboard.press("Tab")
    page.keyboard.type("1-8-2025")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("gesprek op het stadhuis")
    page.keyboard.press("Enter")
    page.get_by_text("Het standpunt is vastgelegd.").first.wait_for()
    assert [(str(claim), claim.quote) for claim in Claim.objects.all()] == [
        ("De Brug: deels", "Een plek in elk stadsdeel.")
    ]
