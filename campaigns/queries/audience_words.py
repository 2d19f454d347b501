"""The audience in words: a plan, why some are left alone, and how far a comparison is."""

from __future__ import annotations

from typing import Any, Final

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Step, SyncRun

_KEPT: Final = {
    "pending": gettext_lazy("asked by Mailchimp to confirm, and not confirmed yet"),
    "unsubscribed": gettext_lazy("left there, and no yes since"),
    "archived": gettext_lazy("taken off the list there; back as soon as they say yes anew"),
    "transactional": gettext_lazy("known there without having signed up"),
    "cleaned": gettext_lazy("mail to them comes back"),
    "refused": gettext_lazy("address not taken by Mailchimp; see below"),
    "there": gettext_lazy("only known there; we leave them as they are"),
}


def plan_in_words(plan: dict[str, Any]) -> str:
    """A plan as one says it: "3 added, 1 name changed, 0 taken off"; what does not happen is left out, but for these
    three."""
    count = {step: int(plan.get(step, 0)) for step in Step.values}
    names = int(plan.get("names", 0))
    other = count[Step.CHANGED] - names
    parts = [
        _("%(count)s added") % {"count": count[Step.NEW]},
        ngettext("%(count)s name changed", "%(count)s names changed", names) % {"count": names},
    ]
    if other:
        parts.append(_("%(count)s in other groups") % {"count": other})
    if moved := count[Step.MOVED]:
        parts.append(_("%(count)s with another address") % {"count": moved})
    if asked := count[Step.ASKED]:
        parts.append(_("%(count)s asked whether they want to come back") % {"count": asked})
    parts.append(_("%(count)s taken off") % {"count": count[Step.WITHDRAWN]})
    return ", ".join(parts)


def kept_in_words(plan: dict[str, Any]) -> list[str]:
    """Who is left alone, and why."""
    kept = plan.get("kept", {})
    return [f"{kept[reason]}: {words}" for reason, words in _KEPT.items() if kept.get(reason)]


def landed_in_words(run: SyncRun) -> str:
    """What was taken over from there; empty for nothing."""
    left, failing = int(run.landed.get("left", 0)), int(run.landed.get("failing", 0))
    parts = []
    if left:
        parts.append(ngettext("%(count)s left there", "%(count)s left there", left) % {"count": left})
    if failing:
        parts.append(_("%(count)s do not get their mail") % {"count": failing})
    return get_text_list(parts, _("and"))


def progress_in_words(run: SyncRun) -> str:
    """How far it is."""
    if not run.watermark:
        return _("It begins as soon as the background work gets to it.")
    if not run.plan:
        return _("Asking Mailchimp what changed there.")
    return _("%(done)s of %(total)s done") % {"done": run.number_done, "total": run.total}


def percentage(run: SyncRun) -> int:
    """The same as a number."""
    return round(100 * run.number_done / run.total) if run.total else 0
