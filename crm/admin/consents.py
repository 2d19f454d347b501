"""The forms of the consent ledger: a yes, a no longer, a do not write."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import consents as actions
from crm.models import Channel, Decision, WritingPurpose

from .dossiers import Part
from .fields import DayField
from .forms import ActionForm

_VERBS: dict[Decision, Callable[..., object]] = {
    Decision.GRANTED: actions.grant,
    Decision.WITHDRAWN: actions.withdraw,
    Decision.OBJECTED: actions.object_to,
}


class ConsentForm(ActionForm):
    """Write down what somebody decided. It cannot be changed afterwards: a new line wins over an older one."""

    permission = "crm.add_consententry"
    heading = gettext_lazy("What did they say?")
    intro = gettext_lazy(
        "This is proof: it cannot be changed afterwards. A newer line wins over an older one."
    )
    button = gettext_lazy("Write this down")
    needed = ("source", "wording")
    folded = ("address", "proof")
    beside = {"decided_at": "day"}

    decision = forms.ChoiceField(
        label=gettext_lazy("They said"),
        choices=[
            (Decision.GRANTED, gettext_lazy("yes, you may")),
            (Decision.WITHDRAWN, gettext_lazy("no longer")),
            (Decision.OBJECTED, gettext_lazy("do not write to me at all")),
        ],
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("About"), choices=WritingPurpose.choices, initial=WritingPurpose.NEWSLETTER
    )
    channel = forms.ChoiceField(label=gettext_lazy("By"), choices=Channel.choices)
    day = DayField(label=gettext_lazy("When?"))
    source = forms.CharField(
        label=gettext_lazy("How do we know?"),
        required=False,
        help_text=gettext_lazy("For example: form on our website, phone call with Bram."),
    )
    wording = forms.CharField(
        label=gettext_lazy("What did they say yes to?"),
        required=False,
        help_text=gettext_lazy("The words in which it was asked. Only for a yes."),
    )
    address = forms.CharField(
        label=gettext_lazy("Only for this address"),
        required=False,
        help_text=gettext_lazy("Empty: for every address."),
    )
    proof = forms.CharField(
        label=gettext_lazy("Proof"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def start(self) -> dict[str, Any]:
        """Today."""
        return {"day": timezone.localdate()}

    def act(self) -> str:
        """Enter the decision."""
        values = dict(self.cleaned_data)
        decision, day = Decision(values.pop("decision")), values.pop("day")
        del values["seen"]
        if decision != Decision.GRANTED:
            del values["wording"]
        now = timezone.localtime()
        clock = now.time() if day == now.date() else datetime.time(12)
        moment = timezone.make_aware(datetime.datetime.combine(day, clock))
        _VERBS[decision](person=self.holder, decided_at=moment, by=self.by, **values)
        return _("Written down. What you may send them follows from it at once.")


PART = Part(form=ConsentForm)
