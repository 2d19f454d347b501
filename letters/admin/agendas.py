"""The paper for a meeting on screen: making it, printing it, and noting against its numbers what was decided."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.actions.changing import Invalid
from crm.admin.buttons import ButtonView
from crm.admin.fields import DayField
from crm.admin.forms import ActionForm
from crm.queries import subjects
from letters.actions import agendas as actions
from letters.models import Agenda, AgendaItem
from letters.queries import agendas

VIEW = "letters.view_agenda"
_FIELD = re.compile(r"result-(\d{1,4})")


class AgendaForm(ActionForm):
    """When the meeting is; the rest makes itself."""

    permission = actions.PERMISSION
    heading = gettext_lazy("The paper for the next meeting")
    intro = gettext_lazy(
        "Everything that waits, numbered: letters to decide on, what came in, whose turn it is, promises and actions."
    )
    button = gettext_lazy("Make the paper")

    held_on = DayField(label=gettext_lazy("When is the meeting?"))

    def act(self) -> str:
        """Make it."""
        self.made = actions.make(held_on=self.cleaned_data["held_on"], by=self.by)
        return _("The paper is there. Print it, or send the PDF along.")


class AgendasView(ButtonView):
    """The papers of earlier meetings, and making the next one."""

    permission = VIEW
    template_name = "letters/agendas.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the papers, and the form for who may make one."""
        if self.may(actions.PERMISSION):
            kwargs.setdefault("form", AgendaForm(by=self.user))
        return super().get_context_data(agendas=Agenda.objects.select_related("made_by")[:24], **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make the paper, or say beside the field why not."""
        form = AgendaForm(request.POST, by=self.user)
        done = form.run()
        if done is None:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, done)
        return redirect("letters:agenda", form.made.pk)


class AgendaView(ButtonView):
    """One paper: its numbers, each with the way to what it is about and room for what was decided."""

    permission = VIEW
    template_name = "letters/agenda.html"

    @cached_property
    def agenda(self) -> Agenda:
        """The paper in the address."""
        return get_object_or_404(Agenda.objects.select_related("made_by"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the numbers by section, with what was typed when that could not be kept."""
        typed, errors = kwargs.pop("typed", {}), kwargs.pop("errors", {})
        items = list(self.agenda.items.select_related("result_by"))
        names = subjects.names(_key(item) for item in items)
        rows = [
            (
                item,
                names.get(_key(item)),
                typed.get(item.number, item.result),
                errors.get(str(item.number), ""),
            )
            for item in items
        ]
        return super().get_context_data(
            agenda=self.agenda,
            sections=[
                (section, list(found))
                for section, found in groupby(rows, key=lambda row: row[0].get_section_display())
            ],
            may_note=self.may(actions.PERMISSION),
            refused=bool(errors),
            **kwargs,
        )

    def do_note(self) -> HttpResponse:
        """Keep what was decided."""
        post = self.request.POST
        typed = {int(found[1]): post[name] for name in post if (found := _FIELD.fullmatch(name))}
        results = {number: (post.get(f"before-{number}", ""), text) for number, text in typed.items()}
        try:
            count = actions.note_results(agenda=self.agenda, results=results, by=self.user)
        except Invalid as error:
            context = self.get_context_data(typed=typed, errors=error.errors)
            return self.render_to_response(context, status=422)
        words = ngettext("One result is noted.", "%(count)d results are noted.", count) % {"count": count}
        messages.success(self.request, words if count else _("Nothing was changed."))
        return redirect("letters:agenda", self.agenda.pk)

    def do_remove(self) -> HttpResponse:
        """Take it away, to make it anew."""
        actions.remove(agenda=self.agenda, by=self.user)
        messages.success(self.request, _("The paper is gone. Make it anew below."))
        return redirect("letters:agendas")


def _key(item: AgendaItem) -> subjects.Key:
    return item.subject_type_id, item.subject_id


def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper to print."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    agenda = get_object_or_404(Agenda, pk=pk)
    response = HttpResponse(agendas.pdf(agenda), content_type="application/pdf")
    name = f"Vergaderstuk {agenda.held_on.isoformat()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
