"""Signing out: with a button, never by an address alone."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from crm.models import User

pytestmark = pytest.mark.django_db
SIGN_OUT = "/beheer/logout/"


@pytest.fixture
def alida(client):
    user = User.objects.create_user("alida")
    user.groups.add(Group.objects.get(name="Commissie"))
    client.force_login(user)
    return user


def signed_in(client):
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def test_the_menu_leads_to_the_same_address():
    assert reverse("wagtailadmin_logout") == SIGN_OUT


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_an_address_alone_signs_nobody_out(client, alida, method):
    answer = getattr(client, method)(SIGN_OUT)
    assert answer.status_code == (200 if method in ("get", "head") else 405)
    assert answer.cookies.get("sessionid") is None
    assert signed_in(client)


def test_who_types_the_address_gets_a_button_and_a_way_back(client, alida):
    html = " ".join(client.get(SIGN_OUT).content.decode().split())
    assert f'<form action="{SIGN_OUT}" method="post" class="sb-actions">' in html
    assert '<button class="button">Afmelden</button>' in html
    assert "Wil je je afmelden?" in html
    assert f'href="{reverse("wagtailadmin_home")}"' in html


def test_the_button_signs_out(client, alida):
    assert client.post(SIGN_OUT).url == reverse("wagtailadmin_login")
    assert not signed_in(client)


def test_who_is_not_signed_in_goes_to_the_door(client):
    assert client.get(SIGN_OUT).url == reverse("wagtailadmin_login")


def test_also_who_is_signed_in_and_may_not_enter_can_sign_out(client):
    client.force_login(User.objects.create_user("otto"))
    assert "Wil je je afmelden?" in client.get(SIGN_OUT).content.decode()
