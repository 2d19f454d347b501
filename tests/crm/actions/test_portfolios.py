"""Handing over all that somebody minds in one go."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import portfolios
from crm.actions.action import SYSTEM, NotAllowed, Refused
from crm.actions.changing import Invalid
from crm.models import FollowUp, TimelineEntry
from crm.queries import portfolios as queries
from crm.registries import portfolios as registry
from tests.crm.conftest import _with_role
from tests.crm.factories import FollowUpFactory, OrganisationFactory, PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def bram(db):
    return _with_role("bram", "Commissie")


@pytest.fixture
def dina(db):
    return _with_role("dina", "Beheer")


@pytest.fixture
def minded(alida):
    """Two follow-ups, an organisation and a person; beside what is done and what is of others."""
    FollowUpFactory(words="Bel De Brug", owner=alida)
    FollowUpFactory(words="Mail De Waag", owner=alida, as_overdue=True)
    FollowUpFactory(owner=alida, as_done=True)
    FollowUpFactory(words="van ons")
    return OrganisationFactory(name="Stadsdorp Zuid", our_contact=alida), PersonFactory(our_contact=alida)


def hand_over(giver, to, by):
    return portfolios.hand_over(giver=giver, to=to, seen=queries.of(giver).seen, by=by)


def told(subject):
    return [str(entry) for entry in TimelineEntry.objects.about(subject).select_related("by")]


def test_the_preview_says_how_many_and_which(alida, minded):
    shown = [(held.words, held.names, held.more) for held in queries.of(alida).held]
    assert shown == [
        ("2 things on the action list", ("Mail De Waag", "Bel De Brug"), 0),
        ("regular contact of 1 organisation", ("Stadsdorp Zuid",), 0),
        ("regular contact of 1 person", (str(minded[1]),), 0),
    ]


def test_of_many_the_first_are_named(alida):
    for _number in range(15):
        FollowUpFactory(owner=alida)
    [held] = queries.of(alida).held
    assert (len(held.names), held.more) == (12, 3)


def test_all_of_it_goes_over_and_what_is_done_stays(alida, bram, minded):
    organisation, person = minded
    hand_over(alida, bram, alida)
    assert [FollowUp.objects.open().filter(owner=owner).count() for owner in (alida, bram, None)] == [0, 2, 1]
    assert FollowUp.objects.filter(owner=alida, done_at__isnull=False).count() == 1
    for record in minded:
        record.refresh_from_db()
        assert record.our_contact == bram
    line = (
        "Alida de Test handed over to Bram de Test: 2 things on the action list, regular contact of "
        "1 organisation and regular contact of 1 person"
    )
    for subject in (alida, bram, organisation, person, FollowUp.objects.get(words="Bel De Brug")):
        assert told(subject) == [line]


def test_one_hands_over_ones_own_and_who_looks_after_the_users_everybodys(alida, bram, dina, loes, minded):
    with pytest.raises(NotAllowed):
        hand_over(alida, bram, bram)
    with pytest.raises(NotAllowed):
        hand_over(loes, bram, loes)
    alida.is_active = False
    alida.save()
    hand_over(alida, bram, dina)
    assert told(bram)[0].startswith(
        "Dina de Test handed over what Alida de Test minded to Bram de Test: 2 things"
    )
    assert FollowUp.objects.open().filter(owner=bram).count() == 2


def test_what_changed_after_it_was_shown_is_shown_again_first(alida, bram, minded):
    seen = queries.of(alida).seen
    FollowUpFactory(owner=alida)
    with pytest.raises(portfolios.Changed):
        portfolios.hand_over(giver=alida, to=bram, seen=seen, by=alida)
    assert not FollowUp.objects.filter(owner=bram).exists()


@pytest.mark.usefixtures("minded")
def test_it_goes_to_nobody_who_is_away_or_cannot_go_on_with_it(alida, bram, loes, otto):
    bram.absent_until_on = timezone.localdate() + datetime.timedelta(days=7)
    bram.save()
    for to in (bram, loes, otto, alida):
        with pytest.raises(Invalid) as stopped:
            hand_over(alida, to, alida)
        assert list(stopped.value.errors) == ["to"]
    assert FollowUp.objects.open().filter(owner=alida).count() == 2


def test_who_is_away_herself_can_hand_over(alida, bram, minded):
    alida.absent_until_on = timezone.localdate() + datetime.timedelta(days=7)
    alida.save()
    hand_over(alida, bram, alida)
    assert FollowUp.objects.open().filter(owner=bram).count() == 2


def test_with_nothing_to_hand_over_it_says_so(alida, bram):
    with pytest.raises(Refused, match="minds nothing"):
        hand_over(alida, bram, alida)


def test_when_one_part_fails_nothing_is_handed_over(alida, bram, minded, monkeypatch):
    def break_down(pks, to):
        raise RuntimeError

    broken = registry.Part(
        name="broken",
        order=99,
        permission="crm.view_organisation",
        counted=str,
        held=lambda user: type(user).objects.filter(pk=user.pk),
        label=str,
        move=break_down,
    )
    monkeypatch.setitem(registry.PARTS, "broken", broken)
    with pytest.raises(RuntimeError):
        hand_over(alida, bram, SYSTEM)
    assert FollowUp.objects.open().filter(owner=alida).count() == 2
