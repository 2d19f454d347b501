"""One thread on screen: what passed with one recipient, whose turn it is, and writing back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from campaigns.actions import claims
from crm.actions.action import Refused
from crm.actions.changing import Overtaken, version
from crm.actions.follow_ups import ADD as PLAN
from crm.admin import uploads
from crm.admin.follow_ups import FollowUpForm
from crm.admin.numbers import key, whole
from crm.queries import follow_ups
from letters.actions import answering, meetings, notes, papers, replying, talks
from letters.actions import commitments as promise_actions
from letters.models import Answer, IncomingPlace, Paper, Recipient, Reply, StandardText, Talk
from letters.models.letters import OUT
from letters.queries import commitments, next_steps, threads, turns
from letters.queries import notes as note_queries

from .answers import AnswerButtons
from .base import LetterView, saved_at
from .dispatch import frozen_response


class ThreadView(AnswerButtons, LetterView):
    """The letter to one recipient and all that followed."""

    step = "follow"
    permission = "letters.view_letter"
    template_name = "letters/thread.html"

    @cached_property
    def recipient(self) -> Recipient:
        """The recipient in the address."""
        found = self.letter.recipients.select_related("letter", "organisation", "person", "closed_by")
        return get_object_or_404(found, pk=self.kwargs["thread"])

    @cached_property
    def draft(self) -> Reply | None:
        """What is being written back."""
        return (
            self.recipient.replies.filter(outgoing=None)
            .select_related("started_by", "answer__place__message")
            .first()
        )

    def is_here(self, source: Answer | IncomingPlace | Talk | Paper) -> bool:
        """Of this recipient."""
        return source.recipient_id == self.recipient.pk

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what passed, whose turn it is, and the draft."""
        if self.letter.state not in OUT:
            raise Http404
        entries = threads.entries(self.recipient)
        kwargs.setdefault("draft", self.draft)
        to_do = list(follow_ups.concerning(self.recipient).open().by_day())
        planned = {follow_up.words for follow_up in to_do}
        return super().get_context_data(
            recipient=self.recipient,
            entries=[
                (
                    entry,
                    threads.meanings(entry.answer) if entry.answer is not None else [],
                    next_steps.of(entry.answer, self.recipient, planned) if entry.answer is not None else [],
                )
                for entry in entries
            ],
            to_do=[follow_ups.item(follow_up) for follow_up in to_do],
            may_plan=self.may(PLAN),
            follow_up_form=self._follow_up_form(),
            over=follow_ups.address_of(self.recipient),
            turn=turns.of([self.recipient]).get(self.recipient.pk),
            draft_seen=version(self.draft) if self.draft else "",
            elsewhere=self._elsewhere(),
            may_answer=self.may(answering.PERMISSION),
            may_note=self.may("letters.add_letter"),
            note_under_way=note_queries.under_way(self.recipient),
            promises=commitments.in_thread(self.recipient) if self.may("letters.view_commitment") else [],
            may_promise=self.may(promise_actions.ADD),
            standard_texts=StandardText.objects.all() if self.draft else (),
            may_claim=self.may(claims.PERMISSION),
            may_talk=self.may(talks.PERMISSION),
            may_meet=self.may(meetings.ADD),
            may_report=self.may(meetings.CHANGE),
            last_answer=next((entry.answer for entry in reversed(entries) if entry.answer), None),
            **kwargs,
        )

    def _follow_up_form(self) -> FollowUpForm | None:
        """To put something about this thread on the action list."""
        if not self.may(PLAN):
            return None
        initial = {"words": next_steps.default_words(self.recipient)}
        return FollowUpForm(by=self.user, holder=self.recipient, initial=initial)

    def _elsewhere(self) -> str:
        """Whom they wrote from, when the draft goes to another address than that."""
        if self.draft is None or self.draft.answer is None or self.draft.answer.place is None:
            return ""
        sender = self.draft.answer.place.message.sender_address
        return sender if sender != self.draft.address.lower() else ""

    def do_write(self) -> HttpResponse:
        """Begin to write back."""
        named = whole(self.request.POST.get("answer"))
        answer = self.recipient.answers.filter(pk=named).first() if named else None
        replying.start(recipient=self.recipient, answer=answer, by=self.user)
        return self._back("#antwoord")

    def do_note(self) -> HttpResponse:
        """Begin a short letter on paper, or go on with it."""
        named = whole(self.request.POST.get("answer"))
        answer = self.recipient.answers.filter(pk=named).first() if named else None
        note = notes.start(recipient=self.recipient, answer=answer, by=self.user)
        return redirect("letters:text", note.pk)

    def do_autosave(self) -> JsonResponse:
        """Keep what was typed while somebody goes on typing: the new ``seen``, and when, in words; 409 when somebody
        else wrote on, and ``problem`` says so."""
        try:
            kept = self._kept()
        except Refused as refusal:
            return JsonResponse({"problem": str(refusal)}, status=409)
        return JsonResponse({"seen": version(kept), "saved": saved_at(kept)})

    def do_save(self) -> HttpResponse:
        """Keep what was typed."""
        kept = self._keep()
        if isinstance(kept, HttpResponse):
            return kept
        messages.success(self.request, _("Kept. Nobody got it yet."))
        return self._back("#antwoord")

    def do_send(self) -> HttpResponse:
        """Keep what was typed, and send it."""
        kept = self._keep()
        if isinstance(kept, HttpResponse):
            return kept
        if self.request.POST.get("standard"):
            raise Refused(
                _("You chose a standard text and did not put it in. Put it in, or choose none; then send.")
            )
        replying.send(reply=kept, by=self.user)
        messages.success(
            self.request, _("Your message to %(address)s is leaving.") % {"address": kept.address}
        )
        return self._back()

    def do_attach(self) -> HttpResponse:
        """Keep what was typed, and let a file go along."""
        kept = self._keep()
        if isinstance(kept, HttpResponse):
            return kept
        if not self.request.FILES.get("file"):
            raise Refused(_("Choose a file first."))
        return self._back("#antwoord")

    def do_detach(self) -> HttpResponse:
        """Keep what was typed, and leave a file behind."""
        kept = self._keep()
        if isinstance(kept, HttpResponse):
            return kept
        replying.remove_file(
            file=get_object_or_404(kept.files, pk=key(self.request.GET.get("weg"))), by=self.user
        )
        return self._back("#antwoord")

    def do_insert(self) -> HttpResponse:
        """Keep what was typed, and put a standard text below it."""
        kept = self._keep()
        if isinstance(kept, HttpResponse):
            return kept
        text = StandardText.objects.filter(pk=key(self.request.POST.get("standard"))).first()
        if text is None:
            raise Refused(_("Choose a standard text first."))
        replying.insert(reply=kept, text=text, by=self.user)
        return self._back("#antwoord")

    def do_drop(self) -> HttpResponse:
        """Throw the draft away."""
        if self.draft is not None:
            replying.drop(reply=self.draft, by=self.user)
        messages.success(self.request, _("The draft is thrown away."))
        return self._back()

    def do_take_paper(self) -> HttpResponse:
        """It does not belong here."""
        paper = get_object_or_404(self.recipient.papers, pk=key(self.request.POST.get("paper")))
        papers.take_away(paper=paper, by=self.user)
        messages.success(self.request, _("The paper is taken away. File it where it belongs."))
        return self._back()

    def do_close(self) -> HttpResponse:
        """Nothing more is to come of it."""
        answering.close(recipient=self.recipient, by=self.user)
        messages.success(self.request, _("Noted: this is finished. A new answer opens it again."))
        return self._back()

    def do_open(self) -> HttpResponse:
        """It is not finished."""
        answering.open_again(recipient=self.recipient, by=self.user)
        return self._back()

    def _keep(self) -> Reply | HttpResponse:
        """The draft with what was typed in it; the screen again, with both texts, when somebody else wrote on."""
        try:
            kept = self._kept()
        except Overtaken as error:
            context = self.get_context_data(typed=self._typed(), overtaken=str(error))
            return self.render_to_response(context, status=409)
        # A file that was chosen goes along, whichever button is pressed.
        if file := self.request.FILES.get("file"):
            replying.add_file(reply=kept, name=str(file.name or ""), data=uploads.read(file), by=self.user)
            kept.refresh_from_db()
        return kept

    def _kept(self) -> Reply:
        """The draft with what was typed in it. Raises Overtaken, or Refused when it is gone."""
        post = self.request.POST
        kept: Reply = replying.save(
            reply=get_object_or_404(self.recipient.replies, pk=key(post.get("reply"))),
            expects_answer=bool(post.get("expects_answer")),
            seen=post.get("seen", ""),
            by=self.user,
            **self._typed(),
        )
        return kept

    def _typed(self) -> dict[str, str]:
        return {name: self.request.POST.get(name, "") for name in ("address", "subject", "text")}

    def _back(self, to: str = "") -> HttpResponse:
        return redirect(f"{thread_url(self.recipient)}{to}")


def thread_url(recipient: Recipient) -> str:
    """The address of the thread with a recipient."""
    return reverse("letters:thread", args=[recipient.letter_id, recipient.pk])


def sent_reply(request: HttpRequest, pk: int, recipient: int, reply: int) -> HttpResponse:
    """The exact message that we wrote back."""
    if not request.user.has_perm("letters.view_letter"):
        raise Http404
    found = get_object_or_404(
        Reply.objects.select_related("outgoing__raw"),
        pk=reply, recipient=recipient, recipient__letter=pk, outgoing__isnull=False,
    )  # fmt: skip
    assert found.outgoing is not None
    return frozen_response(found.outgoing.raw, f"antwoord-{reply}.eml")
