"""Groups: saved, changed and removed."""

import pytest

from crm.actions import segments
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import Segment, TimelineEntry
from tests.crm.factories import ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def save(by, **values):
    return segments.save(
        **{
            "name": "Partijen",
            "subject": "organisations",
            "criteria": {"kind": ["party"]},
            "by": by,
            **values,
        }
    )


def test_a_filter_is_kept_without_what_was_left_open(alida):
    kept = save(alida, criteria={"kind": ["party"], "level": "", "theme": [], "ended": False, "seated": None})
    assert (kept.criteria, kept.made_by) == ({"kind": ["party"]}, alida)
    assert str(TimelineEntry.objects.get()) == "Alida de Test saved the group “Partijen”: all parties"


def test_a_name_is_given_once_and_the_same_form_twice_is_one_group(alida):
    kept = save(alida)
    assert save(alida) == kept
    with pytest.raises(AlreadyThere):
        save(alida, name="PARTIJEN", criteria={"kind": ["press"]})
    save(alida, name="Alle partijen", segment=kept)
    assert [segment.name for segment in Segment.objects.all()] == ["Alle partijen"]


@pytest.mark.parametrize(
    "criteria",
    [
        {"moon": "full"},
        {"kind": ["spaceship"]},
        {"theme": ["wonen"]},
        {"part_of": "x"},
        {"seated": "somewhere"},
        {"seated": "any", "seated_on": "31-02-2025"},
        {"level": "galaxy"},
        {"address": "on the moon"},
        {"post": ["alderman"]},
    ],
)
def test_criteria_that_nobody_knows_are_refused(alida, criteria):
    with pytest.raises(Invalid):
        save(alida, criteria=criteria)
    assert not Segment.objects.exists()


@pytest.mark.parametrize("criteria", [{}, {"kind": [], "level": "", "ended": False, "seated": None}])
def test_a_group_of_everybody_is_refused_in_words(alida, criteria):
    with pytest.raises(Invalid, match="You did not choose yet who belong to the group"):
        save(alida, criteria=criteria)
    assert not Segment.objects.exists()


def test_an_unknown_subject_and_an_empty_name_are_refused(alida):
    for values in ({"subject": "planets"}, {"name": "  "}):
        with pytest.raises(Invalid):
            save(alida, **values)


def test_every_known_criterion_can_be_kept(alida):
    theme = ThemeFactory()
    criteria = {
        "kind": ["party", "faction"], "level": "city", "theme": [theme.pk], "stage": ["active"], "seated": "any",
        "seated_on": "2025-07-29", "part_of": 1, "district": 2, "ended": True, "address": "stale",
    }  # fmt: skip
    assert save(alida, criteria=criteria).criteria == criteria
