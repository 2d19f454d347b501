"""Somebody asks on the site for the newsletter: the mail that asks whether it was really them, and their yes.

What the page says never depends on who asks: which mail goes out, if any, is decided in the background.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from campaigns.models import NewsletterGroup, SignUp, Subscriber, SubscriberState
from campaigns.queries import subscribers as queries
from crm.actions.account_mail import OutboxBackend
from crm.actions.action import Actor, Refused, action
from crm.actions.changing import AlreadyThere, check, fill
from crm.models import Network
from crm.registries import background

from . import floods, subscribers

LASTS: Final = datetime.timedelta(days=7)
KEPT: Final = datetime.timedelta(days=30)
_DAY: Final = 24 * 60 * 60
# More mail than this to one address in a day helps nobody, and could be used to pester somebody.
MOST_MAILS: Final = 3


class ReadersMail(OutboxBackend):
    """Mail to who reads the newsletter or wants to."""

    kind = "reader"


@action(permission=subscribers.ADD)
def ask(*, address: str, first_name: str, groups: Collection[NewsletterGroup], by: Actor) -> None:
    """Somebody wants the newsletter at this address, a lower-case one that was checked. Does the same whoever it is.

    Asked too often for one address, nothing is kept and nothing is sent. Raises Invalid for what cannot be stored.
    """
    if floods.is_too_often("mail", address, most=MOST_MAILS, seconds=_DAY):
        return
    made = SignUp(wording_version=queries.WORDING_VERSION, wording=queries.wording())
    fill(made, {"address": address, "first_name": first_name})
    check(made)
    made.save()
    made.groups.set(groups)
    background.wake("campaigns.answer_sign_up", sign_up_id=made.pk)


def answer(*, sign_up: SignUp) -> None:
    """Mail the one who asked: to press a button, or that she reads it already. Nothing at all to who asked us never
    to write: that holds as well for a mail that somebody else has us send. Safe to repeat: once each.
    """
    mine = SignUp.objects.filter(pk=sign_up.pk, answered_at=None).update(answered_at=timezone.now())
    address = sign_up.address
    if not mine or queries.asked_to_be_left_alone(address):
        return
    reader = Subscriber.objects.reachable().filter(address=address).first()
    if reader is not None:
        _mail(address, "already", _reader_links(reader))
        return
    url = reverse("newsletter:confirm", args=[sign_up.give_token()])
    _mail(
        address,
        "confirm",
        {"url": settings.BASE_URL + url, "wording": sign_up.wording, "days": LASTS.days},
    )


def answer_waiting() -> int:
    """Answer who still waits because a task was lost; how many that were. Run by ``manage.py deliver``."""
    now = timezone.now()
    waiting = SignUp.objects.filter(
        answered_at=None,
        asked_at__lt=now - datetime.timedelta(minutes=2),
        asked_at__gt=now - LASTS,
    )
    for one in waiting:
        answer(sign_up=one)
    return len(waiting)


@action(permission=subscribers.ADD)
def confirm(*, token: str, by: Actor) -> Subscriber:
    """The one who got the mail says yes: from now on she reads it, with what proves that in the ledger. Works once.

    Raises Refused for a token that was never given, is too old or used, and when she asked us never to write.
    """
    found = SignUp.objects.find(token)
    if found is None:
        raise Refused(_("This link is not known here."))
    made = SignUp.objects.select_for_update().get(pk=found.pk)
    now = timezone.now()
    if made.confirmed_at is not None:
        raise Refused(_("This link has been used already."))
    if is_over(made):
        raise Refused(_("This link is too old."))
    made.confirmed_at = now
    made.save(update_fields=["confirmed_at"])
    there = Subscriber.objects.filter(address=made.address).first()
    # What readers cannot choose themselves, somebody chose for them.
    kept = there.groups.filter(is_offered=False) if there else []
    proof = _(
        "Text version %(version)s. Asked for on the site on %(asked)s; confirmed on %(confirmed)s with the link in "
        "the mail to this address."
    ) % {
        "version": made.wording_version,
        "asked": _moment(made.asked_at),
        "confirmed": _moment(now),
    }
    try:
        reader: Subscriber = subscribers.add(
            address=made.address,
            first_name=made.first_name,
            groups=[*made.groups.all(), *kept],
            wording=made.wording,
            source=_("form on the site"),
            proof=proof,
            by=by,
        )
    except AlreadyThere as error:
        return Subscriber.objects.get(pk=error.existing.pk)
    return reader


def is_over(sign_up: SignUp) -> bool:
    """Whether its token is too old to confirm with."""
    return timezone.now() > sign_up.asked_at + LASTS


def ask_for_link(*, address: str) -> None:
    """Somebody wants a fresh link to the preferences of this address, a lower-case one. Does the same whoever it is."""
    if floods.is_too_often("mail", address, most=MOST_MAILS, seconds=_DAY):
        return
    pk = Subscriber.objects.filter(address=address).values_list("pk", flat=True).first()
    background.wake("campaigns.mail_preferences", subscriber_id=pk or 0)


def mail_preferences(*, subscriber: Subscriber) -> None:
    """Mail a reader a fresh link to her preferences; nothing to who left or asked us never to write."""
    if subscriber.state == SubscriberState.LEFT or queries.asked_to_be_left_alone(subscriber.address):
        return
    _mail(subscriber.address, "link", _reader_links(subscriber))


def remove_old() -> int:
    """Remove the sign-ups that nobody confirmed within a month; how many that were. Run by ``manage.py deliver``."""
    old = SignUp.objects.filter(confirmed_at=None, asked_at__lt=timezone.now() - KEPT)
    count = old.count()
    old.delete()
    return count


def _reader_links(reader: Subscriber) -> dict[str, str]:
    return {"url": queries.preferences_url(reader), "leave_url": queries.unsubscribe_url(reader)}


def _moment(when: datetime.datetime) -> str:
    return date_format(timezone.localtime(when), "j F Y, H.i")


def _mail(address: str, name: str, context: dict[str, Any]) -> None:
    network = Network.load()
    # The house speaks Dutch to its readers, whatever asks for the mail.
    with override("nl"):
        context = {**context, "network": network}
        subject = {
            "confirm": _("Press once more for the newsletter of %(network)s"),
            "already": _("You read the newsletter of %(network)s already"),
            "link": _("Your link to the newsletter of %(network)s"),
        }[name] % {"network": network}
        message = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string(f"campaigns/mail/{name}.txt", context),
            from_email=f'"{_plain(network.name)}" <{settings.MAIL_FROM}>',
            to=[address],
            reply_to=[network.email] if network.email else [],
            headers={"Auto-Submitted": "auto-generated", "Content-Language": "nl"},
            connection=ReadersMail(),
        )
        message.attach_alternative(
            render_to_string(f"campaigns/mail/{name}.html", {**context, "subject": subject}), "text/html"
        )
    message.send()


def _plain(name: str) -> str:
    """A name as it can stand between quotes in a header."""
    return " ".join(name.replace("\\", "").replace('"', "").split())
