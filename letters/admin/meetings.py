"""Planned talks on screen: the list, planning one, its page with calendar file and card, and how it was."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions.changing import version
from crm.admin.fields import ClockField, DayField, LookupField
from crm.admin.forms import ActionForm
from crm.admin.numbers import whole
from crm.models import InteractionKind, Organisation, Person, User
from crm.queries import users
from letters.actions import meetings as actions
from letters.models import Meeting, Recipient
from letters.models.letters import OUT
from letters.queries import cards, meetings
from letters.queries.meetings import VIEW
from letters.render.calendars import MEDIA_TYPE

from .buttons import ButtonView
from .talks import TalkForm
from .thread import thread_url

SHOWN = 25
_NOTED = {"organisation": Organisation, "person": Person, "thread": Recipient}


class MeetingForm(ActionForm):
    """Plan a talk; ``holder`` is with whom, or the thread that it comes from, None to be chosen."""

    permission = actions.ADD
    title = gettext_lazy("Plan a talk")
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
    title = gettext_lazy("Change this talk")
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
    title = gettext_lazy("How was it?")

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


class MeetingsView(ButtonView):
    """The talks: those to come, those of which nobody wrote down how it was, and the last ones that were."""

    permission = VIEW
    template_name = "letters/meetings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the three lists."""
        every = Meeting.objects.all()
        return super().get_context_data(
            lists=[
                (which, words, self._rows(rows))
                for which, words, rows in (
                    ("coming", _("To come"), every.coming()),
                    ("open", _("How was it?"), every.without_report()),
                    ("done", _("Written down"), meetings.reported()[:SHOWN]),
                )
            ],
            may_plan=self.may(actions.ADD),
            may_change=self.may(actions.CHANGE),
            **kwargs,
        )

    def _rows(self, rows: Any) -> list[tuple[Meeting, str, str]]:
        return [
            (meeting, meetings.when(meeting), meetings.who_goes(meeting)) for meeting in meetings.listed(rows)
        ]


class MeetingFormView(ButtonView):
    """A form about a talk, on a page of its own."""

    template_name = "letters/meeting_form.html"

    def form(self, data: Any = None) -> ActionForm:
        """The form, filled in with what was sent."""
        raise NotImplementedError

    def back(self) -> str:
        """Where "never mind" leads."""
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form."""
        form = kwargs.pop("form", None) or self.form()
        return super().get_context_data(form=form, back=self.back(), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Run the form, and show what came of it; with a warning when the day is in a recess."""
        form = self.form(request.POST)
        done = form.run()
        if done is None and not isinstance(form.existing, Meeting):
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if done is None:
            messages.info(request, _("That stood there already."))
            assert isinstance(form.existing, Meeting)
            return redirect("letters:meeting", form.existing.pk)
        messages.success(request, done)
        return self.after(form)

    def after(self, form: ActionForm) -> HttpResponse:
        """Where one goes on."""
        assert isinstance(form, MeetingForm)
        if recess := meetings.in_recess(form.made.day):
            messages.warning(self.request, _("Mind: %(recess)s") % {"recess": recess})
        return redirect("letters:meeting", form.made.pk)


