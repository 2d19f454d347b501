"""The screen of the recesses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import recesses as actions
from crm.dutch.dates import span
from crm.models import Recess

from .forms import ActionForm, RecordForm
from .screens import Screen


class RecessForm(RecordForm):
    """A new recess."""

    model = Recess
    permission = "crm.add_recess"
    heading = gettext_lazy("Add a recess")
    button = gettext_lazy("Add this recess")
    names = ["name", "from_on", "until_on"]

    def act(self) -> str:
        """Add it."""
        made = actions.add(by=self.by, **self.values())
        return _("Added: %(name)s.") % {"name": made}


class RecessChangeForm(RecessForm):
    """Other days, or another name."""

    permission = "crm.change_recess"
    heading = gettext_lazy("Change this recess")
    button = gettext_lazy("Save the change")

    def act(self) -> str:
        """Change it."""
        actions.change(recess=self.item, by=self.by, seen=self.cleaned_data["seen"], **self.values())
        return _("The change was saved.")


class RecessRemoveForm(ActionForm):
    """Whether to take it away."""

    permission = "crm.delete_recess"
    is_grave = True
    button = gettext_lazy("Take this recess away")

    def start(self) -> dict[str, Any]:
        """Says what that does."""
        self.heading = _("Take “%(name)s” away?") % {"name": self.item}
        self.intro = _("Its days then count again when we look how long somebody has said nothing.")
        return {}

    def act(self) -> str:
        """Take it away."""
        name = str(self.item)
        actions.remove(recess=self.item, by=self.by)
        return _("“%(name)s” was taken away.") % {"name": name}


_FORMS: dict[str, type[ActionForm]] = {"": RecessChangeForm, "verwijderen": RecessRemoveForm}


class RecessesView(Screen):
    """The list; the form of one opens in its place, that of a new one stands below."""

    permission = "crm.view_recess"

    def get(self, request: HttpRequest, pk: int = 0, verb: str = "") -> HttpResponse:
        """The page."""
        return self._page(self._form(pk, verb) if pk else None)

    def post(self, request: HttpRequest, pk: int = 0, verb: str = "") -> HttpResponse:
        """Run the form."""
        form = self._form(pk, verb, request.POST)
        done = form.run()
        if done is None and form.existing is None:
            return self._page(form, status=422)
        if done is None:
            messages.info(request, _("That stood there already."))
        else:
            messages.success(request, done)
        return redirect("crm:recess_list")

    def _form(self, pk: int, verb: str, data: Any = None) -> ActionForm:
        form_class = _FORMS.get(verb) if pk else RecessForm
        if form_class is None:
            raise Http404
        if not self.user.has_perm(form_class.permission):
            raise PermissionDenied
        return form_class(data, by=self.user, item=get_object_or_404(Recess, pk=pk) if pk else None)

    def _page(self, form: ActionForm | None, status: int = 200) -> HttpResponse:
        today, may_add = timezone.localdate(), self.user.has_perm(RecessForm.permission)
        new = form if form is not None and form.item is None else None
        context = {
            "rows": [
                (recess, span(recess.from_on, recess.until_on), recess.from_on <= today <= recess.until_on)
                for recess in Recess.objects.all()
            ],
            "form": form,
            "new": new or (RecessForm(by=self.user) if may_add and form is None else None),
            "may_change": self.user.has_perm(RecessChangeForm.permission),
            "may_remove": self.user.has_perm(RecessRemoveForm.permission),
        }
        return TemplateResponse(self.request, "crm/recesses.html", context, status=status)
