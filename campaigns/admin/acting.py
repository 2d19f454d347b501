"""Wagtail's lists and forms on our own page, with our verbs behind them: one write path, refusals in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.admin.forms import name_the_empty_choice
from crm.admin.remarks import RemarkingForm
from crm.models import User
from crm.queries import timeline


class ActingForm(RemarkingForm, forms.ModelForm):
    """A form on our own page. What must be filled in, the verb says, in words that help."""

    needed: ClassVar[Collection[str]] = ()
    # Where the form shows what the verb says about a field that is not in the form.
    beside: ClassVar[Mapping[str, str]] = {}
    # The fields under their headings; without any, all of them in one row.
    sections: ClassVar[Sequence[tuple[str | Promise, Sequence[str]]]] = ()
    existing: models.Model | None = None

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen"] = version(self.instance)
        for name, field in self.fields.items():
            if name in self.needed:
                field.required = False
            if isinstance(field, forms.TypedChoiceField):
                name_the_empty_choice(field)
            # The verb says what is too long; a ceiling in the browser would cut a pasted text off without a word.
            field.widget.attrs.pop("maxlength", None)

    def parts(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """The fields as they stand on the page: each heading with those below it."""
        if not self.sections:
            return [("", self.visible_fields())]
        return [(heading, [self[name] for name in names]) for heading, names in self.sections]

    def consequence(self) -> str:
        """What changing this does elsewhere, to say above the button; "" for nothing."""
        return ""

    def validate_unique(self) -> None:
        """Leaves it to the verb, which leads to the one that stands there already."""

    def overtaken_by(self, current: models.Model) -> None:
        """Lead to what somebody else stored meanwhile; a second press on the button stores this one over it."""
        self.existing = current
        data = cast(QueryDict, self.data).copy()
        data["seen"] = version(current)
        self.data = data


class _ActingForm:
    """What creating and changing share: the verb instead of Wagtail's own saving."""

    act: Callable[[forms.ModelForm, User], None] | None = None
    success_message = gettext_lazy("Saved: %(object)s.")

    def form_valid(self: Any, form: Any) -> HttpResponse:
        """Let the verb keep what the form holds; a refusal stands in the form, with everything still filled in."""
        self.form = form
        try:
            self.act(form, self.request.user)
        except Invalid as error:
            beside = getattr(form, "beside", {})
            for name, text in error.errors.items():
                shown = beside.get(name, name)
                form.add_error(shown if shown in form.fields else None, text)
        except Refused as refusal:
            if isinstance(refusal, AlreadyThere):
                form.existing = refusal.existing
            elif isinstance(refusal, Overtaken):
                form.overtaken_by(refusal.current)
            form.add_error(None, str(refusal))
        else:
            self.object = form.instance
            return self.save_action()
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)

    def get_error_message(self) -> None:
        """None: the form says it itself."""

    def get_success_buttons(self) -> list[Any]:
        """None: the list that follows leads back to it."""
        return []

    def get_context_data(self: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the way to the list, and to the one that stands there already."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        existing = getattr(context["form"], "existing", None)
        return context | {
            "list_title": capfirst(self.model._meta.verbose_name_plural),
            "existing_url": existing and reverse(self.edit_url_name, args=[existing.pk]),
        }


class ActingIndexView(generic.IndexView):
    """A list on our own page; an empty one says what to do next."""

    template_name = "campaigns/index.html"
    lead: str | Promise = ""
    empty: str | Promise = ""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the lines, how many there are, and how to sort them."""
        context = super().get_context_data(*args, **kwargs)
        rows = [
            (self.get_inspect_url(one), [(column.label, column.get_value(one)) for column in self.columns])
            for one in context["object_list"]
        ]
        total = context["items_count"]
        return context | {
            "rows": rows,
            "headings": [self._heading(column) for column in self.columns],
            "count": ngettext("%(count)d in all", "%(count)d in all", total) % {"count": total},
        }

    def _heading(self, column: Any) -> dict[str, str]:
        """Its words, the order that a press on it gives, and the order it has now."""
        key = column.sort_key or ""
        now = {key: "ascending", f"-{key}": "descending"}.get(self.ordering or "", "") if key else ""
        return {"label": column.label, "order": f"-{key}" if now == "ascending" else key, "now": now}


class ActingCreateView(_ActingForm, generic.CreateView):
    """Add by a verb."""

    template_name = "campaigns/form.html"
    lead: str | Promise = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the title, which the button repeats."""
        title = capfirst(_("Add %(what)s") % {"what": self.model._meta.verbose_name})
        return super().get_context_data(**kwargs) | {"title": title, "button": title}


class ActingEditView(_ActingForm, generic.EditView):
    """Change by a verb."""

    template_name = "campaigns/form.html"
    lead: str | Promise = ""
    keep: str | Promise = ""

    def get_object(self, queryset: models.QuerySet[Any] | None = None) -> Any:
        """Remembers what it is called, before the form fills in something else."""
        found = super().get_object(queryset)
        self.name = str(found)
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the title."""
        title = _("Change “%(what)s”") % {"what": self.name}
        return super().get_context_data(**kwargs) | {"title": title, "button": self.keep}


class ActingInspectView(generic.InspectView):
    """All that is known of one, and what happened with it."""

    template_name = "campaigns/inspect.html"

    def get_fields_context(self) -> list[dict[str, Any]]:
        """Leaves out what is empty."""
        return [field for field in super().get_fields_context() if field["component"] or field["value"]]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the timeline, and what may be done."""
        get = self.request.GET.get
        return super().get_context_data(**kwargs) | {
            "list_title": capfirst(self.model._meta.verbose_name_plural),
            "list_url": reverse(self.index_url_name),
            "timeline": timeline.page(self.object, after=get("na", ""), before=get("voor", "")),
            "edit_url": self.get_edit_url(),
            "delete_url": self.get_delete_url(),
        }


class ActingDeleteView(generic.DeleteView):
    """Remove by a verb."""

    template_name = "campaigns/confirm_delete.html"
    act: Callable[[Any, User], None] | None = None
    farewell: str | Promise = ""
    success_message = gettext_lazy("Removed: %(object)s.")

    def form_valid(self, form: Any) -> HttpResponse:
        """Let the verb remove it; a refusal leads back to the list."""
        assert self.act is not None
        text = self.get_success_message()
        try:
            self.act(self.object, self.request.user)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, text)
        return redirect(self.get_success_url())


