"""The lists of the action list, what each shows to whom, and what of it is due."""

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from crm.dutch.dates import long_date
from crm.models import FollowUp, User
from crm.queries import follow_ups
from crm.queries.follow_ups import Which
from crm.registries.due import Urgency
from tests.crm.factories import FollowUpFactory, OrganisationFactory, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def later(days):
    return timezone.localdate() + datetime.timedelta(days=days)


def words(rows):
    return [row.words for row in rows]


@pytest.fixture
def everything(alida):
    other = UserFactory()
    for values in (
        {"words": "zonder haast", "owner": alida},
        {"words": "van niemand", "due_on": later(20)},
        {"words": "te laat", "owner": alida, "as_overdue": True},
        {"words": "van een ander", "owner": other, "as_overdue": True},
        {"words": "gedaan", "owner": alida, "as_done": True},
        {"words": "niet nodig", "owner": other, "as_dropped": True},
    ):
        FollowUpFactory(**values)
    return other


@pytest.mark.parametrize(
    ("which", "shown"),
    [
        (Which.MINE, ["te laat", "van niemand", "zonder haast"]),
        (Which.EVERYBODY, ["te laat", "van een ander", "van niemand", "zonder haast"]),
        (Which.OVERDUE, ["te laat", "van een ander"]),
        (Which.ENDED, ["niet nodig", "gedaan"]),
    ],
)
@pytest.mark.usefixtures("everything")
def test_what_each_list_shows_and_in_which_order(alida, which, shown):
    assert words(follow_ups.listed(alida, which)) == shown


@pytest.mark.usefixtures("everything")
def test_how_much_there_is_to_do(alida):
    assert follow_ups.counts(alida) == follow_ups.Counts(mine=2, too_late=1, of_us_all=1)


def test_what_is_about_records_that_somebody_may_not_see_is_left_out(otto):
    FollowUpFactory(words="over iemand", subject=PersonFactory())
    FollowUpFactory(words="over een organisatie", subject=OrganisationFactory())
    FollowUpFactory(words="over niets")
    otto.user_permissions.set(Permission.objects.filter(codename__in=["view_followup", "view_organisation"]))
    otto = User.objects.get(pk=otto.pk)
    shown = words(follow_ups.listed(otto, Which.EVERYBODY))
    assert shown == ["over een organisatie", "over niets"]


def test_what_it_is_about_is_named_at_the_same_cost_for_any_number(django_assert_num_queries):
    for _number in range(15):
        FollowUpFactory(subject=OrganisationFactory())
        FollowUpFactory(subject=PersonFactory())
    few = FollowUp.objects.by_day()[:2]
    for rows in (list(few), list(FollowUp.objects.by_day())):
        with django_assert_num_queries(2):
            named = follow_ups.with_subjects(rows)
        assert [row.subject.words for row in named] == [str(row.subject) for row in rows]


def test_what_is_no_longer_there_is_said(alida):
    organisation = OrganisationFactory()
    about, nothing = FollowUpFactory(subject=organisation), FollowUpFactory()
    organisation.delete()
    rows = follow_ups.with_subjects([about, nothing])
    assert [(row.subject, row.is_gone) for row in rows] == [(None, True), (None, False)]


def test_an_address_leads_back_to_the_record_for_who_may_see_it(alida, otto):
    organisation = OrganisationFactory()
    address = follow_ups.address_of(organisation)
    assert follow_ups.record_at(address, user=alida) == organisation
    assert follow_ups.record_at(address, user=otto) is None


@pytest.mark.parametrize(
    "address",
    ["", "x", "crm.organisation:", "crm.organisation:0", "crm.organisation:²", "crm.user:1", "a:1" * 50],
)
def test_an_address_of_nothing_leads_nowhere(alida, address):
    assert follow_ups.record_at(address, user=alida) is None


