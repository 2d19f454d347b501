"""Whose turn it is, over all letters: with whom we have something to do, and of whom we wait for an answer."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404

from crm.admin.buttons import ButtonView
from crm.admin.numbers import whole
from letters.queries import turns

from .thread import thread_url

PAGE = 25
_LISTS = {"": turns.ours, "zij": turns.theirs}


class TurnsView(ButtonView):
    """The list: ours first, theirs a click away."""

    permission = "letters.view_letter"
    template_name = "letters/turns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of the list."""
        shown = self.request.GET.get("wie", "")
        if shown not in _LISTS:
            raise Http404
        page = Paginator(_LISTS[shown](), PAGE).get_page(whole(self.request.GET.get("p")) or 1)
        found = turns.of(page.object_list)
        return super().get_context_data(
            shown=shown,
            page=page,
            rows=[
                (recipient, found[recipient.pk], thread_url(recipient))
                for recipient in page.object_list
                if recipient.pk in found
            ],
            **kwargs,
        )
