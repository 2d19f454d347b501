"""The page of themes and labels."""

import pytest

from crm.models import Theme
from tests.crm.admin.pages import errors, form, said, text
from tests.crm.factories import OrganisationFactory, TagFactory, ThemeFactory

pytestmark = pytest.mark.django_db
LIST = "/beheer/themas/"


def test_the_page_says_how_often_each_is_used(member):
    theme = ThemeFactory(name="wonen")
    OrganisationFactory().themes.add(theme)
    TagFactory(name="warm")
    words = text(member.get(LIST))
    assert "wonen used once" in words
    assert "warm used 0 times" in words


def test_renaming_merging_and_taking_away(member):
    wrong, right = ThemeFactory(name="woonen"), ThemeFactory(name="wonen")
    OrganisationFactory().themes.add(wrong)
    address = f"{LIST}thema/{wrong.pk}/"
    assert form(member.get(address))["name"] == "woonen"
    assert list(errors(member.post(address, {"name": "a\nb"}))) == ["name"]
    response = member.post(address, {"name": "wonen"}, follow=True)
    assert said(response) == ["Saved: wonen."]
    assert list(Theme.objects.all()) == [right]
    member.post(f"{LIST}thema/{right.pk}/verwijderen/")
    assert not Theme.objects.exists()
