"""Who of the committee is away, and saying that you are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.admin.buttons import ButtonView
from crm.admin.fields import DayField
from crm.admin.forms import ActionForm
from crm.admin.numbers import whole
from crm.models import User
from letters.actions import absence
from letters.queries import approvals


class AbsenceForm(ActionForm):
    """Until when somebody (``item``) is away, and who decides meanwhile."""

    button: str | Promise = gettext_lazy("Note that I am away")

    back_on = DayField(label=gettext_lazy("From which day are you back?"))
    stand_in = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who decides for you meanwhile?"),
        empty_label=gettext_lazy("Nobody"),
        required=False,
    )

    def start(self) -> dict[str, Any]:
        """The absence as it stands."""
        if not self.item.is_absent():
            return {}
        return {"back_on": self.item.absent_until_on, "stand_in": self.item.stand_in_id}

    def build(self) -> None:
        """Words for a colleague, and whom there is to choose from."""
        others = [member.pk for member in approvals.committee() if member.pk != self.item.pk]
        self.fields["stand_in"].queryset = User.objects.filter(pk__in=others).order_by("first_name", "pk")  # type: ignore[attr-defined]
        if self.item != self.by:
            who = {"who": self.item}
            self.button = _("Note that %(who)s is away") % who
            self.fields["back_on"].label = _("From which day is %(who)s back?") % who
            self.fields["stand_in"].label = _("Who decides for %(who)s meanwhile?") % who

    def act(self) -> str:
        """Note the absence."""
        back_on, stand_in = self.cleaned_data["back_on"], self.cleaned_data["stand_in"]
        absence.go_away(user=self.item, back_on=back_on, stand_in=stand_in, by=self.by)
        return _("Noted: %(who)s is away until %(day)s.") % {
            "who": self.item,
            "day": date_format(back_on, "j F"),
        }


class AbsenceView(ButtonView):
    """The committee with who is away; a form for yourself, and for who looks after the users for everybody."""

    permission = "letters.approve_letter"
    template_name = "letters/absence.html"

    @cached_property
    def person(self) -> User:
        """Whom it is about: who looks, or the colleague in the address."""
        asked = self.request.GET.get("wie", "")
        if not asked:
            return self.user
        if not self.may("crm.change_user"):
            raise PermissionDenied
        found = next((member for member in approvals.committee() if member.pk == whole(asked)), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the committee and the form."""
        today = timezone.localdate()
        kwargs.setdefault("form", AbsenceForm(by=self.user, item=self.person))
        return super().get_context_data(
            person=self.person,
            is_self=self.person == self.user,
            away=self.person.is_absent(today),
            members=[(member, member.is_absent(today)) for member in approvals.committee()],
            may_others=self.may("crm.change_user"),
            **kwargs,
        )

    def do_go_away(self) -> HttpResponse | None:
        """Note until when, and who decides."""
        form = AbsenceForm(self.request.POST, by=self.user, item=self.person)
        done = form.run()
        if done is None:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(self.request, done)
        return redirect("letters:absence")

    def do_come_back(self) -> HttpResponse:
        """Back again."""
        absence.come_back(user=self.person, by=self.user)
        messages.success(self.request, _("%(who)s counts again from today.") % {"who": self.person})
        return redirect("letters:absence")
