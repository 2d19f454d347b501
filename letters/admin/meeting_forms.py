"""The forms of planned talks: planning one, changing it, and writing down how it was."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions.changing import version
from crm.admin.fields import ClockField, DayField, LookupField
from crm.admin.forms import ActionForm
from crm.models import InteractionKind, Organisation, Person, User
from crm.queries import users
from letters.actions import meetings as actions
from letters.models import Meeting, Recipient
from letters.queries import cards
from letters.queries.meetings import VIEW

from .talks import TalkForm


class MeetingForm(ActionForm):
    """Plan a talk; ``holder`` is with whom, or the thread that it comes from, None to be chosen."""

    permission = actions.ADD
    heading = gettext_lazy("Plan a talk")
    button = gettext_lazy("Plan this talk")
    folded: Sequence[str] = ("minutes",)
    needed: Collection[str] = ("place", "goers")
    beside = {"starts_at": "day", "ends_at": "minutes", "__all__": "organisation"}
    made: Meeting

    day = DayField(label=gettext_lazy("On which day?"))
    clock = ClockField(label=gettext_lazy("At what time?"), help_text=gettext_lazy("For example 14.30"))
    place = forms.CharField(label=gettext_lazy("Where?"), required=False)
    about = forms.CharField(label=gettext_lazy("What about?"))
    goers = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who of us goes?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    questions = forms.CharField(
        label=gettext_lazy("What do we want to ask?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "At most three, each on a line of its own. They stand on the card that you take along."
        ),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes does it take?"), initial=60, min_value=5, max_value=24 * 60
    )

    def start(self) -> dict[str, Any]:
        """She who plans it goes, unless she says otherwise."""
        return {"goers": [self.by.pk]}

    def build(self) -> None:
        """With whom, as far as that is to be chosen, and who may go."""
        self.fields["goers"].queryset = users.holding(VIEW)  # type: ignore[attr-defined]
        if self.holder is None:
            self.fields["organisation"] = LookupField(Organisation, label=_("With which organisation?"))
        if not isinstance(self.holder, Person) and not isinstance(
            getattr(self.holder, "person", None), Person
        ):
            self.fields["person"] = LookupField(Person, required=False, label=_("With whom there?"))
        self.order_fields(["organisation", "person"])

    def values(self) -> dict[str, Any]:
        """What was filled in, for the action."""
        cleaned = self.cleaned_data
        starts_at = timezone.make_aware(datetime.datetime.combine(cleaned["day"], cleaned["clock"]))
        names = ("place", "about", "goers", "questions", "minutes")
        return {"starts_at": starts_at, **{name: cleaned[name] for name in names}}

    def clean_questions(self) -> str:
        """At most as many as the card has room for."""
        lines = [line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip()]
        if len(lines) > cards.QUESTIONS:
            raise forms.ValidationError(_("Choose the three questions that matter most."))
        return "\n".join(lines)

    def with_whom(self) -> dict[str, Any]:
        """With whom, as the action takes it."""
        person = self.cleaned_data.get("person")
        if isinstance(self.holder, Recipient):
            recipient = self.holder
            return {
                "recipient": recipient,
                "organisation": recipient.organisation,
                "person": recipient.person or person,
            }
        if isinstance(self.holder, Person):
            return {"person": self.holder}
        return {"organisation": self.holder or self.cleaned_data["organisation"], "person": person}

    def act(self) -> str:
        """Plan it."""
        self.made = actions.plan(**self.with_whom(), **self.values(), by=self.by)
        return _("The talk is planned.")


class ChangeForm(MeetingForm):
    """Something of it is different."""

    permission = actions.CHANGE
    heading = gettext_lazy("Change this talk")
    button = gettext_lazy("Save the change")

    def start(self) -> dict[str, Any]:
        """As it stands."""
        item = self.item
        local = timezone.localtime(item.starts_at)
        lasts = item.ends_at - item.starts_at
        return {
            "day": local.date(),
            "clock": local.time(),
            "minutes": int(lasts.total_seconds() // 60),
            "goers": [user.pk for user in item.goers.all()],
            "seen": version(item),
            **{name: getattr(item, name) for name in ("place", "about", "questions", "person")},
        }

    def act(self) -> str:
        """Change it."""
        values = self.values()
        if "person" in self.fields:
            values["person"] = self.cleaned_data["person"]
        self.made = actions.change(meeting=self.item, seen=self.cleaned_data["seen"], by=self.by, **values)
        return _(
            "The change was saved. Download the calendar file once more if the day or the place is different."
        )


class ReportForm(TalkForm):
    """How it was; ``item`` is the talk, ``holder`` the thread that it came from."""

    permission = actions.CHANGE
    heading = gettext_lazy("How was it?")

    def start(self) -> dict[str, Any]:
        """A talk, on the day it was planned."""
        return {"kind": InteractionKind.MEETING, "day": min(self.item.day, timezone.localdate())}

    def build(self) -> None:
        """With whom is known."""
        super().build()
        self.fields.pop("other", None)

    def said(self) -> dict[str, Any]:
        """The moment it was planned for, unless another one was filled in."""
        said = super().said()
        cleaned = self.cleaned_data
        as_planned = cleaned["day"] in (None, self.item.day) and cleaned["clock"] is None
        if as_planned and self.item.starts_at <= timezone.now():
            said["happened_at"] = self.item.starts_at
        return said

    def act(self) -> str:
        """Write it down."""
        actions.report(meeting=self.item, by=self.by, **self.said())
        return _("It is on the timeline.")
