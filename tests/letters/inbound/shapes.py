"""Raw messages as mail programs and mail servers write them, with invented people in them."""

from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from hashlib import sha256

from tests.letters.inbound.world import OUR_ADDRESS, OUR_NAME, Party, Sent

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = ("jan.", "feb.", "mrt.", "apr.", "mei", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")
CLIENTS = ("outlook", "gmail", "apple", "thunderbird", "webmail")


def message(
    sender: tuple[str, str], to: str, subject: str, text: str, moment: datetime, html: str = "", **fields: str
) -> EmailMessage:
    """A message with these header fields; ``In_Reply_To="…"`` gives In-Reply-To."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = formataddr(sender)
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = format_datetime(moment)
    digest = sha256(f"{sender} {subject} {moment} {text}".encode()).hexdigest()[:24]
    fields.setdefault("Message_ID", f"<{digest}@{sender[1].rpartition('@')[2]}>")
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def quoted(one: Sent, client: str, own: str) -> str:
    """Own words above (or under) our letter, as this mail program quotes it."""
    sent_at = one.letter.sent_at
    day = f"{DAYS[sent_at.weekday()]} {sent_at.day} {MONTHS[sent_at.month - 1]} {sent_at.year}"
    marked = "".join(f"> {line}".rstrip() + "\n" for line in one.text.split("\n"))
    match client:
        case "outlook":
            return (
                f"{own}\n\nVan: {OUR_NAME} <{OUR_ADDRESS}>\nVerzonden: {day} 11:00\n"
                f"Aan: {one.party.name} <{one.party.addresses[0]}>\nOnderwerp: {one.subject}\n\n{one.text}"
            )
        case "gmail":
            return f"{own}\n\nOp {day} om 11:00 schreef {OUR_NAME} <\n{OUR_ADDRESS}>:\n\n{marked}"
        case "apple":
            return (
                f"{own}\n\nVerstuurd vanaf mijn iPhone\n\n> Op {day} om 11:00 heeft {OUR_NAME} <{OUR_ADDRESS}> "
                f"het volgende geschreven:\n> \n{marked}"
            )
        case "thunderbird":
            return f"Op {sent_at:%d-%m-%Y} om 11:00 schreef {OUR_NAME}:\n{marked}\n{own}\n"
        case _:
            return f"{own}\n\n-----Oorspronkelijk bericht-----\nVan: {OUR_NAME}\nOnderwerp: {one.subject}\n\n{one.text}"


def reply(
    one: Sent, person: tuple[str, str], own: str, client: str, days: int, *, to: str = "", **fields: str
) -> EmailMessage:
    """An answer to our message, with our text under it."""
    moment = one.letter.sent_at + timedelta(days=days, minutes=len(own))
    subject = ("RE: " if client == "outlook" else "Re: ") + one.subject
    return message(person, to or one.reply_address, subject, quoted(one, client, own), moment, **fields)


def forward(person: tuple[str, str], subject: str, text: str, client: str, note: str) -> tuple[str, str]:
    """Subject and text of a message in which somebody passes on what this person wrote."""
    name, address = person
    match client:
        case "outlook":
            head = f"Van: {name} <{address}>\nVerzonden: maandag 1 september 2025 10:12\nAan: Bram Visser\n"
            return f"FW: {subject}", f"{note}\n\n{head}Onderwerp: {subject}\n\n{text}"
        case "gmail":
            head = f"Van: {name} <{address}>\nDate: ma 1 sep 2025 om 10:12\nSubject: {subject}\nTo: Bram Visser\n"
            return f"Fwd: {subject}", f"{note}\n\n---------- Forwarded message ---------\n{head}\n\n{text}"
        case _:
            head = f"Begin doorgestuurd bericht:\n\nVan: {name} <{address}>\nOnderwerp: {subject}\n"
            head += "Datum: 1 september 2025 om 10:12\nAan: Bram Visser\n\n"
            return f"Fwd: {subject}", f"{note}\n\n" + "".join(
                f"> {line}\n" for line in f"{head}{text}".split("\n")
            )


def original(one: Sent) -> EmailMessage:
    """Our own message as it left."""
    to = formataddr((one.party.name, one.party.addresses[0]))
    fields = {"Reply_To": one.reply_address, "Message_ID": one.message_id}
    return message((OUR_NAME, OUR_ADDRESS), to, one.subject, one.text, one.letter.sent_at, **fields)


def person_of(party: Party, index: int = 0) -> tuple[str, str]:
    """Somebody of this party with an address of their own at its domain."""
    name = party.people[index % len(party.people)]
    return name, f"{name.lower().replace(' ', '.')}@{party.domain}"
