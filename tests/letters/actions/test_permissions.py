"""Person x verb: the outsider may do nothing, the reader nothing that writes, a member everything but the rules."""

import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.contrib.auth.models import Group, Permission

from crm.actions.action import NotAllowed
from crm.models import TimelineEntry
from letters import actions
from letters.actions import approvals
from letters.models import ApprovalRule
from letters.queries import contents
from tests.letters.actions.verbs import APPROVED, DRAFT, PROPOSED, RULES, TABLE, UNTOLD, VERBS, approved
from tests.letters.conftest import person
from tests.letters.stories import propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def dina(db):
    """She looks after the settings."""
    return person("dina", "Beheer")


@pytest.mark.parametrize(("prepare", "name"), TABLE)
def test_who_may_do_what_and_what_is_told_of_it_can_be_read(
    letter, alida, bram, cor, loes, otto, prepare, name
):
    prepare(letter, alida, bram, cor)
    letter.refresh_from_db()
    before = TimelineEntry.objects.count()
    for someone in (loes, otto):
        with pytest.raises(NotAllowed, match="Dit mag je niet doen"):
            VERBS[name](letter, someone)
    assert TimelineEntry.objects.count() == before
    VERBS[name](letter, bram)
    lines = [str(entry) for entry in TimelineEntry.objects.order_by("pk")[before:]]
    assert bool(lines) == (name not in UNTOLD)
    assert [line for line in lines if "?" in line or "%(" in line or line.startswith("letters.")] == []


@pytest.mark.parametrize("name", RULES)
def test_rules_for_approval_are_for_who_looks_after_the_settings(
    letterhead, alida, bram, dina, loes, otto, name
):
    ApprovalRule.objects.filter(kind="position").delete()
    for someone in (alida, loes, otto):
        with pytest.raises(NotAllowed):
            RULES[name](None, someone)
    assert TimelineEntry.objects.count() == 0
    RULES[name](None, dina)
    assert TimelineEntry.objects.count() > 0


def test_the_table_has_every_verb():
    modules = [import_module(found.name) for found in iter_modules(actions.__path__, "letters.actions.")]
    verbs = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if hasattr(function, "permission") and function.__module__ == module.__name__
    }
    assert verbs == {param.id for param in TABLE} | set(RULES)


@pytest.mark.parametrize(
    ("left", "verb"),
    [
        ("letters.send_letter", APPROVED["freezing.freeze"]),
        ("letters.approve_letter", PROPOSED["approvals.approve"]),
        ("letters.change_letter", DRAFT["letters.save_draft"]),
    ],
)
def test_writing_approving_and_sending_are_separate_permissions(letter, alida, bram, cor, left, verb):
    """Somebody who may do all but one of these three may not do that one."""
    if verb is APPROVED["freezing.freeze"]:
        approved(letter, alida, bram, cor)
    if verb is PROPOSED["approvals.approve"]:
        propose(letter, alida)
    some = person("some")
    codes = {"send_letter", "approve_letter", "change_letter"} - {left.partition(".")[2]}
    some.user_permissions.set(
        Permission.objects.filter(content_type__app_label="letters", codename__in=codes)
    )
    with pytest.raises(NotAllowed):
        verb(letter, some)


def test_a_member_who_left_decides_nothing_by_a_link_she_still_has(letter, alida, bram):
    token_ = approvals.link_for(propose(letter, alida), bram)
    bram.groups.remove(Group.objects.get(name="Commissie"))
    with pytest.raises(NotAllowed):
        approvals.decide_by_link(token=token_, verdict="approved", content_hash=contents.content(letter).hash)


def test_a_member_who_signs_in_no_more_decides_nothing(letter, alida, bram):
    token_ = approvals.link_for(propose(letter, alida), bram)
    bram.is_active = False
    bram.save()
    with pytest.raises(NotAllowed):
        approvals.decide_by_link(
            token=token_, verdict="remark", text="Hoi", content_hash=contents.content(letter).hash
        )
