"""The first screen: what waits for whom."""

import pytest
from django.core.mail import send_mail
from django.urls import reverse

from cms.queries import overview
from crm.models import OutgoingMessage, OutgoingState
from tests.letters.conftest import alida, bram, cor, letter, letterhead, loes, parties  # noqa: F401
from tests.letters.stories import agree, propose

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("hour", "words"),
    [(5, "Goedenavond"), (6, "Goedemorgen"), (12, "Goedemiddag"), (18, "Goedenavond"), (23, "Goedenavond")],
)
def test_the_greeting_knows_the_hour(hour, words):
    assert overview.greeting(hour) == words


def test_she_is_greeted_by_name_and_can_look_something_up(client, alida):  # noqa: F811
    html = first_screen(client, alida)
    assert (" Alida</h1>" in html, reverse("crm:search") in html, "handleiding" in html) == (
        True,
        True,
        False,
    )


def first_screen(client, user):
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def waits(client, user):
    return 'id="to-decide"' in first_screen(client, user)


def test_a_letter_waits_for_who_did_not_decide_yet(client, letter, alida, bram, cor, loes):  # noqa: F811
    assert not waits(client, bram)
    propose(letter, alida)
    assert (waits(client, bram), waits(client, loes)) == (True, False)
    assert reverse("letters:approval", args=[letter.pk]) in first_screen(client, bram)
    agree(letter, bram)
    assert not waits(client, bram)


def test_a_reader_starts_no_letter(client, letter, alida, loes):  # noqa: F811
    assert reverse("letters:start") in first_screen(client, alida)
    html = first_screen(client, loes)
    assert (reverse("letters:start") in html, reverse("letters:text", args=[letter.pk]) in html) == (
        False,
        True,
    )


def test_a_mail_that_did_not_leave_is_named_with_the_way_to_it(client, alida, settings):  # noqa: F811
    settings.EMAIL_BACKEND = "crm.actions.account_mail.OutboxBackend"
    assert reverse("crm:outgoing") + '">' not in main_of(first_screen(client, alida))
    send_mail("Wachtwoord", "Kies een nieuw", "post@netwerk.example", ["cor@brug.example"])
    OutgoingMessage.objects.update(state=OutgoingState.REFUSED)
    html = main_of(first_screen(client, alida))
    assert (html.count(reverse("crm:outgoing")), "Eén mail aan een collega is niet vertrokken" in html) == (
        1,
        True,
    )


def main_of(html):
    """The page without the menu."""
    return html[html.index('class="sb-page"') :]
