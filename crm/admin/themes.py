"""Themes and labels: one page to rename, merge and remove them."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from crm.actions import themes as actions
from crm.models import Tag, Theme, User

from .forms import ActionForm

_MODELS: dict[str, type[Theme] | type[Tag]] = {"thema": Theme, "label": Tag}


class RenameForm(ActionForm):
    """Another name, or the name of one that it should become one with."""

    permission = "crm.change_theme"
    button = gettext_lazy("Save this name")
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("With the name of another one, the two become one."),
    )

    def start(self) -> dict[str, Any]:
        """The name as it stands."""
        self.heading = _("Rename “%(name)s”") % {"name": self.item}
        return {"name": self.item.name}

    def act(self) -> str:
        """Rename it."""
        theme = actions.rename(theme=self.item, name=self.cleaned_data["name"], by=self.by)
        return _("Saved: %(name)s.") % {"name": theme}


class RemoveForm(ActionForm):
    """Take it away from everything that has it."""

    permission = "crm.delete_theme"
    is_grave = True
    button = gettext_lazy("Take it away everywhere")

    def start(self) -> dict[str, Any]:
        """Says what goes."""
        self.heading = _("Take away “%(name)s”?") % {"name": self.item}
        self.intro = _("Everything that has it keeps the rest; the name itself goes away for good.")
        return {}

    def act(self) -> str:
        """Remove it."""
        name = str(self.item)
        actions.remove(theme=self.item, by=self.by)
        return _("“%(name)s” was taken away.") % {"name": name}


_FORMS: dict[str, type[ActionForm]] = {"": RenameForm, "verwijderen": RemoveForm}


class ThemesView(View):
    """All themes and labels; the form of one opens in its place."""

    def get(self, request: HttpRequest, what: str = "", pk: int = 0, verb: str = "") -> HttpResponse:
        """The page."""
        return self._page(self._form(what, pk, verb) if what else None)

    def post(self, request: HttpRequest, what: str = "", pk: int = 0, verb: str = "") -> HttpResponse:
        """Rename or remove one."""
        form = self._form(what, pk, verb, request.POST)
        done = form.run()
        if done is None:
            return self._page(form, status=422)
        messages.success(request, done)
        return redirect("crm:theme_list")

    def _form(self, what: str, pk: int, verb: str, data: Any = None) -> ActionForm:
        if what not in _MODELS or verb not in _FORMS:
            raise Http404
        if not self.request.user.has_perm(_FORMS[verb].permission):
            raise PermissionDenied
        item = get_object_or_404(_MODELS[what], pk=pk)
        return _FORMS[verb](data, by=cast(User, self.request.user), item=item)

    def _page(self, form: ActionForm | None, status: int = 200) -> HttpResponse:
        if not self.request.user.has_perm("crm.view_theme"):
            raise PermissionDenied
        use = Count("organisations", distinct=True) + Count("people", distinct=True)
        context = {
            "groups": [
                (_("Themes"), "thema", Theme.objects.annotate(use=use)),
                (_("Labels"), "label", Tag.objects.annotate(use=use)),
            ],
            "form": form,
            "may_change": self.request.user.has_perm("crm.change_theme"),
            "may_remove": self.request.user.has_perm("crm.delete_theme"),
        }
        return TemplateResponse(self.request, "crm/themes.html", context, status=status)
