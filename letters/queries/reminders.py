"""Who has said nothing for so long that a reminder may be proposed, and how it reads."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import override

from crm.dutch.dates import long_date
from crm.models import Channel, ContactPoint
from crm.models.contact_points import USABLE
from crm.queries import reach
from letters.models import Dispatch, Letter, Recipient, Reply

from . import addressing, turns
from .turns import Turn, Who

# After so many reminders a telephone call is the better way.
MOST = 2


@dataclass(frozen=True, slots=True)
class Silent:
    """One recipient who said nothing for ``weeks`` weeks. ``dispatch`` is the letter as it got it, by e-mail;
    ``not_by_mail`` is why no reminder can go, with what to do instead, empty when one can. ``phones`` to call."""

    recipient: Recipient
    weeks: int
    reminded: int
    dispatch: Dispatch | None
    not_by_mail: str
    phones: tuple[str, ...]


def silent(letter: Letter, *, among: Collection[int] | None = None) -> list[Silent]:
    """The silent recipients of a letter, the longest silent first. Nobody with whom it is not their turn is in it.

    ``among``: only these recipients, by id. The number of queries grows only with those that are silent.
    """
    recipients = letter.recipients.select_related("letter", "organisation", "person")
    if among is not None:
        recipients = recipients.filter(pk__in=among)
    rows = list(recipients)
    found = turns.of(rows)
    quiet = [
        (recipient, turn)
        for recipient in rows
        if (turn := found.get(recipient.pk)) and turn.who == Who.THEM and turn.silent_weeks
    ]
    pks = [recipient.pk for recipient, _turn in quiet]
    reminders = (
        Reply.objects.filter(recipient__in=pks, is_reminder=True, outgoing__isnull=False)
        .values_list("recipient")
        .annotate(number=Count("pk"))
    )
    reminded = dict(reminders)
    drafts = set(Reply.objects.filter(recipient__in=pks, outgoing=None).values_list("recipient", flat=True))
    sent = {
        dispatch.recipient_id: dispatch
        for dispatch in Dispatch.objects.filter(recipient__in=pks).select_related("pdf").order_by("number")
    }
    phones = _phones([recipient for recipient, _turn in quiet])
    made = [
        _silent(
            recipient,
            turn,
            reminded.get(recipient.pk, 0),
            sent.get(recipient.pk),
            recipient.pk in drafts,
            phones,
        )
        for recipient, turn in quiet
    ]
    return sorted(made, key=lambda row: (-row.weeks, row.recipient.position))


def text(letter: Letter) -> tuple[str, str]:
    """The subject and the text of a reminder, to be changed before it goes; the salutation comes before it."""
    with override("nl"):
        subject = f"Herinnering: {letter} ({letter.reference})"
        body = (
            f"Op {long_date(letter.dated_on)} schreven wij u over “{letter}” (kenmerk {letter.reference}). "
            "Wij hebben nog geen antwoord van u gezien. Misschien is de brief aan uw aandacht ontsnapt; daarom sturen "
            "wij hem nog eens mee.\n\nWij horen graag van u, ook als uw antwoord kort is.\n\n"
            f"{letter.closing or letter.letterhead.closing},\n{letter.sign_off or letter.letterhead.sign_off}"
        )
    return subject[: Reply._meta.get_field("subject").max_length], body


def salutation(recipient: Recipient) -> str:
    """How a reminder opens: as the letter did."""
    return f"{addressing.salutation(recipient, recipient.letter).text},"


def _silent(
    recipient: Recipient,
    turn: Turn,
    reminded: int,
    dispatch: Dispatch | None,
    has_draft: bool,
    phones: dict[tuple[int | None, int | None], list[str]],
) -> Silent:
    reason = ""
    if reminded >= MOST:
        reason = _("Reminded %(count)d times already: call them.") % {"count": reminded}
    elif has_draft:
        reason = _("A message to them lies ready in the conversation. Send that, or throw it away.")
    elif dispatch is None or dispatch.channel != Channel.EMAIL:
        reason = _("The letter went by post: call them.")
    elif not (verdict := reach.may_answer(dispatch.address)).allowed:
        reason = verdict.because
    return Silent(
        recipient=recipient,
        weeks=turn.silent_weeks,
        reminded=reminded,
        dispatch=dispatch if dispatch and dispatch.channel == Channel.EMAIL else None,
        not_by_mail=reason,
        phones=tuple(phones.get((recipient.organisation_id, recipient.person_id), ())),
    )


def _phones(recipients: Collection[Recipient]) -> dict[tuple[int | None, int | None], list[str]]:
    """The telephone numbers of these recipients, by (organisation, person). One query each for both kinds."""
    points = ContactPoint.objects.filter(kind=Channel.PHONE, status__in=USABLE)
    found: dict[tuple[int | None, int | None], list[str]] = {}
    for recipient in recipients:
        found[recipient.organisation_id, recipient.person_id] = []
    people = [r.person_id for r in recipients if r.person_id]
    organisations = [r.organisation_id for r in recipients if r.organisation_id]
    for point in points.filter(person__in=people) | points.filter(organisation__in=organisations):
        for holder, numbers in found.items():
            if point.person_id == holder[1] if holder[1] else point.organisation_id == holder[0]:
                numbers.append(point.value)
    return found
