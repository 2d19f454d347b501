"""Picking words out of an answer in a real browser: they go along to the promise and to the position."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from campaigns.models import Ask, Campaign, Claim
from letters.actions import intake
from letters.models import Commitment
from tests.browser import chromium, page_of
from tests.letters.mails import answer
from tests.letters.stories import send

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The server starts before any test has said where its static files are.
    pytest.mark.filterwarnings("ignore:No directory at"),
]

WORDS = "Elke buurt krijgt een huis. Wij bellen u in mei. Groet, Anna"


@pytest.fixture
def thread(live_server, client, letter, alida, bram, cor):
    """The conversation with who answered, before Alida."""
    sent = send(letter, alida, bram, cor)
    intake.take_in(raw=answer(sent[0], WORDS), source="imap:INBOX", uid="1")
    client.force_login(alida)
    with chromium() as browser:
        page = page_of(browser, live_server.url, session=client.cookies["sessionid"].value)
        page.goto(live_server.url + reverse("letters:thread", args=[letter.pk, sent[0].recipient.pk]))
        yield page


def select(page, words):
    page.evaluate(
        """(words) => {
          const text = document.querySelector("[data-passage-text] p").firstChild;
          const start = text.data.indexOf(words);
          document.getSelection().setBaseAndExtent(text, start, text, start + words.length);
        }""",
        words,
    )
    page.locator(".sb-chosen-words").wait_for()


def test_what_was_selected_is_filled_in_and_kept(thread):
    select(thread, "Wij bellen u in mei.")
    thread.get_by_role("link", name="Hier beloven zij iets").click()
    thread.get_by_role("button", name="Houd deze belofte bij").click()
    thread.get_by_text("Wordt bijgehouden: “Wij bellen u in mei.”").wait_for()
    assert Commitment.objects.get().quote == "Wij bellen u in mei."


def test_a_position_takes_the_words_and_the_message_along(thread):
    campaign = Campaign.objects.create(name="Verkiezing")
    Ask.objects.create(campaign=campaign, title="Een huis in elke buurt", number=1)
    select(thread, "Elke buurt krijgt een huis.")
    thread.get_by_role("link", name="Zo denken zij erover").click()
    assert parse_qs(urlsplit(thread.url).query)["quote"] == ["Elke buurt krijgt een huis."]
    thread.get_by_label("voor", exact=True).check()
    thread.get_by_role("button", name="Leg dit standpunt vast").click()
    thread.get_by_text("Het telt mee als iemand anders het heeft bevestigd.").wait_for()
    assert Claim.objects.get().quote == "Elke buurt krijgt een huis."
