"""What a browser sends as a number."""

import pytest

from crm.admin.numbers import key, whole


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), (" 12 ", 12), ("0", 0), ("9" * 18, 10**18 - 1)],
)
def test_a_number_is_read(text, number):
    assert whole(text) == number


@pytest.mark.parametrize("text", [None, "", "abc", "-1", "1.5", "²", "٣", "9" * 19, "1" * 5000, "\x00"])
def test_what_is_no_number_is_none(text):
    assert whole(text) is None


def test_an_id_that_is_none_is_nobodys():
    assert (key("7"), key("²"), key(None)) == (7, 0, 0)
