"""The forms of letters that keep what is typed: the results of a meeting, and the words of a reminder."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from letters.actions import agendas, commitments
from tests.browser import chromium, page_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The server starts before any test has said where its static files are.
    pytest.mark.filterwarnings("ignore:No directory at"),
]

DAY = timezone.localdate() + datetime.timedelta(days=3)
NOTICE = "Wat je eerder typte, staat er weer."
KEPT = "Object.keys(localStorage).filter((name) => name.startsWith('spreekbuis:form:'))"


@pytest.fixture
def browser_page(live_server, client, alida, letterhead):
    client.force_login(alida)
    with chromium() as browser:
        page = page_of(browser, live_server.url, session=client.cookies["sessionid"].value)
        page.set_default_timeout(10000)
        yield page


def test_what_a_colleague_noted_meanwhile_stands_and_the_rest_comes_back(
    browser_page, live_server, alida, bram, parties
):
    for holder, quote in zip(parties, ("Wij bellen.", "Wij schrijven."), strict=False):
        commitments.note(side="theirs", holder=holder, quote=quote, source="telefoon", due_on=DAY, by=alida)
    agenda = agendas.make(held_on=DAY, by=alida)
    browser_page.goto(live_server.url + reverse("letters:agenda", args=[agenda.pk]))
    for number in (1, 2):
        browser_page.locator(f"#result-{number}").fill(f"Uitkomst {number} van Alida")
    agendas.note_results(agenda=agenda, results={1: ("", "Van Bram")}, by=bram)
    browser_page.reload()
    found = [browser_page.locator(f"#result-{number}").input_value() for number in (1, 2)]
    assert found == ["Van Bram", "Uitkomst 2 van Alida"]
    assert browser_page.get_by_text(NOTICE).is_visible()


def test_two_things_for_the_action_list_do_not_mix(browser_page, live_server, parties):
    adding = live_server.url + reverse("crm:follow_up_add") + "?over=crm.organisation:"
    browser_page.goto(f"{adding}{parties[0].pk}")
    browser_page.locator("[name=words]").fill("Bel de eerste")
    browser_page.goto(f"{adding}{parties[1].pk}")
    assert browser_page.locator("[name=words]").input_value() == ""
    browser_page.goto(f"{adding}{parties[0].pk}")
    assert browser_page.locator("[name=words]").input_value() == "Bel de eerste"


def test_results_of_a_meeting_are_kept_until_they_are_noted(browser_page, live_server, alida, parties):
    commitments.note(
        side="theirs", holder=parties[0], quote="Wij bellen.", source="telefoon", due_on=DAY, by=alida
    )
    agenda = agendas.make(held_on=DAY, by=alida)
    here = live_server.url + reverse("letters:agenda", args=[agenda.pk])
    browser_page.goto(here)
    browser_page.locator("#result-1").fill("Nog eens bellen.\nEn schrijven.")
    browser_page.goto(live_server.url + reverse("letters:agendas"))
    browser_page.goto(here)
    assert browser_page.locator("#result-1").input_value() == "Nog eens bellen.\nEn schrijven."
    assert browser_page.get_by_text(NOTICE).is_visible()
    browser_page.get_by_role("button", name="Bewaar wat is besloten").click()
    browser_page.get_by_text("Eén uitkomst is vastgelegd.").wait_for()
    assert not browser_page.get_by_text(NOTICE).is_visible()
    assert browser_page.evaluate(KEPT) == []
