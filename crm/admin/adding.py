"""Adding an organisation or a person."""

from __future__ import annotations

from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from crm.models import OrganisationKind, User

from .organisations import OrganisationAddForm
from .people import PersonAddForm

AddForm = OrganisationAddForm | PersonAddForm


class AddView(View):
    """A form for a new record; what is there already is pointed out, and sending it twice adds one."""

    form_class: ClassVar[type[OrganisationAddForm] | type[PersonAddForm]]
    back: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for who may add."""
        if not request.user.has_perm(self.form_class.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """An empty form; what stands in the address is filled in."""
        initial = {name: value for name, value in request.GET.items() if name != "seen"}
        return self._page(self.form_class(by=cast(User, request.user), initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Add the record and go to its page."""
        form = self.form_class(request.POST, by=cast(User, request.user))
        done = form.run()
        if done is not None:
            messages.success(request, done)
            if isinstance(form, PersonAddForm) and (address := form.address):
                # The address that came along goes on to its own form: a person looks at it before it is kept.
                there = reverse("crm:person_part", args=[form.made.pk, "adressen"])
                return redirect(f"{there}?{urlencode(address)}#adressen")
            return redirect(form.made)
        if form.existing is not None and form.sent_twice():
            messages.info(request, _("That was added already."))
            return redirect(cast(Any, form.existing))
        return self._page(form, status=422)

    def _page(self, form: AddForm, status: int = 200) -> HttpResponse:
        return TemplateResponse(
            self.request, "crm/add.html", {"form": form, "back": self.back}, status=status
        )


class OrganisationAddView(AddView):
    """First what kind it is, then the questions that belong to it."""

    form_class = OrganisationAddForm
    back = "crm:organisation_list"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The kinds to choose from, or the form of the chosen kind."""
        if request.GET.get("kind") in OrganisationKind.values:
            return super().get(request)
        return TemplateResponse(
            request, "crm/add_kind.html", {"kinds": OrganisationKind.choices, "back": self.back}
        )


class PersonAddView(AddView):
    """One line is enough."""

    form_class = PersonAddForm
    back = "crm:person_list"
