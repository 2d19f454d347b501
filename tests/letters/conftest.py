"""The cast of letters: Alida writes, Bram and Cor are on the committee, Loes reads, Otto has no role."""

import datetime

import pytest
from django.contrib.auth.models import Group

from crm.models import Channel, ContactPoint, Network, Organisation, OrganisationKind, Purpose, User
from letters.actions import letters, recipients
from letters.models import ApprovalRule, Letterhead

DAY = datetime.date(2025, 7, 29)
BODY = (
    "<p>Wij vragen aandacht voor ontmoeting in de buurt.</p><p>Neem deze zin over: elke buurt een huis.</p>"
)


def person(username, role="", **values):
    user = User.objects.create_user(
        username, email=f"{username}@brug.example", first_name=username.title(), last_name="de Test", **values
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def alida(db):
    return person("alida", "Commissie")


@pytest.fixture
def bram(db):
    return person("bram", "Commissie")


@pytest.fixture
def cor(db):
    return person("cor", "Commissie")


@pytest.fixture
def loes(db):
    return person("loes", "Lezer")


@pytest.fixture
def otto(db):
    return person("otto")


@pytest.fixture
def letterhead(db):
    network = Network.load()
    network.name, network.place = "Netwerk De Brug", "Amsterdam"
    network.save()
    ApprovalRule.objects.update_or_create(kind="position", defaults={"quorum": 2})
    ApprovalRule.objects.update_or_create(kind="note", defaults={"quorum": 0, "most_recipients": 1})
    return Letterhead.objects.create(
        name="Gewoon",
        sender_name="Netwerk De Brug",
        sender_lines="Postbus 1\n1000 AA Amsterdam",
        reply_address="antwoord@brug.example",
        place="Amsterdam",
        sign_off="De commissie van het Netwerk De Brug",
    )


def party(name, *, email="", street="", article=""):
    organisation = Organisation.objects.create(
        kind=OrganisationKind.PARTY, name=name, article=article, invented=True
    )
    published = {
        "source": "eigen site",
        "source_url": "https://partij.example/contact",
        "published_for_contact": True,
    }
    if email:
        ContactPoint.objects.create(
            organisation=organisation, kind=Channel.EMAIL, purpose=Purpose.PROGRAMME, value=email, **published
        )
    if street:
        ContactPoint.objects.create(
            organisation=organisation,
            kind=Channel.POST,
            purpose=Purpose.BOARD,
            street=street,
            postcode="1099 ZZ",
            town="Amsterdam",
            **published,
        )
    return organisation


@pytest.fixture
def parties(db):
    """Two by e-mail, one by post, one without address."""
    return [
        party("De Waag", email="programma@waag.example"),
        party("Stadslijst", email="post@stadslijst.example", article="de"),
        party("Samenspraak", street="Verzonnenkade 1"),
        party("Zonder Adres"),
    ]


@pytest.fixture
def letter(alida, letterhead, parties):
    """A draft to four parties with nothing left to mend but the gap."""
    made = letters.start(
        by=alida, subject="Ontmoeten in de buurt", body=BODY, dated_on=DAY, letterhead=letterhead
    )
    recipients.add(letter=made, organisations_=parties, on=DAY, by=alida)
    made.refresh_from_db()
    return made
