"""The page of one record: it shows everything, and any part of it can be mended in its own place.

Every form has an address of its own, so that everything works without scripts: ``.../adressen/`` shows the page with
an empty form for an address at that spot, ``.../adressen/12/`` with address 12 in a form, and a form that was filled
in wrongly comes back at the same spot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.models import User
from crm.queries import timeline
from crm.registries import panels

from .forms import ActionForm

_ONLY = {"contact": "contact", "wijzigingen": "changes", "alles": ""}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a dossier that can be mended. ``form`` is about the record itself or adds something to it;
    ``items`` gives what is there already, and ``item_forms`` what can be done with one of them, by verb ("" is
    change)."""

    form: type[ActionForm] | None = None
    items: Callable[[Any], QuerySet[Any]] | None = None
    item_forms: Mapping[str, type[ActionForm]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Open:
    """The form that is open on the page, and where; ``item`` is 0 for a form that is about no item."""

    part: str
    item: int
    form: ActionForm
    url: str


class DossierView(View):
    """Shows a record; GET and POST of a part show and run its form."""

    subject: ClassVar[str]
    permission: ClassVar[str]
    template_name: ClassVar[str]
    parts: ClassVar[Mapping[str, Part]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for who may see the record."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        """Who is looking."""
        return cast(User, self.request.user)

    def records(self) -> QuerySet[Any]:
        """Where the record comes from."""
        raise NotImplementedError

    def dossier(self, record: Any) -> Any:
        """What the page shows."""
        raise NotImplementedError

    def family(self, record: Any) -> set[int]:
        """Other records whose events may be shown along."""
        return set()

    def get(
        self, request: HttpRequest, pk: int, part: str = "", item: int = 0, verb: str = ""
    ) -> HttpResponse:
        """The page, with the form of a part when the address says so."""
        record = get_object_or_404(self.records(), pk=pk)
        return self._page(record, self._form(record, part, item, verb) if part else None)

    def post(
        self, request: HttpRequest, pk: int, part: str = "", item: int = 0, verb: str = ""
    ) -> HttpResponse:
        """Run the form of a part, and come back to the same place."""
        record = get_object_or_404(self.records(), pk=pk)
        opened = self._form(record, part, item, verb)
        done = opened.form.run()
        if done is None and opened.form.existing is None:
            return self._page(record, opened, status=422)
        if done is None:
            messages.info(request, _("That stood there already."))
        else:
            messages.success(request, done)
        if not self.records().filter(pk=pk).exists():
            return redirect(self.list_url())
        return redirect(f"{self.url(record)}#{part}")

    def list_url(self) -> str:
        """The list that the record stands in."""
        return reverse(f"crm:{self.subject}_list")

    def url(self, record: Model, *place: Any) -> str:
        """The address of a record, or of a part of it."""
        name = ["", "_part", "_item", "_verb"][len(place)]
        return reverse(f"crm:{self.subject}{name}", args=[record.pk, *place])

    def _form(self, record: Any, part_name: str, item_pk: int, verb: str) -> Open:
        part = self.parts.get(part_name)
        form_class = (part.item_forms.get(verb) if item_pk else part.form) if part else None
        if part is None or form_class is None:
            raise Http404
        if not self.user.has_perm(form_class.permission):
            raise PermissionDenied
        item = get_object_or_404(part.items(record), pk=item_pk) if item_pk and part.items else None
        data = self.request.POST if self.request.method == "POST" else None
        asked = self.request.GET.items() if data is None and item is None else ()
        initial = {name: value for name, value in asked if value and name != "seen"}
        form = form_class(data, by=self.user, holder=record, item=item, initial=initial)
        place = [part_name, *([item_pk] if item_pk else []), *([verb] if verb else [])]
        return Open(part_name, item_pk, form, self.url(record, *place))

    def _page(self, record: Any, opened: Open | None, status: int = 200) -> HttpResponse:
        get = self.request.GET.get
        shown = get("toon", "contact")
        family = self.family(record) if get("familie") else set()
        filled = panels.of(self.subject, record, user=self.user)
        context = {
            "record": record,
            "dossier": self.dossier(record),
            "open": opened,
            "may": {name: self._may(part) for name, part in self.parts.items()},
            "timeline": timeline.page(
                record,
                only=cast(timeline.Only, _ONLY.get(shown, "contact")),
                also=family,
                after=get("na", ""),
                before=get("voor", ""),
            ),
            "shown": shown if shown in _ONLY else "contact",
            "with_family": bool(family),
            "panels": filled,
            "open_items": panels.open_items(filled),
            "last_change": timeline.last_change(record),
        }
        return TemplateResponse(self.request, self.template_name, context, status=status)

    def _may(self, part: Part) -> dict[str, bool]:
        """What the one who looks may do with a part, by verb; "add" is the form that is about no item."""
        forms: dict[str, type[ActionForm]] = {
            verb or "change": form for verb, form in part.item_forms.items()
        }
        if part.form is not None:
            forms["add"] = part.form
        return {verb.replace("-", "_"): self.user.has_perm(form.permission) for verb, form in forms.items()}
