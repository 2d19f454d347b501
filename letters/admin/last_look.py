"""The step Last look: what a friend reading along would say, each with the way to mend it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.checking.findings import Finding
from letters.actions import findings as actions
from letters.preflight.draft import OWN_SPOT

from .base import LetterView


class LastLookView(LetterView):
    """The findings of the pre-flight, worst first."""

    step = "last_look"
    template_name = "letters/last_look.html"
    writes = frozenset({"fix", "fix_all"})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the look and where each finding is mended."""
        items = [
            {
                "item": item,
                "url": self._place_of(item.finding),
                "minder_url": self._minder_url(item.finding),
            }
            for item in self.look.items
        ]
        return super().get_context_data(look=self.look, items=items, **kwargs)

    def _place_of(self, finding: Finding) -> str:
        """Where on which step it stands."""
        to_recipients = finding.spot == "recipients" or finding.spot.startswith(OWN_SPOT)
        return f"{self.url('recipients' if to_recipients else 'text')}#{finding.spot}"

    def _minder_url(self, finding: Finding) -> str:
        """Where to choose who sees to a promise without a date; "" for any other finding."""
        if finding.code != "promise_without_date":
            return ""
        return f"{self.url('text')}?{urlencode({'promise': finding.about})}#promise"

    def do_fix(self) -> HttpResponse:
        """Mend one finding."""
        count = actions.fix(letter=self.letter, token=self.request.POST.get("finding", ""), by=self.user)
        return self.done(
            ngettext("Mended in one place.", "Mended in %(count)d places.", count) % {"count": count}
        )

    def do_fix_all(self) -> HttpResponse:
        """Mend all that can be mended by itself."""
        count = actions.fix_all(letter=self.letter, by=self.user)
        return self.done(
            ngettext("Mended in one place.", "Mended in %(count)d places.", count) % {"count": count}
        )

    def do_accept(self) -> HttpResponse:
        """Leave a warning as it is, with the reason."""
        actions.accept(
            letter=self.letter,
            token=self.request.POST.get("finding", ""),
            reason=self.request.POST.get("reason", ""),
            by=self.user,
        )
        return self.done(_("It stays as it is."))

    def do_reopen(self) -> HttpResponse:
        """Look at an accepted warning again."""
        actions.reopen(letter=self.letter, token=self.request.POST.get("finding", ""), by=self.user)
        return self.done(_("It counts again."))
