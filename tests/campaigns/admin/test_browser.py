"""Facts and publications in a real browser: on a laptop and a phone, for everybody, with nothing lost."""

import pytest
from django.urls import reverse

from campaigns.models import Fact
from tests.browser import chromium, page_of, violations, whole
from tests.campaigns.factories import FactFactory, PublicationFactory

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
    for name, one in (("feiten", fact), ("publicaties", publication)):
        yield reverse(f"{name}:add")
        yield from (reverse(f"{name}:{view}", args=[one.pk]) for view in ("inspect", "edit", "delete"))


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
