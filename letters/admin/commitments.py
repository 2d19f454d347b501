"""Promises on screen: both ways, how each stands, keeping track of one, and the covering letter that keeps it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from campaigns.models import Publication
from crm.actions.action import Refused
from crm.actions.follow_ups import ADD as PLAN
from crm.admin import downloads
from crm.admin.buttons import ButtonView
from crm.admin.numbers import key, whole
from crm.queries import follow_ups
from letters.actions import commitments as actions
from letters.exchange import commitments as exchange
from letters.models import Commitment, IncomingMessage, Letter, Side
from letters.models.commitments import PENDING
from letters.queries import commitments

from .commitment_forms import ChangeForm, KeepForm, NoteForm, SettleForm, WhenForm
from .thread import thread_url

PAGE = 25
VIEW = "letters.view_commitment"


class CommitmentsView(ButtonView):
    """The promises of one side, those that are late first; what is dealt with a click away."""

    permission = VIEW
    template_name = "letters/commitments.html"

    @cached_property
    def asked(self) -> tuple[Side, str]:
        """Whose promises the address asks for, and which of them: those to come, of now, or dealt with."""
        side = {"": Side.OURS, "zij": Side.THEIRS}.get(self.request.GET.get("wie", ""))
        done = self.request.GET.get("toon", "")
        if side is None or done not in ("", "nu", "klaar"):
            raise Http404
        return side, done

    def found(self) -> QuerySet[Any]:
        """All of them."""
        side, done = self.asked
        if done == "nu":
            return commitments.due(side, by=timezone.localdate() + commitments.AHEAD)
        return commitments.listed(side, pending=not done)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page."""
        page = Paginator(self.found(), PAGE).get_page(whole(self.request.GET.get("p")) or 1)
        return super().get_context_data(
            shown=self.request.GET.get("wie", ""),
            done=self.asked[1],
            page=page,
            rows=[(one, commitments.standing(one, waiting=one.waiting)) for one in page.object_list],
            may_add=self.may(actions.ADD),
            **kwargs,
        )


class CommitmentsWorkbook(CommitmentsView):
    """The same promises, for a spreadsheet program."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The file."""
        side, done = self.asked
        which = {"": _("still to come"), "nu": _("late, or within a month"), "klaar": _("dealt with")}[done]
        data = exchange.promises(self.found(), title=f"{side.label}, {which}")
        return downloads.workbook(data, f"Beloften {timezone.localdate()}")


