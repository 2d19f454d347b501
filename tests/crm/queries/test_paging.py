"""Pages of a list, forward and back."""

import pytest

from crm.models import Organisation
from crm.queries import paging
from tests.crm.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
ORDER = ("sort_name", "id")


@pytest.fixture
def many():
    """Ten, of which four have the same name."""
    return [
        OrganisationFactory(name=name)
        for name in ["Aap", "Beer", *["Das"] * 4, "Egel", "Fret", "Gans", "Haas"]
    ]


def walk(**kwargs):
    """The pages from first to last."""
    pages, after = [], ""
    while True:
        page = paging.page(Organisation.objects.all(), size=3, after=after, **kwargs)
        pages.append(page)
        if not page.after:
            return pages
        after = page.after


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", [ORDER, ("kind", "sort_name", "id"), ("changed_at", "id")])
def test_every_row_comes_once_forwards_and_backwards(many, order, descending):
    pages = walk(order=order, descending=descending)
    expected = list(Organisation.objects.order_by(*(f"-{name}" if descending else name for name in order)))
    assert [row for page in pages for row in page.rows] == expected
    back, before = [pages[-1].rows], pages[-1].before
    while before:
        page = paging.page(
            Organisation.objects.all(), size=3, order=order, descending=descending, before=before
        )
        back.insert(0, page.rows)
        before = page.before
    assert [row for rows in back for row in rows] == expected


def test_the_ends_have_no_further_page(many):
    pages = walk(order=ORDER)
    assert (pages[0].before, pages[-1].after) == ("", "")
    assert [bool(page.before) for page in pages] == [False, True, True, True]


def test_a_page_begins_at_a_letter(many):
    page = paging.page(Organisation.objects.all(), order=ORDER, after=paging.starting_at("e", "0"))
    assert [row.name for row in page.rows] == ["Egel", "Fret", "Gans", "Haas"]


@pytest.mark.parametrize(
    "cursor",
    [
        "x", "%%%", "W10", "WyJhIl0", "bnVsbA", "WyJhIiwgImIiXQ", "WyJhXHUwMDAwIiwgIjEiXQ",
        "WyJhIiwgIjk5OTk5OTk5OTk5OTk5OTk5OTk5OSJd",
    ],
)  # fmt: skip
def test_a_cursor_that_makes_no_sense_leads_to_the_first_page(many, cursor):
    page = paging.page(Organisation.objects.all(), order=ORDER, after=cursor, size=3)
    assert page == paging.page(Organisation.objects.all(), order=ORDER, size=3)


def test_above_a_thousand_nobody_counts(monkeypatch, many):
    monkeypatch.setattr(paging, "COUNTED", 9)
    page = paging.page(Organisation.objects.all(), order=ORDER)
    assert (page.total, page.more_than_total) == (9, True)
    page = paging.page(Organisation.objects.filter(name="Das"), order=ORDER)
    assert (page.total, page.more_than_total) == (4, False)


def test_two_queries_at_any_depth(many, django_assert_num_queries):
    for page in walk(order=ORDER):
        with django_assert_num_queries(2):
            paging.page(Organisation.objects.all(), order=ORDER, after=page.after, size=3)
