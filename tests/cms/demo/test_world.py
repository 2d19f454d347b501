"""The demo world as a whole: whole once, the same twice, and nobody real in it."""

import re

import pytest
from django.apps import apps
from django.core import serializers
from django.utils import timezone

from cms.demo import history
from cms.demo import world as demo
from cms.demo.calendar import DEMO_DAY
from cms.demo.fixtures import DATA
from crm.actions.action import Refused
from crm.dutch.addresses import check_email, normalise_postcode
from crm.models import (
    ContactPoint,
    InitiativeStage,
    Interaction,
    Network,
    Organisation,
    OrganisationKind,
    Person,
    Segment,
    TimelineEntry,
    User,
)
from crm.queries import reach, segments, timeline
from letters.models import ApprovalRule, Letter, StandardText

ROOMS = ("crm", "campaigns", "letters", "cms", "auth", "wagtailimages")
ADDRESS = re.compile(r"[\w.+-]+@[\w.-]+\w")


def everything() -> str:
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return serializers.serialize(
        "json", (record for model in models for record in model._base_manager.order_by("pk"))
    )


def test_a_second_load_changes_nothing(world):
    before = everything()
    assert demo.load() == world
    assert everything() == before


def test_a_second_load_leaves_what_somebody_changed(world):
    Organisation.objects.filter(name="De Brug").update(name="De Nieuwe Brug")
    Network.objects.update(name="Ons Netwerk")
    before = everything()
    demo.load()
    assert everything() == before


def test_a_load_that_broke_off_is_finished_by_the_next(db, monkeypatch):
    def full_disk(**values):
        raise OSError("no room left")

    with monkeypatch.context() as broken:
        broken.setattr(history, "past_letter", full_disk)
        with pytest.raises(OSError, match="no room left"):
            demo.load()
    assert Organisation.objects.exists()
    assert not Letter.objects.exists()
    organisations = Organisation.objects.count()
    demo.load()
    assert {letter.reference for letter in Letter.objects.all()} == {"2024-009 X", "2025-014 K"}
    assert Organisation.objects.count() == organisations


def test_an_address_book_in_use_is_left_alone(db):
    Organisation.objects.create(kind=OrganisationKind.PARTNER, name="Echte Stichting")
    with pytest.raises(Refused):
        demo.load()
    assert [str(organisation) for organisation in Organisation.objects.all()] == ["Echte Stichting"]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("file", sorted(DATA.iterdir()), ids=lambda file: file.name)
def test_no_address_in_the_fixtures_can_belong_to_anybody(file):
    addresses = ADDRESS.findall(file.read_text())
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_no_address_in_the_database_can_belong_to_anybody(world):
    found = set(ADDRESS.findall(everything()))
    assert "programmacommissie@debrug.example" in found
    assert [address for address in found if not address.endswith(".example")] == []


def test_every_address_is_well_formed(world):
    for point in ContactPoint.objects.filter(kind="email"):
        assert check_email(point.value) == point.value
    for point in ContactPoint.objects.filter(kind="post"):
        assert normalise_postcode(point.postcode) == point.postcode
        assert point.postcode.startswith("1099 Z")


def test_every_record_is_what_its_model_allows(world):
    for model in (Organisation, Person, ContactPoint, User, Segment, Letter):
        for record in model.objects.all():
            record.full_clean()


def test_all_people_are_invented_and_only_invented_parties_have_any(world):
    assert not Person.objects.filter(invented=False).exists()
    with_people = Organisation.objects.filter(kind=OrganisationKind.PARTY, mandates__isnull=False).distinct()
    assert {party.name for party in with_people if not party.invented} == set()
    assert {party.name for party in with_people} == {
        "De Brug", "Buurtstem Amsterdam", "Stadslijst Noorderlicht", "Grachten en Wijken", "Lijst Samenspraak",
    }  # fmt: skip


