"""Planned talks on screen: the list, planning one, its page with calendar file and card, and how it was."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from crm.admin import downloads
from crm.admin.buttons import ButtonView
from crm.admin.forms import ActionForm
from crm.admin.numbers import whole
from crm.models import Organisation, Person, User
from letters.actions import meetings as actions
from letters.exchange import meetings as exchange
from letters.models import Meeting, Recipient
from letters.models.letters import OUT
from letters.models.meetings import MeetingQuerySet
from letters.queries import cards, meetings
from letters.queries.meetings import VIEW
from letters.render.calendars import MEDIA_TYPE

from .meeting_forms import ChangeForm, MeetingForm, ReportForm
from .thread import thread_url

SHOWN = 25
_NOTED = {"organisation": Organisation, "person": Person, "thread": Recipient}


class MeetingsView(ButtonView):
    """The talks: those to come, those of which nobody wrote down how it was, and the last ones that were."""

    permission = VIEW
    template_name = "letters/meetings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the three lists."""
        lists = [
            (which, words, self._rows(rows[:SHOWN] if which == "done" else rows))
            for which, words, rows in self.lists()
        ]
        return super().get_context_data(
            lists=lists,
            has_any=any(rows for _which, _words, rows in lists),
            may_plan=self.may(actions.ADD),
            may_change=self.may(actions.CHANGE),
            **kwargs,
        )

    def lists(self) -> list[tuple[str, str, MeetingQuerySet]]:
        """All of each list, with its name in words."""
        every = Meeting.objects.all()
        return [
            ("coming", _("To come"), every.coming()),
            ("open", _("How was it?"), every.without_report()),
            ("done", _("Written down"), meetings.reported()),
        ]

    def _rows(self, rows: Any) -> list[tuple[Meeting, str, str]]:
        return [
            (meeting, meetings.when(meeting), meetings.who_goes(meeting)) for meeting in meetings.listed(rows)
        ]


class MeetingsWorkbook(MeetingsView):
    """The three lists, for a spreadsheet program; of what was written down all of it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file."""
        data = exchange.talks((words, rows) for _which, words, rows in self.lists())
        return downloads.workbook(data, f"Gesprekken {timezone.localdate()}")


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