class PlanView(MeetingFormView):
    """Planning one, with nobody yet or with whom the address names (``?organisation=``, ``?person=``, ``?thread=``)."""

    permission = actions.ADD

    @cached_property
    def holder(self) -> Organisation | Person | Recipient | None:
        """With whom."""
        for name, model in _NOTED.items():
            if pk := whole(self.request.GET.get(name)):
                rows = model._default_manager.all()
                if model is Recipient:
                    rows = rows.filter(letter__state__in=OUT).select_related(
                        "letter", "organisation", "person"
                    )
                return cast("Organisation | Person | Recipient", get_object_or_404(rows, pk=pk))
        return None

    def form(self, data: Any = None) -> MeetingForm:
        """The form for this holder."""
        return MeetingForm(data, by=self.user, holder=self.holder)

    def back(self) -> str:
        """To where one came from."""
        if isinstance(self.holder, Recipient):
            return thread_url(self.holder)
        return self.holder.get_absolute_url() if self.holder is not None else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds with whom."""
        return super().get_context_data(
            with_whom=self.holder.name if isinstance(self.holder, Recipient) else self.holder, **kwargs
        )


class _OneMeeting(ButtonView):
    """A screen of one talk."""

    @cached_property
    def meeting(self) -> Meeting:
        """The talk in the address."""
        found = Meeting.objects.select_related(
            "organisation", "person", "recipient__letter", "recipient__person", "interaction",
            "planned_by", "called_off_by",
        )  # fmt: skip
        return get_object_or_404(found.prefetch_related("goers"), pk=self.kwargs["pk"])


class MeetingView(_OneMeeting):
    """One talk: with whom, when, where, who of us goes; calendar file, card, and calling it off."""

    permission = VIEW
    template_name = "letters/meeting.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds it in words, and what can be done with it."""
        meeting = self.meeting
        stands = meeting.called_off_at is None and meeting.interaction is None
        return super().get_context_data(
            meeting=meeting,
            when=meetings.when(meeting),
            who_goes=meetings.who_goes(meeting),
            recess=meetings.in_recess(meeting.day),
            questions=meeting.questions.splitlines(),
            thread=thread_url(meeting.recipient) if meeting.recipient is not None else "",
            stands=stands,
            may_change=stands and self.may(actions.CHANGE),
            **kwargs,
        )

    def do_call_off(self) -> HttpResponse:
        """It does not go on."""
        actions.call_off(meeting=self.meeting, by=self.user)
        messages.success(
            self.request, _("Noted: it does not go on. With the calendar file it leaves the calendars too.")
        )
        return redirect("letters:meeting", self.meeting.pk)


class _OneMeetingForm(_OneMeeting, MeetingFormView):
    """A form about one talk."""

    def back(self) -> str:
        """To the talk."""
        return self.meeting.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the talk."""
        return super().get_context_data(
            meeting=self.meeting, with_whom=self.meeting.with_whom, when=meetings.when(self.meeting), **kwargs
        )


class ChangeView(_OneMeetingForm):
    """Something of it is different."""

    permission = actions.CHANGE

    def form(self, data: Any = None) -> ChangeForm:
        """The form, as it stands."""
        return ChangeForm(data, by=self.user, holder=self.meeting.holder, item=self.meeting)


class ReportView(_OneMeetingForm):
    """How it was."""

    permission = actions.CHANGE

    def form(self, data: Any = None) -> ReportForm:
        """Three fields, filled in as far as it is known."""
        return ReportForm(data, by=self.user, holder=self.meeting.recipient, item=self.meeting)

    def after(self, form: ActionForm) -> HttpResponse:
        """In the thread when it came from one, else on the dossier."""
        if self.meeting.recipient is not None:
            return redirect(f"{thread_url(self.meeting.recipient)}#laatste")
        return redirect(self.meeting.holder.get_absolute_url())


def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The file for the calendar of who goes."""
    meeting = _seen(request, pk)
    response = HttpResponse(meetings.in_calendar(meeting), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="gesprek-{meeting.day.isoformat()}.ics"'
    return response


def meeting_card(request: HttpRequest, pk: int) -> HttpResponse:
    """The card to take along."""
    meeting = _seen(request, pk)
    return _card(cards.pdf(meeting.holder, user=_user(request), meeting=meeting))


def card(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The card about an organisation or a person, also when nothing is planned."""
    model = {"organisatie": Organisation, "persoon": Person}.get(kind)
    if model is None:
        raise Http404
    user = _user(request)
    if not user.has_perm(VIEW) or not user.has_perm(f"crm.view_{model._meta.model_name}"):
        raise PermissionDenied
    holder = get_object_or_404(model._default_manager.all(), pk=pk)
    return _card(cards.pdf(cast("Organisation | Person", holder), user=user))


def _seen(request: HttpRequest, pk: int) -> Meeting:
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    rows = Meeting.objects.select_related("organisation", "person").prefetch_related("goers")
    return get_object_or_404(rows, pk=pk)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _card(data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="Gesprekskaart.pdf"'
    return response