def test_six_sit_on_the_committee_and_nobody_has_a_password_yet(world):
    assert " ".join(user.username for user in world.committee) == "alida bram cor dineke evert fatima"
    roles = {user.username: user.groups.get().name for user in world.users.values()}
    assert {name: role for name, role in roles.items() if role != "Commissie"} == {
        "gerda": "Redactie",
        "hugo": "Lezer",
        "ida": "Beheer",
    }
    assert not any(user.has_usable_password() for user in User.objects.all())
    assert world.author in world.committee


def test_the_network_can_write_a_letter(world):
    network = Network.load()
    assert network.committee == "De Coördinatie Commissie van het Netwerk Amsterdamse Stadsdorpen"
    assert {"stadsdorp", "stadsdorpen", "NLZVE", "WhatsAppCommunity"} <= set(network.words)
    assert world.letterhead.reply_address == "info@netwerk.example"
    assert world.letterhead.logo == network.logo
    assert set(StandardText.objects.values_list("title", flat=True)) == {
        "Wat is een stadsdorp?",
        "Onze vier kernfuncties",
    }
    rules = {rule.kind: (rule.quorum, rule.most_recipients) for rule in ApprovalRule.objects.all()}
    assert rules == {"position": (2, None), "note": (0, 1)}


def test_initiatives_stand_at_every_stage_and_one_lies_outside_the_city(world):
    initiatives = Organisation.objects.filter(kind=OrganisationKind.INITIATIVE)
    assert {initiative.stage for initiative in initiatives} == set(InitiativeStage)
    assert {initiative.parent.short_name for initiative in initiatives} == {"NLZVE"}
    assert {str(each) for each in initiatives if each.district is None} == {"Dijkbuur"}
    districts = {str(initiative.district) for initiative in initiatives if initiative.district}
    assert districts == {
        str(district) for district in Organisation.objects.filter(kind=OrganisationKind.DISTRICT)
    }
    assert len(districts) == 8


def test_every_party_may_be_written_to_where_it_has_an_address(world):
    parties = Organisation.objects.filter(kind=OrganisationKind.PARTY)
    points = [p for p in ContactPoint.objects.filter(organisation__in=parties) if p.is_usable]
    verdicts = reach.may_write_to_many([(point, point.kind) for point in points], purpose="letter")
    assert all(verdict.allowed for verdict in verdicts.values())
    for point in points:
        assert point.published_for_contact
        assert point.source_url == f"{point.organisation.website}/contact"
        assert point.checked_on < DEMO_DAY


def test_the_other_segments_select_what_they_say(world):
    found = {
        segment.name: segments.members(segment, on=DEMO_DAY).count()
        for segment in Segment.objects.exclude(pk=world.segment.pk)
    }
    assert found == {"Fracties in de raad": 12, "Actieve stadsdorpen": 6, "Stadsdelen en Weesp": 8}


def test_what_passed_stands_on_the_timeline_on_its_own_day(world):
    found = [timeline.page(each) for each in Organisation.objects.filter(interactions__isnull=False)]
    entries = [entry for page in found for entry in page.entries]
    assert len(entries) == Interaction.objects.count() == 5
    assert all(entry.is_contact and entry.interaction.summary in entry.sentence for entry in entries)
    days = [DEMO_DAY - timezone.localtime(entry.happened_at).date() for entry in entries]
    assert sorted(day.days for day in days) == [6, 14, 21, 33, 49]


def test_a_no_in_the_ledger_wins_over_the_earlier_yes(world):
    people = {str(person): person for person in Person.objects.filter(consents__isnull=False)}
    verdicts = {
        name: reach.may_write_to(person, purpose="newsletter", channel="email").allowed
        for name, person in people.items()
    }
    assert verdicts == {"Truus van der Meulen": True, "Mei Lin Chan": False}


def test_the_past_letter_lies_on_the_timeline_of_every_district_on_its_own_day(world):
    letter = world.past_letter
    assert letter.state == "recorded"
    assert letter.reference == "2024-009 X"
    assert letter.recipients.count() == 9
    assert letter.recorded_pdf.read().startswith(b"%PDF-")
    weesp = Organisation.objects.get(name="Stadsgebied Weesp")
    entry = TimelineEntry.objects.about(weesp).get()
    assert entry.happened_at.date() == letter.dated_on
