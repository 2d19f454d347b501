"""What letters are made with: letterheads, standard texts, rules for approval."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.action import Actor, Refused, action, record
from crm.document import richtext
from crm.document.richtext import RichTextError
from crm.models.network import check_colour
from crm.typesetting.errors import TypesettingError
from letters.models import ApprovalRule, Letter, Letterhead, StandardText
from letters.models.letters import EDITABLE
from letters.queries import approvals, contents, merge_fields
from letters.render.overlay import render_window_proof

from .changing import void_if_changed

# What fits beside the window of the envelope.
SENDER_LINES = 6


@action(permission="letters.add_letterhead")
def add_letterhead(*, letterhead: Letterhead, by: Actor) -> None:
    """Keep a new letterhead. Raises Refused for one that no page can be made with."""
    _check_letterhead(letterhead)
    letterhead.save()
    record("letters.letterhead_added", by=by, on=[letterhead], name=str(letterhead))


@action(permission="letters.change_letterhead")
def change_letterhead(*, letterhead: Letterhead, by: Actor) -> None:
    """Keep a changed letterhead. Letters that were not fixed yet look different from now on, so approval that was asked
    or given for them lapses. Raises Refused for one that no page can be made with."""
    _check_letterhead(letterhead)
    letterhead.save()
    for letter in Letter.objects.select_for_update().filter(letterhead=letterhead, state__in=EDITABLE):
        void_if_changed(letter, by=by)
    record("letters.letterhead_changed", by=by, on=[letterhead], name=str(letterhead))


def _check_letterhead(letterhead: Letterhead) -> None:
    try:
        check_colour(letterhead.accent_colour)
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    if len(letterhead.sender_lines.splitlines()) > SENDER_LINES:
        raise Refused(
            _("The address of the sender has room for %(count)d lines. Leave some out.")
            % {"count": SENDER_LINES}
        )
    try:
        render_window_proof(
            contents.letterhead_values(Letter(letterhead=letterhead)), dated_on=timezone.localdate()
        )
    except TypesettingError as error:
        raise Refused(str(error)) from error


@action(permission="letters.delete_letterhead")
def remove_letterhead(*, letterhead: Letterhead, by: Actor) -> None:
    """Remove a letterhead that no letter uses."""
    _remove(letterhead, code="letters.letterhead_removed", by=by)


@action(permission="letters.add_standardtext")
def add_standard_text(*, text: StandardText, by: Actor) -> None:
    """Keep a new text. Raises Refused for text that no letter could hold."""
    _check(text)
    text.save()
    record("letters.standard_text_added", by=by, on=[text], name=str(text))


@action(permission="letters.change_standardtext")
def change_standard_text(*, text: StandardText, by: Actor) -> None:
    """Keep a changed text; letters in which it was used before stay as they are."""
    _check(text)
    text.save()
    record("letters.standard_text_changed", by=by, on=[text], name=str(text))


@action(permission="letters.delete_standardtext")
def remove_standard_text(*, text: StandardText, by: Actor) -> None:
    """Remove a text; letters in which it was used stay as they are."""
    _remove(text, code="letters.standard_text_removed", by=by)


@action(permission="letters.add_approvalrule")
def add_approval_rule(*, rule: ApprovalRule, by: Actor) -> None:
    """Keep a new rule. Raises Refused when more people must agree than the committee has."""
    _check_quorum(rule)
    rule.save()
    record("letters.approval_rule_added", by=by, on=[rule], name=str(rule))


@action(permission="letters.change_approvalrule")
def change_approval_rule(*, rule: ApprovalRule, by: Actor) -> None:
    """Keep a changed rule; rounds that run keep the number they began with."""
    _check_quorum(rule)
    rule.save()
    record("letters.approval_rule_changed", by=by, on=[rule], name=str(rule))


@action(permission="letters.delete_approvalrule")
def remove_approval_rule(*, rule: ApprovalRule, by: Actor) -> None:
    """Remove a rule: letters of this kind then need nobody's approval."""
    _remove(rule, code="letters.approval_rule_removed", by=by)


def _check(text: StandardText) -> None:
    try:
        richtext.parse(text.body, fields=merge_fields.LABELS)
    except RichTextError as error:
        raise Refused(" ".join(error.messages)) from error


def _check_quorum(rule: ApprovalRule) -> None:
    members = len(approvals.committee())
    if rule.quorum > members:
        raise Refused(
            _(
                "%(quorum)d people must agree, but the committee has %(members)d. "
                "Choose a lower number, or add members."
            )
            % {"quorum": rule.quorum, "members": members}
        )


def _remove(thing: models.Model, *, code: str, by: Actor) -> None:
    record(code, by=by, on=[thing], name=str(thing))
    try:
        thing.delete()
    except ProtectedError as error:
        raise Refused(
            _("“%(name)s” is used in letters and stays. You can change it.") % {"name": thing}
        ) from error