class ActingViewSet(ModelViewSet):
    """A list with forms whose changes go through verbs: say which in ``add``, ``change`` and ``remove``."""

    index_view_class = ActingIndexView
    add_view_class = ActingCreateView
    edit_view_class = ActingEditView
    inspect_view_class = ActingInspectView
    delete_view_class = ActingDeleteView
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False
    form_class: type[ActingForm]
    # What these are for, what the button under a change says, what to do with an empty list, and what removing does.
    lead: str | Promise = ""
    keep: str | Promise = ""
    empty: str | Promise = gettext_lazy("There is nothing here yet. Add the first one.")
    farewell: str | Promise = gettext_lazy("It goes away for good.")

    def add(self, form: forms.ModelForm, by: User) -> None:
        """Keep a new one. Raises Refused."""
        raise NotImplementedError

    def change(self, form: forms.ModelForm, by: User) -> None:
        """Keep a changed one. Raises Refused."""
        raise NotImplementedError

    def remove(self, instance: Any, by: User) -> None:
        """Remove one. Raises Refused."""
        raise NotImplementedError

    def get_form_class(self, for_update: bool = False) -> type[ActingForm]:
        """The form in our own words."""
        return self.form_class

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leaves out Wagtail's log of changes and its usage pages: our own timeline tells what happened."""
        return super().get_common_view_kwargs(**{"history_url_name": None, "usage_url_name": None, **kwargs})

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the words around the list."""
        return super().get_index_view_kwargs(lead=self.lead, empty=self.empty, **kwargs)

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the verb, and what it is for."""
        return super().get_add_view_kwargs(act=self.add, lead=self.lead, **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the verb, and what it is for."""
        return super().get_edit_view_kwargs(act=self.change, lead=self.lead, keep=self.keep, **kwargs)

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the verb, and what it does."""
        return super().get_delete_view_kwargs(act=self.remove, farewell=self.farewell, **kwargs)
