"""Pages that say in Dutch what happened and what to do, also when nothing else works."""

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.test import Client, override_settings
from django.urls import path

from cms.urls import urlpatterns as real


def breaks(request):
    raise RuntimeError("een fout")


def odd(request):
    raise SuspiciousOperation("vreemd")


def too_large(request):
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(%s AS integer)", [10**30])


urlpatterns = [path("groot/", too_large), path("breekt/", breaks), path("vreemd/", odd), *real]


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
        "broken": visitor.get("/breekt/"),
    }
    assert {name: (answer.status_code, words(answer)) for name, answer in answers.items()} == {
        "missing": (404, "Deze pagina is er niet"),
        "form": (403, "Dit formulier stond te lang open"),
        "odd": (400, "Dit konden we niet lezen"),
        "too large": (400, "Dit konden we niet lezen"),
        "broken": (500, "Hier ging iets mis"),
    }
