"""Choosing recipients of a past letter, and the supplies of letters, in a real browser."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from letters.models import Letterhead, StandardText
from tests.browser import chromium, page_of, violations, whole
from tests.letters.conftest import person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The server starts before any test has said where its static files are.
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def opened(live_server, client, letter):
    """Opens a page of Ida's; give its address and the width of her screen."""
    client.force_login(person("ida", "Beheer"))
    session = client.cookies["sessionid"].value
    with chromium() as browser:

        def page_at(path, width=1280):
            page = page_of(browser, live_server.url, session=session, width=width)
            page.goto(live_server.url + path)
            whole(page)
            return page

        yield page_at


def choosing(opened, width=1280):
    return opened(reverse("letters:record_past"), width)


def test_searching_shows_what_fits_and_keeps_what_was_chosen(opened):
    page = choosing(opened)
    page.get_by_label("De Waag (partij)").check()
    page.get_by_label("Zoek in deze lijst").fill("ADRES zónder")
    boxes = page.locator(".sb-pick-list label")
    assert [label.inner_text() for label in boxes.all() if label.is_visible()] == ["Zonder Adres (partij)"]
    page.get_by_label("Zonder Adres (partij)").check()
    assert page.locator("[data-pick-count]").inner_text() == "2 gekozen"
    assert page.locator("[data-pick-count]").get_attribute("role") == "status"
    assert page.locator("[data-pick-chosen] li").all_inner_texts() == [
        "De Waag (partij)",
        "Zonder Adres (partij)",
    ]


def test_a_search_for_nobody_says_so_and_enter_sends_nothing(opened):
    page = choosing(opened)
    search = page.get_by_label("Zoek in deze lijst")
    search.fill("xyz")
    search.press("Enter")
    expect(page.get_by_text("Niets gevonden. Probeer een ander woord, of een deel ervan.")).to_be_visible()
    assert page.locator(".sb-warning:visible").count() == 0
    search.fill("")
    assert page.locator(".sb-pick-list label:visible").count() == 4


def test_the_keyboard_alone_will_do_and_a_refusal_leaves_the_choice(opened):
    page = choosing(opened)
    page.get_by_label("Zoek in deze lijst").focus()
    page.keyboard.type("stads")
    page.keyboard.press("Tab")  # the list, which scrolls
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vul nog in: “Waar ging de brief over?”.")).to_be_visible()
    assert page.locator("[data-pick-count]").inner_text() == "1 gekozen"
    assert page.get_by_label("Stadslijst (partij)").is_checked()


def screens(letterhead):
    text = StandardText.objects.create(title="Wat is een stadsdorp?", body="<p>Een dorp in de stad.</p>")
    yield reverse("letters:record_past")
    for name, one in (("briefpapier", letterhead), ("standaardteksten", text)):
        yield from (reverse(f"{name}:{view}") for view in ("index", "add"))
        yield from (reverse(f"{name}:{view}", args=[one.pk]) for view in ("inspect", "edit", "delete"))
    yield from (reverse(f"akkoordregels:{view}") for view in ("index", "add"))


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_stands_in_the_way_of_anybody(opened, letterhead, width):
    found = {}
    for path in screens(letterhead):
        page = opened(path, width)
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        if wide or (wrong := violations(page, inside=".sb-page")):
            found[path] = "wider than the screen" if wide else wrong
    assert found == {}


def test_after_saving_the_menu_button_leaves_the_heading_free(opened, letterhead):
    page = opened(reverse("briefpapier:edit", args=[letterhead.pk]), 390)
    page.get_by_label("Telefoon").fill("020 123 45 67")
    page.get_by_role("button", name="Bewaar dit briefpapier").click()
    page.get_by_text("Bewaard: Gewoon.").wait_for()
    expect(page.locator(".messages > ul")).to_have_css("top", "0px")
    button, message, heading = (
        page.locator(place).bounding_box() for place in (".sidebar-nav-toggle", ".messages li", "h1")
    )
    assert (button["y"], button["y"] + button["height"] <= message["height"]) == (0, True)
    assert heading["y"] >= message["y"] + message["height"]
    assert Letterhead.objects.get().phone == "020 123 45 67"


def test_saving_a_standard_text_as_it_stands_changes_nothing(opened):
    text = StandardText.objects.create(
        title="Wie wij zijn", body='<p>Voor <span data-merge="organisatie">organisatie</span>.</p>'
    )
    page = opened(reverse("standaardteksten:edit", args=[text.pk]))
    expect(page.locator(".public-DraftEditor-content")).to_be_visible()
    page.get_by_role("button", name="Bewaar deze tekst").click()
    page.get_by_text("Bewaard: Wie wij zijn.").wait_for()
    page.get_by_role("link", name="Wie wij zijn").click()
    expect(page.get_by_text("Wat hier staat")).to_be_visible()
    assert page.get_by_text("Wat er gebeurde").count() == 0
