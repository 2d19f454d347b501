"""The sentences of the address book on the timelines, and how what they keep reads."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.models.organisations import in_a_sentence
from crm.queries import portfolios, segments
from crm.registries import timeline

SENTENCES = {
    "crm.organisation_added": _("%(by)s added %(name)s"),
    "crm.organisation_changed": _("%(by)s changed %(name)s: %(changes)s"),
    "crm.organisation_renamed": _("“%(old)s” is called “%(new)s” from %(day)s (%(by)s wrote it down)"),
    "crm.organisation_earlier_name": _("%(by)s wrote down the name “%(name)s”, until %(day)s"),
    "crm.organisation_earlier_name_removed": _("%(by)s took away the earlier name “%(name)s”"),
    "crm.organisation_ended": _("%(name)s no longer exists from %(day)s (%(by)s wrote it down)"),
    "crm.organisation_reopened": _("%(by)s took back that %(name)s no longer exists"),
    "crm.organisation_removed": _("%(by)s removed %(name)s"),
    "crm.lineage_linked": _("%(predecessor)s %(how)s %(successor)s, %(day)s (%(by)s wrote it down)"),
    "crm.lineage_unlinked": _("%(by)s took back that %(predecessor)s %(how)s %(successor)s"),
    "crm.person_added": _("%(by)s added %(name)s"),
    "crm.person_changed": _("%(by)s changed %(name)s: %(changes)s"),
    "crm.person_removed": _("%(by)s removed a person"),
    "crm.mandate_added": _(
        "%(by)s wrote down that %(person)s is %(title)s of %(organisation)s, since %(since)s"
    ),
    "crm.mandate_changed": _("%(by)s changed the role of %(person)s at %(organisation)s: %(changes)s"),
    "crm.mandate_ended": _(
        "%(person)s is no longer %(title)s of %(organisation)s from %(day)s (%(by)s wrote it down)"
    ),
    "crm.mandate_removed": _("%(by)s took away that %(person)s is %(title)s of %(organisation)s"),
    "crm.contact_point_added": _("%(by)s added the address %(address)s of %(holder)s (%(purpose)s)"),
    "crm.contact_point_changed": _("%(by)s changed an address of %(holder)s: %(changes)s"),
    "crm.contact_point_confirmed": _("%(by)s checked that %(address)s of %(holder)s still holds, on %(day)s"),
    "crm.contact_point_failing": _(
        "What we send to %(address)s of %(holder)s comes back%(because)s (%(by)s)"
    ),
    "crm.contact_point_withdrawn": _("%(by)s put %(address)s of %(holder)s out of use%(because)s"),
    "crm.interaction_changed": _("%(by)s changed the note of %(day)s (%(kind)s): %(changes)s"),
    "crm.interaction_removed": _("%(by)s removed the note of %(day)s (%(kind)s)"),
    "crm.consent_granted": _("%(name)s said yes: %(purpose)s by %(channel)s (%(source)s)"),
    "crm.consent_withdrawn": _("%(name)s said: no longer, %(purpose)s by %(channel)s (%(source)s)"),
    "crm.consent_objected": _("%(name)s asked us not to write (%(source)s)"),
    "crm.election_added": _("%(by)s added the election “%(name)s” of %(day)s"),
    "crm.election_changed": _("%(by)s changed the election “%(name)s”: %(changes)s"),
    "crm.election_removed": _("%(by)s took away the election “%(name)s” of %(day)s"),
    "crm.term_added": _("%(by)s added the council term “%(name)s”, from %(day)s"),
    "crm.term_changed": _("%(by)s changed the council term “%(name)s”: %(changes)s"),
    "crm.term_removed": _("%(by)s took away the council term “%(name)s”, from %(day)s"),
    "crm.seats_set": _("%(name)s has %(seats)s from %(day)s (%(by)s wrote it down)"),
    "crm.seats_removed": _("%(by)s took away the %(seats)s seats of %(name)s from %(day)s"),
    "crm.segment_saved": _("%(by)s saved the group “%(name)s”: %(words)s"),
    "crm.segment_removed": _("%(by)s removed the group “%(name)s”"),
    "crm.theme_renamed": _("%(by)s renamed the theme or label “%(old)s” to “%(new)s”"),
    "crm.theme_removed": _("%(by)s removed the theme or label “%(name)s”"),
    "crm.follow_up_added": _("%(by)s put “%(words)s” on the action list, for all of us"),
    "crm.follow_up_added_for": _("%(by)s put “%(words)s” on the action list, for %(who)s"),
    "crm.follow_up_changed": _("%(by)s changed “%(words)s” on the action list: %(changes)s"),
    "crm.follow_up_handed_over": _("%(by)s let %(who)s do “%(words)s”"),
    "crm.follow_up_left": _("%(by)s left “%(words)s” to all of us"),
    "crm.follow_up_postponed": _("%(by)s put off “%(words)s” until %(day)s"),
    "crm.follow_up_done": _("%(by)s has done “%(words)s”"),
    "crm.follow_up_dropped": _("%(by)s noted that “%(words)s” is not needed: %(reason)s"),
    "crm.follow_up_reopened": _("%(by)s noted that “%(words)s” is still to be done"),
    "crm.portfolio_handed_over": _("%(by)s handed over what %(who)s minded to %(to)s: %(what)s"),
    "crm.portfolio_left": _("%(by)s handed over to %(to)s: %(what)s"),
    "crm.recess_added": _("%(by)s set the recess “%(name)s”, from %(day)s to %(until)s"),
    "crm.recess_changed": _("%(by)s changed the recess “%(name)s”: %(changes)s"),
    "crm.recess_removed": _("%(by)s took away the recess “%(name)s”, from %(day)s to %(until)s"),
    "crm.due_line_done": _("%(by)s noted that this is done: “%(words)s”"),
    "crm.due_line_postponed": _("%(by)s put off “%(words)s” until %(day)s"),
    "crm.due_line_handed_over": _("%(by)s let %(who)s do “%(words)s”"),
    "crm.due_line_left": _("%(by)s left “%(words)s” to all of us"),
    "crm.due_line_dropped": _("%(by)s noted that “%(words)s” is not needed: %(reason)s"),
    "crm.due_line_brought_back": _("%(by)s noted that “%(words)s” is still to be done"),
    "crm.monday_mail_on": _("%(by)s wants the Monday mail"),
    "crm.monday_mail_off": _("%(by)s wants no Monday mail"),
}

# How it reads when nobody knows the day.
UNDATED = {
    "crm.lineage_linked": _("%(predecessor)s %(how)s %(successor)s (%(by)s wrote it down)"),
    "crm.mandate_added": _("%(by)s wrote down that %(person)s is %(title)s of %(organisation)s"),
}


def register() -> None:
    """Make the sentences known, and the words for what is kept as a code (see ``crm.actions.telling``)."""
    for code, wording in SENTENCES.items():
        timeline.register(code, wording, undated=UNDATED.get(code, ""))
    timeline.register(
        "crm.interaction_logged", _("%(kind)s with %(person)s: %(summary)s"), is_contact=True, icon="comment"
    )
    timeline.register_wording("day", _day)
    timeline.register_wording("choice", _choice)
    timeline.register_wording("name", _name)
    timeline.register_wording("change", _change)
    timeline.register_wording("seats", _seats)
    timeline.register_wording("group", _group)
    timeline.register_wording("portfolio", portfolios.in_words)


def _day(iso: str) -> str:
    return date_format(datetime.date.fromisoformat(iso), "j F Y")


def _choice(told: list[str]) -> str:
    label, value = told
    return _value(_field(label), value)


def _name(told: list[str]) -> str:
    article, name = told
    return in_a_sentence(article, name)


def _change(told: list[Any]) -> str:
    label, *values = told
    field = _field(label)
    name = str(field.verbose_name) if field else label.rpartition(".")[2]
    if not values:
        return name
    before, after = (_value(field, value) for value in values)
    if not before:
        return gettext("%(field)s: “%(after)s”") % {"field": name, "after": after}
    if not after:
        return gettext("%(field)s: “%(before)s” taken away") % {"field": name, "before": before}
    words = gettext("%(field)s: “%(before)s” became “%(after)s”")
    return words % {"field": name, "before": before, "after": after}


def _seats(count: int) -> str:
    return ngettext("%(count)d seat", "%(count)d seats", count) % {"count": count}


def _group(told: list[Any]) -> str:
    subject, criteria, *day = told
    return segments.describe(subject, criteria, *map(datetime.date.fromisoformat, day))


def _field(label: str) -> Any:
    """The field of a model by its label; None for one that went since: the line on the timeline outlives it."""
    model, _dot, name = label.rpartition(".")
    try:
        return apps.get_model(model)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return None


def _value(field: Any, value: Any) -> str:
    if field is None or value == "":
        return str(value)
    if getattr(field, "choices", None):
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return _day(value) if isinstance(field, models.DateField) else str(value)
