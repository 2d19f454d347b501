"""Writing back within a thread: one draft that everybody shares, sent through the outbox and kept as it was sent."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import contact_points, follow_ups, outgoing
from crm.actions.action import SYSTEM, Actor, Refused, action
from crm.actions.changing import check_unchanged
from crm.actions.uploads import check_pdf
from crm.clients.envelope import envelope_address
from crm.models import Channel, ContactPoint, FrozenFile, OutgoingState, User
from crm.models.outgoing import new_message_id, new_reply_token
from crm.queries import reach
from crm.registries.outgoing import Result
from letters.models import Answer, Recipient, Reply, ReplyFile, StandardText
from letters.models.letters import OUT
from letters.queries import contents, incoming, next_steps, replies
from letters.render import messages
from letters.render.replies import to_html, to_text

from . import answering
from .freezing import with_token
from .results import is_about_the_address
from .thread_lines import tell

KEY = "reply:"
MOST_FILES = 10
_FAILED = {OutgoingState.REFUSED, OutgoingState.BOUNCED}


@action(permission=answering.PERMISSION)
def start(*, recipient: Recipient, answer: Answer | None = None, by: Actor) -> Reply:
    """The draft of this thread: the one that is there, or a new one to whoever wrote ``answer``.

    Raises Refused for a letter that did not leave.
    """
    recipient = (
        Recipient.objects.select_for_update(of=("self",)).select_related("letter").get(pk=recipient.pk)
    )
    check_out(recipient)
    draft = recipient.replies.filter(outgoing=None).first()
    if draft is None:
        draft = Reply.objects.create(
            recipient=recipient,
            started_by=by if isinstance(by, User) else None,
            **replies.opening(recipient, answer, by),
        )
        _tell("letters.reply_started", draft, by=by)
    elif answer is not None and draft.answer_id != answer.pk and not draft.text.strip():
        for name, value in replies.opening(recipient, answer, by).items():
            setattr(draft, name, value)
        draft.save()
    return draft


@action(permission=answering.PERMISSION)
def save(
    *, reply: Reply, address: str, subject: str, text: str, expects_answer: bool, seen: str = "", by: Actor
) -> Reply:
    """Keep the draft as it was typed; ``seen`` is the ``version`` of what stood there before.

    Raises Overtaken when somebody else wrote on meanwhile, Refused when it was sent. The same once more changes
    nothing: what a browser posts while one leaves a page may come in after that page is opened again.
    """
    reply = _lock(reply)
    typed = {
        "address": address.strip()[:254],
        "subject": " ".join(subject.split())[: Reply._meta.get_field("subject").max_length],
        "text": text,
        "expects_answer": expects_answer,
    }
    if all(getattr(reply, name) == value for name, value in typed.items()):
        return reply
    check_unchanged(reply, seen)
    for name, value in typed.items():
        setattr(reply, name, value)
    reply.save()
    return reply


@action(permission=answering.PERMISSION)
def insert(*, reply: Reply, text: StandardText, by: Actor) -> Reply:
    """Put a standard text below what was typed and above the closing, with its merge fields filled for this recipient.

    Raises Refused when it cannot be read: somebody has to mend it first.
    """
    reply = _lock(reply)
    try:
        words = replies.standard_text(text, reply.recipient)
    except contents.MENDABLE as error:
        raise Refused(
            _("The standard text “%(title)s” cannot be used like this. Look at it first.") % {"title": text}
        ) from error
    typed, closing, signed = reply.text.replace("\r\n", "\n").partition(f"\n{replies.closing()}\n")
    reply.text = f"{typed.rstrip()}\n\n{words}".lstrip() + (f"\n{closing}{signed}" if closing else "")
    reply.save(update_fields=["text", "changed_at"])
    return reply


@action(permission=answering.PERMISSION, atomic=False)
def add_file(*, reply: Reply, name: str, data: bytes, by: Actor) -> ReplyFile:
    """Let a PDF go along. Raises Refused when it is not one, is locked or too large, or for more than ten."""
    check_pdf(data)
    file = FrozenFile.objects.keep(data, media_type="application/pdf")
    with transaction.atomic():
        reply = _lock(reply)
        if reply.files.count() >= MOST_FILES:
            raise Refused(
                _("Ten files go along at most. Put the others on your site and mention the address.")
            )
        title = name.strip().removesuffix(".pdf")[:190] or _("Enclosure")
        reply.save(update_fields=["changed_at"])
        made: ReplyFile = reply.files.create(file=file, name=f"{title}.pdf")
    return made


@action(permission=answering.PERMISSION)
def remove_file(*, file: ReplyFile, by: Actor) -> None:
    """It does not go along after all."""
    _lock(file.reply).save(update_fields=["changed_at"])
    file.delete()


@action(permission=answering.PERMISSION)
def drop(*, reply: Reply, by: Actor) -> None:
    """Throw the draft away, which may be what somebody else wrote."""
    reply = _lock(reply)
    _tell("letters.reply_dropped", reply, by=by)
    reply.delete()


@action(permission="letters.send_letter", atomic=False)
def send(*, reply: Reply, by: User) -> Reply:
    """Send the draft. What it answers counts as dealt with; whose turn it is then, the draft says.

    Raises Refused for a draft that lacks something, an address that cannot be written to, or somebody who asked us not
    to write.
    """
    reply = Reply.objects.select_related("recipient__letter__letterhead", "answer__place__message__raw").get(
        pk=reply.pk
    )
    check(reply)
    try:
        parcel = _parcel(reply, by)
    except ValueError as error:
        raise Refused(
            _("A message to “%(address)s” cannot be made. Look at the address and the subject.")
            % {"address": reply.address}
        ) from error
    packed = outgoing.pack(parcels=[parcel], by=by)
    with transaction.atomic():
        current = _lock(reply)
        if current.changed_at != reply.changed_at:
            raise Refused(_("Somebody changed this message a moment ago. Read it again before you send it."))
        current.outgoing = outgoing.hand_over(messages=packed, by=by)[0]
        current.sent_by, current.handed_over_at = by, timezone.now()
        current.save()
        answering.settle_answered(recipient=current.recipient, answer=current.answer, by=by)
        for task in next_steps.tasks(current.recipient, "asks"):
            follow_ups.do(follow_up=task, by=by)
        outgoing.release(batch=parcel.batch, by=by)
        tell(
            "letters.reminded_them" if current.is_reminder else "letters.replied",
            current.recipient,
            by=by,
            subject=current.subject,
            to=current.to_name or current.address,
        )
    return current


def note(result: Result) -> None:
    """A reply that did not arrive is told on the timelines, and marks the address when that is to blame; whose turn it
    is follows from the state of the message."""
    if OutgoingState(result.state) not in _FAILED:
        return
    reply = Reply.objects.filter(outgoing_id=result.pk).select_related("recipient__letter").first()
    if reply is None:
        return
    recipient = reply.recipient
    tell("letters.reply_failed", recipient, by=result.by, at=result.at, address=reply.address)
    if is_about_the_address(result.code, result.reply):
        for point in ContactPoint.objects.filter(
            kind=Channel.EMAIL,
            value__iexact=reply.address,
            organisation=recipient.organisation,
            person=recipient.person,
        ):
            contact_points.mark_failing(point=point, by=SYSTEM)


def _tell(code: str, draft: Reply, *, by: Actor) -> None:
    tell(code, draft.recipient, by=by, to=draft.to_name or draft.address)


def _lock(reply: Reply) -> Reply:
    found = (
        Reply.objects.select_for_update(of=("self",))
        .select_related("recipient__letter")
        .filter(pk=reply.pk)
        .first()
    )
    if found is None:
        raise Refused(_("This draft was thrown away meanwhile."))
    if found.outgoing_id is not None:
        raise Refused(_("This message was sent already."))
    return found


def check_out(recipient: Recipient) -> None:
    """Raises Refused for a letter that did not leave."""
    if recipient.letter.state not in OUT:
        raise Refused(_("This letter was not sent yet, so there is nothing to write back to."))


def check(reply: Reply) -> None:
    """Raises Refused when a draft cannot be sent as it is."""
    if reply.outgoing_id is not None:
        raise Refused(_("This message was sent already."))
    if not reply.text.strip():
        raise Refused(_("Write something first."))
    if not reply.subject.strip():
        raise Refused(_("Say in a few words what it is about."))
    try:
        validate_email(reply.address)
        envelope_address(reply.address)
    except (ValidationError, ValueError) as error:
        raise Refused(_("“%(address)s” is no e-mail address.") % {"address": reply.address}) from error
    if reply.address.lower() in incoming.own_addresses():
        raise Refused(_("“%(address)s” is our own address.") % {"address": reply.address})
    verdict = reach.may_answer(reply.address)
    if not verdict.allowed:
        raise Refused(verdict.because)


def _parcel(reply: Reply, by: User) -> outgoing.Parcel:
    letterhead = reply.recipient.letter.letterhead
    token = new_reply_token()
    message_id = new_message_id(settings.MAIL_FROM.rpartition("@")[2])
    quote = replies.quotation(reply)
    raw = messages.compose(
        messages.Mail(
            sender_name=_("%(person)s, %(network)s") % {"person": by, "network": letterhead.sender_name},
            sender=settings.MAIL_FROM,
            to_name=reply.to_name,
            to=reply.address,
            reply_to=with_token(letterhead.reply_address or settings.MAIL_FROM, token),
            subject=reply.subject,
            text=to_text(reply.text, attribution=quote.attribution, quoted=quote.text),
            html=to_html(reply.text, attribution=quote.attribution, quoted=quote.text),
            message_id=message_id,
            sent_at=timezone.now().replace(microsecond=0),
            attachments=[
                messages.Attachment(one.name, one.file.media_type, one.file.read())
                for one in reply.files.select_related("file")
            ],
            in_reply_to=quote.message_id,
            references=quote.references,
        )
    )
    return outgoing.Parcel(
        key=f"{KEY}{reply.pk}",
        batch=f"{KEY}{reply.pk}",
        envelope_from=with_token(settings.MAIL_FROM, token),
        envelope_to=reply.address,
        raw=raw,
        message_id=message_id,
        reply_token=token,
        to_archive=True,
    )
