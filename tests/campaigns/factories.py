"""Makers of facts and publications for tests; traits carry the names of states."""

import datetime
from io import BytesIO

import factory
import pikepdf
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import Fact, Publication
from crm.models import FrozenFile

DAY = datetime.date(2024, 12, 31)
SOME_DAYS = datetime.timedelta(days=40)


def pdf(pages: int = 1) -> bytes:
    """A PDF of blank pages; the same number gives the same bytes."""
    target = BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        made.save(target, static_id=True)
    return target.getvalue()


def today() -> datetime.date:
    return timezone.localdate()


class FactFactory(DjangoModelFactory):
    class Meta:
        model = Fact

    key = factory.Sequence(lambda n: f"feit-{n}")
    words = factory.Sequence(lambda n: f"ruim {n + 100} buren")
    as_of_on = DAY
    source = "Jaarverslag 2024"


class PublicationFactory(DjangoModelFactory):
    """A publication of which no more than the title is known."""

    class Meta:
        model = Publication

    title = factory.Sequence(lambda n: f"Rapport {n}")

    class Params:
        planned = factory.Trait(planned_on=factory.LazyFunction(lambda: today() + SOME_DAYS))
        late = factory.Trait(planned_on=datetime.date(2025, 11, 1))
        ready = factory.Trait(
            file=factory.LazyFunction(lambda: FrozenFile.objects.keep(pdf(2), media_type="application/pdf")),
            pages=2,
        )
        there = factory.Trait(ready=True, published_on=datetime.date(2025, 4, 15))
