"""Signing in: who may, how it reads, and what happens after many wrong passwords."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse

from crm.models import User

pytestmark = pytest.mark.django_db
SIGN_IN = reverse("wagtailadmin_login")


@pytest.fixture(autouse=True)
def alida():
    cache.clear()
    user = User.objects.create_user("alida", "alida@netwerk.example", "goed wachtwoord")
    user.groups.add(Group.objects.get(name="Commissie"))
    return user


def sign_in(client, password, username="alida", **extra):
    return client.post(SIGN_IN, {"username": username, "password": password}, **extra)


def test_the_page_is_ours_and_dutch(client):
    html = client.get(SIGN_IN).content.decode()
    assert ("Welkom bij Spreekbuis" in html, "Wachtwoord" in html, "Wagtail</h1>" in html) == (
        True,
        True,
        False,
    )
    assert ('autocomplete="username"' in html, 'autocomplete="current-password"' in html) == (True, True)


def test_the_right_password_opens_the_door(client):
    assert sign_in(client, "goed wachtwoord").url == reverse("wagtailadmin_home")


def test_ten_wrong_passwords_make_that_place_wait_and_nobody_else(client):
    answers = [sign_in(client, "fout").status_code for _ in range(10)]
    assert answers == [200] * 9 + [429]
    waiting = sign_in(client, "goed wachtwoord")
    assert (waiting.status_code, "Wacht een kwartier" in waiting.content.decode()) == (429, True)
    assert sign_in(client, "goed wachtwoord", REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_right_password_forgets_the_wrong_ones(client):
    for _ in range(9):
        sign_in(client, "fout")
    assert sign_in(client, "goed wachtwoord").status_code == 302
    client.logout()
    assert sign_in(client, "fout").status_code == 200
