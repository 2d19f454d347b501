"""Makers of facts, publications and positions for tests; traits carry the names of states."""

import datetime
from io import BytesIO

import factory
import pikepdf
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import (
    Ask,
    Campaign,
    Claim,
    Fact,
    NewsletterGroup,
    Position,
    Publication,
    SignUpList,
    Subscriber,
    SubscriberState,
    Voice,
)
from crm.models import ConsentEntry, FrozenFile
from tests.crm.factories import PartyFactory, UserFactory

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


class CampaignFactory(DjangoModelFactory):
    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"Verkiezing {n}")

    class Params:
        over = factory.Trait(from_on=datetime.date(2021, 9, 1), until_on=datetime.date(2022, 3, 16))


class AskFactory(DjangoModelFactory):
    class Meta:
        model = Ask

    campaign = factory.SubFactory(CampaignFactory)
    title = factory.Sequence(lambda n: f"Een ruimte in buurt {n}")
    number = factory.Sequence(lambda n: n + 1)


class ClaimFactory(DjangoModelFactory):
    """Something that a party said and that one person put down."""

    class Meta:
        model = Claim

    organisation = factory.SubFactory(PartyFactory)
    ask = factory.SubFactory(AskFactory)
    position = Position.FOR
    quote = factory.Sequence(lambda n: f"Daar zijn wij voor, om reden {n}.")
    said_on = datetime.date(2025, 8, 1)
    voice = Voice.SAID
    source_words = "gesprek op het stadhuis"
    entered_by = factory.SubFactory(UserFactory, first_name="Bram", last_name="de Steller")

    class Params:
        confirmed = factory.Trait(
            confirmed_by=factory.SubFactory(UserFactory, first_name="Cor", last_name="de Lezer"),
            confirmed_at=factory.LazyFunction(timezone.now),
        )
        withdrawn = factory.Trait(
            withdrawn_at=factory.LazyFunction(timezone.now), withdrawn_because="Verkeerde partij."
        )


class NewsletterGroupFactory(DjangoModelFactory):
    class Meta:
        model = NewsletterGroup

    name = factory.Sequence(lambda n: f"Buurt {n}")


class SubscriberFactory(DjangoModelFactory):
    """A reader of the newsletter, with the yes in the ledger."""

    class Meta:
        model = Subscriber
        skip_postgeneration_save = True

    address = factory.Sequence(lambda n: f"lezer{n}@lezers.example")
    first_name = "Anna"

    class Params:
        left = factory.Trait(state=SubscriberState.LEFT)
        failing = factory.Trait(state=SubscriberState.FAILING)

    @factory.post_generation
    def yes(self, create, extracted, **kwargs):
        if create and extracted is not False:
            ConsentEntry.objects.create(
                address=self.address,
                purpose="newsletter",
                channel="email",
                decision="granted",
                wording="Ja, ik wil de nieuwsbrief.",
                source="lijst op de markt",
            )


class SignUpListFactory(DjangoModelFactory):
    """A list on paper that was kept; nobody on it is a reader yet."""

    class Meta:
        model = SignUpList

    place = "Markt"
    signed_on = datetime.date(2025, 5, 3)
    wording = "Ja, stuur mij de nieuwsbrief."
    pages = 1
    file = factory.Sequence(
        lambda n: FrozenFile.objects.keep(f"%PDF lijst {n}".encode(), media_type="application/pdf")
    )
