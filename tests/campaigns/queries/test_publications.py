"""How it stands with a publication, in words."""

import datetime

import pytest
from django.utils import translation

from campaigns.queries.publications import standing
from tests.campaigns.factories import PublicationFactory, today

pytestmark = pytest.mark.django_db

STANDINGS = {
    "there": ({"there": True}, "Verschenen op 15 april 2025, 2 bladzijden."),
    "one page": ({"there": True, "pages": 1}, "Verschenen op 15 april 2025, 1 bladzijde."),
    "there, whatever was planned": (
        {"there": True, "late": True},
        "Verschenen op 15 april 2025, 2 bladzijden.",
    ),
    "without the file": (
        {"published_on": datetime.date(2025, 4, 15)},
        "Verschenen op 15 april 2025. Voeg de pdf toe.",
    ),
    "ready": (
        {"ready": True},
        "De pdf ligt klaar, 2 bladzijden. Vul de dag in zodra de publicatie verschenen is.",
    ),
    "late": (
        {"late": True},
        "Verwacht op 1 november 2025. Die dag is voorbij: voeg de pdf toe, of kies een andere dag.",
    ),
    "no day": ({}, "Moet nog komen. Vul in wanneer je die verwacht."),
}


@pytest.mark.parametrize(("state", "words"), STANDINGS.values(), ids=STANDINGS)
def test_a_publication_says_how_it_stands_and_what_to_do(state, words):
    assert standing(PublicationFactory(**state)) == words


@pytest.mark.parametrize(("days", "is_late"), [(-1, True), (0, False), (1, False)])
def test_it_is_late_from_the_day_after_the_one_it_was_expected_on(days, is_late):
    expected = PublicationFactory(planned_on=today() + datetime.timedelta(days=days))
    assert ("Die dag is voorbij" in standing(expected)) == is_late


def test_it_reads_in_english_too():
    with translation.override("en"):
        assert standing(PublicationFactory(there=True)) == "Appeared on 15 April 2025, 2 pages."
