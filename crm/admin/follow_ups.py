"""The action list on screen: what has to be done, by whom and when, and the buttons that settle it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.actions import follow_ups as actions
from crm.actions import monday_mail
from crm.actions.changing import day, version
from crm.exchange import follow_ups as exchange
from crm.models import DueLine, FollowUp, TimelineEntry, User
from crm.queries import due, follow_ups
from crm.queries.follow_ups import Which
from crm.registries.subjects import Named

from . import downloads
from .fields import DayField
from .forms import ActionForm
from .lists import Tab
from .numbers import whole
from .screens import Screen

PAGE = 25
SHOWN_SETTLED = datetime.timedelta(weeks=5)
# "Remind me in ... weeks".
WEEKS = (1, 2, 4)


class OwnerField(forms.ModelChoiceField):
    """Who does it; nobody in particular is everybody."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Who does it?"))
        super().__init__(
            User.objects.none(),
            required=False,
            empty_label=gettext_lazy("all of us, whoever comes first"),
            **kwargs,
        )


class FollowUpForm(ActionForm):
    """Something new on the action list, about ``holder`` when that is given."""

    permission = actions.ADD
    button = gettext_lazy("Put it on the action list")
    weeks = WEEKS
    needed = ("owner",)

    words = forms.CharField(
        label=gettext_lazy("What has to be done?"),
        help_text=gettext_lazy("For example: call De Brug about the appointment."),
    )
    owner = OwnerField()
    due_on = DayField(label=gettext_lazy("By which day?"), required=False)

    def start(self) -> dict[str, Any]:
        """She who adds it does it, unless she says otherwise."""
        return {"owner": self.by.pk}

    def build(self) -> None:
        """Whom there is to choose from."""
        self.fields["owner"].queryset = follow_ups.candidates()  # type: ignore[attr-defined]

    def act(self) -> str:
        """Put it on the list; a button for a number of weeks goes before the day."""
        cleaned = self.cleaned_data
        weeks = whole(self.data.get("weeks"))
        due_on, owner = cleaned["due_on"], cleaned["owner"]
        if weeks in WEEKS:
            # "Remind me": whoever stands in the form.
            due_on, owner = timezone.localdate() + datetime.timedelta(weeks=weeks), self.by
        made = actions.add(
            words=cleaned["words"], owner=owner, due_on=due_on, subject=self.holder, by=self.by
        )
        where = (
            _("It stands on your action list")
            if made.owner == self.by
            else _("It stands on the action list of %(who)s") % {"who": made.owner}
            if made.owner
            else _("It stands on the action list of us all")
        )
        if made.due_on is None:
            return f"{where}."
        return _("%(where)s, by %(day)s.") % {"where": where, "day": day(made.due_on)}


class ChangeForm(FollowUpForm):
    """What, who or when is different."""

    permission = actions.CHANGE
    heading = gettext_lazy("Change this")
    button = gettext_lazy("Save the change")

    def start(self) -> dict[str, Any]:
        """As it stands."""
        item = self.item
        return {"words": item.words, "owner": item.owner_id, "due_on": item.due_on, "seen": version(item)}

    def act(self) -> str:
        """Change it."""
        values = {name: self.cleaned_data[name] for name in ("words", "owner", "due_on")}
        actions.change(follow_up=self.item, by=self.by, seen=self.cleaned_data["seen"], **values)
        return _("The change was saved.")


class DoneForm(ActionForm):
    """It is done."""

    permission = actions.CHANGE
    heading = gettext_lazy("Is this done?")
    button = gettext_lazy("Yes, it is done")

    def act(self) -> str:
        """Note it."""
        actions.do(follow_up=self.item, by=self.by)
        return _("Done: “%(words)s”.") % {"words": self.item}


class NextWeekForm(ActionForm):
    """A week later."""

    permission = actions.CHANGE
    heading = gettext_lazy("Put this off for a week?")
    button = gettext_lazy("Yes, next week")

    def act(self) -> str:
        """Put it off."""
        moved = actions.postpone(follow_up=self.item, by=self.by)
        return _("“%(words)s” waits until %(day)s.") % {"words": moved, "day": day(moved.due_on)}


