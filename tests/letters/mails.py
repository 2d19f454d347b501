"""Messages that come back on a letter that was really sent, for tests that need the database."""

from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from django.utils import timezone

OURS = "antwoord@brug.example"
# The letters of these tests leave now.
MOMENT = timezone.now().replace(microsecond=0)


def mail(
    text="Wij nemen dit over in ons programma.",
    *,
    sender=("Anna Bos", "anna@elders.example"),
    to=OURS,
    subject="Re: Ontmoeten in de buurt",
    moment=MOMENT,
    files=(),
    **fields,
):
    """The bytes of a message; ``In_Reply_To="…"`` gives the header field, ``files`` are (name, bytes, media type)."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = f"{sender[0]} <{sender[1]}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = fields.pop("Message_ID", None) or make_msgid(domain=sender[1].rpartition("@")[2])
    for name, value in fields.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    for name, data, media_type in files:
        main, _, sub = media_type.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def reply_address(dispatch):
    """Where an answer to this one arrives."""
    user, _, domain = OURS.partition("@")
    return f"{user}+{dispatch.outgoing.reply_token}@{domain}"


def answer(dispatch, text="Wij nemen dit over in ons programma.", **values):
    """An answer by the reply button to one letter that went by e-mail."""
    values.setdefault("sender", ("Anna Bos", dispatch.address))
    values.setdefault("to", reply_address(dispatch))
    values.setdefault("In_Reply_To", dispatch.outgoing.message_id)
    return mail(text, **values)


_BOUNCE = """\
Return-Path: <>
From: Mail Delivery System <mailer-daemon@mx.example>
To: {to}
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: {id}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_grens"

--=_grens
Content-Type: text/plain; charset=us-ascii

Your message could not be delivered.

--=_grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {address}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 {status} {said}

--=_grens
Content-Type: message/rfc822

Message-ID: {returned}
To: {address}

Hierbij onze brief.

--=_grens--
"""


def bounce(dispatch, *, status="5.1.1", said="User unknown"):
    """The report of a mail server that it could not deliver one (RFC 3464)."""
    return (
        _BOUNCE.format(
            to=reply_address(dispatch),
            date=format_datetime(MOMENT),
            id=make_msgid(domain="mx.example"),
            address=dispatch.address,
            status=status,
            said=said,
            returned=dispatch.outgoing.message_id,
        )
        .replace("\n", "\r\n")
        .encode()
    )