class CommitmentView(ButtonView):
    """One promise: the sentence and where it stands, with whom how, and what to do about it."""

    permission = VIEW
    template_name = "letters/commitment.html"

    @cached_property
    def commitment(self) -> Commitment:
        """The promise in the address."""
        found = Commitment.objects.select_related("letter", "message", "publication", "minded_by", "noted_by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds everyone it concerns, and the form to say how it stands."""
        parties = commitments.parties(self.commitment)
        waiting = sum(party.state in PENDING for party in parties)
        if self.may(actions.CHANGE) and parties:
            kwargs.setdefault("form", SettleForm(by=self.user, item=self.commitment))
        return super().get_context_data(
            commitment=self.commitment,
            parties=[(one, thread_url(one.recipient) if one.recipient else "") for one in parties],
            # Of a letter that has not left it is not known yet to how many.
            standing=commitments.standing(self.commitment, waiting=waiting or not parties),
            may_change=self.may(actions.CHANGE),
            waits_for_event=bool(waiting and self.commitment.event and not self.commitment.event_on),
            to_do=[follow_ups.item(one) for one in follow_ups.concerning(self.commitment).open().by_day()],
            over=follow_ups.address_of(self.commitment) if self.may(PLAN) else "",
            **kwargs,
        )

    def do_settle(self) -> HttpResponse:
        """Say how it stands."""
        form = SettleForm(self.request.POST, by=self.user, item=self.commitment)
        done = form.run()
        if done is None:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(self.request, done)
        return redirect("letters:commitment", self.commitment.pk)

    def do_happened(self) -> HttpResponse:
        """What it waited for has happened."""
        actions.change(commitment=self.commitment, event_on=timezone.localdate(), by=self.user)
        messages.success(self.request, _("Noted: it is time. The promise can be kept now."))
        return redirect("letters:commitment", self.commitment.pk)

    def do_remove(self) -> HttpResponse:
        """It is no promise."""
        words = str(self.commitment)
        side, letter = self.commitment.side, self.commitment.letter
        actions.remove(commitment=self.commitment, by=self.user)
        messages.success(self.request, _("Removed: %(letter)s.") % {"letter": words})
        if letter is not None:
            return redirect("letters:follow" if letter.is_final else "letters:approval", letter.pk)
        return redirect(f"{reverse('letters:commitments')}{'?wie=zij' if side == Side.THEIRS else ''}")


class CommitmentFormView(ButtonView):
    """Keeping track of a promise in a letter (``?letter=``), a message (``?message=``) or a talk."""

    permission = actions.ADD
    template_name = "letters/commitment_form.html"

    @cached_property
    def letter(self) -> Letter | None:
        """The letter in which it stands."""
        pk = whole(self.request.GET.get("letter"))
        return get_object_or_404(Letter, pk=pk) if pk else None

    @cached_property
    def message(self) -> IncomingMessage | None:
        """The message in which it stands."""
        pk = whole(self.request.GET.get("message"))
        if pk and not self.may("letters.view_incomingmessage"):
            raise PermissionDenied
        return get_object_or_404(IncomingMessage.objects.select_related("raw"), pk=pk) if pk else None

    def form(self, data: Any = None) -> WhenForm:
        """The form, with what the address fills in."""
        get = self.request.GET
        initial: dict[str, Any] = {"quote": get.get("quote", "").replace("\x00", "")[:5000]}
        if self.letter is not None:
            return KeepForm(data, by=self.user, holder=self.letter, initial=initial)
        if (recipient := whole(get.get("recipient"))) is not None:
            initial["recipient"] = recipient
        if get.get("wie") == "wij":
            initial["side"] = Side.OURS
        return NoteForm(data, by=self.user, holder=self.message, initial=initial)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the form and where it leads back to."""
        kwargs.setdefault("form", self.form())
        return super().get_context_data(letter=self.letter, message=self.message, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep track of it, or say beside the fields why not."""
        form = self.form(request.POST)
        done = form.run()
        if done is None and form.existing is not None:
            messages.info(request, _("This promise is kept track of already."))
            return redirect("letters:commitment", form.existing.pk)
        if done is None:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, done)
        return redirect("letters:commitment", form.made.pk)


class CommitmentChangeView(CommitmentFormView):
    """What a promise waits for, and who sees to it."""

    permission = actions.CHANGE

    @cached_property
    def commitment(self) -> Commitment:
        """The promise in the address."""
        return get_object_or_404(Commitment, pk=self.kwargs["pk"])

    def form(self, data: Any = None) -> WhenForm:
        """The form with what is stored."""
        return ChangeForm(data, by=self.user, item=self.commitment)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the promise."""
        return super().get_context_data(commitment=self.commitment, **kwargs)


class WaitingView(ButtonView):
    """Who waits for a publication that we promised, and the covering letter to them."""

    permission = VIEW
    template_name = "letters/waiting.html"

    @cached_property
    def publication(self) -> Publication:
        """The publication in the address."""
        return get_object_or_404(Publication.objects.select_related("file"), pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds who waits, to whom their letter is on its way, and promises that may be about this."""
        waiting = list(commitments.waiting_for(self.publication))
        going = commitments.on_its_way(waiting, self.publication)
        letters: dict[Letter, list[str]] = {}
        for party in waiting:
            if letter := going.get(party.pk):
                letters.setdefault(letter, []).append(str(party))
        return super().get_context_data(
            publication=self.publication,
            waiting=waiting,
            going=[(letter, get_text_list(names, _("and"))) for letter, names in letters.items()],
            to_write=len(waiting) - len(going),
            meant=commitments.meant(self.publication) if self.may(actions.CHANGE) else [],
            under_way=commitments.cover_under_way(self.publication),
            may_write=self.may("letters.add_letter"),
            **kwargs,
        )

    def do_tie(self) -> HttpResponse:
        """This is what was promised."""
        pk = key(self.request.POST.get("commitment"))
        found = next((one for one in commitments.meant(self.publication) if one.pk == pk), None)
        if found is None:
            raise Refused(_("That promise is not there any more. Load the page again."))
        actions.change(commitment=found, publication=self.publication, by=self.user)
        messages.success(self.request, _("Noted: this is what was promised."))
        return redirect("letters:waiting", self.publication.pk)

    def do_write(self) -> HttpResponse:
        """Begin the covering letter."""
        letter = actions.write_cover(publication=self.publication, by=self.user)
        messages.success(
            self.request, _("The letter is there, with the promise to each. Read it through once.")
        )
        return redirect("letters:text", letter.pk)
