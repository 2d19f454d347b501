"""Which letters a change of a letterhead reaches."""

import pytest

from letters.models import Letterhead
from letters.queries import letterheads
from letters.queries.letterheads import Reach
from tests.letters.stories import make_ready, propose

pytestmark = pytest.mark.django_db


def test_letters_count_until_they_are_fixed(letter, letterhead, alida, bram, cor):
    other = Letterhead.objects.create(name="Ander", sender_name="Netwerk")
    assert (letterheads.reach(letterhead), letterheads.reach(other)) == (Reach(1, 0), Reach(0, 0))
    propose(letter, alida)
    assert letterheads.reach(letterhead) == Reach(1, 1)


def test_a_letter_that_was_made_ready_is_out_of_reach(letter, letterhead, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    assert letterheads.reach(letterhead) == Reach(0, 0)
