"""Steps of the story of a letter, for tests that begin halfway."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.images import get_image_model

from crm.actions import outgoing_steps
from crm.models import (
    ContactPoint,
    Network,
    Organisation,
    OutgoingMessage,
    OutgoingState,
    TimelineEntry,
    Verdict,
)
from letters.actions import approvals, dispatching, findings, freezing
from letters.models import Letterhead
from letters.queries import approvals as approval_queries
from letters.queries import contents, last_look


def accept_warnings(letter, by):
    for item in last_look.of(letter).blocking:
        findings.accept(letter=letter, token=item.token, reason="Dat weten we.", by=by)


def propose(letter, by):
    accept_warnings(letter, by)
    round_ = approvals.ask(letter=letter, by=by)
    letter.refresh_from_db()
    return round_


def agree(letter, *people):
    round_ = approval_queries.standing_round(letter)
    for person in people:
        approvals.approve(round_=round_, content_hash=contents.content(letter).hash, by=person)
    letter.refresh_from_db()
    return round_


def make_ready(letter, author, *people):
    propose(letter, author)
    agree(letter, *people)
    dispatches = freezing.freeze(letter=letter, by=author)
    letter.refresh_from_db()
    return dispatches


def send(letter, author, *people):
    dispatches = make_ready(letter, author, *people)
    dispatching.send(letter=letter, by=author)
    letter.refresh_from_db()
    return dispatches


def arrive(letter, author, *people, at):
    """Send it, and have every mail accepted at a moment."""
    dispatches = send(letter, author, *people)
    OutgoingMessage.objects.update(state=OutgoingState.ACCEPTED, accepted_at=at)
    return dispatches


def end_attempt(dispatch, step, **said):
    """Let a worker hand over the message of one dispatch, and end as ``step`` of the outbox does."""
    for message in outgoing_steps.claim(worker="worker"):
        if message.pk == dispatch.outgoing_id:
            outgoing_steps.enter_transfer(message)
            step(message, **said)
        else:
            outgoing_steps.give_back([message])
    dispatch.refresh_from_db()


def logo(colour):
    """A logo of one colour in the library of images."""
    data = BytesIO()
    Image.new("RGB", (40, 20), colour).save(data, "PNG")
    file = ContentFile(data.getvalue(), name=f"{colour}.png")
    return get_image_model().objects.create(title=colour, file=file)


def all_becomes_different():
    """Whatever a letter takes from elsewhere is something else by now."""
    Letterhead.objects.update(
        sender_name="Netwerk De Overkant",
        sender_lines="Kade 9\n1099 ZZ Overkant",
        reply_address="elders@overkant.example",
        phone="020 999 99 99",
        website="www.overkant.example",
        place="",
        closing="De groeten",
        sign_off="Het bestuur van De Overkant",
        logo=logo("blue"),
        window="right",
        accent_colour="#14532d",
    )
    network = Network.load()
    network.place = "Overkant"
    network.save()
    Organisation.objects.update(article="het", short_name="Anders")
    ContactPoint.objects.filter(kind="email").update(purpose="press", attention="Piet Post")


def told(subject, *codes):
    """The sentences on the timeline of a record, oldest first; only of these events when any are named."""
    entries = TimelineEntry.objects.about(subject).select_related("by").order_by("pk")
    return [str(entry) for entry in (entries.filter(code__in=codes) if codes else entries)]


APPROVED = Verdict.APPROVED
