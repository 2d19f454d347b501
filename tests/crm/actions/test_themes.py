"""Themes and labels: renamed, merged and removed."""

import pytest

from crm.actions import themes
from crm.actions.changing import Invalid
from crm.models import Theme
from tests.crm.factories import OrganisationFactory, PersonFactory, TagFactory, ThemeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_theme_gets_another_name_everywhere(alida):
    theme = ThemeFactory(name="woonen")
    organisation = OrganisationFactory()
    organisation.themes.add(theme)
    themes.rename(theme=theme, name="wonen", by=alida)
    assert [str(one) for one in organisation.themes.all()] == ["wonen"]


def test_two_become_one_with_everything_that_had_either(alida):
    wrong, right = ThemeFactory(name="woonen"), ThemeFactory(name="wonen")
    organisation, person, both = OrganisationFactory(), PersonFactory(), OrganisationFactory()
    organisation.themes.add(wrong)
    person.themes.add(wrong)
    both.themes.add(wrong, right)
    assert themes.rename(theme=wrong, name="Wonen", by=alida) == right
    assert list(Theme.objects.all()) == [right]
    assert [list(one.themes.all()) for one in (organisation, person, both)] == [[right]] * 3


def test_capitals_can_be_mended(alida):
    theme = ThemeFactory(name="wonen")
    assert themes.rename(theme=theme, name="Wonen", by=alida).name == "Wonen"


@pytest.mark.parametrize("name", ["", "a\nb", "{{ x }}", "x" * 81])
def test_a_name_that_cannot_be_is_refused(alida, name):
    with pytest.raises(Invalid):
        themes.rename(theme=TagFactory(), name=name, by=alida)
