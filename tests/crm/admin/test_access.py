"""Every address of "Whom we know" x who comes: enumerated from the addresses and the parts themselves."""

import re

import pytest
from django.urls import reverse

from crm.admin.follow_ups import FORMS
from crm.admin.organisations import OrganisationView
from crm.admin.people import PersonView
from crm.admin.urls import urlpatterns
from crm.models import Segment
from tests.crm.factories import (
    DueLineFactory,
    EmailFactory,
    FollowUpFactory,
    InteractionFactory,
    LineageFactory,
    MandateFactory,
    NameFactory,
    RecessFactory,
    SeatCountFactory,
    TermFactory,
    ThemeFactory,
)
from tests.crm.outbox import queued

pytestmark = pytest.mark.django_db

# What a reader may see; every other address is for members.
FOR_READERS = {
    "organisation_list", "organisation", "person_list", "person", "segment_list", "segment", "theme_list", "search",
    "suggestions",
    "outgoing", "follow_up_list", "follow_ups_workbook", "follow_up", "recess_list",
}  # fmt: skip
# Only a button leads there.
BUTTONS = {"monday_mail", "due_line_back"}
# Without saying about what, it leads back to the list.
LEADS_BACK = {"due_line"}
VERBS = {"follow_up_verb": list(FORMS), "recess_verb": ["verwijderen"]}


@pytest.fixture
def filled():
    """One of everything, hung on one faction and one person."""
    seats = SeatCountFactory()
    faction = seats.faction
    mandate = MandateFactory(organisation=faction)
    person = mandate.person
    return {
        "organisation": faction,
        "person": person,
        "items": {
            "adressen": {
                "organisation": EmailFactory(organisation=faction),
                "person": EmailFactory(organisation=None, person=person),
            },
            "rollen": {"organisation": mandate, "person": mandate},
            "contact": {
                "organisation": (note := InteractionFactory(organisation=faction, person=person)),
                "person": note,
            },
            "zetels": {"organisation": seats},
            "vroeger": {"organisation": NameFactory(organisation=faction)},
            "afkomst": {"organisation": LineageFactory(predecessor=faction)},
            "termijnen": {"organisation": TermFactory(body=faction)},
            "verkiezingen": {"organisation": None},
        },
        "segment": Segment.objects.create(name="Groep", criteria={"kind": ["faction"]}),
        "theme": ThemeFactory(),
        "outgoing": queued()[0],
        "follow_up": FollowUpFactory(subject=faction),
        "due_line": DueLineFactory(),
        "recess": RecessFactory(),
    }


def addresses(filled):
    """(name, address) of everything that can be asked for."""
    for pattern in urlpatterns:
        subject, _, rest = pattern.name.partition("_")
        place = str(pattern.pattern)
        if rest in ("part", "item", "verb") and subject in ("organisation", "person"):
            yield from parts(filled, subject, pattern.name, rest)
        elif "<slug:what>" in place:
            extra = ["verwijderen"] if "<slug:verb>" in place else []
            yield pattern.name, reverse(f"crm:{pattern.name}", args=["thema", filled["theme"].pk, *extra])
        elif "<int:pk>" in place:
            [record] = [one for key, one in filled.items() if pattern.name.startswith(key)]
            for verb in VERBS.get(pattern.name, [""]):
                args = [record.pk, verb] if verb else [record.pk]
                yield pattern.name, reverse(f"crm:{pattern.name}", args=args)
        else:
            assert "<" not in place
            yield pattern.name, reverse(f"crm:{pattern.name}")


def parts(filled, subject, name, rest):
    view = {"organisation": OrganisationView, "person": PersonView}[subject]
    for part_name, part in view.parts.items():
        if rest == "part":
            if part.form:
                yield name, reverse(f"crm:{name}", args=[filled[subject].pk, part_name])
            continue
        item = filled["items"].get(part_name, {}).get(subject)
        for verb in part.item_forms if item else ():
            if bool(verb) == (rest == "verb"):
                args = [filled[subject].pk, part_name, item.pk, *([verb] if verb else [])]
                yield name, reverse(f"crm:{name}", args=args)


def test_each_comes_only_where_they_may(filled, client, alida, loes, otto):
    outcomes = {}
    for name, address in addresses(filled):
        for who in (None, otto, loes, alida):
            client.logout()
            if who is not None:
                client.force_login(who)
            outcomes[name, address, who and who.username] = client.get(address).status_code
    assert len(outcomes) > 150
    wrong = {key: status for key, status in outcomes.items() if status != expected(key[0], key[2])}
    assert wrong == {}


def expected(name, who):
    if who not in ("alida", "loes") or (who == "loes" and name not in FOR_READERS) or name in LEADS_BACK:
        return 302
    return 405 if name in BUTTONS else 200


def test_nobody_but_a_member_writes_by_any_address(filled, client, loes, otto):
    for name, address in addresses(filled):
        if name in FOR_READERS - {"organisation", "person"}:
            continue
        for who in (None, otto, loes):
            client.logout()
            if who is not None:
                client.force_login(who)
            assert client.post(address, {"name": "Gekaapt"}).status_code in (302, 404, 405), address
    assert not Segment.objects.filter(name="Gekaapt").exists()
    assert filled["organisation"].mandates.count() == 1


def test_a_reader_sees_no_form_that_writes(filled, client, loes):
    client.force_login(loes)
    for name, address in addresses(filled):
        if name in FOR_READERS:
            assert not re.search(r'<form[^>]*method="post"', client.get(address).content.decode("latin-1")), (
                address
            )


def test_an_item_of_somebody_else_is_not_reached_through_another_record(filled, client, alida):
    client.force_login(alida)
    stranger = EmailFactory()
    address = reverse("crm:organisation_item", args=[filled["organisation"].pk, "adressen", stranger.pk])
    assert client.get(address).status_code == 404
    assert client.post(f"{address}vervalt/").status_code == 404
    stranger.refresh_from_db()
    assert stranger.is_usable


@pytest.mark.parametrize(
    "address",
    [
        "organisaties/999999/",
        "organisaties/99999999999999999999999/",
        "organisaties/1/bestaat-niet/",
        "organisaties/1/adressen/1/bestaat-niet/",
        "personen/999999/",
        "segmenten/999999/",
        "themas/planeet/1/",
    ],
)
def test_what_is_not_there_is_not_found(client, alida, address):
    client.force_login(alida)
    assert client.get(f"/beheer/{address}").status_code == 404


def test_the_addresses_are_in_dutch():
    assert reverse("crm:organisation", args=[5]) == "/beheer/organisaties/5/"
    assert reverse("crm:person_list") == "/beheer/personen/"
    assert reverse("crm:segment_list") == "/beheer/segmenten/"
    assert reverse("crm:search") == "/beheer/zoeken/"
