"""A letter that went to many parties and what they write back, for faults and figures. Needs a database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from crm.models import Channel, ContactPoint, FrozenFile, Organisation, OutgoingMessage, OutgoingState
from letters.models import Dispatch, Letter, Letterhead, LetterState, Recipient

SUBJECT = "Ontmoeten in de buurt"
WORDS = (
    "Beste mensen,\n\nWij bespraken uw brief in de vergadering van ons bestuur. Wij steunen de oproep en nemen hem op "
    "in ons programma; over de huur van de ruimtes denken wij nog na.\n\nMet vriendelijke groet,\nhet bestuur, {}\n"
)
OUR_LETTER = "Geacht bestuur,\n\n" + "Elke buurt heeft een plek nodig waar bewoners elkaar ontmoeten. " * 40


def send(parties: int, reference: str) -> list[Dispatch]:
    """A letter that was accepted by the mail servers of so many new parties."""
    head, _new = Letterhead.objects.get_or_create(name="Proef", defaults={"sender_name": "Netwerk"})
    now = timezone.now() - timedelta(days=3)
    letter = Letter.objects.create(
        reference=reference,
        subject=SUBJECT,
        state=LetterState.DISPATCHED,
        dated_on=now.date(),
        dispatched_at=now,
        letterhead=head,
    )
    pdf = FrozenFile.objects.keep(f"%PDF {reference}".encode(), media_type="application/pdf")
    return [_sent(letter, number, pdf) for number in range(1, parties + 1)]


def _sent(letter: Letter, number: int, pdf: FrozenFile) -> Dispatch:
    domain = f"partij{letter.pk}-{number}.example"
    party = Organisation(kind="party", name=f"Partij {letter.pk}-{number}")
    party.save()
    point = ContactPoint.objects.create(organisation=party, kind=Channel.EMAIL, value=f"bestuur@{domain}")
    recipient = Recipient.objects.create(
        letter=letter,
        organisation=party,
        name=party.name,
        contact_point=point,
        channel="email",
        position=number,
    )
    mail = OutgoingMessage.objects.create(
        key=f"letter:{letter.pk}:email:{number}",
        batch=f"letter:{letter.pk}",
        state=OutgoingState.ACCEPTED,
        envelope_from=settings.MAIL_FROM,
        envelope_to=point.value,
        message_id=f"<{letter.pk}.{number}@spreekbuis.example>",
        raw=pdf,
        accepted_at=letter.dispatched_at,
    )
    return Dispatch.objects.create(
        letter=letter,
        recipient=recipient,
        number=number,
        channel="email",
        address=point.value,
        pdf=pdf,
        outgoing=mail,
    )


def answers(dispatches: list[Dispatch], count: int) -> Iterator[tuple[bytes, int | None]]:
    """So many different answers in turn, each with the recipient with whom it belongs: by token, by thread, by the
    reference in the subject, and one in five by nothing but its sender (``None``: a person has to say)."""
    for number in range(count):
        dispatch = dispatches[number % len(dispatches)]
        yield answer(dispatch, number), None if number % 5 == 4 else dispatch.recipient_id


def answer(dispatch: Dispatch, number: int) -> bytes:
    """One answer, with our letter under it as plain text and as HTML, as mail programs write it."""
    letter, sent = dispatch.letter, dispatch.outgoing
    assert sent is not None
    user, _at, domain = settings.MAIL_FROM.partition("@")
    way = number % 5
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = f"Het bestuur <{dispatch.address}>"
    mail["To"] = f"{user}+{sent.reply_token}@{domain}" if way == 0 else settings.MAIL_FROM
    mail["Subject"] = (
        f"Over {letter.reference}" if way == 3 else "Ons antwoord" if way == 4 else f"Re: {SUBJECT}"
    )
    mail["Date"] = format_datetime(timezone.now() - timedelta(days=1, seconds=number))
    mail["Message-ID"] = (
        f"<{number}.{sha256(dispatch.address.encode()).hexdigest()[:8]}@{dispatch.address.partition('@')[2]}>"
    )
    if way in {1, 2}:
        mail["In-Reply-To"] = sent.message_id
        mail["References"] = f"<eerder@elders.example> {sent.message_id}"
    own = WORDS.format(number)
    mail.set_content(own + "\n" + "".join(f"> {line}\n" for line in OUR_LETTER.split("\n")))
    own_html = own.replace("\n", "<br>")
    mail.add_alternative(
        f"<html><body><div>{own_html}</div><blockquote type='cite'>{OUR_LETTER}</blockquote></body></html>",
        subtype="html",
    )
    mail.set_boundary(f"=_{number}")
    return mail.as_bytes()
