"""What readers did with a newsletter, fetched through the real client."""

import datetime
from io import BytesIO

import openpyxl
import pytest
from django.utils import timezone

from campaigns.actions import results, sending
from campaigns.models import Mailing, MailingState, Result
from campaigns.standin.server import Fault
from tests.campaigns.actions.test_sending import door, let_go, ready  # noqa: F401
from tests.campaigns.clients.conftest import standin  # noqa: F401
from tests.crm.admin.pages import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(ready, alida):  # noqa: F811
    let_go(ready, alida)
    sending.run(ready.pk)
    ready.refresh_from_db()
    return ready


def test_what_readers_did_stands_with_the_issue_and_in_the_workbook(sent, client, alida):
    assert results.fetch_due() == 1
    result = Result.objects.get()
    assert (result.sent, result.opens, result.delivered) == (1, None, 1)
    result.readers_clicked = 1
    result.save()
    result.links.all().delete()
    result.links.create(url="https://netwerk.example/=1+1", total=3, readers=1)
    client.force_login(alida)
    shown = text(client.get(f"/beheer/nieuwsbrieven/{sent.page_id}/"))
    assert "Eén lezer volgde een link: 100 van de 100." in shown
    assert "https://netwerk.example/=1+1" in shown
    assert "één volgde een link" in text(client.get("/beheer/nieuwsbrieven/"))
    book = openpyxl.load_workbook(BytesIO(client.get("/beheer/nieuwsbrieven/nieuwsbrieven.xlsx").content))
    rows = list(book.worksheets[0].values)
    assert [row[1] for row in rows if row[1] == sent.subject] == [sent.subject]
    assert list(book.worksheets[1].values)[-1][1:] == ("https://netwerk.example/=1+1", 1, 3)


def test_numbers_are_fetched_anew_and_stay_when_nobody_answers(sent, standin):  # noqa: F811
    results.fetch_due()
    before = Result.objects.get().fetched_at
    results.fetch_due()
    assert (Result.objects.count(), Result.objects.get().fetched_at > before) == (1, True)
    standin.fault = lambda method, path: Fault(502, b"<html>")
    assert (results.fetch_due(), Result.objects.count()) == (0, 1)


def test_an_old_newsletter_is_left_alone(sent):
    Mailing.objects.update(sent_at=timezone.now() - datetime.timedelta(days=61))
    assert results.fetch_due() == 0
    Mailing.objects.update(sent_at=timezone.now(), state=MailingState.STOPPED)
    assert results.fetch_due() == 0
