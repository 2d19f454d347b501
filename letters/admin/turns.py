"""Whose turn it is, over all letters: with whom we have something to do, of whom we wait, and who is silent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from crm.admin import downloads
from crm.admin.buttons import ButtonView
from crm.admin.lists import Tab
from crm.admin.numbers import whole
from letters.exchange import turns as exchange
from letters.models import Recipient
from letters.queries import turns

from .thread import thread_url

PAGE = 25
Rows = QuerySet[Any] | list[Recipient]
_LISTS: dict[str, tuple[str | Promise, Callable[[], Rows]]] = {
    "": (gettext_lazy("It is our turn"), turns.ours),
    "zij": (gettext_lazy("We wait for an answer"), turns.theirs),
    "stil": (gettext_lazy("They say nothing"), turns.silent),
}


class TurnsView(ButtonView):
    """The list: ours first, theirs a click away."""

    permission = "letters.view_letter"
    template_name = "letters/turns.html"

    @property
    def shown(self) -> str:
        """Which list the address asks for."""
        return self.request.GET.get("wie", "")

    @property
    def asked(self) -> tuple[str | Promise, Callable[[], Rows]]:
        """That list: how it is called, and who is on it."""
        if self.shown not in _LISTS:
            raise Http404
        return _LISTS[self.shown]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of the list."""
        page = Paginator(self.asked[1](), PAGE).get_page(whole(self.request.GET.get("p")) or 1)
        found = turns.of(page.object_list)
        return super().get_context_data(
            tabs=[
                Tab(label, f"wie={which}" if which else "", which == self.shown)
                for which, (label, _rows) in _LISTS.items()
            ],
            shown=self.shown,
            page=page,
            rows=[
                (recipient, found[recipient.pk], thread_url(recipient))
                for recipient in page.object_list
                if recipient.pk in found
            ],
            **kwargs,
        )


class TurnsWorkbook(TurnsView):
    """The same list, for a spreadsheet program."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file."""
        label, rows = self.asked
        data = exchange.whose_turn(rows(), title=str(label))
        return downloads.workbook(data, f"Aan zet {timezone.localdate()}")