class SomebodyElseForm(ActionForm):
    """Somebody else does it."""

    permission = actions.CHANGE
    heading = gettext_lazy("Who does this instead?")
    button = gettext_lazy("Hand it over")
    needed = ("to",)

    to = OwnerField()

    def build(self) -> None:
        """Everybody but who does it now."""
        others = follow_ups.candidates()
        self.fields["to"].queryset = others.exclude(pk=self.item.owner_id or 0)  # type: ignore[attr-defined]

    def act(self) -> str:
        """Hand it over."""
        to = self.cleaned_data["to"]
        actions.hand_over(follow_up=self.item, to=to, by=self.by)
        if to is None:
            return _("“%(words)s” is for all of us now.") % {"words": self.item}
        return _("%(who)s does “%(words)s” now.") % {"who": to, "words": self.item}


class NotNeededForm(ActionForm):
    """It need not be done."""

    permission = actions.CHANGE
    heading = gettext_lazy("Is this not needed?")
    button = gettext_lazy("It is not needed")

    reason = forms.CharField(
        label=gettext_lazy("Why not?"), help_text=gettext_lazy("Later someone will want to know.")
    )

    def act(self) -> str:
        """Drop it."""
        actions.drop(follow_up=self.item, reason=self.cleaned_data["reason"], by=self.by)
        return _("Noted: “%(words)s” is not needed.") % {"words": self.item}


class UndoForm(ActionForm):
    """It is still to be done."""

    permission = actions.CHANGE
    heading = gettext_lazy("Is this still to be done?")
    button = gettext_lazy("Yes, put it back on the list")

    def act(self) -> str:
        """Put it back."""
        actions.undo(follow_up=self.item, by=self.by)
        return _("“%(words)s” is on the list again.") % {"words": self.item}


FORMS: dict[str, type[ActionForm]] = {
    "gedaan": DoneForm,
    "volgende-week": NextWeekForm,
    "iemand-anders": SomebodyElseForm,
    "niet-nodig": NotNeededForm,
    "wijzigen": ChangeForm,
    "terug": UndoForm,
}


class _FollowUpView(Screen):
    """For who may see the action list."""

    permission = "crm.view_followup"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the list: the follow-up, by which day in words, and what it is about."""

    follow_up: FollowUp
    day: str
    subject: Named | None
    is_gone: bool


def lines(rows: Any) -> list[Line]:
    """Follow-ups as a list shows them."""
    return [
        Line(row.follow_up, follow_ups.day_in_words(row.follow_up), row.subject, row.is_gone)
        for row in follow_ups.with_subjects(rows)
    ]


class FollowUpsView(_FollowUpView):
    """The list; her own first."""

    _TABS: ClassVar[dict[Which, str | Promise]] = {
        Which.MINE: gettext_lazy("What I have to do"),
        Which.EVERYBODY: gettext_lazy("What everybody has to do"),
        Which.OVERDUE: gettext_lazy("What is too late"),
        Which.ENDED: gettext_lazy("What is done"),
    }

    @property
    def shown(self) -> Which:
        """Which list the address asks for."""
        asked = self.request.GET.get("toon", "")
        if asked not in {which.value for which in Which}:
            raise Http404
        return Which(asked)

    def get(self, request: HttpRequest) -> HttpResponse:
        """One page of one of the lists."""
        shown = self.shown
        paginator = Paginator(follow_ups.listed(self.user, shown), PAGE)
        page = paginator.get_page(whole(request.GET.get("p")) or 1)
        context = {
            "shown": shown.value,
            "page": page,
            "rows": lines(page.object_list),
            "counts": follow_ups.counts(self.user),
            **(self._elsewhere() if shown == Which.MINE and page.number == 1 else {}),
            "tabs": [
                Tab(label, f"toon={which}" if which else "", which == shown)
                for which, label in self._TABS.items()
            ],
            "may_add": self.user.has_perm(actions.ADD),
            "may_change": self.user.has_perm(actions.CHANGE),
        }
        return TemplateResponse(request, "crm/follow_ups.html", context)

    def _elsewhere(self) -> dict[str, Any]:
        """What else waits for her, in other rooms, and what of that she settled lately."""
        today = timezone.localdate()
        settled = DueLine.objects.settled(self.user, today).filter(
            settled_at__gte=timezone.now() - SHOWN_SETTLED
        )
        return {
            "elsewhere": due.of(self.user, today, limit=PAGE, without=[follow_ups.DUE]),
            "settled": settled.select_related("handed_to")[:PAGE],
        }


class FollowUpsWorkbook(FollowUpsView):
    """One of the lists, for a spreadsheet program."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The file."""
        rows = follow_ups.listed(self.user, self.shown)
        data = exchange.action_list(rows, title=str(self._TABS[self.shown]))
        return downloads.workbook(data, f"Actielijst {timezone.localdate()}")