def test_this_week_is_due_hers_before_what_is_of_us_all(alida):
    monday = datetime.date(2026, 11, 30)
    sunday = monday + datetime.timedelta(days=6)
    for name, owner, due_on in (
        ("van ons", None, monday - datetime.timedelta(days=30)),
        ("zondag", alida, sunday),
        ("te laat", alida, monday - datetime.timedelta(days=1)),
        ("volgende week", alida, sunday + datetime.timedelta(days=1)),
        ("ooit", alida, None),
        ("van een ander", UserFactory(), monday),
    ):
        FollowUpFactory(words=name, owner=owner, due_on=due_on)
    found = follow_ups.due(alida, monday, 5)
    assert [(line.words, line.urgency) for line in found.lines] == [
        ("te laat", Urgency.OVERDUE),
        ("zondag", Urgency.THIS_WEEK),
        ("van ons", Urgency.OF_US_ALL),
    ]
    assert found.total == 3
    assert follow_ups.due(alida, monday, 1).total == 3
    assert words(follow_ups.due(alida, monday, 1).lines) == ["te laat"]


def test_for_who_only_reads_nothing_is_due(loes):
    FollowUpFactory(as_overdue=True)
    assert follow_ups.due(loes, timezone.localdate(), 5).total == 0


def test_the_panel_shows_what_is_open_and_the_way_to_add(alida, loes, otto, django_assert_num_queries):
    organisation = OrganisationFactory()
    for name, traits in (("Bel hen", {"as_overdue": True}), ("Gedaan", {"as_done": True})):
        FollowUpFactory(words=name, subject=organisation, **traits)
    FollowUpFactory(subject=OrganisationFactory())
    alida.has_perm("crm.view_followup")
    with django_assert_num_queries(1):
        panel = follow_ups.panel(organisation, alida)
    assert [(item.text, item.tone) for item in panel.items] == [("Bel hen", "attention")]
    assert panel.action[1].endswith(f"?over=crm.organisation:{organisation.pk}")
    assert follow_ups.panel(organisation, loes).action is None
    assert follow_ups.panel(organisation, otto) is None


def test_the_search_box_finds_what_is_to_be_done_first_and_then_what_was_done(alida):
    FollowUpFactory(words="Zaal afbellen", as_dropped=True)
    FollowUpFactory(words="Zaal vragen", as_done=True)
    call = FollowUpFactory(words="Bel over de zaal", owner=alida, subject=OrganisationFactory(name="De Brug"))
    FollowUpFactory(words="Iets anders")
    today = long_date(timezone.localdate())
    found = follow_ups.find("zaal", 10, alida)
    assert {(hit.title, hit.subtitle) for hit in found} == {
        ("Bel over de zaal", "Alida de Test · De Brug"),
        ("Zaal vragen", f"gedaan op {today}"),
        ("Zaal afbellen", "niet nodig: Ze belden zelf"),
    }
    assert found[0].url == f"/beheer/actielijst/{call.pk}/"
    assert [hit.title for hit in follow_ups.find("belden zelf", 10, alida)] == ["Zaal afbellen"]
    assert len(follow_ups.find("zaal", 2, alida)) == 2


def test_what_is_about_records_that_somebody_may_not_see_is_not_found_either(otto):
    FollowUpFactory(words="Bel De Brug", subject=OrganisationFactory())
    FollowUpFactory(words="Bel om een zaal")
    assert follow_ups.find("bel", 10, otto) == []
    otto.user_permissions.add(Permission.objects.get(codename="view_followup"))
    seeing = User.objects.get(pk=otto.pk)
    assert [hit.title for hit in follow_ups.find("bel", 10, seeing)] == ["Bel om een zaal"]


def test_any_number_found_costs_the_same(alida, django_assert_num_queries):
    for number in range(30):
        FollowUpFactory(words=f"Bel nummer {number}", subject=OrganisationFactory())
    follow_ups.find("bel", 1, alida)
    with django_assert_num_queries(2):
        assert len(follow_ups.find("bel", 20, alida)) == 20
