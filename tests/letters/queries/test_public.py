"""Letters that stand on the public site, and for whom they say to have left."""

import datetime

import pytest

from crm.models import OutgoingMessage, OutgoingState, Person
from letters.actions import dispatching, letters, past
from letters.models import Letter, LetterState
from letters.queries import public
from tests.letters.admin.samples import one_page
from tests.letters.stories import send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", LetterState)
@pytest.mark.parametrize("is_public", [True, False])
def test_only_what_went_out_and_was_made_public(letter, state, is_public):
    Letter.objects.filter(pk=letter.pk).update(state=state, is_public=is_public)
    shown = is_public and state in (LetterState.DISPATCHED, LetterState.RECORDED)
    assert list(public.letters()) == ([letter] if shown else [])


def test_the_newest_comes_first(letterhead, alida, parties):
    made = [
        past.record_past(
            subject=f"Brief {year}",
            sent_on=datetime.date(year, 3, 1),
            data=one_page(),
            recipients=parties[:1],
            by=alida,
        )
        for year in (2023, 2025, 2024)
    ]
    for letter in made:
        letters.set_public(letter=letter, public=True, by=alida)
    assert [letter.subject for letter in public.letters()] == ["Brief 2025", "Brief 2024", "Brief 2023"]


def test_it_names_those_the_letter_left_for(letter, alida, bram, cor):
    first, second, _by_post = send(letter, alida, bram, cor)
    assert public.sent_to(letter) == []
    OutgoingMessage.objects.filter(pk=first.outgoing_id).update(state=OutgoingState.ACCEPTED)
    OutgoingMessage.objects.filter(pk=second.outgoing_id).update(state=OutgoingState.REFUSED)
    dispatching.confirm_posted(letter=letter, posted_on=letter.dated_on, by=alida)
    assert public.sent_to(letter) == ["De Waag", "Samenspraak"]


def test_people_are_not_named_in_public(letterhead, alida, parties):
    letter = past.record_past(
        subject="Oud", sent_on=datetime.date(2024, 3, 1), data=one_page(), recipients=parties[:2], by=alida
    )
    anna = Person.objects.create(given_name="Anna", family_name="Bos")
    letter.recipients.create(person=anna, name="Anna Bos", position=3)
    assert public.sent_to(letter) == ["De Waag", "Stadslijst"]
