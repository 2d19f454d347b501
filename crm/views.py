"""What people do without signing in: the one-shot buttons of the Monday mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from crm.actions import due_lines, one_shot
from crm.actions import follow_ups as actions
from crm.actions.action import NotAllowed, Refused
from crm.actions.changing import day
from crm.models import FollowUp, User
from crm.queries import follow_ups
from crm.queries import one_shot as links
from crm.queries.one_shot import Due

Do = Callable[[Due, User, QueryDict], object]


@dataclass(frozen=True, slots=True)
class Verb:
    """One of the buttons: what it asks, what the button says, and what it does. ``asks`` is what is filled in."""

    question: str | Promise
    button: str | Promise
    run: Do
    asks: str = field(default="")


def _done(about: Due, user: User, data: QueryDict) -> object:
    if isinstance(about, FollowUp):
        return actions.do(follow_up=about, by=user)
    return due_lines.do(line=about, by=user)


def _next_week(about: Due, user: User, data: QueryDict) -> object:
    if isinstance(about, FollowUp):
        return actions.postpone(follow_up=about, by=user)
    return due_lines.postpone(line=about, by=user)


def _somebody_else(about: Due, user: User, data: QueryDict) -> object:
    chosen = data.get("to", "")
    to = next((one for one in follow_ups.candidates() if str(one.pk) == chosen), None)
    if to is None and chosen != "all":
        raise Refused(str(_("Choose who does it.")))
    if isinstance(about, FollowUp):
        return actions.hand_over(follow_up=about, to=to, by=user)
    return due_lines.hand_over(line=about, to=to, by=user)


def _not_needed(about: Due, user: User, data: QueryDict) -> object:
    reason = data.get("reason", "")
    if isinstance(about, FollowUp):
        return actions.drop(follow_up=about, reason=reason, by=user)
    return due_lines.drop(line=about, reason=reason, by=user)


VERBS = {
    "gedaan": Verb(_("Is this done?"), _("Yes, it is done"), _done),
    "volgende-week": Verb(_("Put this off for a week?"), _("Yes, next week"), _next_week),
    "iemand-anders": Verb(_("Who does this instead?"), _("Hand it over"), _somebody_else, asks="to"),
    "niet-nodig": Verb(_("Is this not needed?"), _("It is not needed"), _not_needed, asks="reason"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def due(request: HttpRequest, token: str, verb: str) -> HttpResponse:
    """Settle one thing by a personal link, once. Looking changes nothing: mail scanners look too."""
    chosen = VERBS.get(verb)
    if chosen is None:
        raise Http404
    opened = links.opened(token)
    if opened.over is not None or opened.link is None or opened.about is None:
        return _over(request, opened)
    refusal = ""
    if request.method == "POST":
        try:
            now = one_shot.use(token, lambda about, user: chosen.run(about, user, request.POST))
        except (Refused, NotAllowed) as error:
            refusal = str(error)
            if (again := links.opened(token)).over is not None:
                return _over(request, again)
        else:
            return render(request, "crm/due_thanks.html", {"verb": verb, **_shown(now, opened.link.user)})
    context = {
        "verb": chosen,
        "others": _others(opened.about, opened.link.user) if chosen.asks == "to" else (),
        "refusal": refusal,
        "typed": request.POST,
        **_shown(opened.about, opened.link.user),
    }
    return render(request, "crm/due_link.html", context, status=409 if refusal else 200)


def _shown(about: Due, user: User) -> dict[str, Any]:
    """What the pages say of it; ``line`` for what is no follow-up."""
    if isinstance(about, FollowUp):
        [row] = follow_ups.with_subjects([about])
        note = [row.subject.words if row.subject else "", follow_ups.day_in_words(about)]
        return {
            "user": user,
            "follow_up": about,
            "words": about.words,
            "note": " · ".join(filter(None, note)),
            "day": day(about.due_on),
            "who": about.owner,
            "why": about.dropped_because,
        }
    return {
        "user": user,
        "line": about,
        "words": about.words,
        "note": about.note,
        "day": day(about.until_on),
        "who": about.handed_to,
        "why": about.because,
    }


def _others(about: Due, user: User) -> Any:
    owner = about.owner_id if isinstance(about, FollowUp) else None
    return follow_ups.candidates().exclude(pk__in=[user.pk, owner or 0])


def _over(request: HttpRequest, opened: links.Opened) -> HttpResponse:
    context: dict[str, Any] = {"over": opened.over or links.Over.UNKNOWN}
    if opened.about is not None and opened.link is not None:
        context |= _shown(opened.about, opened.link.user)
    return render(request, "crm/due_over.html", context, status=410)
