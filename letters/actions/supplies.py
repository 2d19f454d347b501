"""What letters are made with: letterheads, standard texts, rules for approval."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.action import SYSTEM, Actor, Refused, action, record
from crm.actions.changing import AlreadyThere, check, check_unchanged, fill, take_turns
from crm.actions.telling import Told
from crm.document import richtext
from crm.document.richtext import RichTextError
from crm.models.network import check_colour
from crm.typesetting.errors import TypesettingError
from letters.models import ApprovalRule, Letter, Letterhead, StandardText
from letters.models.letters import EDITABLE
from letters.queries import approvals, contents, merge_fields
from letters.render.overlay import render_window_proof

from . import telling
from .changing import void_if_changed

# What fits beside the window of the envelope.
SENDER_LINES = 6
Supply = TypeVar("Supply", Letterhead, StandardText, ApprovalRule)
# By which field there is only one of a kind.
_ONLY: Final = {Letterhead: "name", StandardText: "title", ApprovalRule: "kind"}


@action(permission="letters.add_letterhead")
def add_letterhead(*, letterhead: Letterhead, by: Actor) -> None:
    """Keep a new letterhead.

    Raises Invalid with a sentence per field for one that no page can be made with, and AlreadyThere for a name that is
    taken.
    """
    _add(letterhead, by=by)
    record("letters.letterhead_added", by=by, on=[letterhead], name=telling.named(letterhead))


@action(permission="letters.change_letterhead")
def change_letterhead(*, letterhead: Letterhead, seen: str = "", by: Actor) -> None:
    """Keep a changed letterhead. Letters that were not fixed yet look different from now on, so approval that was asked
    or given for them lapses. Raises as ``add_letterhead`` does, and Overtaken when somebody else changed it since the
    version that was ``seen``."""
    kept, changes = _change(letterhead, seen)
    if not changes:
        return
    for letter in Letter.objects.select_for_update().filter(letterhead=kept, state__in=EDITABLE):
        void_if_changed(letter, by=by)
    record("letters.letterhead_changed", by=by, on=[kept], name=telling.named(kept), changes=changes)


def network_saved(**_signal: Any) -> None:
    """Letters take the town in their date line from the network when their letterhead names none: approval that was
    about another town lapses. Runs after the network was saved, in a transaction of its own."""
    with transaction.atomic():
        for letter in Letter.objects.select_for_update().filter(letterhead__place="", state__in=EDITABLE):
            void_if_changed(letter, by=SYSTEM)


@action(permission="letters.delete_letterhead")
def remove_letterhead(*, letterhead: Letterhead, by: Actor) -> None:
    """Remove a letterhead that no letter uses."""
    _remove(letterhead, code="letters.letterhead_removed", by=by)


@action(permission="letters.add_standardtext")
def add_standard_text(*, text: StandardText, by: Actor) -> None:
    """Keep a new text.

    Raises Invalid for text that no letter could hold, and AlreadyThere for a title that is taken.
    """
    _add(text, by=by)
    record("letters.standard_text_added", by=by, on=[text], name=telling.named(text))


@action(permission="letters.change_standardtext")
def change_standard_text(*, text: StandardText, seen: str = "", by: Actor) -> None:
    """Keep a changed text; letters in which it was used before stay as they are.

    Raises as ``add_standard_text`` does, and Overtaken when somebody else changed it since the version that was
    ``seen``.
    """
    kept, changes = _change(text, seen)
    if changes:
        record("letters.standard_text_changed", by=by, on=[kept], name=telling.named(kept), changes=changes)


@action(permission="letters.delete_standardtext")
def remove_standard_text(*, text: StandardText, by: Actor) -> None:
    """Remove a text; letters in which it was used stay as they are."""
    _remove(text, code="letters.standard_text_removed", by=by)


@action(permission="letters.add_approvalrule")
def add_approval_rule(*, rule: ApprovalRule, by: Actor) -> None:
    """Keep a new rule.

    Raises Invalid when more people must agree than the committee has, and AlreadyThere for a kind that has a rule.
    """
    _add(rule, by=by)
    record("letters.approval_rule_added", by=by, on=[rule], name=telling.named(rule))


@action(permission="letters.change_approvalrule")
def change_approval_rule(*, rule: ApprovalRule, seen: str = "", by: Actor) -> None:
    """Keep a changed rule; rounds that run keep the number they began with.

    Raises as ``add_approval_rule`` does, and Overtaken when somebody else changed it since the version that was
    ``seen``.
    """
    kept, changes = _change(rule, seen)
    if changes:
        record("letters.approval_rule_changed", by=by, on=[kept], name=telling.named(kept), changes=changes)


@action(permission="letters.delete_approvalrule")
def remove_approval_rule(*, rule: ApprovalRule, by: Actor) -> None:
    """Remove a rule: letters of this kind then need nobody's approval."""
    _remove(rule, code="letters.approval_rule_removed", by=by)


