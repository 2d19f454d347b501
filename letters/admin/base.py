"""What every screen of one letter shares: its head with state and steps, permission, and refusals in words."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from crm.admin.buttons import ButtonView
from crm.models import ApprovalRound
from letters.actions import approvals as approval_actions
from letters.actions.changing import check_not_asked
from letters.models import Letter, LetterState, Reply
from letters.queries import approvals, last_look, recipients, states
from letters.queries.last_look import LastLook
from letters.queries.recipients import RecipientRow, Summary


class LetterView(ButtonView):
    """A screen about one letter."""

    step = ""
    permission = "letters.view_letter"
    # The buttons that change what the committee agrees on: while it is asked they are refused.
    writes: ClassVar[frozenset[str]] = frozenset()

    @cached_property
    def letter(self) -> Letter:
        """The letter in the address."""
        return get_object_or_404(
            Letter.objects.select_related("letterhead", "changed_by", "follows__letter"), pk=self.kwargs["pk"]
        )

    @cached_property
    def rows(self) -> list[RecipientRow]:
        """Its recipients."""
        return recipients.rows(self.letter)

    @cached_property
    def counts(self) -> Summary:
        """How many there are of each."""
        return recipients.summary(self.rows)

    @cached_property
    def asked(self) -> ApprovalRound | None:
        """The round of approval that a change would undo; None when it undoes nothing."""
        return approvals.standing_round(self.letter) if self.letter.is_editable else None

    @cached_property
    def look(self) -> LastLook:
        """What the last look finds."""
        return last_look.of(self.letter)

    @property
    def is_ready(self) -> bool:
        """Whether a draft can be put before the committee."""
        return self.letter.state == LetterState.DRAFT and self.look.open_count == 0

    def url(self, step: str = "") -> str:
        """The address of a step of this letter."""
        return step_url(self.letter, step or self.step)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the letter, its state line, its steps and what the one who looks may do."""
        reach = states.reach_of(self.letter, self.rows)
        return super().get_context_data(
            letter=self.letter,
            saved=saved_at(self.letter),
            rows=self.rows,
            counts=self.counts,
            state_line=states.line(self.letter, self.rows, reach),
            steps=[
                {"step": step, "url": self.url(step.code), "current": step.code == self.step}
                for step in states.steps(self.letter, self.counts, ready=self.is_ready, reach=reach)
            ],
            may_change=self.may("letters.change_letter"),
            may_approve=self.may("letters.approve_letter"),
            may_send=self.may("letters.send_letter"),
            can_edit=self.may("letters.change_letter") and self.letter.is_editable and not self.asked,
            can_address=self.may("letters.change_letter") and self.letter.is_editable,
            what_changing_undoes=approvals.what_changing_undoes(self.asked) if self.asked else "",
            **kwargs,
        )

    def before(self, do: str) -> None:
        """What the committee was asked about stays as it is."""
        if do in self.writes:
            check_not_asked(self.letter)

    def do_take_back(self) -> HttpResponse:
        """Go on writing, now that it is known what lapses."""
        approval_actions.take_back(letter=self.letter, by=self.user)
        return self.done(_("You can go on writing. The approval lapsed."))

    def done(self, text: str, *, to: str = "") -> HttpResponse:
        """Say what was done and go on."""
        messages.success(self.request, text)
        return redirect(self.url(to))


def saved_at(kept: Letter | Reply) -> str:
    """When it was saved last, as the head of the page says it."""
    moment = timezone.localtime(kept.changed_at)
    if moment.date() == timezone.localdate():
        return _("Saved at %(time)s") % {"time": date_format(moment, "H.i")}
    return _("Saved on %(day)s at %(time)s") % {
        "day": date_format(moment, "j F"),
        "time": date_format(moment, "H.i"),
    }


def step_url(letter: Letter, step: str) -> str:
    """The address of a step of a letter."""
    return reverse(f"letters:{step}", args=[letter.pk])
