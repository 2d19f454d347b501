import datetime
import uuid

import pytest
from django.utils import timezone

from crm.actions import interactions
from crm.actions.action import record
from crm.models import TimelineEntry
from crm.queries import timeline
from tests.crm.factories import OrganisationFactory, PersonFactory

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
