"""Makers of the address book for tests; traits carry the names of states. Nobody in here exists."""

import datetime

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from crm.models import (
    Article,
    Channel,
    ConsentEntry,
    ContactPoint,
    ContactStatus,
    Decision,
    DueLine,
    Election,
    FollowUp,
    InitiativeStage,
    Interaction,
    InteractionKind,
    Lineage,
    LineageKind,
    Mandate,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Person,
    Post,
    Purpose,
    Recess,
    SeatCount,
    Tag,
    Term,
    Theme,
    User,
    WritingPurpose,
)
from crm.registries.due import Urgency

ELECTED = datetime.date(2022, 3, 16)
INSTALLED = datetime.date(2022, 3, 30)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n}")
    first_name = "Alida"
    last_name = "de Test"
    email = factory.LazyAttribute(lambda user: f"{user.username}@netwerk.example")


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"thema {n}")


class TagFactory(DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"label {n}")


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = OrganisationKind.PARTNER
    name = factory.Sequence(lambda n: f"Buurthuis {n}")

    class Params:
        as_party = factory.Trait(kind=OrganisationKind.PARTY, name=factory.Sequence(lambda n: f"Partij {n}"))
        as_municipality = factory.Trait(kind=OrganisationKind.MUNICIPALITY, name="Gemeente Brugstad")
        as_district = factory.Trait(
            kind=OrganisationKind.DISTRICT, name=factory.Sequence(lambda n: f"Stadsdeel {n}")
        )
        as_initiative = factory.Trait(
            kind=OrganisationKind.INITIATIVE,
            stage=InitiativeStage.ACTIVE,
            name=factory.Sequence(lambda n: f"Stadsdorp {n}"),
        )
        ended = factory.Trait(founded_on=datetime.date(2010, 1, 1), ended_on=datetime.date(2020, 1, 1))


class PartyFactory(OrganisationFactory):
    kind = OrganisationKind.PARTY
    name = factory.Sequence(lambda n: f"Partij {n}")
    article = Article.DE


class ElectionFactory(DjangoModelFactory):
    class Meta:
        model = Election

    name = "Gemeenteraad 2022"
    body = factory.SubFactory(OrganisationFactory, as_municipality=True)
    held_on = ELECTED


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term

    name = "2022-2026"
    body = factory.SubFactory(OrganisationFactory, as_municipality=True)
    from_on = INSTALLED
    seats_total = 45


class FactionFactory(OrganisationFactory):
    kind = OrganisationKind.FACTION
    name = factory.Sequence(lambda n: f"Fractie {n}")
    term = factory.SubFactory(TermFactory)
    founded_on = INSTALLED


class SeatCountFactory(DjangoModelFactory):
    class Meta:
        model = SeatCount

    faction = factory.SubFactory(FactionFactory)
    seats = 2
    from_on = INSTALLED


class NameFactory(DjangoModelFactory):
    class Meta:
        model = OrganisationName

    organisation = factory.SubFactory(OrganisationFactory)
    name = "Oude naam"
    until_on = datetime.date(2020, 1, 1)


class LineageFactory(DjangoModelFactory):
    class Meta:
        model = Lineage

    predecessor = factory.SubFactory(PartyFactory)
    successor = factory.SubFactory(PartyFactory)
    kind = LineageKind.MERGER


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    given_name = "Anna"
    name_prefix = "de"
    family_name = factory.Sequence(lambda n: f"Vries {n}")

    class Params:
        left_alone = factory.Trait(do_not_contact=True)


class MandateFactory(DjangoModelFactory):
    class Meta:
        model = Mandate

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    post = Post.CHAIR
    source = "eigen site"

    class Params:
        over = factory.Trait(from_on=datetime.date(2018, 1, 1), until_on=datetime.date(2020, 1, 1))


class EmailFactory(DjangoModelFactory):
    """An e-mail address of an organisation; give ``organisation=None, person=...`` for one of a person."""

    class Meta:
        model = ContactPoint

    organisation = factory.SubFactory(OrganisationFactory)
    kind = Channel.EMAIL
    purpose = Purpose.GENERAL
    value = factory.Sequence(lambda n: f"post{n}@buurthuis.example")

    class Params:
        confirmed = factory.Trait(status=ContactStatus.CONFIRMED, checked_on=datetime.date(2025, 7, 1))
        failing = factory.Trait(status=ContactStatus.FAILING)
        withdrawn = factory.Trait(status=ContactStatus.WITHDRAWN)
        published = factory.Trait(
            published_for_contact=True,
            source="eigen site",
            source_url="https://partij.example/contact",
            checked_on=datetime.date(2025, 7, 1),
        )


class PostalFactory(EmailFactory):
    kind = Channel.POST
    value = ""
    street = factory.Sequence(lambda n: f"Verzonnenkade {n}")
    postcode = "1099 ZZ"
    town = "Brugstad"


class InteractionFactory(DjangoModelFactory):
    class Meta:
        model = Interaction

    kind = InteractionKind.CALL
    organisation = factory.SubFactory(OrganisationFactory)
    summary = "Belde over het jaarverslag"


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = ConsentEntry

    person = factory.SubFactory(PersonFactory)
    purpose = WritingPurpose.NEWSLETTER
    channel = Channel.EMAIL
    decision = Decision.GRANTED
    wording = "Ja, stuur mij de nieuwsbrief"
    source = "formulier op de site"

    class Params:
        withdrawn = factory.Trait(decision=Decision.WITHDRAWN)
        objected = factory.Trait(decision=Decision.OBJECTED)


class FollowUpFactory(DjangoModelFactory):
    """Something to do without a day, for all of us, about nothing; ``subject=`` is a record."""

    class Meta:
        model = FollowUp

    words = factory.Sequence(lambda n: f"Bel nummer {n}")

    class Params:
        as_of_somebody = factory.Trait(owner=factory.SubFactory(UserFactory))
        as_overdue = factory.Trait(
            due_on=factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=3))
        )
        as_due_today = factory.Trait(due_on=factory.LazyFunction(timezone.localdate))
        as_done = factory.Trait(done_at=factory.LazyFunction(timezone.now))
        as_dropped = factory.Trait(
            dropped_at=factory.LazyFunction(timezone.now), dropped_because="Ze belden zelf"
        )


class DueLineFactory(DjangoModelFactory):
    """A line of somebody's Monday mail that is no follow-up, not settled yet."""

    class Meta:
        model = DueLine

    user = factory.SubFactory(UserFactory)
    url = factory.Sequence(lambda n: f"/beheer/brieven/{n}/")
    since = factory.LazyFunction(timezone.localdate)
    urgency = Urgency.OUR_TURN
    words = "De Brug: zij vragen ons iets"
    note = "Ontmoeten in de buurt"


class RecessFactory(DjangoModelFactory):
    class Meta:
        model = Recess

    name = "Zomerreces"
    from_on = datetime.date(2026, 7, 4)
    until_on = datetime.date(2026, 8, 16)
