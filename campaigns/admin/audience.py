"""The screen "Readers and Mailchimp": how the connection stands, what waits, what happened. Never asks Mailchimp."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from campaigns.actions import audience as actions
from campaigns.models import AudienceLink, AudienceMember, AudienceProblem, SyncRun, SyncState
from campaigns.queries import audience, audience_words
from crm.actions.action import Refused
from crm.admin.numbers import whole
from crm.admin.screens import Screen

HISTORY = 20
LISTED = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One comparison as the history shows it."""

    run: SyncRun
    words: str
    landed: str


class AudienceScreen(Screen):
    """Our readers beside the audience at Mailchimp."""

    template_name = "campaigns/audience.html"
    permission = actions.PERMISSION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is known of it, from our own tables."""
        link = audience.link()
        runs = list(link.runs.select_related("started_by")[:HISTORY]) if link else []
        newest = runs[0] if runs else None
        refused = link.members.exclude(refusal="").select_related("subscriber") if link else None
        return super().get_context_data(**kwargs) | {
            "link": link,
            "is_local": settings.MAILCHIMP_IS_LOCAL,
            "problem": self._problem(link),
            "run": newest if newest and newest.is_open else None,
            "waiting_plan": newest if newest and self._waits(newest) else None,
            "to_take_off": self._to_take_off(newest),
            "plan": audience_words.plan_in_words(newest.plan) if newest else "",
            "kept": audience_words.kept_in_words(newest.plan) if newest else [],
            "progress": audience_words.progress_in_words(newest) if newest else "",
            "percentage": audience_words.percentage(newest) if newest else 0,
            "last": next((run for run in runs if run.state == SyncState.DONE), None),
            "history": [
                Line(run, audience_words.plan_in_words(run.plan), audience_words.landed_in_words(run))
                for run in runs
            ],
            "refused": refused.order_by("address")[:LISTED] if refused is not None else [],
            "refused_count": refused.count() if refused is not None else 0,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Press one of its buttons."""
        try:
            messages.success(request, self._press(request.POST.get("do", "")))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("audience:index")

    def _press(self, button: str) -> str:
        match button:
            case "sync" | "full":
                actions.start(full=button == "full", by=self.user)
                return _("It is being brought up to date in the background. You may leave this page.")
            case "look":
                actions.start(look=True, by=self.user)
                return _("We look what differs, in the background. Nothing is changed at Mailchimp.")
            case "test":
                actions.test_connection(by=self.user)
                return _("We ask Mailchimp in the background. Look here again in a moment.")
            case "listen":
                actions.switch_on_webhook(base_url=settings.BASE_URL, by=self.user)
                return _("We ask Mailchimp in the background to tell us. Look here again in a moment.")
            case "stop" | "go_on":
                run = get_object_or_404(SyncRun, pk=whole(self.request.POST.get("run")))
                if button == "stop":
                    actions.stop(run=run, by=self.user)
                    return _("Stopped. What was done already stays done.")
                actions.go_on(run=run, seen=whole(self.request.POST.get("seen")) or 0, by=self.user)
                return _("It goes on in the background.")
            case "automatic" | "by_hand":
                link = get_object_or_404(AudienceLink, audience=settings.MAILCHIMP["audience"])
                actions.set_automatic(link=link, on=button == "automatic", by=self.user)
                if button == "automatic":
                    return _("From now on Mailchimp is kept up to date by itself, every quarter of an hour.")
                return _("From now on nothing is brought to Mailchimp unless somebody asks for it.")
        raise Refused(_("Choose what should happen."))

    def _problem(self, link: AudienceLink | None) -> str:
        if not settings.MAILCHIMP["key"]:
            return str(AudienceProblem.NO_KEY.label)
        if not settings.MAILCHIMP["audience"]:
            return str(AudienceProblem.NO_AUDIENCE.label)
        return str(link.get_problem_display()) if link and link.problem else ""

    def _to_take_off(self, run: SyncRun | None) -> list[AudienceMember]:
        """Whom a person is to look at before they are taken off."""
        if run is None or run.state != SyncState.WAITING:
            return []
        return list(audience.withdrawals(run.link).order_by("address")[:LISTED])

    def _waits(self, run: SyncRun) -> bool:
        """Whether it only looked, and found something to do."""
        return run.state == SyncState.DONE and run.is_look and not audience.is_empty(run.plan)


class ProgressView(Screen):
    """How far the newest comparison is, for the moving bar."""

    permission = actions.PERMISSION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """As JSON."""
        link = audience.link()
        run = link.runs.first() if link else None
        if run is None:
            return JsonResponse({"percentage": 0, "words": "", "done": True})
        return JsonResponse(
            {
                "percentage": audience_words.percentage(run),
                "words": audience_words.progress_in_words(run),
                "done": run.state != SyncState.RUNNING,
            }
        )