def _add(thing: models.Model, *, by: Actor) -> None:
    take_turns(type(thing))
    fill(thing, _values(thing))
    _check(thing)
    thing.save()


def _change(thing: Supply, seen: str) -> tuple[Supply, list[Told]]:
    """What is stored, changed into what ``thing`` says, and what that changed; nothing is written for no change."""
    kept = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    check_unchanged(kept, seen)
    changes = fill(kept, _values(thing))
    if changes:
        _check(kept)
        kept.save()
    return kept, changes


def _values(thing: models.Model) -> dict[str, Any]:
    return {
        field.name: getattr(thing, field.name)
        for field in thing._meta.concrete_fields
        if not field.primary_key and field.editable
    }


def _check(thing: models.Model) -> None:
    only = _ONLY[type(thing)]
    same = type(thing)._default_manager.filter(**{only: getattr(thing, only)}).exclude(pk=thing.pk).first()
    if same is not None:
        raise AlreadyThere(same)
    check(thing, {name: words for name, words in _errors(thing).items() if words})
    if isinstance(thing, Letterhead):
        _check_page(thing)


def _check_page(letterhead: Letterhead) -> None:
    """Raises Refused for a letterhead that no page can be made with."""
    values = contents.letterhead_values(Letter(letterhead=letterhead))
    try:
        render_window_proof(values, dated_on=timezone.localdate())
    except TypesettingError as error:
        raise Refused(str(error)) from error


def _errors(thing: models.Model) -> dict[str, str]:
    """What the fields themselves do not say; "" for what is right."""
    if isinstance(thing, Letterhead):
        return {"accent_colour": _about_colour(thing), "sender_lines": _about_lines(thing)}
    if isinstance(thing, StandardText):
        return {"body": _about_body(thing)}
    assert isinstance(thing, ApprovalRule)
    return {"quorum": _about_quorum(thing)}


def _about_colour(letterhead: Letterhead) -> str:
    try:
        check_colour(letterhead.accent_colour)
    except ValidationError as error:
        return str(error.messages[0])
    return ""


def _about_lines(letterhead: Letterhead) -> str:
    if len(letterhead.sender_lines.splitlines()) <= SENDER_LINES:
        return ""
    words = _("The address of the sender has room for %(count)d lines. Leave some out.")
    return words % {"count": SENDER_LINES}


def _about_body(text: StandardText) -> str:
    try:
        richtext.parse(text.body, fields=merge_fields.LABELS)
    except RichTextError as error:
        return " ".join(error.messages)
    return ""


def _about_quorum(rule: ApprovalRule) -> str:
    members = len(approvals.committee())
    if rule.quorum <= members:
        return ""
    return _(
        "%(quorum)d people must agree, but the committee has %(members)d. Choose a lower number, or add members."
    ) % {"quorum": rule.quorum, "members": members}


def _remove(thing: models.Model, *, code: str, by: Actor) -> None:
    record(code, by=by, on=[thing], name=telling.named(thing))
    try:
        thing.delete()
    except ProtectedError as error:
        raise Refused(
            _("“%(name)s” is used in letters and stays. You can change it.") % {"name": thing}
        ) from error
