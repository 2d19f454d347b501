"""Starting, changing and removing campaigns and what they ask for."""

import datetime

import pytest

from campaigns.actions import asks, campaigns
from campaigns.models import Ask, Campaign
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import TimelineEntry
from tests.campaigns.factories import AskFactory, CampaignFactory, ClaimFactory

pytestmark = pytest.mark.django_db


def lines(record):
    return [str(line) for line in TimelineEntry.objects.about(record)]


@pytest.fixture
def campaign():
    return CampaignFactory(name="Verkiezing 2026")


@pytest.fixture
def row(campaign):
    return [AskFactory(campaign=campaign, title=title, number=n) for n, title in enumerate("ABC", start=1)]


def test_a_campaign_is_kept_with_its_themes(alida):
    campaign = campaigns.add(
        name=" Verkiezing  2026 ", purpose="Meer ruimte", themes=["wonen", "Zorg"], by=alida
    )
    campaign.refresh_from_db()
    assert (campaign.name, [str(theme) for theme in campaign.themes.all()]) == (
        "Verkiezing 2026",
        ["Zorg", "wonen"],
    )
    assert lines(campaign) == ["Alida de Test begon de campagne “Verkiezing 2026”"]


def test_a_campaign_without_a_name_or_back_to_front(alida):
    with pytest.raises(Invalid) as caught:
        campaigns.add(
            name="", from_on=datetime.date(2026, 3, 18), until_on=datetime.date(2026, 1, 1), by=alida
        )
    assert set(caught.value.errors) == {"name", "until_on"}


def test_a_name_is_given_once_whatever_its_capitals(alida, campaign):
    with pytest.raises(AlreadyThere) as caught:
        campaigns.add(name="VERKIEZING 2026", by=alida)
    assert caught.value.existing == campaign


def test_what_changed_is_told_and_nothing_changed_is_not(alida, campaign):
    campaigns.change(campaign=campaign, name="Verkiezing 2030", themes=["wonen"], by=alida)
    campaigns.change(campaign=campaign, name="Verkiezing 2030", by=alida)
    assert lines(campaign) == [
        "Alida de Test wijzigde de campagne “Verkiezing 2030”: naam: “Verkiezing 2026” werd “Verkiezing 2030”; "
        "thema’s: “wonen”"
    ]


def test_who_changes_what_somebody_else_changed_meanwhile_hears_of_it(alida, campaign, row):
    for record, verb, name in ((campaign, campaigns.change, "campaign"), (row[0], asks.change, "ask")):
        seen = version(record)
        field = "name" if name == "campaign" else "title"
        verb(**{name: record, field: "Anders"}, by=alida)
        with pytest.raises(Overtaken):
            verb(**{name: record, field: "Nog anders"}, seen=seen, by=alida)


def test_a_campaign_that_asks_something_stays(alida, campaign, row):
    with pytest.raises(Refused, match="3 vragen"):
        campaigns.remove(campaign=campaign, by=alida)
    for ask in row:
        asks.remove(ask=ask, by=alida)
    campaigns.remove(campaign=campaign, by=alida)
    assert not Campaign.objects.exists()


def test_an_ask_comes_behind_the_others(alida, campaign, row):
    asks.remove(ask=row[1], by=alida)
    ask = asks.add(campaign=campaign, title="D", proposed_text="“Zo.”", by=alida)
    assert [one.title for one in campaign.asks.all()] == ["A", "C", "D"]
    assert (ask.number, lines(campaign)[0]) == (4, "Alida de Test voegde de vraag “D” toe")


def test_an_ask_without_words_and_one_that_stands_there(alida, campaign, row):
    with pytest.raises(Invalid) as caught:
        asks.add(campaign=campaign, title=" ", by=alida)
    assert caught.value.errors == {"title": "Zeg in een paar woorden wat jullie vragen."}
    with pytest.raises(AlreadyThere) as there:
        asks.add(campaign=campaign, title="a", by=alida)
    assert there.value.existing == row[0]
    asks.add(campaign=CampaignFactory(), title="a", by=alida)


def test_an_ask_moves_one_place_and_not_beyond_the_end(alida, campaign, row):
    asks.move(ask=row[2], up=True, by=alida)
    assert [one.title for one in campaign.asks.all()] == ["A", "C", "B"]
    asks.move(ask=row[0], up=False, by=alida)
    assert [one.title for one in campaign.asks.all()] == ["C", "A", "B"]
    with pytest.raises(Refused, match="staat al aan het eind"):
        asks.move(ask=row[1], up=False, by=alida)
    assert lines(campaign)[0] == "Alida de Test gaf de vraag “A” plaats 2 in de rij"


def test_an_ask_about_which_somebody_said_something_stays(alida, row):
    ClaimFactory(ask=row[0], withdrawn=True)
    with pytest.raises(Refused, match="1 uitspraak"):
        asks.remove(ask=row[0], by=alida)
    assert Ask.objects.count() == 3
