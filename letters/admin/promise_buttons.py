"""What a letter promises, on its own screens: seen, and kept track of with one press."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from crm.actions.action import Refused
from crm.models import User
from letters.actions import commitments as actions
from letters.models import Letter
from letters.queries import commitments


class PromiseButtons:
    """For a screen of one letter: what it promises, and keeping track of that with one press."""

    request: HttpRequest
    letter: Letter
    user: User

    def promise_context(self) -> dict[str, Any]:
        """What is kept track of, and what the letter seems to promise besides."""
        if not self.user.has_perm("letters.view_commitment"):
            return {}
        return {
            "kept_promises": [
                (one, commitments.standing(one, waiting=1)) for one in self.letter.commitments.all()
            ],
            "proposals": commitments.proposed(self.letter) if self.user.has_perm(actions.ADD) else [],
            "may_promise": self.user.has_perm(actions.ADD),
        }

    def do_keep_promise(self) -> HttpResponse:
        """Keep track of a sentence as it was proposed."""
        quote = self.request.POST.get("quote", "")
        found = next((one for one in commitments.proposed(self.letter) if one.quote == quote), None)
        if found is None:
            raise Refused(_("This sentence does not stand in the letter any more. Load the page again."))
        made = actions.keep(
            letter=self.letter,
            quote=found.quote,
            words=found.words,
            due_on=found.due_on,
            publication=found.publication,
            minded_by=found.minded_by,
            by=self.user,
        )
        messages.success(
            self.request, _("Kept track of: “%(words)s”. Choose when, and who sees to it.") % {"words": made}
        )
        return redirect("letters:commitment", made.pk)
