"""Prefixes of family names in a row of words."""

import pytest

from crm.dutch.prefixes import ALL, FOLDED, length_at


@pytest.mark.parametrize(
    ("words", "start", "length"),
    [
        ("van der Berg", 0, 2),
        ("Anna Van Der Berg", 1, 2),
        ("Anna van der Berg", 0, 0),
        ("van de l’ Ami", 0, 3),
        ("von und zu Stein", 0, 3),
        ("van der", 0, 1),
        ("van", 0, 0),
        ("Berg", 5, 0),
    ],
)
def test_the_longest_prefix_counts_and_leaves_a_name(words, start, length):
    assert length_at(words.split(), start) == length


def test_the_folded_table_fits_search_keys():
    assert (length_at(["in", "t", "veld"], 0, FOLDED), length_at(["vd", "berg"], 0, FOLDED)) == (2, 1)
    assert all(part.isalnum() and part.islower() for prefix in FOLDED for part in prefix.split())
    assert all(prefix == " ".join(prefix.lower().split()) for prefix in ALL)
