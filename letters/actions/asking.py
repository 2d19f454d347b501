"""The mails that ask the committee for approval, each with a personal link."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.actions import outgoing
from crm.actions.action import SYSTEM, Actor, Refused, action, record
from crm.dutch.dates import long_date
from crm.models import ApprovalRound, Network, OutgoingMessage, RoundState, User
from crm.models.outgoing import new_message_id, new_reply_token
from letters.models import Cause, Letter
from letters.queries import approvals, differences
from letters.render import messages

from .approvals import LINK_LASTS, link_for
from .changing import drop_mail

# Pressed again within this time, the button mailed a moment ago.
PAUSE = timedelta(hours=1)


def ask_by_mail(*, round_: ApprovalRound) -> int:
    """Mail everybody whose word is awaited and who was not asked yet in this round; how many that were.

    Safe to repeat: the outbox holds one message per round and person.
    """
    if round_.state != RoundState.OPEN:
        return 0
    waiting = [seat.user for seat in approvals.standing(round_).seats if seat.waiting and seat.user.email]
    keys = [approvals.message_key(round_, user) for user in waiting]
    asked = set(OutgoingMessage.objects.filter(key__in=keys).values_list("key", flat=True))
    to_ask = [user for user in waiting if approvals.message_key(round_, user) not in asked]
    for user in to_ask:
        _send(round_, user, key=approvals.message_key(round_, user), reminder=False)
    return len(to_ask)


@action(permission="letters.change_letter", atomic=False)
def remind(*, round_: ApprovalRound, user: User, by: Actor) -> None:
    """Send one member a fresh link: her word is awaited, or her remark stands open and her first link is used up.

    Raises Refused when neither is so, or when she has no address.
    """
    seat = next((seat for seat in approvals.standing(round_).seats if seat.user == user), None)
    if round_.state != RoundState.OPEN or seat is None or not (seat.waiting or seat.has_remark):
        raise Refused(_("%(who)s need not be reminded.") % {"who": user})
    if not user.email:
        raise Refused(_("%(who)s has no e-mail address here. Ask in person.") % {"who": user})
    last = approvals.asked(round_).get(user.pk)
    at = last.reminded_at if last is not None and not last.refused and not seat.has_remark else None
    if at is not None and timezone.now() - at < PAUSE:
        raise Refused(_("%(who)s was reminded a moment ago. Give it some time.") % {"who": user})
    letter = Letter.objects.get(pk=round_.subject_id)
    drop_mail(round_, because=Cause.ASKED_ANEW, user=user)
    _send(
        round_,
        user,
        key=f"{approvals.message_key(round_, user)}:{timezone.now():%Y%m%d%H%M%S%f}",
        reminder=True,
    )
    record("letters.reminded", by=by, on=[letter], letter=str(letter), whom=str(user))


def _send(round_: ApprovalRound, user: User, *, key: str, reminder: bool) -> None:
    letter = Letter.objects.get(pk=round_.subject_id)
    url = settings.BASE_URL + reverse("letters_public:decide", args=[link_for(round_, user)])
    network = Network.load()
    message_id = new_message_id(settings.MAIL_FROM.rpartition("@")[2])
    with override("nl"):
        subject = _("Do you agree? “%(letter)s”") % {"letter": letter}
        if reminder:
            subject = _("Reminder: %(subject)s") % {"subject": subject}
        lines = [
            _("Hello %(name)s,") % {"name": user.first_name or user},
            _("%(who)s asks whether you agree with the letter “%(letter)s” (%(reference)s).")
            % {"who": round_.asked_by or network, "letter": letter, "reference": letter.reference},
            *_what_changed(letter, round_),
            _("Read it and decide on this page, without signing in:"),
            url,
            _("The link is for you alone, works once, and until %(day)s.")
            % {"day": long_date(timezone.localdate() + LINK_LASTS)},
        ]
    text = "\n\n".join(lines) + "\n"
    html = "".join(
        format_html('<p><a href="{0}">{0}</a></p>', line) if line == url else format_html("<p>{}</p>", line)
        for line in lines
    )
    raw = messages.compose(
        messages.Mail(
            sender_name=network.name,
            sender=settings.MAIL_FROM,
            to_name=str(user),
            to=user.email,
            reply_to=network.email or settings.MAIL_FROM,
            subject=subject,
            text=text,
            html=f'<!doctype html><html lang="nl"><head><meta charset="utf-8"><title></title></head><body '
            f'style="font-family: sans-serif; font-size: 18px; line-height: 1.5">{html}</body></html>',
            message_id=message_id,
            sent_at=timezone.now(),
        )
    )
    parcel = outgoing.Parcel(
        key=key,
        batch=f"approval:{round_.pk}",
        envelope_from=settings.MAIL_FROM,
        envelope_to=user.email,
        raw=raw,
        message_id=message_id,
        reply_token=new_reply_token(),
    )
    outgoing.enqueue(parcels=[parcel], by=SYSTEM)
    outgoing.release(batch=parcel.batch, by=SYSTEM)


def _what_changed(letter: Letter, round_: ApprovalRound) -> list[str]:
    """A line for who decided before and has to look again."""
    found = differences.since_agreed_before(letter, round_)
    if not found:
        return []
    parts = [row.label for row in found.beside] + ([_("the text")] if found.text else [])
    return [_("Since the committee decided before, this changed: %(parts)s.") % {"parts": ", ".join(parts)}]
