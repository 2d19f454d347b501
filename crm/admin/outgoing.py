"""Outgoing mail in the back office: what a person must decide about, what waits, what left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from crm.actions import outgoing as actions
from crm.actions.action import Refused
from crm.models import OutgoingMessage, OutgoingState, User
from crm.models.outgoing import OPEN, SENT
from crm.queries import outgoing, paging
from crm.registries.outgoing import About, about

from .forms import ActionForm
from .lists import Tab

S = OutgoingState


class SettleForm(ActionForm):
    """What to do with a message that was refused, or of which it is uncertain whether it arrived: one button each."""

    permission = actions.PERMISSION
    reason = forms.CharField(
        label=gettext_lazy("Why?"), help_text=gettext_lazy("Later someone will want to know.")
    )

    @property
    def choices(self) -> list[actions.Choice]:
        """The buttons."""
        return actions.choices_for(self.item)

    def act(self) -> str:
        """Settle it."""
        choice = self.data.get("choice")
        if choice not in self.choices:
            raise Refused(_("Choose what should happen."))
        actions.resolve(
            message=self.item,
            choice=actions.Choice(choice),
            reason=self.cleaned_data["reason"],
            by=self.by,
        )
        return _("That is settled.")


@dataclass(frozen=True, slots=True)
class Row:
    """One message: what it is about, and to which colleague it goes, if to one."""

    message: OutgoingMessage
    about: About
    colleague: User | None


class OutgoingView(View):
    """The list, what asks for a decision first; the form of one opens in its place."""

    _TABS: ClassVar[dict[str, str | Promise]] = {
        "": gettext_lazy("Waits for a decision"),
        "wacht": gettext_lazy("Still to leave"),
        "weg": gettext_lazy("Left"),
    }
    _STATES: ClassVar[dict[str, set[OutgoingState]]] = {"wacht": OPEN, "weg": SENT | {S.DROPPED}}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for who may see outgoing mail."""
        if not request.user.has_perm("crm.view_outgoingmessage"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        """The page."""
        return self._page(self._form(pk) if pk else None)

    def post(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        """Settle one."""
        form = self._form(pk, request.POST)
        if (done := form.run()) is None:
            return self._page(form, status=422)
        messages.success(request, done)
        return redirect("crm:outgoing")

    @property
    def _user(self) -> User:
        return cast(User, self.request.user)

    def _form(self, pk: int, data: Any = None) -> SettleForm:
        if not self._user.has_perm(SettleForm.permission):
            raise PermissionDenied
        return SettleForm(data, by=self._user, item=get_object_or_404(OutgoingMessage, pk=pk))

    def _page(self, form: SettleForm | None, status: int = 200) -> HttpResponse:
        get = self.request.GET.get
        shown = get("toon", "")
        if shown not in self._TABS:
            raise Http404
        listed = (
            OutgoingMessage.objects.filter(state__in=self._STATES[shown]) if shown else outgoing.to_settle()
        )
        page = paging.page(
            listed, order=("id",), descending=True, after=get("na", ""), before=get("voor", "")
        )
        context = {
            "rows": self._rows(page.rows),
            "page": page,
            "kept": self.request.GET.copy(),
            "shown": shown,
            "tabs": [
                Tab(label, f"toon={name}" if name else "", name == shown)
                for name, label in self._TABS.items()
            ],
            "form": form,
            "may_settle": self._user.has_perm(SettleForm.permission),
            "may_mend": self._user.has_perm("crm.change_user"),
            "problem": outgoing.health().problem,
        }
        return TemplateResponse(self.request, "crm/outgoing.html", context, status=status)

    def _rows(self, found: list[OutgoingMessage]) -> list[Row]:
        words = about([message.key for message in found])
        addresses = [message.envelope_to for message in found]
        colleagues = {user.email: user for user in User.objects.filter(email__in=addresses)}
        return [
            Row(
                message=message,
                about=words.get(message.key, About(_("A message"))),
                colleague=colleagues.get(message.envelope_to),
            )
            for message in found
        ]
