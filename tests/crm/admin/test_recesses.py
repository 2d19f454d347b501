"""The screen of the recesses."""

import datetime

import pytest

from crm.models import Recess
from tests.crm.admin.pages import errors, form, said, text
from tests.crm.factories import RecessFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/recessen/"


def test_adding_changing_and_taking_away(member):
    assert "None yet." in text(member.get(LIST))
    sent = {"name": "Zomerreces", "from_on": "4 juli 2026", "until_on": "16-8-2026"}
    assert said(member.post(LIST, sent, follow=True)) == ["Added: Zomerreces."]
    made = Recess.objects.get()
    assert (made.from_on, made.until_on) == (datetime.date(2026, 7, 4), datetime.date(2026, 8, 16))
    address = f"{LIST}{made.pk}/"
    assert form(member.get(address))["until_on"] == "16-8-2026"
    member.post(address, form(member.get(address)) | {"until_on": "23-8-2026"})
    assert Recess.objects.get().until_on == datetime.date(2026, 8, 23)
    assert "4 juli tot en met 23 augustus 2026" in text(member.get(LIST))
    member.post(f"{address}verwijderen/")
    assert not Recess.objects.exists()


def test_the_wrong_order_is_said_beside_the_day_and_the_same_twice_is_only_said(member):
    sent = {"name": "Zomerreces", "from_on": "16-8-2026", "until_on": "4-7-2026"}
    assert list(errors(member.post(LIST, sent))) == ["until_on"]
    right = sent | {"from_on": "4-7-2026", "until_on": "16-8-2026"}
    member.post(LIST, right)
    assert said(member.post(LIST, right, follow=True))[-1] == "That stood there already."
    assert Recess.objects.count() == 1


def test_a_reader_sees_them_and_changes_nothing(reader, client, otto):
    recess = RecessFactory()
    assert ("Zomerreces" in text(reader.get(LIST)), "Add this recess" in text(reader.get(LIST))) == (
        True,
        False,
    )
    assert reader.post(LIST, {"name": "x"}).status_code == 302
    for verb in ("", "verwijderen/"):
        assert reader.get(f"{LIST}{recess.pk}/{verb}").status_code == 302
    client.force_login(otto)
    assert client.get(LIST).status_code == 302
    assert Recess.objects.count() == 1
