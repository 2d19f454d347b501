"""A screen with one form that runs a verb."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import Promise

from crm.admin.forms import ActionForm
from crm.admin.screens import Screen


class FormScreen(Screen):
    """A screen with one form. A subclass says which, about what, and where it leads."""

    template_name = "campaigns/positions/form.html"
    form_class: ClassVar[type[ActionForm]]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for who may press its button."""
        if not request.user.has_perm(self.form_class.permission):
            raise PermissionDenied
        return super(Screen, self).dispatch(request, *args, **kwargs)

    def about(self) -> dict[str, Any]:
        """What the form is about: its ``holder`` and ``item``."""
        return {}

    def crumb(self) -> tuple[str | Promise, str]:
        """The words and address of where one came from."""
        raise NotImplementedError

    def done_url(self, form: Any) -> str:
        """Where it leads when it is done."""
        return self.crumb()[1]

    def initial(self) -> dict[str, str]:
        """What the address fills in."""
        return {}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form; what stands in the address is filled in."""
        return self._page(self.form_class(by=self.user, initial=self.initial(), **self.about()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Run the verb, and go on; or show what is to be mended."""
        form = self.form_class(request.POST, by=self.user, **self.about())
        done = form.run()
        if done is None:
            return self._page(form, status=422)
        messages.success(request, done)
        return redirect(self.done_url(form))

    def _page(self, form: ActionForm, status: int = 200) -> HttpResponse:
        words, url = self.crumb()
        context = self.get_context_data(form=form, crumb=words, crumb_url=url)
        return self.render_to_response(context, status=status)
