"""What comes back on the letter of the demo: answers, a refusal, an absence, a bounce, one without any reference."""

from __future__ import annotations

import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from django.conf import settings
from django.utils import timezone

from crm.document import word
from crm.document.tree import Document, Paragraph, Text
from letters.actions import commitments, intake
from letters.models import Dispatch, IncomingMessage, Letter, Side

from .fixtures import Row, read
from .world import World

SOURCE: Final = "local"
_CHAPTER: Final = (
    "De Brug wil dat elke buurt een plek heeft waar bewoners elkaar zonder drempel ontmoeten. Stadsdorpen laten zien "
    "dat het kan; zij krijgen voorrang op ruimte die leegstaat."
)
# RFC 3464.
_REPORT: Final = """\
Return-Path: <>
From: {name} <{from}>
To: {to}
Subject: {subject}
Date: {date}
Message-ID: <{key}@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_{key}"

--=_{key}
Content-Type: text/plain; charset=us-ascii

{text}

--=_{key}
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; {said}

--=_{key}
Content-Type: text/rfc822-headers

Message-ID: {returned}

--=_{key}--
"""
_BETWEEN: Final = datetime.timedelta(seconds=20)


def load(world: World, letter: Letter) -> int:
    """Take in the messages of ``incoming.toml`` as if a mailbox brought them; how many were new. Safe to repeat."""
    sent = {
        str(dispatch.recipient.organisation): dispatch
        for dispatch in letter.dispatches.select_related("outgoing", "recipient__organisation")
        if dispatch.outgoing is not None
    }
    begun = letter.dispatched_at
    assert begun is not None
    new = 0
    for number, row in enumerate(read("incoming")["messages"], start=1):
        words = {
            "subject": f"{letter} ({letter.reference})",
            "reference": letter.reference,
            # One digit went wrong: the mailbox guesses, and a person decides.
            "near_reference": letter.reference.replace("-014", "-041"),
            "past_reference": world.past_letter.reference,
        }
        dispatch, moment = sent.get(row.get("to", "")), begun + number * _BETWEEN
        if "bounce" in row:
            assert dispatch is not None
            raw = _report(row, dispatch, moment)
        else:
            raw = _mail(row, dispatch, words, moment)
        message, is_new = intake.take_in(raw=raw, source=SOURCE, uid=row["key"])
        new += is_new
        if is_new and "promise" in row and dispatch is not None:
            _note_promise(world, row, dispatch, message)
    return new


def _note_promise(world: World, row: Row, dispatch: Dispatch, message: IncomingMessage) -> None:
    """Somebody read it and picked a sentence out of it."""
    organisation = dispatch.recipient.organisation
    assert organisation is not None
    commitments.note(
        side=Side.THEIRS,
        holder=organisation,
        recipient=dispatch.recipient,
        message=message,
        quote=row["promise"],
        due_on=timezone.localdate(message.moment) + datetime.timedelta(weeks=row["promised_weeks"]),
        by=world.author,
    )


def _mail(row: Row, dispatch: Dispatch | None, words: dict[str, str], moment: datetime.datetime) -> bytes:
    """The bytes of one message, the same every time it is made for the same letter."""
    message = EmailMessage(policy=SMTP)
    message["From"] = f"{row['name']} <{row['address']}>"
    message["To"] = settings.MAIL_FROM
    message["Subject"] = row["subject"].format(**words)
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = (
        f"<{row['key']}.{words['reference'].replace(' ', '')}@{row['address'].partition('@')[2]}>"
    )
    if row.get("threaded") and dispatch is not None and dispatch.outgoing is not None:
        message["In-Reply-To"] = message["References"] = dispatch.outgoing.message_id
    if row.get("automatic"):
        message["Auto-Submitted"] = "auto-replied"
    if row.get("spam"):
        message["X-Spam-Flag"] = "YES"
    text = row["text"].strip().format(**words)
    message.set_content(f"{text}\n", cte="quoted-printable")
    if "attachment" in row:
        name = row["attachment"]
        chapter = Document((Paragraph((Text(_CHAPTER),)),))
        message.add_attachment(
            word.to_docx(chapter, title=name.removesuffix(".docx")),
            maintype="application",
            subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
            filename=name,
        )
        message.set_boundary(f"=_{row['key']}")
    return message.as_bytes()


def _report(row: Row, dispatch: Dispatch, moment: datetime.datetime) -> bytes:
    """The report of a mail server that it could not deliver the letter."""
    assert dispatch.outgoing is not None
    words = {
        "to": settings.MAIL_FROM,
        "date": format_datetime(moment),
        "key": row["key"],
        "name": row["name"],
        "from": row["address"],
        "subject": row["subject"],
        "text": row["text"].strip(),
        "address": dispatch.address,
        "status": row["bounce"].split(" ")[1],
        "said": row["bounce"],
        "returned": dispatch.outgoing.message_id,
    }
    return _REPORT.format_map(words).replace("\n", "\r\n").encode()
