"""What a fact is stored as."""

import pytest
from django.db import IntegrityError

from campaigns.models import Fact
from tests.campaigns.factories import FactFactory

pytestmark = pytest.mark.django_db


def test_a_fact_reads_as_its_words():
    assert str(FactFactory(words="ruim 15.000 Amsterdammers")) == "ruim 15.000 Amsterdammers"


def test_no_two_facts_share_a_key():
    FactFactory(key="bereik")
    with pytest.raises(IntegrityError):
        FactFactory(key="bereik")


def test_facts_stand_in_the_order_of_their_words():
    for words in ("ruim 600 vrijwilligers", "36 stadsdorpen"):
        FactFactory(words=words)
    assert [str(fact) for fact in Fact.objects.all()] == ["36 stadsdorpen", "ruim 600 vrijwilligers"]
