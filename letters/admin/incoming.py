"""What came in: the list of messages, reading one safely, and saying where it belongs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from campaigns.actions import claims
from crm.actions import contact_points
from crm.actions.action import Refused
from crm.actions.follow_ups import ADD as PLAN
from crm.admin import uploads
from crm.admin.buttons import ButtonView
from crm.admin.numbers import key, whole
from crm.models import Channel, Mandate, Person
from letters.actions import answering, commitments, intake, placing
from letters.inbound import html, quoting, reading, wording
from letters.inbound.incoming import Incoming
from letters.inbound.personal import PERSONAL
from letters.models import Answer, IncomingMessage, IncomingPlace, IncomingState, Paper, Recipient, Talk
from letters.queries import incoming, mailboxes, next_steps, openly, senders, threads, turns

from .answers import AnswerButtons
from .thread import thread_url

PAGE = 25
_STATES = {
    "": IncomingState.PARKED,
    "geplaatst": IncomingState.PLACED,
    "weggelegd": IncomingState.SET_ASIDE,
}


class IncomingListView(ButtonView):
    """The messages, those that ask for a place first; a saved message is added here too."""

    permission = "letters.view_incomingmessage"
    template_name = "letters/incoming.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of the messages in one state."""
        shown = self.request.GET.get("toon", "")
        if shown not in _STATES:
            raise Http404
        paginator = Paginator(incoming.of(_STATES[shown]), PAGE)
        page = paginator.get_page(whole(self.request.GET.get("p")) or 1)
        guesses = incoming.best_guesses(page.object_list)
        return super().get_context_data(
            shown=shown,
            page=page,
            rows=[(message, guesses.get(message.pk, "")) for message in page.object_list],
            problems=mailboxes.problems(),
            may_change=self.may(placing.PERMISSION),
            **kwargs,
        )

    def do_upload(self) -> HttpResponse:
        """Take in a message that somebody saved."""
        file = self.request.FILES.get("message")
        message = intake.upload(
            data=uploads.read(file), name=str(getattr(file, "name", "") or ""), by=self.user
        )
        messages.success(self.request, _("The message is in: “%(subject)s”.") % {"subject": message})
        return redirect("letters:incoming_message", message.pk)