class FollowUpView(_FollowUpView):
    """One follow-up: what happened with it, and the form of one of its buttons."""

    def get(self, request: HttpRequest, pk: int, verb: str = "") -> HttpResponse:
        """The page."""
        follow_up = self._find(pk)
        return self._page(follow_up, self._form(follow_up, verb) if verb else None)

    def post(self, request: HttpRequest, pk: int, verb: str = "") -> HttpResponse:
        """Run the form, and go back to where its button was."""
        follow_up = self._find(pk)
        form = self._form(follow_up, verb, request.POST)
        done = form.run()
        if done is None:
            return self._page(follow_up, form, status=422)
        messages.success(request, done)
        back = request.POST.get("terug", "")
        if back in {which.value for which in Which if which}:
            return redirect(f"{reverse('crm:follow_up_list')}?toon={back}")
        return redirect("crm:follow_up_list")

    def _find(self, pk: int) -> FollowUp:
        rows = follow_ups.visible(self.user).select_related("owner", "created_by", "done_by", "dropped_by")
        return get_object_or_404(rows, pk=pk)

    def _form(self, follow_up: FollowUp, verb: str, data: Any = None) -> ActionForm:
        form_class = FORMS.get(verb)
        if form_class is None:
            raise Http404
        if not self.user.has_perm(form_class.permission):
            raise PermissionDenied
        return form_class(data, by=self.user, item=follow_up)

    def _page(self, follow_up: FollowUp, form: ActionForm | None, status: int = 200) -> HttpResponse:
        [line] = lines([follow_up])
        context = {
            "line": line,
            "form": form,
            "history": TimelineEntry.objects.about(follow_up).select_related("by")[:PAGE],
            "may_change": self.user.has_perm(actions.CHANGE),
        }
        return TemplateResponse(self.request, "crm/follow_up.html", context, status=status)


class FollowUpAddView(_FollowUpView):
    """Something new, about nothing or about the record in the address (``?over=crm.organisation:12``)."""

    permission = actions.ADD

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form; what has to be done may stand in the address."""
        subject = self._subject(request.GET.get("over", ""))
        initial = {"words": request.GET.get("wat", "")[:200]}
        return self._page(FollowUpForm(by=self.user, holder=subject, initial=initial), subject)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put it on the list, and go back to what it is about."""
        subject = self._subject(request.POST.get("over", ""))
        form = FollowUpForm(request.POST, by=self.user, holder=subject)
        done = form.run()
        if done is None and form.existing is None:
            return self._page(form, subject, status=422)
        if done is None:
            messages.info(request, _("That stands on the action list already."))
        else:
            messages.success(request, done)
        named = follow_ups.name_of(subject) if subject is not None else None
        return redirect(named.url if named else reverse("crm:follow_up_list"))

    def _subject(self, address: str) -> Any:
        if not address:
            return None
        found = follow_ups.record_at(address, user=self.user)
        if found is None:
            raise Http404
        return found

    def _page(self, form: FollowUpForm, subject: Any, status: int = 200) -> HttpResponse:
        named = follow_ups.name_of(subject) if subject is not None else None
        context = {
            "form": form,
            "subject": named,
            "over": follow_ups.address_of(subject) if subject is not None else "",
            "back": named.url if named else reverse("crm:follow_up_list"),
        }
        return TemplateResponse(self.request, "crm/follow_up_add.html", context, status=status)


class MondayMailView(_FollowUpView):
    """The switch of the Monday mail, for who gets it."""

    permission = actions.CHANGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """On or off."""
        wanted = request.POST.get("wanted") == "yes"
        monday_mail.want(wanted=wanted, by=self.user)
        if wanted:
            messages.success(request, _("You get the Monday mail, when something is due."))
        else:
            messages.success(request, _("You get no Monday mail any more."))
        return redirect(f"{reverse('crm:follow_up_list')}#maandagmail")
