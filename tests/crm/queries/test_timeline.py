"""What the timeline says and how it pages."""

import datetime
import uuid

import pytest
from django.utils import timezone
from django.utils.translation import override

from crm.actions import (
    consents,
    contact_points,
    elections,
    interactions,
    lineage,
    mandates,
    organisations,
    people,
    segments,
)  # fmt: skip
from crm.actions.action import record
from crm.models import TimelineEntry
from crm.queries import timeline
from tests.crm.factories import FactionFactory, OrganisationFactory, PartyFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def organisation(alida):
    organisation = OrganisationFactory(name="De Brug")
    record("crm.organisation_added", by=alida, on=[organisation], name="De Brug", happened_at=ago(9))
    interactions.log(
        kind="call", summary="Belde terug", organisation=organisation, happened_at=ago(5), by=alida
    )
    return organisation


def sentences(page):
    return [entry.sentence for entry in page.entries]


def test_contact_and_changes_are_told_apart(organisation):
    call, added = "phone call with De Brug: Belde terug", "Alida de Test added De Brug"
    assert sentences(timeline.page(organisation)) == [call, added]
    assert sentences(timeline.page(organisation, only="contact")) == [call]
    assert sentences(timeline.page(organisation, only="changes")) == [added]


def test_an_entry_knows_its_contact_moment_as_it_reads_now(organisation):
    [entry] = timeline.page(organisation, only="contact").entries
    assert (entry.is_contact, entry.icon, entry.interaction.summary) == (True, "comment", "Belde terug")


def test_events_of_what_it_came_from_count_along_once_and_with_their_name(organisation, alida):
    other = OrganisationFactory(name="Oude Brug")
    line = {"predecessor": "Oude Brug", "how": "became", "successor": "De Brug", "day": "?"}
    record("crm.lineage_linked", by=alida, on=[other, organisation], **line)
    record("crm.organisation_added", by=alida, on=[other], name="Oude Brug", happened_at=ago(7))
    assert len(timeline.page(organisation).entries) == 3
    entries = timeline.page(organisation, also={other.pk}).entries
    assert len(entries) == 4
    assert [entry.about for entry in entries if "added Oude" in entry.sentence] == ["Oude Brug"]


def test_pages_show_everything_once_in_four_queries_at_most(organisation, django_assert_max_num_queries):
    TimelineEntry.objects.bulk_create(
        TimelineEntry.row(
            subject=organisation, event=uuid.uuid4(), code="x", happened_at=ago(1), parameters={"n": n}
        )
        for n in range(60)
    )
    seen, after = [], ""
    while True:
        with django_assert_max_num_queries(4):
            page = timeline.page(organisation, after=after)
        seen += [entry.pk for entry in page.entries]
        if not (after := page.older):
            break
    assert (len(seen), len(set(seen))) == (62, 62)
    assert page.newer


def test_the_last_contact_of_many_costs_one_query(organisation, alida, django_assert_num_queries):
    timeline.last_contact([organisation])
    silent, person = OrganisationFactory(), PersonFactory()
    moment = ago(2)
    interactions.log(
        kind="meeting",
        summary="Koffie",
        organisation=organisation,
        person=person,
        happened_at=moment,
        by=alida,
    )
    with django_assert_num_queries(1):
        lasts = timeline.last_contact([organisation, silent])
    assert lasts == {organisation.pk: moment}
    assert timeline.last_contact([person]) == {person.pk: moment}
    assert timeline.last_contact([]) == {}


def test_an_unknown_event_shows_its_code_instead_of_falling_over(organisation):
    record("room.that_is_gone", by=organisation._meta.model, on=[organisation])
    assert "room.that_is_gone" in sentences(timeline.page(organisation))


def in_both_languages(*records):
    """The newest line about a record, and what a Dutch reader makes of it."""
    rows = [TimelineEntry.objects.about(record).first() for record in records]
    with override("nl"):
        dutch = [str(row) for row in rows]
    return [(str(row), words) for row, words in zip(rows, dutch, strict=True)]


DAY = datetime.date(2025, 7, 29)


