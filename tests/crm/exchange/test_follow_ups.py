"""The action list as a workbook: the list that is shown, with its filter; text stays text."""

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.crm.admin.pages import main
from tests.crm.factories import FollowUpFactory, OrganisationFactory, PersonFactory

pytestmark = pytest.mark.django_db
LIST, FILE = "/beheer/actielijst/", "/beheer/actielijst/actielijst.xlsx"
TODAY = timezone.localdate()


@pytest.fixture
def member(client, alida):
    client.force_login(alida)
    return client


def sheet(response):
    (found,) = load_workbook(BytesIO(response.content)).worksheets
    return found


def rows(response):
    """The table, without the lines above it."""
    return [list(row) for row in sheet(response).iter_rows(min_row=5, values_only=True)]


def test_a_row_says_what_a_person_sees_and_who_put_it_there(member, alida, django_assert_num_queries):
    FollowUpFactory(
        words='=HYPERLINK("x")',
        owner=alida,
        created_by=alida,
        due_on=TODAY,
        subject=OrganisationFactory(name="De Brug"),
    )
    found = member.get(FILE)
    assert found["Content-Disposition"] == f'attachment; filename="Actielijst {TODAY}.xlsx"'
    page = sheet(found)
    assert [page["A1"].value, page["A4"].value] == [
        "Actielijst: Van mij en van ons allemaal",
        "Wat er moet gebeuren",
    ]
    assert (page["A5"].value, page["A5"].data_type, page["A5"].quotePrefix) == ('=HYPERLINK("x")', "s", True)
    (row,) = rows(found)
    assert [row[2].date(), row[6].date()] == [TODAY, TODAY]
    assert [row[1], *row[3:6], *row[7:]] == [
        "Alida de Test",
        "te doen",
        "De Brug",
        "Alida de Test",
        None,
        None,
        None,
    ]


def test_it_holds_the_list_that_is_shown(member, alida):
    FollowUpFactory(words="Bel De Brug", owner=alida, as_overdue=True)
    FollowUpFactory(words="Gedaan", owner=alida, as_done=True, done_by=alida)
    FollowUpFactory(words="Niet nodig", as_dropped=True)
    FollowUpFactory(words="Van een ander", as_of_somebody=True)
    shown = {
        which: [row[0] for row in rows(member.get(FILE, {"toon": which}))]
        for which in ("", "iedereen", "te-laat")
    }
    assert shown == {
        "": ["Bel De Brug"],
        "iedereen": ["Bel De Brug", "Van een ander"],
        "te-laat": ["Bel De Brug"],
    }
    ended = {
        row[0]: (row[3], row[7], row[8].date(), row[9]) for row in rows(member.get(FILE, {"toon": "klaar"}))
    }
    assert ended == {
        "Gedaan": ("klaar", "Alida de Test", TODAY, None),
        "Niet nodig": ("niet nodig", None, TODAY, "Ze belden zelf"),
    }
    assert member.get(FILE, {"toon": "anders"}).status_code == 404
    for which, address in (("", FILE), ("te-laat", f"{FILE}?toon=te-laat")):
        (link,) = main(member.get(LIST, {"toon": which})).xpath('.//a[contains(@href, ".xlsx")]')
        assert (link.get("href"), link.text_content()) == (address, "Deze lijst voor Excel (XLSX)")


def test_thirty_rows_cost_what_two_cost(
    member, alida, django_assert_num_queries, django_assert_max_num_queries
):
    for make in (OrganisationFactory, PersonFactory):
        FollowUpFactory(subject=make(), owner=alida)
    member.get(FILE)
    with django_assert_max_num_queries(15) as few:
        member.get(FILE)
    for _number in range(28):
        FollowUpFactory(subject=OrganisationFactory(), owner=alida)
    with django_assert_num_queries(len(few)):
        assert len(rows(member.get(FILE))) == 30


def test_who_may_not_see_the_action_list_gets_no_file(client, otto):
    client.force_login(otto)
    assert client.get(FILE).status_code in (302, 403)
