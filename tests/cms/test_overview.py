"""The first screen: what waits for whom."""

import pytest
from django.urls import reverse

from tests.letters.conftest import alida, bram, cor, letter, letterhead, loes, parties  # noqa: F401
from tests.letters.stories import agree, propose

pytestmark = pytest.mark.django_db


def first_screen(client, user):
    client.force_login(user)
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_a_letter_waits_for_who_did_not_decide_yet(client, letter, alida, bram, cor, loes):  # noqa: F811
    link = reverse("letters:approval", args=[letter.pk])
    assert link not in first_screen(client, bram)
    propose(letter, alida)
    assert link in first_screen(client, bram)
    assert link not in first_screen(client, loes)
    agree(letter, bram)
    assert link not in first_screen(client, bram)


def test_a_reader_starts_no_letter(client, letter, alida, loes):  # noqa: F811
    assert reverse("letters:start") in first_screen(client, alida)
    html = first_screen(client, loes)
    assert (reverse("letters:start") in html, reverse("letters:text", args=[letter.pk]) in html) == (
        False,
        True,
    )
