"""Newsletters on screen: the issues, and of each the last look, a test, approval, sending and what came of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from campaigns.actions import issues
from campaigns.actions import mailings as actions
from campaigns.exchange.newsletters import newsletters as newsletters_workbook
from campaigns.models import Mailing, MailingState, Result, TrialMail
from campaigns.models.mailings import LEAVING
from campaigns.pages import NewsletterPage
from campaigns.pages.composing import Composed, made
from campaigns.pages.previewing import preview
from campaigns.preflight.circumstances import Circumstances
from campaigns.preflight.run import look
from campaigns.queries import mailings
from campaigns.queries.mailings import Made
from crm.actions.action import Refused
from crm.actions.changing import Invalid
from crm.admin import downloads
from crm.admin.buttons import ButtonView
from crm.admin.numbers import whole
from crm.admin.screens import Screen
from crm.checking.findings import Finding, Severity
from crm.models import User

VIEW = "campaigns.view_mailing"
PAGE = 20


class NewslettersView(ButtonView):
    """All issues, those that are being made before those that left."""

    permission = VIEW
    template_name = "campaigns/newsletters/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of issues, each with how far it is."""
        rows = NewsletterPage.objects.order_by("-latest_revision_created_at", "-pk").prefetch_related(
            Prefetch("mailings", queryset=Mailing.objects.select_related("group", "result"))
        )
        page = Paginator(rows, PAGE).get_page(whole(self.request.GET.get("p")) or 1)
        return super().get_context_data(
            page=page,
            rows=[(one, next(iter(one.mailings.all()), None)) for one in page.object_list],
            may_write=self.may(actions.WRITE),
            **kwargs,
        )

    def do_start(self) -> HttpResponse:
        """An empty issue."""
        return redirect("wagtailadmin_pages:edit", issues.start(by=self.user).pk)

    def do_like(self) -> HttpResponse:
        """An issue that begins with the parts of an earlier one."""
        like = get_object_or_404(NewsletterPage, pk=whole(self.request.POST.get("page")) or 0)
        return redirect("wagtailadmin_pages:edit", issues.start(like=like, by=self.user).pk)


class WorkbookView(Screen):
    """What became of all newsletters, for a spreadsheet program."""

    permission = VIEW

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        return downloads.workbook(newsletters_workbook(), "Nieuwsbrieven")


