"""Settling what is due that is no follow-up: the same four buttons, and the way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import due_lines as actions
from crm.actions.action import Refused
from crm.actions.changing import day
from crm.models import DueLine
from crm.queries import due, follow_ups
from crm.registries.due import Line

from .follow_ups import OwnerField
from .forms import ActionForm
from .screens import Screen


class _LineForm(ActionForm):
    """Settles a line (``item``) that somebody looks at."""

    permission = actions.CHANGE

    def settle(self, line: DueLine) -> str:
        """Run the action; the sentence that tells what was done."""
        raise NotImplementedError

    def act(self) -> str:
        """Keep the line, and settle it."""
        return self.settle(actions.keep(self.item, user=self.by))


class DoneForm(_LineForm):
    """It is done."""

    def settle(self, line: DueLine) -> str:
        """Note it."""
        actions.do(line=line, by=self.by)
        return _("Done: “%(words)s”.") % {"words": line}


class NextWeekForm(_LineForm):
    """Monday is soon enough."""

    def settle(self, line: DueLine) -> str:
        """Put it off."""
        moved = actions.postpone(line=line, by=self.by)
        return _("“%(words)s” waits until %(day)s.") % {"words": moved, "day": day(moved.until_on)}


class SomebodyElseForm(_LineForm):
    """Somebody else does it."""

    heading = gettext_lazy("Who does this instead?")
    button = gettext_lazy("Hand it over")
    needed = ("to",)

    to = OwnerField()

    def build(self) -> None:
        """Everybody but herself."""
        others = follow_ups.candidates().exclude(pk=self.by.pk)
        self.fields["to"].queryset = others  # type: ignore[attr-defined]

    def settle(self, line: DueLine) -> str:
        """Hand it over."""
        to = self.cleaned_data["to"]
        actions.hand_over(line=line, to=to, by=self.by)
        if to is None:
            return _("“%(words)s” is for all of us now.") % {"words": line}
        return _("%(who)s does “%(words)s” now.") % {"who": to, "words": line}


class NotNeededForm(_LineForm):
    """It need not be done."""

    heading = gettext_lazy("Is this not needed?")
    button = gettext_lazy("It is not needed")

    reason = forms.CharField(
        label=gettext_lazy("Why not?"), help_text=gettext_lazy("Later someone will want to know.")
    )

    def settle(self, line: DueLine) -> str:
        """Drop it."""
        actions.drop(line=line, reason=self.cleaned_data["reason"], by=self.by)
        return _("Noted: “%(words)s” is not needed.") % {"words": line}


FORMS: dict[str, type[_LineForm]] = {
    "gedaan": DoneForm,
    "volgende-week": NextWeekForm,
    "iemand-anders": SomebodyElseForm,
    "niet-nodig": NotNeededForm,
}


class DueLineView(Screen):
    """What is due for her at the address ``?over=``, and the form of the button ``doe``."""

    permission = actions.CHANGE

    def get(self, request: HttpRequest) -> HttpResponse:
        """The line with its buttons."""
        line, asked = self._line(), request.GET.get("doe", "")
        if line is None:
            return self._gone()
        return self._page(line, self._form(asked)(by=self.user, item=line) if asked else None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Settle it, and go back to the list."""
        line = self._line()
        form_class = self._form(request.POST.get("doe") or request.GET.get("doe", ""))
        if line is None:
            return self._gone()
        form = form_class(request.POST, by=self.user, item=line)
        done = form.run()
        if done is None:
            return self._page(line, form, status=422)
        messages.success(request, done)
        return redirect("crm:follow_up_list")

    def _line(self) -> Line | None:
        url = self.request.GET.get("over", "")
        return due.line_at(self.user, timezone.localdate(), url=url, without=[follow_ups.DUE])

    def _form(self, verb: str) -> type[_LineForm]:
        form_class = FORMS.get(verb)
        if form_class is None:
            raise Http404
        return form_class

    def _gone(self) -> HttpResponse:
        messages.info(self.request, _("That does not wait for you any more."))
        return redirect("crm:follow_up_list")

    def _page(self, line: Line, form: ActionForm | None, status: int = 200) -> HttpResponse:
        context: dict[str, Any] = {"line": line, "form": form}
        return TemplateResponse(self.request, "crm/due_line.html", context, status=status)


class DueLineBackView(Screen):
    """What she settled is due for her after all."""

    permission = actions.CHANGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Put it back."""
        line = get_object_or_404(DueLine, pk=pk, user=self.user)
        try:
            actions.bring_back(line=line, by=self.user)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(words)s” is on the list again.") % {"words": line})
        return redirect("crm:follow_up_list")
