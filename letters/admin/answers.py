"""The buttons with an answer, on every screen that shows one: what it amounts to, who sees to it, that it is done."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import follow_ups
from crm.actions.action import Refused
from crm.actions.changing import day
from crm.admin.numbers import key
from crm.models import User
from letters.actions import answering
from letters.models import Answer, IncomingPlace, Paper, Talk
from letters.queries import next_steps

# How soon a next step is to be taken, unless somebody says otherwise.
WITHIN = datetime.timedelta(weeks=1)

# What may be an answer, by the name of its field in a form.
_SOURCES: dict[str, type[Model]] = {"place": IncomingPlace, "talk": Talk, "paper": Paper}

_GONE = gettext_lazy("That answer does not stand here (any more). Load the page again.")


class AnswerButtons:
    """For a ButtonView; ``is_here`` says for which answers the buttons work there."""

    request: HttpRequest
    user: User

    def is_here(self, source: Answer | IncomingPlace | Talk | Paper) -> bool:
        """Whether an answer, or what may be one, is shown on the screen."""
        raise NotImplementedError

    def do_judge(self) -> HttpResponse | None:
        """One of the six buttons, that says what is to be: a double click does not undo itself."""
        holds = "holds" in self.request.POST
        meaning = self.request.POST.get("holds" if holds else "no_more", "")
        return self._back_to(
            answering.press(answer=self._answer(), meaning=meaning, holds=holds, by=self.user)
        )

    def do_take_up(self) -> HttpResponse | None:
        """I see to it."""
        return self._back_to(answering.take_up(answer=self._answer(), by=self.user))

    def do_let_go(self) -> HttpResponse | None:
        """Nobody in particular sees to it."""
        return self._back_to(answering.let_go(answer=self._answer(), by=self.user))

    def do_settle(self) -> HttpResponse | None:
        """Dealt with."""
        answering.settle(answer=self._answer(), by=self.user)
        messages.success(self.request, _("Noted: this is dealt with."))
        return None

    def do_reopen(self) -> HttpResponse | None:
        """There is something to do after all."""
        return self._back_to(answering.reopen(answer=self._answer(), by=self.user))

    def do_plan(self) -> HttpResponse | None:
        """What the answer asks for goes on the action list, for who sees to it, to be done within a week."""
        answer = self._answer()
        step = next_steps.step(answer, answer.recipient, self.request.POST.get("step", ""))
        if step is None:
            raise Refused(_GONE)
        owner = answer.taken_up_by or self.user
        made = follow_ups.add(
            words=step.words,
            owner=owner,
            due_on=timezone.localdate() + WITHIN,
            subject=answer.recipient,
            by=self.user,
        )
        messages.success(
            self.request,
            _("“%(words)s” stands on the action list of %(who)s, by %(day)s.")
            % {"words": made, "who": owner, "day": day(made.due_on)},
        )
        return None

    def do_count(self) -> HttpResponse | None:
        """It is an answer after all."""
        source = next(
            (self._source(model, name) for name, model in _SOURCES.items() if name in self.request.POST), None
        )
        if source is None or not self.is_here(source):
            raise Refused(_GONE)
        if isinstance(source, IncomingPlace):
            answering.count_as_answer(place=source, by=self.user)
        else:
            answering.count_said(source=source, by=self.user)
        return None

    def do_discount(self) -> HttpResponse | None:
        """What was said, or came on paper, is no answer after all."""
        answering.not_an_answer(answer=self._answer(), by=self.user)
        return None

    def _back_to(self, answer: Answer) -> HttpResponse:
        """To where the button was: far down the page more than one is pressed in a row."""
        return redirect(f"{self.request.get_full_path()}#hun-antwoord-{answer.pk}")

    def _source(self, model: type[Model], name: str) -> Any:
        rows = model._default_manager.select_related("recipient__letter")
        return rows.filter(pk=key(self.request.POST[name])).first()

    def _answer(self) -> Answer:
        found = (
            Answer.objects.select_related("recipient__letter", "place", "taken_up_by")
            .filter(pk=key(self.request.POST.get("answer")))
            .first()
        )
        if found is None or not self.is_here(found):
            raise Refused(_GONE)
        return found
