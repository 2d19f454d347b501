"""Sending what was frozen: by e-mail through the outbox, by post as one stack to print."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions import contact_points as contact_point_actions
from crm.actions import outgoing
from crm.actions.action import Actor, Refused, action, record
from crm.models import Channel, ContactPoint, FrozenFile, OutgoingMessage, User, WritingPurpose
from crm.queries import reach
from crm.typesetting.errors import TypesettingError, UnknownGlyph
from crm.typesetting.fonts import missing_glyphs
from letters.models import Cause, Dispatch, Letter, LetterState, PostState, PrintBatch, Recipient
from letters.models.dispatches import TO_POST, TRANSITIONS
from letters.queries import addressing, contents, dispatches, printing
from letters.render.letters import render

from . import commitments, freezing, notes
from .changing import move, void
from .thread_lines import tell

# A letter may be posted some days before the date on it, but not much earlier.
LONG_BEFORE = datetime.timedelta(days=31)


@action(permission="letters.send_letter")
def send(*, letter: Letter, by: Actor) -> int:
    """Let the e-mail go and the stack be printed; how many messages went into the queue.

    Raises Refused when we may no longer write to somebody: a no may have come in since the letters were made ready.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != LetterState.FROZEN:
        raise Refused(_("There is nothing ready to send."))
    _check_that_we_still_may(letter)
    move(letter, LetterState.DISPATCHED)
    letter.dispatched_at = timezone.now()
    letter.save(update_fields=["dispatched_at"])
    commitments.left(letter, by=by)
    released: int = outgoing.release(batch=freezing.batch_of(letter), by=by)
    if released:
        notes.left(letter, by=by)
    by_post = letter.dispatches.filter(channel=Channel.POST).count()
    record("letters.sending_started", by=by, on=[letter], letter=str(letter), email=released, post=by_post)
    return released


def _check_that_we_still_may(letter: Letter) -> None:
    recipients = [
        dispatch.recipient for dispatch in letter.dispatches.select_related("recipient__contact_point")
    ]
    pairs = [(found.contact_point, found.channel) for found in recipients if found.contact_point is not None]
    verdicts = reach.may_write_to_many(pairs, purpose=WritingPurpose.LETTER)
    reasons = [verdict.because for verdict in verdicts.values() if not verdict.allowed]
    if reasons:
        raise Refused(
            _(
                "Nothing was sent, for something changed since the letters were made ready. %(reasons)s "
                "Open the letter again, and mend the address or take them off the list."
            )
            % {"reasons": " ".join(dict.fromkeys(reasons))}
        )