def test_a_line_reads_in_the_language_of_whoever_looks(alida):
    party = PartyFactory(name="Partij van de Buurt", short_name="PvdB", article="de")
    anna = PersonFactory(given_name="Anna", family_name="Vries")
    mandates.add(person=anna, organisation=party, post="chair", source="site", from_on=DAY, by=alida)
    assert in_both_languages(anna) == [
        (
            "Alida de Test wrote down that Anna de Vries is chair of PvdB, since 29 July 2025",
            "Alida de Test legde vast dat Anna de Vries voorzitter is bij de PvdB, sinds 29 juli 2025",
        )
    ]
    consents.grant(
        person=anna, purpose="newsletter", channel="email", wording="Ja", source="telefoon", by=alida
    )
    assert in_both_languages(anna) == [
        ("Anna de Vries said yes: newsletter by e-mail (telefoon)",
         "Anna de Vries zei ja: nieuwsbrief, per e-mail (telefoon)"),
    ]  # fmt: skip
    interactions.log(kind="call", summary="Belde terug", organisation=party, by=alida)
    contact_points.add(organisation=party, kind="email", value="info@pvdb.example", purpose="press", by=alida)
    assert in_both_languages(party) == [
        ("Alida de Test added the address info@pvdb.example of PvdB (press)",
         "Alida de Test voegde een adres van de PvdB toe: info@pvdb.example (pers)"),
    ]  # fmt: skip
    people.change(person=anna, gender="f", do_not_contact=True, notes="Belt graag", informed_on=DAY, by=alida)
    assert in_both_languages(anna) == [
        ("Alida de Test changed Anna de Vries: form of address: “Ms”; do not write: “no” became “yes”; notes; "
         "told about it on: “29 July 2025”",
         "Alida de Test wijzigde Anna de Vries: aanspreken als: “mevrouw”; niet schrijven: “nee” werd “ja”; notities; "
         "verteld op: “29 juli 2025”"),
    ]  # fmt: skip


def test_seats_lineage_and_groups_read_in_both_languages(alida):
    faction, other = FactionFactory(name="Fractie Groen"), FactionFactory(name="Fractie Bond")
    elections.set_seats(faction=faction, seats=1, from_on=DAY, by=alida)
    group = segments.save(
        name="Raad", subject="organisations", criteria={"kind": ["faction"], "seated": "any"}, by=alida
    )
    lineage.link(predecessor=faction, successor=other, kind="merger", happened_on=DAY, by=alida)
    organisations.change(organisation=other, level="city", by=alida)
    assert in_both_languages(group, other) == [
        ("Alida de Test saved the group “Raad”: all factions in the council",
         "Alida de Test bewaarde de groep “Raad”: alle fracties in de raad"),
        ("Alida de Test changed Fractie Bond: level: “city”",
         "Alida de Test wijzigde Fractie Bond: niveau: “stedelijk”"),
    ]  # fmt: skip
    merged, seats = [str(row) for row in TimelineEntry.objects.about(faction)]
    assert merged == "Fractie Groen merged into Fractie Bond, 29 July 2025 (Alida de Test wrote it down)"
    assert seats == "Fractie Groen has 1 seat from 29 July 2025 (Alida de Test wrote it down)"


def test_a_day_that_nobody_knows_is_left_out(alida):
    one, other = PartyFactory(name="Gras"), PartyFactory(name="Groen")
    lineage.link(predecessor=one, successor=other, kind="merger", by=alida)
    anna = PersonFactory(given_name="Anna", family_name="Vries")
    mandates.add(person=anna, organisation=OrganisationFactory(name="De Brug"), post="chair", by=alida)
    assert [str(TimelineEntry.objects.about(record).get()) for record in (one, anna)] == [
        "Gras merged into Groen (Alida de Test wrote it down)",
        "Alida de Test wrote down that Anna de Vries is chair of De Brug",
    ]


def test_a_line_from_before_still_reads(alida):
    """Lines of earlier versions keep words instead of codes."""
    anna = PersonFactory()
    told = {"person": "Anna", "title": "voorzitter", "organisation": "SP"}
    record("crm.mandate_added", by=alida, on=[anna], **told, since="29 juli 2025", happened_at=ago(1))
    record("crm.mandate_added", by=alida, on=[anna], **told, since="?")
    record("crm.person_changed", by=alida, on=[anna], name="Anna", changes="voornaam: “Annie”")
    gone = {"change": ["crm.person.shoe_size", 38, 39]}
    record("crm.person_changed", by=alida, on=[anna], name="Anna", changes=[gone])
    assert [str(row) for row in TimelineEntry.objects.about(anna)] == [
        "Alida de Test changed Anna: shoe_size: “38” became “39”",
        "Alida de Test changed Anna: voornaam: “Annie”",
        "Alida de Test wrote down that Anna is voorzitter of SP",
        "Alida de Test wrote down that Anna is voorzitter of SP, since 29 juli 2025",
    ]
