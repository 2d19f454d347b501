"""Setting recesses."""

import datetime

import pytest

from crm.actions import recesses
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import Network, Recess, TimelineEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DAYS = {"from_on": datetime.date(2026, 7, 4), "until_on": datetime.date(2026, 8, 16)}


def test_each_change_stands_with_the_network(alida):
    made = recesses.add(name="Zomer", by=alida, **DAYS)
    recesses.change(recess=made, name="Zomerreces", by=alida)
    made.refresh_from_db()
    recesses.remove(recess=made, by=alida)
    entries = TimelineEntry.objects.about(Network.load()).select_related("by").order_by("pk")
    assert [str(entry) for entry in entries] == [
        "Alida de Test set the recess “Zomer”, from 4 July 2026 to 16 August 2026",
        "Alida de Test changed the recess “Zomerreces”: name: “Zomer” became “Zomerreces”",
        "Alida de Test took away the recess “Zomerreces”, from 4 July 2026 to 16 August 2026",
    ]
    assert not Recess.objects.exists()


def test_the_wrong_order_and_the_same_twice_are_said(alida):
    with pytest.raises(Invalid) as stopped:
        recesses.add(name="Zomer", from_on=DAYS["until_on"], until_on=DAYS["from_on"], by=alida)
    assert "until_on" in stopped.value.errors
    made = recesses.add(name="Zomer", by=alida, **DAYS)
    with pytest.raises(AlreadyThere):
        recesses.add(name="Zomer", by=alida, **DAYS)
    seen = version(made)
    recesses.change(recess=made, name="Anders", by=alida)
    with pytest.raises(Overtaken):
        recesses.change(recess=made, name="Nog anders", seen=seen, by=alida)