@action(permission="letters.send_letter")
def thaw(*, letter: Letter, by: Actor) -> None:
    """Undo freezing as long as nothing left: back to draft, the frozen rows go, and the approval lapses."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != LetterState.FROZEN:
        raise Refused(_("This letter cannot be opened again: part of it has left."))
    messages_ = [
        dispatch.outgoing for dispatch in letter.dispatches.select_related("outgoing") if dispatch.outgoing
    ]
    letter.print_batches.all().delete()
    letter.dispatches.all().delete()
    for message in messages_:
        message.delete()
    void(letter, cause=Cause.OPENED_AGAIN, by=by)
    if letter.recipients_locked_at == letter.frozen_at:
        # Freezing locked the list; a lock that somebody put on it before stays.
        letter.recipients_locked_at = None
    letter.recipients.update(frozen_words={})
    letter.frozen_version = letter.frozen_at = None
    letter.save(update_fields=["frozen_version", "frozen_at", "recipients_locked_at"])
    record("letters.thawed", by=by, on=[letter], letter=str(letter))


@action(permission="letters.send_letter")
def pause(*, letter: Letter, by: Actor) -> int:
    """Hold what has not left yet; how many messages wait."""
    _check_sent(letter)
    held: int = outgoing.hold(batch=freezing.batch_of(letter), by=by)
    record("letters.sending_paused", by=by, on=[letter], letter=str(letter), count=held)
    return held


@action(permission="letters.send_letter")
def resume(*, letter: Letter, by: Actor) -> int:
    """Let what was held go on."""
    _check_sent(letter)
    released: int = outgoing.release(batch=freezing.batch_of(letter), by=by)
    record("letters.sending_resumed", by=by, on=[letter], letter=str(letter), count=released)
    return released


def _check_sent(letter: Letter) -> None:
    """Raises Refused for a letter of which nothing may leave yet, whatever lies ready."""
    if not Letter.objects.filter(pk=letter.pk, state=LetterState.DISPATCHED).exists():
        raise Refused(_("This letter was not sent yet. Send it first."))


@action(permission="letters.send_letter", atomic=False)
def make_print_batch(*, letter: Letter, duplex: bool = False, by: Actor) -> PrintBatch:
    """One PDF with a cover sheet and every letter that must still be printed, in envelope order."""
    waiting = list(
        letter.dispatches.filter(channel=Channel.POST, post_state__in=TO_POST)
        .select_related("pdf", "recipient")
        .order_by("number")
    )
    if not waiting:
        raise Refused(_("There is nothing to print."))
    data = printing.stack(letter, waiting, duplex=duplex)
    file = FrozenFile.objects.keep(data, media_type="application/pdf")
    with transaction.atomic():
        batch = PrintBatch.objects.create(
            letter=letter, file=file, made_by=by if isinstance(by, User) else None
        )
        batch.dispatches.set(waiting)
        batch.dispatches.filter(post_state=PostState.GENERATED).update(post_state=PostState.PRINTED)
        record("letters.print_batch_made", by=by, on=[letter], letter=str(letter), count=len(waiting))
    return batch


@action(permission="letters.send_letter")
def confirm_posted(
    *, letter: Letter, posted_on: datetime.date, except_numbers: Collection[int] = (), by: Actor
) -> int:
    """A person says that everything is in the letterbox, save the numbers she names; how many that are.

    Raises Refused for a letter that was not sent, a day in the future or a number that is not on the list.
    """
    _check_sent(letter)
    if posted_on > timezone.localdate():
        raise Refused(_("That day is still to come. Confirm when the letters are in the letterbox."))
    if posted_on < letter.dated_on - LONG_BEFORE:
        raise Refused(_("That day is long before the date of the letter. Look at the year, and try again."))
    waiting = list(
        letter.dispatches.select_for_update(of=("self",))
        .filter(channel=Channel.POST, post_state__in=TO_POST)
        .select_related("recipient__organisation", "recipient__person")
    )
    if unknown := set(except_numbers) - {dispatch.number for dispatch in waiting}:
        raise Refused(
            _("There is no letter to post with number %(numbers)s.")
            % {"numbers": ", ".join(str(number) for number in sorted(unknown))}
        )
    posted = [dispatch for dispatch in waiting if dispatch.number not in set(except_numbers)]
    for dispatch in posted:
        _move_post(dispatch, PostState.POSTED)
        dispatch.posted_on = posted_on
        dispatch.posted_by = by if isinstance(by, User) else None
        dispatch.save(update_fields=["post_state", "posted_on", "posted_by"])
        _tell("letters.posted", dispatch, by=by)
        commitments.arrived(dispatch, by=by)
    if posted and not letter.dispatches.filter(channel=Channel.EMAIL).exists():
        notes.left(letter, by=by)
    return len(posted)


@action(permission="letters.send_letter")
def not_posted(*, dispatch: Dispatch, by: Actor) -> None:
    """It was noted as posted by mistake: it lies in the stack again. Raises Refused for one that was not posted."""
    if dispatch.post_state != PostState.POSTED:
        raise Refused(_("This letter is not noted as posted. Load the page again."))
    _move_post(dispatch, PostState.PRINTED)
    dispatch.posted_on = dispatch.posted_by = None
    dispatch.save(update_fields=["post_state", "posted_on", "posted_by"])
    _tell("letters.not_posted", dispatch, by=by)
    commitments.came_back(dispatch, by=by)


@action(permission="letters.send_letter")
def mark_returned(*, dispatch: Dispatch, returned_on: datetime.date, because: str = "", by: Actor) -> None:
    """A letter by post came back; the address is no longer used, and ``because`` stands with it.

    Raises Refused for one that was not posted, or a day before it was or that is still to come.
    """
    _move_post(dispatch, PostState.RETURNED)
    if returned_on > timezone.localdate():
        raise Refused(_("That day is still to come."))
    if dispatch.posted_on and returned_on < dispatch.posted_on:
        raise Refused(_("That day is before the letter was posted. Look at the date, and try again."))
    dispatch.returned_on = returned_on
    dispatch.save(update_fields=["post_state", "returned_on"])
    if dispatch.recipient.contact_point is not None:
        contact_point_actions.mark_failing(point=dispatch.recipient.contact_point, because=because, by=by)
    _tell("letters.returned", dispatch, by=by)
    commitments.came_back(dispatch, by=by)


@action(permission="letters.send_letter")
def give_up(*, recipient: Recipient, reason: str, by: Actor) -> None:
    """Leave it at that for somebody whom the letter did not reach; nobody is asked to act any more.

    Raises Refused without a reason, or when the letter did reach them or is still on its way.
    """
    if not reason.strip():
        raise Refused(_("Write down why: later someone will want to know."))
    if not dispatches.needs_address(recipient):
        raise Refused(_("There is nothing to settle for %(name)s any more.") % {"name": recipient.name})
    recipient.given_up_because = reason.strip()
    recipient.save(update_fields=["given_up_because"])
    tell("letters.given_up", recipient, by=by, reason=recipient.given_up_because)


def _move_post(dispatch: Dispatch, to: PostState) -> None:
    if to not in TRANSITIONS[PostState(dispatch.post_state)]:
        raise Refused(
            _("Number %(number)d cannot become “%(state)s”.") % {"number": dispatch.number, "state": to.label}
        )
    dispatch.post_state = to


@action(permission="letters.send_letter", atomic=False)
def resend(*, dispatch: Dispatch, point: ContactPoint, by: Actor) -> Dispatch:
    """Send the same PDF to another address, by e-mail at once or by post as something to print.

    An address that was only drafted is kept with the record once the letter goes there; when it is refused, nothing is.
    A letter that was still to be posted goes out of the stack: it is sent once.
    """
    _check_sent(dispatch.letter)
    return _send_to(dispatch.recipient, point, resend_of=dispatch, by=by)


@action(permission="letters.send_letter", atomic=False)
def send_late(*, recipient: Recipient, point: ContactPoint, by: Actor) -> Dispatch:
    """Send the letter to somebody on the list who had no address when it left: the one that was agreed on, with the
    letterhead, the enclosures and the words of that day."""
    if recipient.letter.state != LetterState.DISPATCHED or recipient.dispatches.exists():
        raise Refused(_("There is nothing to send afterwards to %(name)s.") % {"name": recipient.name})
    return _send_to(recipient, point, resend_of=None, by=by)


def _send_to(recipient: Recipient, point: ContactPoint, *, resend_of: Dispatch | None, by: Actor) -> Dispatch:
    """One more dispatch of a letter that left. Raises Refused when we may not write there, or did already."""
    letter = Letter.objects.select_related("frozen_version__logo").get(pk=recipient.letter_id)
    _check_reach(point)
    recipient.contact_point, recipient.channel = point, point.kind
    said = {**recipient.frozen_words}
    # For whom it is there goes by the new address; all else is said as it was.
    said.pop(addressing.ADDRESSEE, None)
    recipient.frozen_words = said
    layout = contents.Layout.of(letter)
    page = layout.page(recipient)
    address = point.value if point.kind == Channel.EMAIL else "\n".join(page.address_lines)
    _check_address(letter, point, address)
    try:
        pdf = (
            resend_of.pdf
            if resend_of
            else FrozenFile.objects.keep(render(page), media_type="application/pdf")
        )
    except TypesettingError as error:
        raise Refused(str(error)) from error
    batch = f"{freezing.batch_of(letter)}:again:{recipient.pk}"
    packed: list[OutgoingMessage] = []
    if point.kind == Channel.EMAIL:
        parcel = freezing.parcel(
            letter,
            recipient,
            page,
            pdf.read(),
            freezing.attachments(layout),
            moment=timezone.now().replace(microsecond=0),
            batch=batch,
        )
        packed = outgoing.pack(parcels=[parcel], by=by)
    with transaction.atomic():
        # Two people who do this at the same moment: the second one is told.
        Letter.objects.select_for_update().get(pk=letter.pk)
        _check_address(letter, point, address)
        if resend_of is None and recipient.dispatches.exists():
            raise Refused(_("There is nothing to send afterwards to %(name)s.") % {"name": recipient.name})
        if point.pk is None:
            contact_point_actions.keep(point=point, by=by)
            recipient.contact_point = point
            _check_reach(point)
        message = next(iter(outgoing.hand_over(messages=packed, by=by)), None)
        highest = letter.dispatches.aggregate(highest=Max("number"))["highest"] or 0
        made = Dispatch.objects.create(
            letter=letter,
            recipient=recipient,
            number=highest + 1,
            channel=point.kind,
            address=address,
            pdf=pdf,
            outgoing=message,
            post_state="" if message else PostState.GENERATED,
            resend_of=resend_of,
        )
        recipient.given_up_because = ""
        recipient.save(update_fields=["contact_point", "channel", "given_up_because"])
        if resend_of is None:
            recipient.frozen_words = addressing.words(recipient, letter)
            recipient.save(update_fields=["frozen_words"])
        else:
            letter.dispatches.filter(pk=resend_of.pk, post_state__in=TO_POST).update(
                post_state=PostState.DROPPED
            )
        outgoing.release(batch=batch, by=by)
        if message is not None:
            message.refresh_from_db()
        _tell("letters.resent" if resend_of else "letters.sent_late", made, by=by)
        commitments.left(letter, by=by)
    return made


def _check_reach(point: ContactPoint) -> None:
    verdict = reach.may_write_to(point, purpose=WritingPurpose.LETTER, channel=point.kind)
    if not verdict.allowed:
        raise Refused(verdict.because)


def _check_address(letter: Letter, point: ContactPoint, address: str) -> None:
    """Raises Refused for what cannot stand on an envelope, or for an address that got this letter before."""
    if trouble := addressing.trouble(point):
        raise Refused(trouble)
    if unknown := missing_glyphs(address):
        raise Refused(str(UnknownGlyph(unknown)))
    there = letter.dispatches.filter(channel=point.kind, address__iexact=address)
    if there.exclude(post_state=PostState.DROPPED).exists():
        raise Refused(_("This letter was sent to %(address)s before.") % {"address": address})


def _tell(code: str, dispatch: Dispatch, *, by: Actor) -> None:
    tell(code, dispatch.recipient, by=by, address=dispatch.address)
