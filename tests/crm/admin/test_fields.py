"""Form fields of our own: days as they are said, names separated by commas."""

import datetime

import pytest
from django import forms
from django.utils import timezone

from crm.admin.fields import DayField, LookupField, NamesField
from crm.models import Organisation, Theme
from tests.crm.factories import OrganisationFactory

pytestmark = pytest.mark.usefixtures("english")


def test_a_day_may_be_said_as_the_screens_say_it():
    assert DayField().clean("gisteren") == timezone.localdate() - datetime.timedelta(days=1)


def test_thirty_names_at_once_and_no_more():
    names = [f"thema {number}" for number in range(31)]
    assert NamesField(Theme).clean(", ".join(names[:30])) == names[:30]
    with pytest.raises(forms.ValidationError) as refused:
        NamesField(Theme).clean(", ".join(names))
    assert refused.value.messages == [
        "These are 31 at once. Fill in 30 at most: leave out what helps least to find it."
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["²", "٣", "9" * 30, "x"])
def test_what_is_sent_as_an_id_and_is_none_chooses_nobody(number):
    kept = OrganisationFactory(name="De Brug")
    field = LookupField(Organisation)
    sent = {"o": "De Brug", "o-chosen": number, "o-before": number, "o-before-text": "De Brug"}
    assert field.clean(field.widget.value_from_datadict(sent, {}, "o")) == kept