class IncomingMessageView(AnswerButtons, ButtonView):
    """One message as they wrote it, what we think of it, and the buttons that put it where it belongs."""

    permission = "letters.view_incomingmessage"
    template_name = "letters/incoming_message.html"

    @cached_property
    def message(self) -> IncomingMessage:
        """The message in the address."""
        return get_object_or_404(IncomingMessage.objects.select_related("raw"), pk=self.kwargs["pk"])

    def is_here(self, source: Answer | IncomingPlace | Talk | Paper) -> bool:
        """Of this message."""
        place = source.place if isinstance(source, Answer) else source
        return isinstance(place, IncomingPlace) and place.message_id == self.message.pk

    def _places(self) -> list[dict[str, Any]]:
        """Where it belongs, each with how it was read there."""
        places = self.message.places.select_related(
            "recipient__letter", "placed_by", "answer__judged_by", "answer__taken_up_by", "answer__settled_by"
        )
        found = []
        planned = next_steps.planned(place.recipient for place in places)
        for place in places:
            answer = getattr(place, "answer", None)
            found.append(
                {
                    "place": place,
                    "answer": answer,
                    "meanings": threads.meanings(answer) if answer else [],
                    "steps": (
                        next_steps.of(answer, place.recipient, planned.get(place.recipient_id, ()))
                        if answer
                        else []
                    ),
                    "why": turns.why(answer) if answer and answer.is_waiting else "",
                    "thread": thread_url(place.recipient),
                }
            )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the message made safe to show, its attachments, and where it is or may belong."""
        read = _read(self.message)
        is_personal = PERSONAL in read.problems
        safe = html.sanitise(read.html or _folded(read))
        query = self.request.GET.get("q", "").strip()[:200]
        return super().get_context_data(
            message=self.message,
            read=read,
            passed_on_by=(
                read.sender.name or read.sender.address
                if read.sender.address != self.message.sender_address
                else ""
            ),
            is_personal=is_personal,
            # The sanitiser leaves no markup but its own list of harmless tags.
            body=mark_safe(safe.html),
            images=safe.images,
            trackers=safe.trackers,
            attachments=[one for one in read.attachments if not one.is_inline],
            why=incoming.kind_in_words(self.message),
            notes=[
                *incoming.notes_in_words(self.message),
                *(wording.problems([PERSONAL]) if is_personal and not self.message.is_personal else []),
                *([_("This message cannot be read here (any more).")] if read is _NOTHING else []),
            ],
            guesses=incoming.guesses_in_words(self.message.guesses.select_related("recipient__letter")),
            places=self._places(),
            may_answer=self.may(answering.PERMISSION),
            may_promise=self.may(commitments.ADD),
            may_claim=self.may(claims.PERMISSION),
            may_plan=self.may(PLAN),
            query=query,
            found=incoming.recipients_for(query) if query else (),
            may_change=self.may(placing.PERMISSION),
            newcomer=self._newcomer(),
            writer=self._writer(),
            copies=self.message.public_copies.count(),
            **kwargs,
        )

    def _newcomer(self) -> dict[str, Any] | None:
        """The ways to keep who sent this, with everything that is known of them filled in; None when we know them."""
        sender = senders.unknown(self.message)
        if sender is None:
            return None
        ways, asked = [], []
        if self.may("crm.add_contactpoint"):
            asked = [_asked(*one) for one in sender.namesakes]
            known = {"value": sender.address, "attention": sender.name, "source": self._found_where()}
            for one in sender.organisations:
                address = reverse("crm:organisation_part", args=[one.pk, "adressen"])
                words = _("Add this address to %(name)s") % {"name": one.with_article}
                ways.append((words, f"{address}?{urlencode(known)}#adressen"))
        if self.may("crm.add_person"):
            known = {"name": sender.name, "email": sender.address, "source": self._found_where()}
            ways.append((_("Add the sender as a person"), f"{reverse('crm:person_add')}?{urlencode(known)}"))
        return {"sender": sender, "ways": ways, "asked": asked} if ways or asked else None

    def _writer(self) -> tuple[str, str] | None:
        """How to write to who sent what belongs to no letter (yet): whom, and the address where that begins."""
        holder = senders.known(self.message) if self.may("letters.add_letter") else None
        if holder is None or self.message.places.exists():
            return None
        return str(holder), f"{reverse('letters:start')}?{holder._meta.model_name}={holder.pk}"

    def _found_where(self) -> str:
        return (_("E-mail “%(subject)s”") % {"subject": self.message})[:200]

    def do_same_person(self) -> HttpResponse:
        """The sender is somebody we know: this address is theirs too."""
        sender = senders.unknown(self.message)
        chosen = key(self.request.POST.get("person"))
        # Only who was offered: a name in a form says nothing by itself.
        person = next((one for one, _role in sender.namesakes if one.pk == chosen), None) if sender else None
        if sender is None or person is None:
            raise Refused(_("This address is known by now, or the name changed. Look at the page again."))
        contact_points.add(
            person=person, kind=Channel.EMAIL, value=sender.address, source=self._found_where(), by=self.user
        )
        return self._done(_("The address stands with %(name)s now.") % {"name": person})

    def do_place(self) -> HttpResponse:
        """It belongs with these recipients."""
        chosen = [pk for text in self.request.POST.getlist("recipient") if (pk := whole(text)) is not None]
        recipients = list(Recipient.objects.filter(pk__in=chosen))
        placing.place_by_hand(message=self.message, recipients=recipients, by=self.user)
        return self._done(
            ngettext(
                "It stands with the letter now.", "It stands with %(count)d letters now.", len(recipients)
            )
            % {"count": len(recipients)}
        )

    def do_take_away(self) -> HttpResponse:
        """It does not belong there."""
        recipient = get_object_or_404(Recipient, pk=key(self.request.POST.get("recipient")))
        placing.take_away(message=self.message, recipient=recipient, by=self.user)
        return self._done(_("It is taken away there. Choose where it does belong."))

    def do_set_aside(self) -> HttpResponse:
        """Nothing needs to be done with it."""
        placing.set_aside(message=self.message, by=self.user)
        messages.success(self.request, _("Set aside. You find it under “Set aside”."))
        return redirect("letters:incoming")

    def do_bring_back(self) -> HttpResponse:
        """It asks for a place again."""
        placing.bring_back(message=self.message, by=self.user)
        return self._done(_("It is back. Choose where it belongs."))

    def _done(self, text: str) -> HttpResponse:
        messages.success(self.request, text)
        return redirect("letters:incoming_message", self.message.pk)


def _asked(person: Person, role: Mandate | None) -> tuple[Person, str]:
    """Whether the sender is this person, as a question: "Is dit Willem van der Linden (voorzitter De Waag)?"."""
    if role is None:
        return person, _("Is this %(name)s?") % {"name": person}
    words = {"name": person, "post": role.title, "organisation": role.organisation}
    return person, _("Is this %(name)s (%(post)s %(organisation)s)?") % words


# What is shown of a message that cannot be read, or whose bytes are away.
_NOTHING = reading.read(b"")


def _read(message: IncomingMessage) -> Incoming:
    try:
        return openly.read(message)
    except (OSError, ValueError, RecursionError):
        return _NOTHING


def _folded(read: Incoming) -> str:
    """A plain text as HTML, with what it quotes as a quotation: that is folded away. What is passed on is not: it is
    what the message is about."""
    said = quoting.split(read.text)
    if read.forwards or not said.own:
        return html.from_plain(read.text)
    return "".join(
        f"<blockquote>{html.from_plain(piece.text)}</blockquote>"
        if piece.voice is quoting.Voice.QUOTED
        else html.from_plain(piece.text)
        for piece in said.pieces
    )


def _message_for(request: HttpRequest, pk: int) -> IncomingMessage:
    if not request.user.has_perm("letters.view_incomingmessage"):
        raise Http404
    return get_object_or_404(IncomingMessage.objects.select_related("raw"), pk=pk)


def _download(data: bytes, name: str) -> HttpResponse:
    """Bytes from outside: saved, never shown by the browser."""
    response = HttpResponse(data, content_type="application/octet-stream")
    safe = "".join(letter if letter.isascii() and letter not in '"\\' else "_" for letter in name)
    response.headers["Content-Disposition"] = f'attachment; filename="{safe or "bestand"}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """The message as it came, byte for byte."""
    message = _message_for(request, pk)
    if PERSONAL in _read(message).problems:
        raise Http404
    try:
        return _download(message.raw.read(), f"bericht-{pk}.eml")
    except (OSError, ValueError) as error:
        raise Http404 from error


@require_safe
def attachment(request: HttpRequest, pk: int, path: str) -> HttpResponse:
    """A file that came along, by its place in the message."""
    message = _message_for(request, pk)
    try:
        found = next((one for one in openly.read(message).attachments if one.path == path), None)
        if found is None:
            raise Http404
        return _download(reading.attachment(message.raw.read(), path), found.name)
    except (OSError, ValueError) as error:
        raise Http404 from error
