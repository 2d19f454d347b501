"""Handing over all that somebody minds: what that is, and to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import portfolios as actions
from crm.actions.follow_ups import CHANGE
from crm.models import User
from crm.queries import portfolios

from .forms import ActionForm
from .numbers import key
from .screens import Screen


class HandOverForm(ActionForm):
    """To whom everything of ``holder`` goes."""

    permission = CHANGE
    button = gettext_lazy("Hand all of this over")

    to = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Who takes this over?"), empty_label=gettext_lazy("choose")
    )

    def start(self) -> dict[str, Any]:
        """What is looked at now."""
        return {"seen": portfolios.of(self.holder).seen}

    def build(self) -> None:
        """Whom there is to choose from."""
        self.fields["to"].queryset = portfolios.takers(self.holder)  # type: ignore[attr-defined]

    def act(self) -> str:
        """Hand it over."""
        to = self.cleaned_data["to"]
        done = actions.hand_over(giver=self.holder, to=to, seen=self.cleaned_data["seen"], by=self.by)
        return _("%(to)s takes over from %(who)s: %(what)s.") % {
            "to": to,
            "who": self.holder,
            "what": portfolios.in_words(done.counts),
        }


class PortfolioView(Screen):
    """What somebody minds, in numbers and names, and the button that hands it over."""

    permission = CHANGE

    @cached_property
    def may_others(self) -> bool:
        """Whether she may hand over for a colleague."""
        return self.user.has_perm("crm.change_user")

    @cached_property
    def giver(self) -> User:
        """Whose it is: who looks, or the colleague in the address; also one who may no longer sign in."""
        asked = self.request.GET.get("wie", "")
        if not asked or key(asked) == self.user.pk:
            return self.user
        if not self.may_others:
            raise PermissionDenied
        found = User.objects.filter(pk=key(asked)).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self._page(HandOverForm(by=self.user, holder=self.giver))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Hand it over; when something changed meanwhile it is shown again first."""
        form = HandOverForm(request.POST, by=self.user, holder=self.giver)
        done = form.run()
        if done is None:
            data = request.POST.copy()
            data["seen"] = portfolios.of(self.giver).seen
            form.data = data
            return self._page(form, status=422)
        messages.success(request, done)
        return redirect("crm:follow_up_list")

    def _page(self, form: HandOverForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "giver": self.giver,
            "is_self": self.giver == self.user,
            "portfolio": portfolios.of(self.giver),
            "others": User.objects.exclude(pk=self.user.pk).order_by("first_name", "pk")
            if self.may_others
            else (),
        }
        return TemplateResponse(self.request, "crm/portfolio.html", context, status=status)
