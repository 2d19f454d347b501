"""What is due in campaigns: positions that wait for a second person."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from campaigns.actions import claims
from campaigns.models import Claim
from campaigns.queries import due
from crm.models import Network
from tests.campaigns.factories import ClaimFactory
from tests.crm.factories import UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def member(role="Commissie"):
    user = UserFactory()
    user.groups.add(Group.objects.get(name=role))
    return user


def words(user):
    return [line.words for line in due.to_confirm(user, TODAY, 5).lines]


def test_positions_wait_for_everybody_but_who_put_them_down():
    anna, bram, reader = member(), member(), member("Lezer")
    ClaimFactory(entered_by=anna)
    ClaimFactory(entered_by=anna)
    assert words(bram) == ["2 standpunten wachten tot iemand ze bevestigt"]
    assert words(anna) == words(reader) == []
    claims.confirm(claim=Claim.objects.first(), by=bram)
    (line,) = due.to_confirm(bram, TODAY, 5).lines
    assert line.words == "1 standpunt wacht tot iemand het bevestigt"
    assert line.since == TODAY


def test_where_one_person_is_enough_nothing_waits():
    ClaimFactory(entered_by=member())
    network = Network.load()
    network.second_person_confirms = False
    network.save()
    assert words(member()) == []


def test_the_oldest_says_since_when():
    old = ClaimFactory(entered_by=member())
    Claim.objects.filter(pk=old.pk).update(entered_at=timezone.now() - datetime.timedelta(days=9))
    ClaimFactory(entered_by=member())
    (line,) = due.to_confirm(member(), TODAY, 5).lines
    assert line.since == TODAY - datetime.timedelta(days=9)
