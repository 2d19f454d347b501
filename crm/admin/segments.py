"""Groups: filters that were saved with a name, looked up anew each time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
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
# How many of a group are named before it is saved.
_NAMED: Final = 10


class SegmentForm(ActionForm):
    """The name of a group; its criteria stand in a form of their own beside it."""

    permission = "crm.add_segment"
    heading = gettext_lazy("New group")
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


@dataclass(frozen=True, slots=True)
class Preview:
    """Who would be in a group now. ``sentence`` says how many in words, ``names`` has the first of them.

    ``more`` leads to all of them in the list, empty when all are named. ``looked`` goes along in the form, so that only
    what was looked at is saved.
    """

    sentence: str
    names: tuple[str, ...]
    more: str
    looked: str
    without_party: list[Organisation]


def preview(subject: str, criteria: Mapping[str, Any], *, user: User) -> Preview:
    """Who is in a group with these criteria now; the names only for who may see them."""
    view = _LISTS[subject]
    found, may_see = segments.filtered(subject, criteria), user.has_perm(view.permission)
    count, is_more = paging.counted(found)
    shown = found.order_by("sort_name", "pk")[:_NAMED] if may_see else []
    address = reverse("crm:person_list" if subject == SegmentSubject.PEOPLE else "crm:organisation_list")
    return Preview(
        sentence=_how_many(subject, count, is_more)
        % {"count": count, "words": segments.describe(subject, criteria)},
        names=tuple(record.listed_name for record in shown),
        more=f"{address}?{as_query(criteria)}" if may_see and count > _NAMED else "",
        looked=_looked(criteria),
        without_party=segments.without_party(subject, criteria) if may_see else [],
    )


def _how_many(subject: str, count: int, is_more: bool) -> str:
    """The sentence with a place for the number, %(count)d, and one for the %(words)s."""
    people = subject == SegmentSubject.PEOPLE
    if not count:
        return _("Now nobody: %(words)s.")
    if is_more:
        return (
            _("Now more than %(count)d people: %(words)s.")
            if people
            else _("Now more than %(count)d organisations: %(words)s.")
        )
    if people:
        return ngettext("Now %(count)d person: %(words)s.", "Now %(count)d people: %(words)s.", count)
    return ngettext(
        "Now %(count)d organisation: %(words)s.", "Now %(count)d organisations: %(words)s.", count
    )


def _looked(criteria: Mapping[str, Any]) -> str:
    """The criteria as one text that does not depend on their order."""
    return json.dumps(
        {name: sorted(value) if isinstance(value, list) else value for name, value in criteria.items()},
        sort_keys=True,
    )


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
            count, is_more = paging.counted(segments.members(segment))
            rows.append((segment, segments.in_words(segment), count, is_more))
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
    """A new group, or a change of one: who would be in it is shown first, and saved after that."""

    permission = "crm.add_segment"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """For who may add, or change what is there."""
        self.permission = "crm.change_segment" if "pk" in kwargs else "crm.add_segment"
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        """The forms: filled in from the group, or from the filter over a list, with who are in it."""
        segment = get_object_or_404(Segment, pk=pk) if pk else None
        subject = segment.subject if segment else self._subject(request.GET)
        criteria = segment.criteria if segment else FORMS[subject](request.GET).criteria()
        chosen = FORMS[subject](initial=FORMS[subject].of(criteria))
        return self._page(SegmentForm(by=self.user, item=segment), chosen, subject, criteria)

    def post(self, request: HttpRequest, pk: int = 0) -> HttpResponse:
        """Show who are in it, or save it when that was shown."""
        segment = get_object_or_404(Segment, pk=pk) if pk else None
        subject = segment.subject if segment else self._subject(request.POST)
        chosen = FORMS[subject](request.POST)
        criteria = chosen.criteria()
        if chosen.is_valid() and not criteria:
            chosen.add_error(None, str(actions.NOTHING_CHOSEN))
        if request.POST.get("do") == "look":
            typed = {name: request.POST.get(name, "") for name in ("name", "seen")}
            form = SegmentForm(by=self.user, item=segment, initial=typed)
            return self._page(form, chosen, subject, criteria, status=200 if criteria else 422)
        form = SegmentForm(request.POST, by=self.user, item=segment)
        form.subject, form.criteria = subject, chosen
        if criteria and request.POST.get("looked") != _looked(criteria):
            form.add_error(None, _("Not saved yet: look below first who are in it now. Then save the group."))
        done = form.run() if criteria else None
        if done is None:
            return self._page(form, chosen, subject, criteria, status=422)
        messages.success(request, done)
        return redirect("crm:segment", form.made.pk)

    @property
    def user(self) -> User:
        """Who makes or changes it."""
        return cast(User, self.request.user)

    def _subject(self, data: Any) -> str:
        asked = data.get("subject", "")
        return asked if asked in SegmentSubject.values else SegmentSubject.ORGANISATIONS

    def _page(
        self,
        form: SegmentForm,
        chosen: CriteriaForm,
        subject: str,
        criteria: Mapping[str, Any],
        status: int = 200,
    ) -> HttpResponse:
        context = {
            "form": form,
            "criteria_form": chosen,
            "subject": subject,
            "segment": form.item,
            "preview": preview(subject, criteria, user=self.user) if criteria else None,
        }
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
        self.heading = _("Remove the group “%(name)s”?") % {"name": self.item}
        self.intro = _("The organisations and people in it stay, and so do letters that went to them.")
        return {}

    def act(self) -> str:
        """Remove it."""
        name = self.item.name
        actions.remove(segment=self.item, by=self.by)
        return _("The group “%(name)s” was removed.") % {"name": name}
