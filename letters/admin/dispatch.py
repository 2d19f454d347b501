"""The steps Send and Follow: make ready, send, pause, print, post, and see what became of it."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.actions import outgoing
from crm.actions.action import Refused
from crm.admin import downloads
from crm.admin.numbers import key, whole
from crm.dutch.dates import parse_date
from crm.models import Channel, FrozenFile
from crm.typesetting.errors import TypesettingError
from letters.actions import dispatching, freezing, past
from letters.actions import letters as letter_actions
from letters.actions import recipients as recipient_actions
from letters.exchange import workbooks
from letters.models import Dispatch, Letter, LetterState, PrintBatch
from letters.models.letters import OUT, TRANSITIONS
from letters.queries import approvals, dispatches, outcomes, printing, proofs, responses, turns

from . import addresses
from .base import LetterView
from .promise_buttons import PromiseButtons


class PutAwayView(LetterView):
    """A screen at whose end a letter that did not leave can be put away, and one that was put away taken up."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds which of the two is possible now, for the one who looks."""
        return super().get_context_data(
            may_put_away=self.may("letters.delete_letter")
            and LetterState.DROPPED in TRANSITIONS[LetterState(self.letter.state)],
            may_take_up=self.may("letters.change_letter") and self.letter.state == LetterState.DROPPED,
            **kwargs,
        )

    def do_put_away(self) -> HttpResponse:
        """Out of sight."""
        letter_actions.put_away(letter=self.letter, by=self.user)
        return self.done(_("The letter is put away. You find it under Letters, “Put away”."))

    def do_take_up(self) -> HttpResponse:
        """In sight again."""
        letter_actions.take_up(letter=self.letter, by=self.user)
        return self.done(_("The letter is a draft again."), to="text")


