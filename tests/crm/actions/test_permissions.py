"""Person x verb: the outsider may do nothing, the reader nothing that writes, a member everything."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import (
    consents,
    contact_points,
    due_lines,
    elections,
    follow_ups,
    interactions,
    lineage,
    mandates,
    organisations,
    people,
    recesses,
    segments,
    themes,
)
from crm.actions.action import NotAllowed
from crm.models import Channel, LineageKind, Post, TimelineEntry, WritingPurpose
from tests.crm.factories import (
    DueLineFactory,
    ElectionFactory,
    EmailFactory,
    FactionFactory,
    FollowUpFactory,
    InteractionFactory,
    LineageFactory,
    MandateFactory,
    NameFactory,
    OrganisationFactory,
    PartyFactory,
    PersonFactory,
    RecessFactory,
    SeatCountFactory,
    TermFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 7, 1)
SAID = {"purpose": WritingPurpose.NEWSLETTER, "channel": Channel.EMAIL, "source": "telefoon"}


def saved_segment(by):
    return segments.save(name="Alle partijen", subject="organisations", criteria={"kind": ["party"]}, by=by)


def take_along(by):
    mandate = MandateFactory(organisation=FactionFactory(), post=Post.COUNCIL_MEMBER)
    line = LineageFactory(predecessor=mandate.organisation, successor=FactionFactory(), kind="joint_faction")
    return mandates.take_along(
        faction=line.predecessor, to=line.successor, from_on=DAY, source="site van de raad", by=by
    )


VERBS = {
    "organisations.add": lambda by: organisations.add(kind="partner", name="Nieuw", by=by),
    "organisations.change": lambda by: organisations.change(
        organisation=OrganisationFactory(), name="Anders", by=by
    ),
    "organisations.rename": lambda by: organisations.rename(
        organisation=OrganisationFactory(), name="Nieuw", from_on=DAY, by=by
    ),
    "organisations.add_earlier_name": lambda by: organisations.add_earlier_name(
        organisation=OrganisationFactory(), name="Oud", until_on=DAY, by=by
    ),
    "organisations.remove_earlier_name": lambda by: organisations.remove_earlier_name(
        name=NameFactory(), by=by
    ),
    "organisations.end": lambda by: organisations.end(
        organisation=OrganisationFactory(), ended_on=DAY, by=by
    ),
    "organisations.remove": lambda by: organisations.remove(organisation=OrganisationFactory(), by=by),
    "lineage.link": lambda by: lineage.link(
        predecessor=PartyFactory(), successor=PartyFactory(), kind=LineageKind.MERGER, by=by
    ),
    "lineage.unlink": lambda by: lineage.unlink(line=LineageFactory(), by=by),
    "people.add": lambda by: people.add(name="Anna de Vries", by=by),
    "people.change": lambda by: people.change(person=PersonFactory(), given_name="Els", by=by),
    "people.remove": lambda by: people.remove(person=PersonFactory(), by=by),
    "mandates.add": lambda by: mandates.add(
        person=PersonFactory(), organisation=OrganisationFactory(), post=Post.CHAIR, by=by
    ),
    "mandates.change": lambda by: mandates.change(mandate=MandateFactory(), label="baas", by=by),
    "mandates.end": lambda by: mandates.end(mandate=MandateFactory(), until_on=DAY, by=by),
    "mandates.take_along": take_along,
    "mandates.remove": lambda by: mandates.remove(mandate=MandateFactory(), by=by),
    "contact_points.add": lambda by: contact_points.add(
        organisation=OrganisationFactory(), kind="email", value="a@brug.example", by=by
    ),
    "contact_points.change": lambda by: contact_points.change(
        point=EmailFactory(), value="b@brug.example", by=by
    ),
    "contact_points.confirm": lambda by: contact_points.confirm(point=EmailFactory(), by=by),
    "contact_points.mark_failing": lambda by: contact_points.mark_failing(point=EmailFactory(), by=by),
    "contact_points.withdraw": lambda by: contact_points.withdraw(point=EmailFactory(), by=by),
    "interactions.log": lambda by: interactions.log(
        kind="call", summary="Belde", organisation=OrganisationFactory(), by=by
    ),
    "interactions.change": lambda by: interactions.change(
        interaction=InteractionFactory(), summary="Belde niet", by=by
    ),
    "interactions.remove": lambda by: interactions.remove(interaction=InteractionFactory(), by=by),
    "consents.grant": lambda by: consents.grant(person=PersonFactory(), wording="Ja", **SAID, by=by),
    "consents.withdraw": lambda by: consents.withdraw(person=PersonFactory(), **SAID, by=by),
    "consents.object_to": lambda by: consents.object_to(person=PersonFactory(), **SAID, by=by),
    "elections.add_election": lambda by: elections.add_election(
        body=OrganisationFactory(), name="Raad 2026", held_on=datetime.date(2026, 3, 18), by=by
    ),
    "elections.change_election": lambda by: elections.change_election(
        election=ElectionFactory(), name="Raad", by=by
    ),
    "elections.add_term": lambda by: elections.add_term(
        body=OrganisationFactory(), name="2026-2030", from_on=DAY, seats_total=45, by=by
    ),
    "elections.change_term": lambda by: elections.change_term(term=TermFactory(), seats_total=39, by=by),
    "elections.remove_election": lambda by: elections.remove_election(election=ElectionFactory(), by=by),
    "elections.remove_term": lambda by: elections.remove_term(term=TermFactory(), by=by),
    "elections.set_seats": lambda by: elections.set_seats(
        faction=FactionFactory(), seats=3, from_on=DAY, by=by
    ),
    "elections.remove_seats": lambda by: elections.remove_seats(row=SeatCountFactory(), by=by),
    "segments.save": saved_segment,
    "themes.rename": lambda by: themes.rename(theme=ThemeFactory(), name="wonen", by=by),
    "themes.remove": lambda by: themes.remove(theme=ThemeFactory(), by=by),
    "follow_ups.add": lambda by: follow_ups.add(words="Bel", owner=None, by=by),
    "follow_ups.change": lambda by: follow_ups.change(follow_up=FollowUpFactory(), words="Mail", by=by),
    "follow_ups.hand_over": lambda by: follow_ups.hand_over(
        follow_up=FollowUpFactory(as_of_somebody=True), to=None, by=by
    ),
    "follow_ups.postpone": lambda by: follow_ups.postpone(follow_up=FollowUpFactory(), by=by),
    "follow_ups.do": lambda by: follow_ups.do(follow_up=FollowUpFactory(), by=by),
    "follow_ups.drop": lambda by: follow_ups.drop(follow_up=FollowUpFactory(), reason="Hoeft niet", by=by),
    "follow_ups.undo": lambda by: follow_ups.undo(follow_up=FollowUpFactory(as_done=True), by=by),
    "due_lines.do": lambda by: due_lines.do(line=DueLineFactory(user=by), by=by),
    "due_lines.postpone": lambda by: due_lines.postpone(line=DueLineFactory(user=by), by=by),
    "due_lines.hand_over": lambda by: due_lines.hand_over(line=DueLineFactory(user=by), to=None, by=by),
    "due_lines.drop": lambda by: due_lines.drop(line=DueLineFactory(user=by), reason="Hoeft niet", by=by),
    "due_lines.bring_back": lambda by: due_lines.bring_back(
        line=due_lines.do(line=DueLineFactory(user=by), by=by), by=by
    ),
    "recesses.add": lambda by: recesses.add(name="Zomer", from_on=DAY, until_on=DAY, by=by),
    "recesses.change": lambda by: recesses.change(recess=RecessFactory(), name="Herfst", by=by),
    "recesses.remove": lambda by: recesses.remove(recess=RecessFactory(), by=by),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_who_may_do_what(verb, alida, loes, otto):
    for person in (loes, otto):
        with pytest.raises(NotAllowed):
            verb(person)
    assert TimelineEntry.objects.count() == 0
    verb(alida)


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
@pytest.mark.usefixtures("english")
def test_every_verb_leaves_a_readable_line_with_who_and_when(verb, alida):
    before = timezone.now() - datetime.timedelta(seconds=1)
    verb(alida)
    entry = TimelineEntry.objects.order_by("-pk")[0]
    assert entry.by == alida
    assert entry.happened_at >= before
    assert "%(" not in str(entry)
    assert "?" not in str(entry).replace(" ?", "").replace("since ?", "")
    assert not str(entry).startswith("crm.")


def test_a_group_is_removed_by_a_member_only(alida, loes):
    segment = saved_segment(alida)
    with pytest.raises(NotAllowed):
        segments.remove(segment=segment, by=loes)
    segments.remove(segment=segment, by=alida)
    assert not type(segment).objects.exists()
