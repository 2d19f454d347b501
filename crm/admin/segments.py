"""Groups: filters that were saved with a name, looked up anew each time."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from crm.actions import segments as actions
from crm.actions.changing import version
from crm.models import Organisation, Person, Segment, SegmentSubject, User
from crm.queries import paging, segments
from crm.registries import panels

from .filters import FORMS, CriteriaForm, as_query
from .forms import ActionForm
from .lists import ListView, OrganisationList, PersonList

_LISTS: dict[str, type[ListView]] = {
    SegmentSubject.ORGANISATIONS: OrganisationList,
    SegmentSubject.PEOPLE: PersonList,
}


class SegmentForm(ActionForm):
    """The name of a group; its criteria stand in a form of their own beside it."""

    permission = "crm.add_segment"
    title = gettext_lazy("New group")
    button = gettext_lazy("Save this group")

    name = forms.CharField(
        label=gettext_lazy("Name of the group"),
        help_text=gettext_lazy("As you would call it: parties in the council."),
    )
    subject = ""
    criteria: CriteriaForm

    def start(self) -> dict[str, Any]:
        """The name as it stands."""
        return {"name": self.item.name, "seen": version(self.item)} if self.item else {}

    def act(self) -> str:
        """Save the group."""
        self.made = actions.save(
            name=self.cleaned_data["name"],
            subject=self.subject,
            criteria=self.criteria.criteria(),
            segment=self.item,
            seen=self.cleaned_data["seen"],
            by=self.by,
        )
        return _("Saved: %(name)s, %(words)s.") % {"name": self.made, "words": segments.in_words(self.made)}


class _SegmentView(View):
    permission = "crm.view_segment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for who may see groups."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class SegmentList(_SegmentView):
    """All groups, in words, with how many are in them today."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        rows = []
        for segment in Segment.objects.select_related("made_by"):
            found = segments.members(segment).order_by()[: paging.COUNTED + 1].count()
            rows.append(
                (segment, segments.in_words(segment), min(found, paging.COUNTED), found > paging.COUNTED)
            )
        context = {"rows": rows, "may_add": request.user.has_perm("crm.add_segment")}
        return TemplateResponse(request, "crm/segments.html", context)


class SegmentView(_SegmentView):
    """One group: who is in it today."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The page."""
        segment = get_object_or_404(Segment, pk=pk)
        view = _LISTS[segment.subject]()
        view.setup(request)
        may_see = request.user.has_perm(view.permission)
        none = (Person if segment.subject == SegmentSubject.PEOPLE else Organisation)._default_manager.none()
        context = {
            "segment": segment,
            "words": segments.in_words(segment),
            "criteria_query": as_query(segment.criteria),
            "without_party": segments.without_party(segment.subject, segment.criteria) if may_see else [],
            "panels": panels.of("segment", segment, user=request.user),
            "may_change": request.user.has_perm("crm.change_segment"),
            "may_remove": request.user.has_perm("crm.delete_segment"),
            **view.listed(segments.members(segment) if may_see else none),
        }
        return TemplateResponse(request, "crm/segment.html", context)


class SegmentEditView(_SegmentView):
    """A new group, or a change of one."""

    permission = "crm.add_segment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For who may add, or change what is there."""
        self.permission = "crm.change_segment" if "pk" in kwargs else "crm.add_segment"
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        """The forms: filled in from the group, or from the filter over a list."""
        segment = get_object_or_404(Segment, pk=pk) if pk else None
        subject = segment.subject if segment else self._subject(request.GET)
        criteria = segment.criteria if segment else FORMS[subject](request.GET).criteria()
        chosen = FORMS[subject](initial=FORMS[subject].of(criteria))
        return self._page(SegmentForm(by=cast(User, request.user), item=segment), chosen, subject)

    def post(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        """Save."""
        segment = get_object_or_404(Segment, pk=pk) if pk else None
        subject = segment.subject if segment else self._subject(request.POST)
        form = SegmentForm(request.POST, by=cast(User, request.user), item=segment)
        form.subject, form.criteria = subject, FORMS[subject](request.POST)
        done = form.run() if form.criteria.is_valid() else None
        if done is None:
            return self._page(form, form.criteria, subject, status=422)
        messages.success(request, done)
        return redirect("crm:segment", form.made.pk)

    def _subject(self, data: Any) -> str:
        asked = data.get("subject", "")
        return asked if asked in SegmentSubject.values else SegmentSubject.ORGANISATIONS

    def _page(
        self, form: SegmentForm, criteria: CriteriaForm, subject: str, status: int = 200
    ) -> HttpResponse:
        context = {"form": form, "criteria_form": criteria, "subject": subject, "segment": form.item}
        return TemplateResponse(self.request, "crm/segment_edit.html", context, status=status)


class SegmentRemoveView(_SegmentView):
    """Remove a group, after asking."""

    permission = "crm.delete_segment"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        return self._page(self._form(pk))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Remove it."""
        form = self._form(pk, request.POST)
        done = form.run()
        if done is None:
            return self._page(form, status=422)
        messages.success(request, done)
        return redirect("crm:segment_list")

    def _form(self, pk: int, data: Any = None) -> SegmentRemoveForm:
        return SegmentRemoveForm(
            data, by=cast(User, self.request.user), item=get_object_or_404(Segment, pk=pk)
        )

    def _page(self, form: ActionForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "segment": form.item}
        return TemplateResponse(self.request, "crm/segment_remove.html", context, status=status)


class SegmentRemoveForm(ActionForm):
    """Whether to remove a group."""

    permission = "crm.delete_segment"
    is_grave = True
    button = gettext_lazy("Remove this group")

    def start(self) -> dict[str, Any]:
        """Says what goes, and what stays."""
        self.title = _("Remove the group “%(name)s”?") % {"name": self.item}
        self.intro = _("The organisations and people in it stay, and so do letters that went to them.")
        return {}

    def act(self) -> str:
        """Remove it."""
        name = self.item.name
        actions.remove(segment=self.item, by=self.by)
        return _("The group “%(name)s” was removed.") % {"name": name}