class DispatchView(PutAwayView):
    """Make ready, send, pause, resume, print, confirm what was posted."""

    step = "dispatch"
    template_name = "letters/dispatch.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The screen; of a letter of the past there is nothing to send."""
        if self.letter.state == LetterState.RECORDED:
            return redirect(self.url("follow"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how far the sending is, the list of what was made, and who gets nothing: before it was made by the
        addresses, afterwards by what was made."""
        sending = dispatches.sending(self.letter) if self.letter.is_final else None
        round_ = approvals.standing_round(self.letter)
        made = dispatches.of(self.letter).filter(pk__in=dispatches.newest().filter(letter=self.letter))
        return super().get_context_data(
            sending=sending,
            email=sending.mail.total if sending else self.counts.email,
            post=sending.post_total if sending else self.counts.post,
            made=made,
            envelopes=made.filter(channel=Channel.POST),
            batch=self.letter.print_batches.first(),
            today=timezone.localdate(),
            not_going=self._not_going(),
            what_is_missing=approvals.what_is_missing(round_) if round_ else "",
            **kwargs,
        )

    def _not_going(self) -> list[tuple[str, str]]:
        """Who gets no letter, and why."""
        if self.letter.is_final:
            rows = dispatches.follow_rows(self.letter)
            return [(row.recipient.name, row.state) for row in rows if row.dispatch is None]
        return [
            (row.recipient.name, row.may_write.because if row.may_write else _("no address"))
            for row in self.rows
            if not row.will_be_sent
        ]

    def do_freeze(self) -> HttpResponse:
        """Make everything ready."""
        made = freezing.freeze(letter=self.letter, by=self.user)
        return self.done(
            ngettext("%(count)d letter is ready.", "%(count)d letters are ready.", len(made))
            % {"count": len(made)}
        )

    def do_thaw(self) -> HttpResponse:
        """Open it again."""
        dispatching.thaw(letter=self.letter, by=self.user)
        return self.done(_("The letter is a draft again. Nothing had left."), to="text")

    def do_send(self) -> HttpResponse:
        """Let it go."""
        count = dispatching.send(letter=self.letter, by=self.user)
        if not count:
            return self.done(_("Now make the stack to print."))
        return self.done(
            ngettext("%(count)d message is leaving.", "%(count)d messages are leaving.", count)
            % {"count": count}
        )

    def do_pause(self) -> HttpResponse:
        """Hold what has not left."""
        count = dispatching.pause(letter=self.letter, by=self.user)
        return self.done(
            ngettext("%(count)d message waits.", "%(count)d messages wait.", count) % {"count": count}
        )

    def do_resume(self) -> HttpResponse:
        """Go on."""
        count = dispatching.resume(letter=self.letter, by=self.user)
        return self.done(
            ngettext("%(count)d message goes on.", "%(count)d messages go on.", count) % {"count": count}
        )

    def do_print(self) -> HttpResponse:
        """Make the stack."""
        dispatching.make_print_batch(
            letter=self.letter, duplex=bool(self.request.POST.get("duplex")), by=self.user
        )
        return self.done(_("The stack is ready to print."))

    def do_posted(self) -> HttpResponse:
        """Confirm what is in the letterbox."""
        named = [*re.findall(r"\d+", self.request.POST.get("except", "")), *self.request.POST.getlist("not")]
        left_out = [number for text in named if (number := whole(text)) is not None]
        count = dispatching.confirm_posted(
            letter=self.letter,
            posted_on=_day(self.request.POST.get("posted_on", "")),
            except_numbers=left_out,
            by=self.user,
        )
        return self.done(
            ngettext("%(count)d letter is noted as posted.", "%(count)d letters are noted as posted.", count)
            % {"count": count}
        )


class FollowView(PromiseButtons, PutAwayView):
    """What became of every letter, with the way to mend what did not arrive."""

    step = "follow"
    template_name = "letters/follow.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds a row per recipient, and what holds up the mail."""
        rows = dispatches.follow_rows(self.letter)
        failing = [row for row in rows if row.needs_address]
        found = turns.of([row.recipient for row in rows])
        return super().get_context_data(
            follow=rows,
            turns=found,
            outcomes=outcomes.of([row.recipient for row in rows]) if self.letter.state in OUT else {},
            may_see_promises=self.may("letters.view_commitment"),
            may_see_positions=self.may("campaigns.view_claim"),
            responses=responses.in_words(responses.of(self.letter, rows)) if self.letter.state in OUT else "",
            silent=sum(turn.silent_weeks > 0 for turn in found.values()),
            sending=dispatches.sending(self.letter) if self.letter.state == LetterState.DISPATCHED else None,
            sent=dispatches.sent_count([row.dispatch for row in rows if row.dispatch]),
            failing=failing,
            other_addresses=dispatches.other_addresses(failing),
            uncertain=[row for row in rows if row.uncertain],
            today=timezone.localdate(),
            is_out=self.letter.state in OUT,
            **self.promise_context(),
            may_remove=self.letter.state == LetterState.RECORDED and self.may("letters.delete_letter"),
            **kwargs,
        )

    def do_remove(self) -> HttpResponse:
        """Take away a letter of the past that was recorded by mistake."""
        name = str(self.letter)
        past.remove(letter=self.letter, by=self.user)
        messages.success(self.request, _("Removed: %(letter)s.") % {"letter": name})
        return redirect("letters:index")

    @cached_property
    def item(self) -> Dispatch:
        """The dispatch the pressed button is about."""
        pk = key(self.request.POST.get("dispatch"))
        return get_object_or_404(self.letter.dispatches.select_related("letter", "recipient"), pk=pk)

    def do_resend(self) -> HttpResponse:
        """Send the same PDF to a new address."""
        post = self.request.POST
        typed = addresses.typed(post)
        gap = self.letter.recipients.select_related("letter", "organisation", "person").filter(
            pk=key(post.get("recipient"))
        )
        recipient = get_object_or_404(gap) if post.get("recipient") else self.item.recipient
        try:
            point = recipient_actions.drafted_address(
                recipient=recipient, kind=addresses.kind(typed), purpose=self.letter.purpose, **typed
            )
            if post.get("recipient"):
                dispatching.send_late(recipient=recipient, point=point, by=self.user)
            else:
                dispatching.resend(dispatch=self.item, point=point, by=self.user)
        except Refused as refusal:
            refused = {"recipient": recipient, "because": str(refusal), "typed": typed}
            return self.render_to_response(self.get_context_data(refused=refused))
        if point.kind == Channel.POST:
            return self.done(_("The letter waits to be printed, under Send."))
        return self.done(_("The letter is leaving to %(address)s.") % {"address": point})

    def do_resolve(self) -> HttpResponse:
        """Settle what is uncertain."""
        if not self.may("letters.send_letter") or self.item.outgoing is None:
            raise PermissionDenied
        choice = self.request.POST.get("choice", "")
        if choice not in outgoing.Choice.values:
            raise Refused(_("Choose what should happen."))
        outgoing.resolve(
            message=self.item.outgoing,
            choice=outgoing.Choice(choice),
            reason=self.request.POST.get("reason", ""),
            by=self.user,
        )
        return self.done(_("That is settled."))

    def do_bounced(self) -> HttpResponse:
        """An e-mail did not arrive, as somebody heard."""
        if not self.may("letters.send_letter") or self.item.outgoing is None:
            raise PermissionDenied
        outgoing.note_bounce(
            message=self.item.outgoing, reason=self.request.POST.get("reason", ""), by=self.user
        )
        return self.done(_("Noted. Fill in another address to send it again."))

    def do_give_up(self) -> HttpResponse:
        """Leave it at that for somebody whom the letter did not reach."""
        recipient = get_object_or_404(
            self.letter.recipients.select_related("letter", "organisation", "person"),
            pk=key(self.request.POST.get("recipient")),
        )
        dispatching.give_up(recipient=recipient, reason=self.request.POST.get("reason", ""), by=self.user)
        return self.done(_("Noted. You can still send it later, from the list below."))

    def do_not_posted(self) -> HttpResponse:
        """It was noted as posted by mistake."""
        dispatching.not_posted(dispatch=self.item, by=self.user)
        return self.done(_("Noted. The letter lies in the stack to print again."))

    def do_returned(self) -> HttpResponse:
        """A letter by post came back."""
        dispatching.mark_returned(
            dispatch=self.item,
            returned_on=_day(self.request.POST.get("returned_on", "")),
            because=self.request.POST.get("reason", "").strip(),
            by=self.user,
        )
        return self.done(_("Noted. Fill in another address to send it again."))

    def do_public(self) -> HttpResponse:
        """Show it on the site."""
        letter_actions.set_public(letter=self.letter, public=True, by=self.user)
        return self.done(_("The letter stands on the public site, without addresses."))

    def do_private(self) -> HttpResponse:
        """Take it off the site."""
        letter_actions.set_public(letter=self.letter, public=False, by=self.user)
        return self.done(_("The letter is off the public site."))


def _day(text: str) -> datetime.date:
    """A day as people write it. Raises Refused for what is none."""
    try:
        return parse_date(text)
    except ValueError as error:
        raise Refused(str(error)) from error


def _letter_for(request: HttpRequest, pk: int) -> Letter:
    if not request.user.has_perm("letters.view_letter"):
        raise PermissionDenied
    return get_object_or_404(Letter.objects.select_related("letterhead"), pk=pk)


def frozen_response(file: FrozenFile, name: str) -> HttpResponse:
    """Frozen bytes: a PDF to look at, anything else to save."""
    response = HttpResponse(file.read(), content_type=file.media_type)
    disposition = "inline" if file.media_type == "application/pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
    return response


def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """How far the sending is, for the moving bar."""
    sending = dispatches.sending(_letter_for(request, pk))
    left = None if sending.problem else sending.mail.remaining_seconds
    return JsonResponse(
        {
            "percentage": sending.percentage,
            "accepted": sending.mail.accepted,
            "total": sending.mail.total,
            "done": sending.mail.waiting == 0,
            "problem": sending.problem,
            "words": _("%(accepted)d of %(total)d sent")
            % {"accepted": sending.mail.accepted, "total": sending.mail.total}
            + (
                ""
                if not left
                else " · " + _("about %(minutes)d minute(s) to go") % {"minutes": max(1, round(left / 60))}
            ),
        }
    )


def sent_pdf(request: HttpRequest, pk: int, dispatch: int) -> HttpResponse:
    """The exact PDF one recipient got."""
    letter = _letter_for(request, pk)
    item = get_object_or_404(letter.dispatches.select_related("pdf"), pk=dispatch)
    return frozen_response(item.pdf, f"Brief {letter.reference} nr {item.number}.pdf")


def sent_message(request: HttpRequest, pk: int, dispatch: int) -> HttpResponse:
    """The exact message one recipient got."""
    letter = _letter_for(request, pk)
    item = get_object_or_404(letter.dispatches.select_related("outgoing__raw"), pk=dispatch)
    if item.outgoing is None:
        raise Http404
    return frozen_response(item.outgoing.raw, f"Brief {letter.reference} nr {item.number}.eml")


def print_batch(request: HttpRequest, pk: int, batch: int) -> HttpResponse:
    """The stack to print; fetching it is no proof that anything was posted."""
    letter = _letter_for(request, pk)
    item = get_object_or_404(PrintBatch.objects.select_related("file"), pk=batch, letter=letter)
    return frozen_response(item.file, f"Stapel {letter.reference}.pdf")


def recorded_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF of a letter that was recorded afterwards."""
    letter = _letter_for(request, pk)
    if letter.recorded_pdf is None:
        raise Http404
    return frozen_response(letter.recorded_pdf, f"Brief {letter.reference}.pdf")


def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof of dispatch as one PDF list."""
    letter = _letter_for(request, pk)
    if letter.frozen_version_id is None:
        raise Http404
    response = HttpResponse(proofs.pdf(letter), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="Verzendbewijs {letter.reference}.pdf"'
    return response


def follow_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of a letter, for a spreadsheet program."""
    letter = _letter_for(request, pk)
    return downloads.workbook(workbooks.follow(letter), f"Volgen {letter.reference}")


def labels(request: HttpRequest, pk: int) -> HttpResponse:
    """Address labels for the letters by post; ``start`` is the first free label on the sheet. Without any, back."""
    letter = _letter_for(request, pk)
    try:
        data = printing.labels(letter, start=whole(request.GET.get("start", "1")) or 0)
    except TypesettingError as error:
        messages.error(request, str(error))
        return redirect("letters:dispatch", letter.pk)
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="Etiketten {letter.reference}.pdf"'
    return response
