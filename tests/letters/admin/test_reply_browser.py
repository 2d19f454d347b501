"""Writing back in a real browser: what is typed is kept by itself, and outlives a lost connection."""

import pytest
from django.urls import reverse

from letters.actions import intake, replying
from letters.models import Answer, Reply
from tests.browser import chromium, page_of
from tests.letters.mails import answer
from tests.letters.stories import send

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    # The server starts before any test has said where its static files are.
    pytest.mark.filterwarnings("ignore:No directory at"),
]


@pytest.fixture
def thread(live_server, client, letter, alida, bram, cor):
    """The conversation with who answered, with an answer begun, before Alida."""
    sent = send(letter, alida, bram, cor)
    intake.take_in(raw=answer(sent[0], "Komt u langs?"), source="imap:INBOX", uid="1")
    replying.start(recipient=sent[0].recipient, answer=Answer.objects.get(), by=alida)
    client.force_login(alida)
    with chromium() as browser:
        page = page_of(browser, live_server.url, session=client.cookies["sessionid"].value)
        page.goto(live_server.url + reverse("letters:thread", args=[letter.pk, sent[0].recipient.pk]))
        yield page


def test_what_is_typed_is_kept_and_can_be_sent_after_that(thread):
    thread.get_by_label("Je bericht").fill("Wij komen dinsdag.")
    thread.locator("#reply-saved", has_text="Bewaard om").wait_for()
    assert Reply.objects.get().text == "Wij komen dinsdag."
    thread.get_by_label("Je bericht").fill("Wij komen woensdag.")
    thread.get_by_role("button", name="Verstuur dit bericht").click()
    thread.get_by_text("gaat nu weg").first.wait_for()
    reply = Reply.objects.get()
    assert (reply.text, reply.outgoing is not None) == ("Wij komen woensdag.", True)
    assert thread.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('reply-'))") == []


def test_what_could_not_be_kept_is_offered_again(thread):
    thread.route("**/*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    thread.get_by_label("Je bericht").fill("Wij komen donderdag.")
    thread.locator("#reply-saved", has_text="Nog niet bewaard").wait_for()
    thread.unroute("**/*")
    thread.goto(thread.url.partition("#")[0])
    thread.get_by_role("button", name="Zet die tekst terug").click()
    thread.locator("#reply-saved", has_text="Bewaard om").wait_for()
    assert Reply.objects.get().text == "Wij komen donderdag."
