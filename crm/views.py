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

from crm.actions import follow_up_links
from crm.actions import follow_ups as actions
from crm.actions.action import NotAllowed, Refused
from crm.actions.changing import day
from crm.models import FollowUp, User
from crm.queries import follow_up_links as links
from crm.queries import follow_ups

Do = Callable[[FollowUp, User, QueryDict], object]


@dataclass(frozen=True, slots=True)
class Verb:
    """One of the buttons: what it asks, what the button says, and what it does. ``asks`` is what is filled in."""

    question: str | Promise
    button: str | Promise
    run: Do
    asks: str = field(default="")


def _done(follow_up: FollowUp, user: User, data: QueryDict) -> object:
    return actions.do(follow_up=follow_up, by=user)


def _next_week(follow_up: FollowUp, user: User, data: QueryDict) -> object:
    return actions.postpone(follow_up=follow_up, by=user)


def _somebody_else(follow_up: FollowUp, user: User, data: QueryDict) -> object:
    chosen = data.get("to", "")
    to = next((one for one in follow_ups.candidates() if str(one.pk) == chosen), None)
    if to is None and chosen != "all":
        raise Refused(str(_("Choose who does it.")))
    return actions.hand_over(follow_up=follow_up, to=to, by=user)


def _not_needed(follow_up: FollowUp, user: User, data: QueryDict) -> object:
    return actions.drop(follow_up=follow_up, reason=data.get("reason", ""), by=user)


VERBS = {
    "gedaan": Verb(_("Is this done?"), _("Yes, it is done"), _done),
    "volgende-week": Verb(_("Put this off for a week?"), _("Yes, next week"), _next_week),
    "iemand-anders": Verb(_("Who does this instead?"), _("Hand it over"), _somebody_else, asks="to"),
    "niet-nodig": Verb(_("Is this not needed?"), _("It is not needed"), _not_needed, asks="reason"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, token: str, verb: str) -> HttpResponse:
    """Settle one follow-up by a personal link, once. Looking changes nothing: mail scanners look too."""
    chosen = VERBS.get(verb)
    if chosen is None:
        raise Http404
    opened = links.opened(token)
    if opened.over is not None or opened.link is None or opened.follow_up is None:
        return _over(request, opened)
    refusal = ""
    if request.method == "POST":
        try:
            now = follow_up_links.use(token, lambda found, user: chosen.run(found, user, request.POST))
        except (Refused, NotAllowed) as error:
            refusal = str(error)
            if (again := links.opened(token)).over is not None:
                return _over(request, again)
        else:
            context = {"follow_up": now, "verb": verb, "day": day(now.due_on), "user": opened.link.user}
            return render(request, "crm/follow_up_thanks.html", context)
    [row] = follow_ups.with_subjects([opened.follow_up])
    context = {
        "row": row,
        "follow_up": opened.follow_up,
        "day": follow_ups.day_in_words(opened.follow_up),
        "verb": chosen,
        "user": opened.link.user,
        "others": _others(opened.follow_up, opened.link.user) if chosen.asks == "to" else (),
        "refusal": refusal,
        "typed": request.POST,
    }
    return render(request, "crm/follow_up_link.html", context, status=409 if refusal else 200)


def _others(follow_up: FollowUp, user: User) -> Any:
    return follow_ups.candidates().exclude(pk__in=[user.pk, follow_up.owner_id or 0])


def _over(request: HttpRequest, opened: links.Opened) -> HttpResponse:
    context = {
        "why": opened.over or links.Over.UNKNOWN,
        "follow_up": opened.follow_up,
        "day": day(opened.follow_up.due_on) if opened.follow_up else "",
        "user": opened.link.user if opened.link else None,
    }
    return render(request, "crm/follow_up_over.html", context, status=410)
