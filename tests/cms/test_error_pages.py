"""Pages that say in Dutch what happened and what to do, also when nothing else works."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.test import Client, override_settings
from django.urls import path

from cms.urls import urlpatterns as real
from crm.models import User


def breaks(request):
    raise RuntimeError("een fout")


def odd(request):
    raise SuspiciousOperation("vreemd")


def too_large(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS integer)", [10**30])


def null(request):
    raise ValueError(
        "All strings must be XML compatible: Unicode or ASCII, no NULL bytes or control characters"
    )


def nul(request):
    raise ValueError("A string literal cannot contain NUL (0x00) characters.")


urlpatterns = [
    path("null/", null),
    path("nul/", nul),
    path("groot/", too_large),
    path("breekt/", breaks),
    path("vreemd/", odd),
    *real,
]


def words(response):
    return response.content.decode().partition("<h1>")[2].partition("</h1>")[0].strip()


@pytest.mark.django_db(transaction=True)
@override_settings(ROOT_URLCONF=__name__)
def test_what_goes_wrong_is_said_in_dutch():
    visitor = Client(raise_request_exception=False, enforce_csrf_checks=True)
    answers = {
        "missing": visitor.get("/bestaat-niet/"),
        "form": visitor.post("/beheer/login/", {"username": "alida"}),
        "odd": visitor.get("/vreemd/"),
        "too large": visitor.get("/groot/"),
        "no character": visitor.get("/nul/"),
        "broken": visitor.get("/breekt/"),
        # Our own mistake, that only sounds like it.
        "null": visitor.get("/null/"),
    }
    assert {name: (answer.status_code, words(answer)) for name, answer in answers.items()} == {
        "missing": (404, "Deze pagina is er niet"),
        "form": (403, "Dit formulier stond te lang open"),
        "odd": (400, "Dit konden we niet lezen"),
        "too large": (400, "Dit konden we niet lezen"),
        "no character": (400, "Dit konden we niet lezen"),
        "broken": (500, "Hier ging iets mis"),
        "null": (500, "Hier ging iets mis"),
    }


@pytest.mark.django_db
def test_in_the_back_office_the_way_back_is_the_overview(client):
    user = User.objects.create_user("alida")
    user.groups.add(Group.objects.get(name="Commissie"))
    client.force_login(user)
    pages = {
        path: client.get(path)
        for path in ("/beheer/bestaat-niet/", "/beheer/organisaties/999/", "/beheer/test404/")
    }
    assert {path: words(page) for path, page in pages.items()} == dict.fromkeys(
        pages, "Deze pagina is er niet"
    )
    html = [page.content.decode() for page in pages.values()]
    assert ["Naar het overzicht" in one for one in html] == [True] * 3
    assert ["Wagtail" in one.partition("<main")[2] for one in html] == [False] * 3
    # The menu is there too: who took a wrong turn is not put outside.
    assert ["wagtail-sidebar" in one for one in html] == [True] * 3


@pytest.mark.django_db
def test_a_form_of_the_back_office_that_was_open_too_long_leads_back_to_it():
    page = Client(enforce_csrf_checks=True).post("/beheer/login/", {"username": "alida"})
    assert 'href="/beheer/">Naar het overzicht' in page.content.decode()


@pytest.mark.django_db
def test_who_is_not_signed_in_is_asked_who_she_is_first(client):
    assert client.get("/beheer/bestaat-niet/").url.startswith("/beheer/login/")
