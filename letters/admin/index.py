"""The list of letters, and recording one that was sent before."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from django.views.generic import TemplateView

from crm.actions.action import Refused
from crm.admin import uploads
from crm.admin.fields import DayField
from crm.admin.forms import ActionForm
from crm.admin.numbers import key
from crm.admin.picking import OrganisationsField
from crm.models import Channel, Organisation, Segment, SegmentSubject, User
from crm.queries import segments
from letters.actions import past
from letters.queries import listing

PAGE = 25


class IndexView(PermissionRequiredMixin, TemplateView):
    """All letters: what we work on first."""

    permission_required = "letters.view_letter"
    raise_exception = True
    template_name = "letters/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of letters, the chosen group and what was searched for."""
        group = self.request.GET.get("groep", "")
        query = self.request.GET.get("q", "").strip()[:200]
        found = listing.letters(group=group, query=query)
        return super().get_context_data(
            page=Paginator(found, PAGE).get_page(self.request.GET.get("p")),
            group=group,
            query=query,
            groups=[
                ("", _("All")),
                ("working", _("We are working on it")),
                ("asked", _("Waits for approval")),
                ("out", _("Sent")),
                ("dropped", _("Put away")),
            ],
            may_add=self.request.user.has_perm("letters.add_letter"),
            **kwargs,
        )


class PastForm(ActionForm):
    """A letter of the past, on one screen, so that day one starts with history."""

    permission = "letters.add_letter"
    heading = gettext_lazy("Already sent? Record it")
    intro = gettext_lazy(
        "A letter from before comes on the page of everyone who got it, on the day it was sent."
    )
    button = gettext_lazy("Record this letter")
    needed = ("recipients",)
    beside = {"data": "pdf"}

    subject = forms.CharField(label=gettext_lazy("What was it about?"), max_length=200)
    sent_on = DayField(
        label=gettext_lazy("When was it sent?"), help_text=gettext_lazy("For example 12-3-2024")
    )
    pdf = forms.FileField(
        label=gettext_lazy("The letter as PDF"), widget=uploads.FileInput(attrs={"accept": "application/pdf"})
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("By what way?"),
        choices=[(Channel.EMAIL, Channel.EMAIL.label), (Channel.POST, Channel.POST.label)],
    )
    reference = forms.CharField(
        label=gettext_lazy("Reference, if it had one"),
        help_text=gettext_lazy("Empty: we give it a number."),
        max_length=20,
        required=False,
    )
    recipients = OrganisationsField(
        label=gettext_lazy("To these organisations"),
        required=False,
        help_text=gettext_lazy("Check who got the letter."),
    )

    def clean_pdf(self) -> bytes:
        """The bytes that were chosen."""
        try:
            return uploads.read(self.cleaned_data["pdf"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def act(self) -> str:
        """Record it."""
        data = self.cleaned_data
        self.made = past.record_past(
            subject=data["subject"],
            sent_on=data["sent_on"],
            data=data["pdf"],
            recipients=list(data["recipients"]),
            channel=data["channel"],
            reference=data["reference"],
            by=self.by,
        )
        count = self.made.recipients.count()
        return ngettext(
            "Recorded: %(letter)s, sent to one organisation.",
            "Recorded: %(letter)s, sent to %(count)d organisations.",
            count,
        ) % {"letter": self.made, "count": count}


class RecordPastView(PermissionRequiredMixin, View):
    """Already sent? Record it. With ``?groep=`` in the address the members of that group are ticked already."""

    permission_required = PastForm.permission
    raise_exception = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form, empty but for whom a group ticks."""
        return self._page(PastForm(by=cast(User, request.user), initial={"recipients": self._ticked}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Record it, or say beside the form why not."""
        form = PastForm(request.POST, request.FILES, by=cast(User, request.user))
        done = form.run()
        if done is None:
            return self._page(form, status=422)
        messages.success(request, done)
        return redirect("letters:follow", form.made.pk)

    @cached_property
    def _group(self) -> Segment | None:
        return self._groups.filter(pk=key(self.request.GET.get("groep"))).first()

    @cached_property
    def _groups(self) -> QuerySet[Segment]:
        return Segment.objects.filter(subject=SegmentSubject.ORGANISATIONS)

    @cached_property
    def _ticked(self) -> list[Organisation]:
        return list(segments.members(self._group)) if self._group else []

    def _page(self, form: PastForm, status: int = 200) -> HttpResponse:
        shown = {
            "form": form,
            "groups": segments.counted(self._groups),
            "group": self._group,
            "ticked": len(self._ticked),
        }
        return TemplateResponse(self.request, "letters/record_past.html", shown, status=status)