class _OneIssue(Screen):
    """A screen about one issue, as its newest draft is."""

    permission = VIEW

    @cached_property
    def page(self) -> Any:
        """The issue, as it was saved last."""
        page = get_object_or_404(NewsletterPage, pk=self.kwargs["pk"])
        return page.get_latest_revision_as_object() if page.latest_revision_id else page

    @cached_property
    def now(self) -> tuple[Made, Composed, Any]:
        """What it would be as a mail."""
        return made(self.page)

    @cached_property
    def mailing(self) -> Mailing | None:
        """Its mailing to the readers it is for."""
        return mailings.of(self.page.pk, self.page.group)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The last look."""
        now, composed, mail = self.now
        last = mailings.last_sent(before=self.mailing)
        known = Circumstances(
            recipients=mailings.readers(now.group).count(),
            before=last.recipients if last else None,
            is_tested=mailings.is_tested(self.page.pk, now.content_hash),
            was_sent=mailings.was_sent(now, page=self.page.pk),
            sender=now.reply_to,
            unpublished=composed.unpublished,
        )
        found = look(composed.issue, mail, known)
        return tuple(
            sorted([*composed.unreadable, *found], key=lambda one: one.severity is not Severity.BLOCK)
        )

    @property
    def blocking(self) -> int:
        """How much stands in the way."""
        return sum(one.severity is Severity.BLOCK for one in self.findings)


class NewsletterView(_OneIssue, ButtonView):
    """One issue: what to mend, a test, approval, sending, and where it is."""

    template_name = "campaigns/newsletters/issue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds everything about this issue."""
        now, composed, _mail = self.now
        mailing, is_left = self.mailing, bool(self.mailing and self.mailing.state in LEAVING)
        round_ = mailings.standing_round(mailing) if mailing else None
        is_same = bool(mailing and mailing.content_hash == now.content_hash)
        return super().get_context_data(
            page=self.page,
            mailing=mailing,
            is_left=is_left,
            is_same=is_same,
            is_asked=bool(round_) and is_same and mailing is not None and mailing.state == MailingState.ASKED,
            is_approved=is_same and mailing is not None and mailing.state == MailingState.APPROVED,
            is_changed=bool(round_) and not is_same and not is_left,
            wrote_along=bool(round_ and round_.authors.filter(pk=self.user.pk).exists()),
            decisions=mailings.decisions(round_) if round_ else (),
            findings=[(one, self._place(one, composed)) for one in self.findings] if not is_left else [],
            blocking=self.blocking if not is_left else 0,
            readers=mailings.readers(now.group).count(),
            content_hash=now.content_hash,
            result=Result.objects.filter(mailing=mailing).prefetch_related("links").first()
            if mailing
            else None,
            trials=TrialMail.objects.filter(page=self.page.pk).select_related("by")[:5],
            is_tested=mailings.is_tested(self.page.pk, now.content_hash),
            soonest=timezone.localtime(mailings.next_quarter(timezone.now())),
            edit_url=reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
            may_write=self.may(actions.WRITE),
            may_approve=self.may(actions.APPROVE),
            may_send=self.may(actions.SEND),
            typed=self.request.POST,
            **kwargs,
        )

    def _place(self, finding: Finding, composed: Composed) -> str:
        """Where in the editor it is mended."""
        kind, _dash, number = finding.spot.partition("-")
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        if kind == "block" and number.isdecimal() and int(number) <= len(composed.block_ids):
            return f"{edit}#block-{composed.block_ids[int(number) - 1]}-section"
        return f"{edit}#panel-child-content-body-section" if finding.spot == "blocks" else edit

    def _authors(self) -> list[User]:
        """Who saved it; an archive that was copied has authors of its own."""
        keys = self.page.revisions.exclude(user=None).values_list("user", flat=True)
        return list(User.objects.filter(pk__in={*keys, self.user.pk}))

    def _asked_mailing(self) -> Mailing:
        if self.mailing is None:
            raise Refused(_("This is settled already. Load the page again."))
        return self.mailing

    def do_test(self) -> HttpResponse:
        """Send a test."""
        typed = self.request.POST.get("addresses", "")
        sent = actions.test(page=self.page, made=self.now[0], addresses=typed, by=self.user)
        messages.success(self.request, _("A test goes to %(addresses)s.") % {"addresses": sent.addresses})
        return redirect(f"{self.request.path}#test")

    def do_ask(self) -> HttpResponse:
        """Put it before the committee."""
        actions.ask(
            page=self.page, made=self.now[0], authors=self._authors(), blocking=self.blocking, by=self.user
        )
        messages.success(self.request, _("Approval was asked. Somebody who did not write along looks at it."))
        return redirect(f"{self.request.path}#approval")

    def do_approve(self) -> HttpResponse:
        """Agree with it."""
        seen = self.request.POST.get("hash", "")
        actions.approve(mailing=self._asked_mailing(), content_hash=seen, by=self.user)
        messages.success(self.request, _("You agree. It can be sent."))
        return redirect(f"{self.request.path}#send")

    def do_remark(self) -> HttpResponse:
        """Ask for a change."""
        post = self.request.POST
        actions.remark(
            mailing=self._asked_mailing(),
            content_hash=post.get("hash", ""),
            text=post.get("remark", ""),
            by=self.user,
        )
        messages.success(self.request, _("Your remark stands with the newsletter."))
        return redirect(f"{self.request.path}#approval")

    def do_take_back(self) -> HttpResponse:
        """Go on writing."""
        actions.take_back(mailing=self._asked_mailing(), by=self.user)
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def do_send(self) -> HttpResponse:
        """Let it go."""
        return self._send(None)

    def do_schedule(self) -> HttpResponse:
        """Let it go at a moment."""
        return self._send(self._moment())

    def _send(self, at: datetime.datetime | None) -> HttpResponse:
        actions.send(
            mailing=self._asked_mailing(),
            content_hash=self.now[0].content_hash,
            at=at,
            blocking=self.blocking,
            by=self.user,
        )
        messages.success(
            self.request,
            _("It leaves at its moment. You need not do anything.")
            if at
            else _("It is on its way. Here you see how far it is."),
        )
        return redirect(f"{self.request.path}#send")

    def _moment(self) -> datetime.datetime:
        """What was filled in as day and time, by the clocks here."""
        typed = f"{self.request.POST.get('day', '')} {self.request.POST.get('time', '')}"
        try:
            naive = datetime.datetime.strptime(typed.strip(), "%Y-%m-%d %H:%M")
        except ValueError as error:
            raise Invalid({"at": _("Fill in a day and a time, such as 9:15.")}) from error
        return timezone.make_aware(naive)

    def do_resume(self) -> HttpResponse:
        """Go on with what stopped."""
        actions.resume(mailing=self._asked_mailing(), by=self.user)
        messages.success(self.request, _("It goes on. What may have been sent is looked at first."))
        return redirect(f"{self.request.path}#send")

    def do_give_up(self) -> HttpResponse:
        """Do not send what stopped."""
        actions.give_up(mailing=self._asked_mailing(), by=self.user)
        messages.success(self.request, _("It was not sent. It is approved as it was."))
        return redirect(f"{self.request.path}#send")


class MailView(_OneIssue):
    """The mail itself, for the frame on the screen: what was approved once that is so, else what it is now."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The mail in one of its looks (``?als=``)."""
        shown = request.GET.get("als", "")
        mail = self.now[2]
        if self.mailing is not None and self.mailing.state in LEAVING:
            mail = mail.__class__(self.mailing.html, self.mailing.text)
        return preview(mail, shown if shown in {"dark", "images-off", "text"} else "")
