"""Proposing reminders: who is silent, what the reminder says, and sending it to those who are ticked."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import ngettext

from crm.actions.action import Refused
from crm.admin.numbers import whole
from crm.queries import recesses
from letters.actions import reminding
from letters.queries import reminders

from .base import LetterView


class RemindersView(LetterView):
    """Who of a letter said nothing for weeks."""

    step = "follow"
    template_name = "letters/reminders.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the silent ones, and the words."""
        silent = reminders.silent(self.letter)
        subject, text = reminders.text(self.letter)
        kwargs = {"subject": subject, "text": text, "chosen": None} | kwargs
        return super().get_context_data(
            recess=recesses.current(timezone.localdate()),
            silent=silent,
            to_remind=sum(not row.not_by_mail for row in silent),
            **kwargs,
        )

    def do_remind(self) -> HttpResponse:
        """Send it to those who are ticked."""
        post = self.request.POST
        chosen = [pk for text in post.getlist("recipient") if (pk := whole(text)) is not None]
        typed = {"subject": post.get("subject", ""), "text": post.get("text", "")}
        try:
            count = reminding.remind(letter=self.letter, recipients=chosen, by=self.user, **typed)
        except Refused as refusal:
            context = self.get_context_data(refused=str(refusal), chosen=chosen, **typed)
            return self.render_to_response(context, status=422)
        return self.done(
            ngettext("%(count)d reminder is leaving.", "%(count)d reminders are leaving.", count)
            % {"count": count}
        )
