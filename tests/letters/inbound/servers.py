"""What mail servers send back by themselves: bounces in the forms of several makers, delays and absences."""

from datetime import timedelta
from email import message_from_string
from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime

from tests.letters.inbound.shapes import message, original
from tests.letters.inbound.world import OUR_ADDRESS, Sent

HUMAN = {
    "postfix": "This is the mail system at host mx.{domain}.\n\nI'm sorry to have to inform you that "
    "your message could "
    "not\nbe delivered to one or more recipients. It's attached below.\n\n<{address}>: {diagnostic}\n",
    "exchange": "De bezorging bij de volgende geadresseerden of groepen is mislukt:\n\n{address}\n\n"
    "Het ingevoerde e-mailadres "
    "kan niet worden gevonden. Controleer het e-mailadres van de ontvanger en probeer het bericht "
    "opnieuw te verzenden.\n\n"
    "Diagnostische gegevens voor beheerders:\n\nGenererende server: mail.{domain}\n{address}\nRemote "
    "Server returned '{diagnostic}'\n",
    "google": "** Adres niet gevonden **\n\nJe bericht is niet bezorgd bij {address} omdat het adres "
    "niet kan worden gevonden.\n",
}
SENDERS = {
    "postfix": ("Mail Delivery System", "MAILER-DAEMON@mx.{domain}"),
    "exchange": ("Microsoft Outlook", "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@{domain}"),
    "google": ("Mail Delivery Subsystem", "mailer-daemon@{domain}"),
}
SUBJECTS = {
    "postfix": "Undelivered Mail Returned to Sender",
    "exchange": "Onbestelbaar: {subject}",
    "google": "Delivery Status Notification (Failure)",
}


def report(
    one: Sent,
    server: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    returned: str = "message",
    token: bool = True,
) -> EmailMessage | MIMEMultipart:
    """A delivery status notification (RFC 3464); ``returned`` is "message", "headers" or ""."""
    address = one.party.addresses[0]
    words = {
        "domain": one.party.domain,
        "address": address,
        "subject": one.subject,
        "diagnostic": f"550 {status} <{address}>: Recipient address rejected: User unknown",
    }
    name, sender = (text.format(**words) for text in SENDERS[server])
    mail = MIMEMultipart("report", boundary=f"=_{one.token}")
    mail.set_param("report-type", "delivery-status")
    mail["Return-Path"] = "<>"
    mail["From"] = f"{name} <{sender}>"
    mail["To"] = one.reply_address if token else OUR_ADDRESS
    mail["Subject"] = SUBJECTS[server].format(**words)
    mail["Date"] = format_datetime(one.letter.sent_at + timedelta(minutes=1))
    mail["Message-ID"] = f"<dsn-{one.token}@{one.party.domain}>"
    mail["Auto-Submitted"] = "auto-replied"
    mail.attach(MIMEText(HUMAN[server].format(**words), "plain", "utf-8"))
    fields = (
        f"Reporting-MTA: dns; mx.{one.party.domain}\nOriginal-Envelope-Id: env+2B{one.token}\n\n"
        f"Original-Recipient: rfc822;{address}\nFinal-Recipient: rfc822; {address}\nAction: "
        f"{action}\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {words['diagnostic']}\n"
    )
    mail.attach(_part("delivery-status", fields))
    if returned == "message":
        mail.attach(MIMEMessage(original(one)))
    elif returned == "headers":
        fields = "".join(f"{key}: {value}\n" for key, value in original(one).items())
        part = MIMEText(fields, "rfc822-headers", "utf-8")
        mail.attach(part)
    return mail


def _part(kind: str, fields: str) -> Message:
    part = Message()
    part["Content-Type"] = f"message/{kind}"
    blocks = [message_from_string(f"{block}\n") for block in fields.strip().split("\n\n")]
    part.set_payload(blocks)
    return part


def exim(one: Sent) -> EmailMessage:
    """Exim's bounce: text, with the address in a header field of its own and a copy of our message under it."""
    address = one.party.addresses[0]
    text = (
        "This message was created automatically by mail delivery software.\n\nA message that you "
        "sent could not be delivered "
        f"to one or more of its\nrecipients. This is a permanent error. The following address(es) "
        f"failed:\n\n  {address}\n"
        "    SMTP error from remote mail server after RCPT TO:\n    550 5.1.1 No such user here\n\n"
        "------ This is a copy of the message, including all the headers. ------\n\n"
        f"Return-path: <{one.reply_address}>\nMessage-ID: {one.message_id}\nReply-To: {one.reply_address}\n"
        f"Subject: {one.subject}\n\n{one.text}"
    )
    sender = ("Mail Delivery System", f"Mailer-Daemon@smtp.{one.party.domain}")
    moment = one.letter.sent_at + timedelta(minutes=2)
    fields = {"X_Failed_Recipients": address, "Return_Path": "<>", "Auto_Submitted": "auto-replied"}
    subject = "Mail delivery failed: returning message to sender"
    return message(sender, OUR_ADDRESS, subject, text, moment, **fields)


def qmail(one: Sent) -> EmailMessage:
    """qmail's bounce: text in Bernstein's words."""
    text = (
        f"Hi. This is the qmail-send program at {one.party.domain}.\nI'm afraid I wasn't able to "
        f"deliver your message to the "
        f"following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n"
        f"\n<{one.party.addresses[0]}>:\n"
        "Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n"
        f"Return-Path: <{OUR_ADDRESS}>\nMessage-ID: {one.message_id}\nSubject: {one.subject}\n\n{one.text}"
    )
    sender = ("", f"MAILER-DAEMON@{one.party.domain}")
    moment = one.letter.sent_at + timedelta(minutes=3)
    return message(sender, OUR_ADDRESS, "failure notice", text, moment, Return_Path="<>")


def dutch(one: Sent) -> EmailMessage:
    """A bounce in Dutch that holds to no form at all."""
    text = (
        f"Uw bericht kon niet worden bezorgd bij de volgende geadresseerde:\n\n   {one.party.addresses[0]}\n\n"
        "Reden: 550 5.1.10 Deze gebruiker is onbekend.\n\nOorspronkelijke berichtkoppen:\n\n"
        f"Message-ID: {one.message_id}\nSubject: {one.subject}\n"
    )
    sender = ("Postmaster", f"postmaster@{one.party.domain}")
    moment = one.letter.sent_at + timedelta(minutes=4)
    subject = f"Onbestelbaar: {one.subject}"
    return message(sender, one.reply_address, subject, text, moment, Return_Path="<>")


def read_receipt(one: Sent) -> MIMEMultipart:
    """Somebody's mail program says that our message was opened (RFC 8098)."""
    mail = MIMEMultipart("report", boundary=f"=_read_{one.token}")
    mail.set_param("report-type", "disposition-notification")
    mail["From"] = f"{one.party.people[0]} <{one.party.addresses[0]}>"
    mail["To"] = OUR_ADDRESS
    mail["Subject"] = f"Gelezen: {one.subject}"
    mail["Date"] = format_datetime(one.letter.sent_at + timedelta(hours=3))
    mail.attach(MIMEText("Uw bericht is gelezen.", "plain", "utf-8"))
    fields = (
        f"Final-Recipient: rfc822; {one.party.addresses[0]}\nOriginal-Message-ID: {one.message_id}\n"
        "Disposition: manual-action/MDN-sent-manually; displayed\n"
    )
    mail.attach(_part("disposition-notification", fields))
    return mail
