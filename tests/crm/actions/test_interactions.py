"""Contact moments written down and taken away."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import interactions
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import Interaction, TimelineEntry
from crm.queries import timeline
from tests.crm.factories import OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def talk(alida):
    return interactions.log(
        kind="meeting",
        summary="Koffie op het stadhuis",
        body="Zij wil meedenken.",
        organisation=OrganisationFactory(name="De Brug"),
        person=PersonFactory(),
        happened_at=ago(3),
        by=alida,
    )


def test_it_stands_on_both_timelines_at_its_own_moment(talk):
    for record in (talk.organisation, talk.person):
        [entry] = timeline.page(record).entries
        assert entry.sentence == f"meeting with {talk.person}: Koffie op het stadhuis"
        assert (entry.happened_at, entry.interaction) == (talk.happened_at, talk)


def test_the_same_note_is_written_down_once(talk, alida):
    with pytest.raises(AlreadyThere):
        interactions.log(
            kind=talk.kind, summary=talk.summary, organisation=talk.organisation, person=talk.person,
            happened_at=talk.happened_at, by=alida,
        )  # fmt: skip
    assert Interaction.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"summary": ""}, ["summary"]),
        ({"summary": "x" * 201}, ["summary"]),
        ({"summary": "x", "kind": "dream"}, ["kind"]),
        ({"summary": "x", "happened_at": timezone.now() + datetime.timedelta(days=1)}, ["happened_at"]),
        ({"summary": "x", "body": "y" * 20_001}, ["body"]),
    ],
)
def test_values_that_cannot_be_are_refused(alida, values, fields):
    with pytest.raises(Invalid) as refusal:
        interactions.log(**{"kind": "call", "organisation": OrganisationFactory(), "by": alida, **values})
    assert list(refusal.value.errors) == fields


def test_it_is_with_somebody(alida):
    with pytest.raises(Invalid):
        interactions.log(kind="call", summary="Niemand", by=alida)


def test_a_change_moves_its_line_and_says_so_without_repeating_free_text(talk, alida):
    seen = version(talk)
    moment = ago(5)
    interactions.change(
        interaction=talk, happened_at=moment, summary="Thee", body="Zij wil niet.", seen=seen, by=alida
    )
    entries = timeline.page(talk.organisation).entries
    assert [(entry.is_contact, entry.happened_at == moment) for entry in entries] == [
        (False, False),
        (True, True),
    ]
    assert entries[1].sentence.endswith("Thee")
    assert "Zij wil niet" not in entries[0].sentence
    with pytest.raises(Overtaken):
        interactions.change(interaction=talk, summary="Water", seen=seen, by=alida)


def test_removing_takes_the_words_away_everywhere(talk, alida):
    interactions.remove(interaction=talk, by=alida)
    assert not Interaction.objects.exists()
    lines = " ".join(str(entry) for entry in TimelineEntry.objects.all())
    assert "Koffie" not in lines
    assert "removed the note" in lines


@pytest.mark.parametrize(
    ("said", "summary", "body"),
    [
        ("They call back.", "They call back.", ""),
        ("  They call back. And they want coffee.  ", "They call back. And they want coffee.", ""),
        ("They call back.\nOn Monday.", "They call back.", "They call back.\nOn Monday."),
        (
            "A first sentence. " + "More. " * 60,
            "A first sentence.",
            ("A first sentence. " + "More. " * 60).strip(),
        ),
        ("x" * 300, "x" * 199 + "…", "x" * 300),
    ],
)
def test_what_was_said_is_one_sentence_on_the_timeline_with_the_rest_behind_it(said, summary, body):
    assert interactions.in_short(said) == {"summary": summary, "body": body}
