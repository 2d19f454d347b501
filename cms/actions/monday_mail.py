"""The mail of Monday morning: at most five lines of what is due, with buttons that settle them, or no mail at all."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext, override, pgettext

from cms.queries import monday_mail
from crm.actions import due_lines, one_shot, outgoing
from crm.actions.action import SYSTEM, Refused
from crm.clients.envelope import envelope_address
from crm.models import FollowUp, Network, User
from crm.models.outgoing import new_message_id, new_reply_token
from crm.queries import due
from crm.registries.due import Found, Line
from letters.render import messages

MOST = 5
# Monday morning, by the clocks here.
MONDAY = 0
HOURS = range(7, 12)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Button:
    """A link in the mail that looks like a button."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the mail: what is due, and its buttons, the first of which stands out."""

    line: Line
    buttons: tuple[Button, ...]


def is_time(now: datetime.datetime) -> bool:
    """Whether it is Monday morning at a moment, by the clocks here."""
    here = timezone.localtime(now)
    return here.weekday() == MONDAY and here.hour in HOURS


def send_when_due() -> int:
    """On Monday morning, send everybody what is due for her; how many mails that were. Safe to repeat."""
    now = timezone.now()
    return send(day=timezone.localdate(now)) if is_time(now) else 0


def send(*, day: datetime.date) -> int:
    """Mail who wants it what is due for her on a day; how many mails that were. Safe to repeat: the outbox holds one
    message per person and week. An address that cannot be does not keep the others from their mail."""
    sent = 0
    for user in monday_mail.readers(day):
        try:
            envelope_address(user.email)
            # Whatever asks for it, the mail is in one language: also what the rooms say of what is due.
            with override("nl"):
                sent += _send(user, due.of(user, day, limit=MOST), day)
        except (ValueError, Refused) as error:
            logger.warning("No Monday mail to user %s: %s", user.pk, error)
    return sent


def _send(user: User, found: Found, day: datetime.date) -> int:
    """How many mails that were: none when nothing is due."""
    if not found.lines:
        return 0
    network, message_id = Network.load(), new_message_id(settings.MAIL_FROM.rpartition("@")[2])
    follow_ups = FollowUp.objects.in_bulk([line.follow_up for line in found.lines if line.follow_up])
    shown = [_shown(line, follow_ups.get(line.follow_up or 0), user) for line in found.lines]
    subject = ngettext(
        "%(day)s: one thing for this week", "%(day)s: %(count)d things for this week", found.total
    ) % {"day": date_format(day, "l j F").capitalize(), "count": found.total}
    context = {
        "user": user,
        "network": network,
        "subject": subject,
        "shown": shown,
        "total": found.total,
        "more": found.total > len(shown),
        "list_url": settings.BASE_URL + reverse("crm:follow_up_list"),
    }
    text = render_to_string("cms/mail/monday.txt", context)
    html = render_to_string("cms/mail/monday.html", context)
    raw = messages.compose(
        messages.Mail(
            sender_name=network.name,
            sender=settings.MAIL_FROM,
            to_name=str(user),
            to=user.email,
            reply_to=network.email or settings.MAIL_FROM,
            subject=subject,
            text=text,
            html=html,
            message_id=message_id,
            sent_at=timezone.now(),
        )
    )
    key = monday_mail.key(user, day)
    parcel = outgoing.Parcel(
        key=key,
        batch=key,
        envelope_from=settings.MAIL_FROM,
        envelope_to=user.email,
        raw=raw,
        message_id=message_id,
        reply_token=new_reply_token(),
    )
    outgoing.enqueue(parcels=[parcel], by=SYSTEM)
    outgoing.release(batch=key, by=SYSTEM)
    return 1


def _shown(line: Line, follow_up: FollowUp | None, user: User) -> Shown:
    token = one_shot.link_for(follow_up or due_lines.keep(line, user=user), user)
    # A follow-up says all there is to it; of the rest one wants to see more.
    first = () if follow_up else (Button(pgettext("button", "Open"), settings.BASE_URL + line.url),)
    verbs = {
        "gedaan": pgettext("button", "Done"),
        "volgende-week": pgettext("button", "Next week"),
        "iemand-anders": pgettext("button", "Somebody else"),
        "niet-nodig": pgettext("button", "Not needed"),
    }
    return Shown(
        line,
        (
            *first,
            *(
                Button(label, settings.BASE_URL + reverse("crm_public:due", args=[token, verb]))
                for verb, label in verbs.items()
            ),
        ),
    )
