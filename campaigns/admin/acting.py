"""Wagtail's forms with our verbs behind them: one write path for screen and code, refusals in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from crm.actions.action import Refused
from crm.models import User


class _ActingForm:
    """What creating and changing share: the verb instead of Wagtail's own saving."""

    act: Callable[[ModelForm, User], None] | None = None

    def form_valid(self: Any, form: ModelForm) -> HttpResponse:
        """Let the verb keep what the form holds; a refusal stands above the form, with everything still filled in."""
        self.form = form
        try:
            self.act(form, self.request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)
        self.object = form.instance
        return self.save_action()


class ActingCreateView(_ActingForm, generic.CreateView):
    """Add by a verb."""


class ActingEditView(_ActingForm, generic.EditView):
    """Change by a verb."""


class ActingDeleteView(generic.DeleteView):
    """Remove by a verb."""

    act: Callable[[Any, User], None] | None = None

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

    add_view_class = ActingCreateView
    edit_view_class = ActingEditView
    delete_view_class = ActingDeleteView
    copy_view_enabled = False
    inspect_view_enabled = True
    add_to_reference_index = False

    def add(self, form: ModelForm, by: User) -> None:
        """Keep a new one. Raises Refused."""
        raise NotImplementedError

    def change(self, form: ModelForm, by: User) -> None:
        """Keep a changed one. Raises Refused."""
        raise NotImplementedError

    def remove(self, instance: Any, by: User) -> None:
        """Remove one. Raises Refused."""
        raise NotImplementedError

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Leaves out Wagtail's log of changes and its usage pages: our own timeline tells what happened."""
        return super().get_common_view_kwargs(**{"history_url_name": None, "usage_url_name": None, **kwargs})

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the verb."""
        return super().get_add_view_kwargs(act=self.add, **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the verb."""
        return super().get_edit_view_kwargs(act=self.change, **kwargs)

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the verb."""
        return super().get_delete_view_kwargs(act=self.remove, **kwargs)
