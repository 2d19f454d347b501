"""Campaigns and their asks on screen: empty at first, then one thing after the other."""

import datetime

import pytest
from django.urls import reverse

from campaigns.models import Ask, Campaign
from tests.campaigns.factories import AskFactory, CampaignFactory, ClaimFactory
from tests.crm.admin.pages import errors, form, link, main, said, text

pytestmark = pytest.mark.django_db

INDEX, ADD = reverse("campaigns:index"), reverse("campaigns:campaign_add")


@pytest.fixture
def campaign():
    return CampaignFactory(name="Verkiezing 2026")


def titles(response):
    return [" ".join(head.text_content().split()) for head in main(response).xpath(".//section/h2")]


def test_the_first_campaign_leads_to_its_first_ask_and_that_to_the_list(member):
    empty = member.get(INDEX)
    assert "Er is nog geen campagne." in text(empty)
    assert link(empty, "Begin de eerste campagne") == ADD
    answer = member.post(ADD, {"name": "Verkiezing 2026", "themes": "wonen, zorg"}, follow=True)
    campaign = Campaign.objects.get()
    add = reverse("campaigns:ask_add", args=[campaign.pk])
    assert answer.redirect_chain == [(add, 302)]
    assert said(answer) == ["De campagne is er. Zeg nu wat jullie vragen."]
    assert main(answer).xpath("string(.//h1)").strip() == "Wat vragen jullie?"
    answer = member.post(add, {"title": "Een ruimte", "proposed_text": "Elke buurt een ruimte."}, follow=True)
    assert titles(answer)[0] == "1. Een ruimte"
    assert "Elke buurt een ruimte." in text(answer)
    assert "1 vraag · 0 uitspraken" in text(member.get(INDEX))


def test_a_reader_of_an_empty_list_gets_no_button(reader):
    assert not main(reader.get(INDEX)).xpath(".//a")


def test_what_is_to_be_mended_stands_beside_the_field(member, campaign):
    assert errors(member.post(ADD, {"name": "", "from_on": "2-1-2026", "until_on": "1-1-2026"})) == {
        "name": "Geef de campagne een naam, bijvoorbeeld “Verkiezing 2026”.",
        "until_on": "Het einde ligt vóór het begin. Kijk de dagen na.",
    }
    answer = member.post(ADD, {"name": "verkiezing 2026"})
    assert campaign.get_absolute_url() in main(answer).xpath(".//form//a/@href")
    assert list(errors(member.post(reverse("campaigns:ask_add", args=[campaign.pk]), {"title": ""}))) == [
        "title"
    ]


def test_a_campaign_is_changed_as_it_stands(member, campaign):
    place = reverse("campaigns:campaign_change", args=[campaign.pk])
    values = form(member.get(place)) | {"purpose": "Meer ruimte", "level": "city"}
    assert said(member.post(place, values, follow=True)) == ["De campagne is gewijzigd."]
    campaign.refresh_from_db()
    assert (campaign.name, campaign.purpose, campaign.level) == ("Verkiezing 2026", "Meer ruimte", "city")


def test_two_people_at_once_see_both_texts(member, campaign):
    place = reverse("campaigns:campaign_change", args=[campaign.pk])
    values = form(member.get(place))
    Campaign.objects.update(name="Van een ander")
    answer = member.post(place, values | {"name": "Van mij"})
    assert answer.status_code == 422
    assert "Van een ander" in text(answer)


def test_asks_change_places_with_a_press(member, campaign):
    first, second = (
        AskFactory(campaign=campaign, title=title, number=n) for n, title in enumerate("AB", start=1)
    )
    place = reverse("campaigns:asks", args=[campaign.pk])
    assert titles(member.post(place, {"ask": second.pk, "do": "up"}, follow=True))[:2] == ["1. B", "2. A"]
    assert said(member.post(place, {"ask": first.pk, "do": "down"}, follow=True)) == [
        "“A” staat al aan het eind van de rij."
    ]
    assert member.post(place, {"ask": AskFactory().pk, "do": "up"}).status_code == 404
    assert member.post(place, {"ask": "x"}).status_code == 404


def test_an_ask_about_which_something_was_said_is_changed_with_care_and_not_removed(member, campaign):
    ask = AskFactory(campaign=campaign, title="Een ruimte")
    ClaimFactory(ask=ask)
    place = reverse("campaigns:ask_change", args=[ask.pk])
    assert "Verbeter gerust een foutje" in text(member.get(place))
    member.post(place, form(member.get(place)) | {"title": "Een ruimte in elke buurt"})
    page = member.get(reverse("campaigns:asks", args=[campaign.pk]))
    assert titles(page)[0] == "1. Een ruimte in elke buurt"
    remove = reverse("campaigns:ask_remove", args=[ask.pk])
    assert remove not in page.content.decode()
    assert "1 uitspraak" in text(member.post(remove))
    assert Ask.objects.filter(pk=ask.pk).exists()


def test_what_is_empty_is_removed(member, campaign):
    ask = AskFactory(campaign=campaign)
    gone = member.post(reverse("campaigns:campaign_remove", args=[campaign.pk]))
    assert "1 vraag" in text(gone)
    assert said(member.post(reverse("campaigns:ask_remove", args=[ask.pk]), follow=True)) == [
        "De vraag is verwijderd."
    ]
    answer = member.post(reverse("campaigns:campaign_remove", args=[campaign.pk]), follow=True)
    assert (said(answer), answer.redirect_chain) == (["De campagne is verwijderd."], [(INDEX, 302)])


def test_what_waits_for_a_second_person_stands_on_top(member, reader, alida):
    ClaimFactory(organisation__name="De Brug", ask__title="Een ruimte")
    ClaimFactory(organisation__name="Van mijzelf", entered_by=alida)
    member.force_login(alida)
    page = text(member.get(INDEX))
    assert "Wacht op jou" in page
    assert "De Brug: Een ruimte" in page
    assert "Van mijzelf" not in page


def test_the_newest_campaign_stands_first_and_one_that_is_over_says_so(reader):
    CampaignFactory(name="Vroeger", over=True)
    CampaignFactory(name="Later", from_on=datetime.date(2025, 6, 1))
    page = reader.get(INDEX)
    assert [a.text_content() for a in main(page).xpath(".//ul//a")] == ["Later", "Vroeger"]
    assert "0 vragen · 0 uitspraken · afgelopen sinds 16 maart 2022" in text(page)


def test_the_list_costs_the_same_for_one_campaign_and_for_thirty(member, django_assert_max_num_queries):
    ClaimFactory()
    member.get(INDEX)
    with django_assert_max_num_queries(20) as few:
        member.get(INDEX)
    for _ in range(24):
        ClaimFactory()
    with django_assert_max_num_queries(20) as many:
        member.get(INDEX)
    assert len(many) == len(few)
