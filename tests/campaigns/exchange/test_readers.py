"""The workbook of readers: each with the proof of the yes, and nothing that a spreadsheet would run."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from campaigns.actions import subscribers
from campaigns.exchange.readers import readers
from campaigns.models import Subscriber
from tests.campaigns.factories import NewsletterGroupFactory, SubscriberFactory
from tests.crm.factories import PersonFactory

pytestmark = pytest.mark.django_db


def rows(*found):
    sheet = load_workbook(BytesIO(readers(list(found)))).active
    cells = [list(row) for row in sheet.iter_rows()]
    head = next(number for number, row in enumerate(cells) if row[0].value == "E-mailadres")
    return cells[head + 1 :]


def test_each_reader_stands_there_with_words_source_and_proof(alida):
    anna = subscribers.add(
        address="anna@lezers.example", first_name="Anna", person=PersonFactory(given_name="Anna"),
        groups=[NewsletterGroupFactory(name="Noord")], wording="Zal ik hem sturen?", source="aan de deur",
        proof="Ze knikte.", by=alida,
    )  # fmt: skip
    [row] = rows(anna)
    values = [cell.value for cell in row]
    assert values[:5] == ["anna@lezers.example", "Anna", "Krijgt hem", "Noord", str(anna.person)]
    assert values[6:] == ["Zal ik hem sturen?", "aan de deur", "Ze knikte."]


def test_text_never_becomes_a_formula(alida):
    anna = subscribers.add(
        address="anna@lezers.example", first_name="=HYPERLINK(A1)", wording="+31", source="@SUM(A1)", by=alida
    )
    [row] = rows(anna)
    assert {cell.data_type for cell in row if cell.value} == {"s"}
    assert [row[column].quotePrefix for column in (1, 6, 7)] == [True, True, True]


def test_who_left_is_told_apart(alida):
    anna = SubscriberFactory(left=True)
    [row] = rows(anna)
    assert row[2].value == "Afgemeld"


def test_the_cost_does_not_grow_with_the_readers():
    def made():
        SubscriberFactory(person=PersonFactory()).groups.add(NewsletterGroupFactory())
        with CaptureQueriesContext(connection) as asked:
            readers(list(Subscriber.objects.select_related("person").prefetch_related("groups")))
        return len(asked)

    made()
    assert {made() for _time in range(5)} == {made()}
