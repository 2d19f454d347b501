"""Reading a raw message (RFC 5322): everything the rest of the house wants to know of it, whatever its bytes.

Mail is hostile until shown otherwise: sizes, depth and counts are bounded, names are made safe to show, and nothing
in it is carried out or fetched.
"""

from __future__ import annotations

import re
from typing import Final

from letters.inbound import characters, flowing, forwards, headers, html, mime
from letters.inbound.headers import Mailbox
from letters.inbound.incoming import Attachment, Incoming
from letters.inbound.mime import Part

# Of all the text in one message together, in encoded bytes; what is beyond it is in the raw message.
MOST_TEXT_BYTES: Final = 4_000_000
MOST_REPORT_BYTES: Final = 64_000
_HEADERS_ONLY: Final = frozenset({"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"})
_REPORTS: Final = frozenset(
    {"message/delivery-status", "message/global-delivery-status", "message/disposition-notification"}
)
_CALENDARS: Final = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_SECRET: Final = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_TNEF: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_DELIVERED_TO: Final = frozenset(
    {"delivered-to", "x-original-to", "x-envelope-to", "envelope-to", "x-delivered-to", "x-rcpt-to"}
)
_FOLDERS: Final = re.compile(r".*[/\\]", re.DOTALL)
_NOT_IN_NAMES: Final = re.compile(r'[<>:"|?*\t]+')
_ENDINGS: Final = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "text/calendar": ".ics",
    "text/html": ".html", "text/plain": ".txt", "message/rfc822": ".eml",
}  # fmt: skip


def read(raw: bytes) -> Incoming:
    """The message in these bytes. Never raises; what is wrong stands in ``problems``, as codes."""
    part, problems = mime.parse(raw)
    return _Collector(_Budget(dict.fromkeys(problems))).message(part)


def attachment(raw: bytes, path: str) -> bytes:
    """The bytes of one attachment, or of a message inside. Raises LookupError when there is no such part."""
    part, _problems = mime.parse(raw)
    while part.path != path:
        inside = [child for child in part.parts if f"{path}.".startswith(f"{child.path}.")]
        if not inside:
            raise LookupError(path)
        part = inside[0]
    return part.data()


class _Budget:
    """What the messages inside each other share."""

    def __init__(self, problems: dict[str, None]) -> None:
        self.problems = problems
        self.text = MOST_TEXT_BYTES

    def note(self, code: str) -> None:
        self.problems[code] = None


class _Collector:
    """Gathers what belongs to one message; each message inside it gets a collector of its own."""

    def __init__(self, budget: _Budget) -> None:
        self.budget = budget
        self.attachments: list[Attachment] = []
        self.nested: list[Incoming] = []
        self.reports: list[str] = []
        self.calendars: list[str] = []

    def message(self, part: Part) -> Incoming:
        plain, rich = self._body(part, is_body=True)
        text = plain if plain.strip() else html.plain(rich)
        subject = headers.words(part.get("subject"))
        senders = headers.mailboxes(part.get("from")) or headers.mailboxes(part.get("sender"))
        sent_at = headers.date(part.get("date"))
        if sent_at is None:
            self.budget.note("date_missing")
        if any(characters.turns_direction(headers.decoded(part.get(name))) for name in ("from", "subject")):
            self.budget.note("misleading_characters")
        return Incoming(
            path=part.path,
            message_id="".join(headers.message_ids(part.get("message-id"))[:1]),
            in_reply_to=headers.message_ids(part.get("in-reply-to")),
            references=headers.message_ids(part.get("references")),
            sender=senders[0] if senders else Mailbox("", ""),
            reply_to=headers.mailboxes(part.get("reply-to")),
            to=_everyone(part, "to"),
            cc=_everyone(part, "cc"),
            delivered_to=_delivered_to(part),
            sent_at=sent_at,
            subject=subject,
            text=text,
            html=rich,
            media_type=part.media_type,
            report_type=part.params.get("report-type", "").lower(),
            attachments=tuple(self.attachments),
            nested=tuple(self.nested),
            forwards=forwards.forwarded(text, subject),
            reports=tuple(self.reports),
            calendars=tuple(self.calendars),
            fields=part.fields,
            problems=tuple(self.budget.problems),
        )

    def _body(self, part: Part, *, is_body: bool) -> tuple[str, str]:
        """The text and the HTML of a part, either possibly empty; what is neither is gathered on the way.

        ``is_body``: this is what the message says even when it has the name of a file.
        """
        if part.media_type in _SECRET:
            self.budget.note("encrypted")
        if part.media_type in mime.EMBEDDED and part.parts:
            self._embedded(part)
            return "", ""
        if part.parts:
            return self._several(part)
        is_file = part.disposition == "attachment" or (bool(part.filename) and not is_body)
        match part.media_type:
            case "text/plain" if not is_file:
                return self._text(part), ""
            case "text/html" if not is_file:
                return "", self._text(part, html.MOST_CHARACTERS)
            case "text/x-amp-html":
                return "", ""
            case kind if kind in _REPORTS:
                self.reports.append(self._text(part, MOST_REPORT_BYTES))
            case kind if kind in _HEADERS_ONLY:
                returned, _problems = mime.parse(part.data(mime.MOST_HEADER_BYTES), part.path)
                self.nested.append(_Collector(self.budget).message(returned))
            case _:
                self._file(part)
        return "", ""

    def _several(self, part: Part) -> tuple[str, str]:
        is_choice = part.media_type == "multipart/alternative"
        bodies = [self._body(child, is_body=is_choice) for child in part.parts]
        if is_choice:
            # The last of the forms is the richest; the first is what everybody can read.
            texts = [text for text, _rich in bodies if text.strip()]
            riches = [rich for _text, rich in bodies if rich]
            return "".join(texts[:1]), "".join(riches[-1:])
        if not any(rich for _text, rich in bodies):
            return "\n\n".join(text for text, _rich in bodies if text), ""
        return (
            "\n\n".join(
                said for text, rich in bodies if (said := text if text.strip() else html.plain(rich))
            ),
            "\n".join(rich or html.from_plain(text) for text, rich in bodies if text or rich),
        )

    def _embedded(self, part: Part) -> None:
        inner = _Collector(self.budget).message(part.parts[0])
        self.nested.append(inner)
        name = _name(part, default=f"{inner.subject or 'bericht'}.eml")
        name = name if name.lower().endswith(".eml") else f"{name}.eml"
        self.attachments.append(Attachment(name, part.media_type, part.size, part.path, is_inline=False))

    def _file(self, part: Part) -> None:
        name = _name(part, default="winmail.dat" if part.media_type in _TNEF else "")
        if name.lower() == "winmail.dat":
            self.budget.note("winmail_dat")
        if part.media_type in _CALENDARS:
            self.calendars.append(part.params.get("method", "").upper()[:40])
        if characters.turns_direction(part.filename):
            self.budget.note("misleading_characters")
        is_shown = part.disposition == "inline" or (part.disposition == "" and bool(part.get("content-id")))
        is_inline = is_shown and part.media_type.startswith("image/")
        self.attachments.append(Attachment(name, part.media_type, part.size, part.path, is_inline))

    def _text(self, part: Part, most: int = MOST_TEXT_BYTES) -> str:
        most = min(most, self.budget.text)
        is_cut = part.end - part.start > most
        self.budget.text -= min(most, part.end - part.start)
        if is_cut:
            self.budget.note("text_cut")
        text, is_sure = characters.text(part.data(most), part.params.get("charset", ""), is_cut=is_cut)
        if not is_sure:
            self.budget.note("charset_guessed")
        text = characters.clean(text)
        if part.media_type == "text/plain" and part.params.get("format", "").lower() == "flowed":
            text = flowing.joined(text, delete_space=part.params.get("delsp", "").lower() == "yes")
        return text


def _name(part: Part, default: str) -> str:
    """A name without folders, control characters or anything that a file system or a reader trips over."""
    given = _FOLDERS.sub("", characters.one_line(part.filename, 1000)) or default.replace("/", "-")
    stem, dot, ending = _NOT_IN_NAMES.sub("-", given).strip(". ").rpartition(".")
    # Of a long name the middle goes, never what tells the kind of file.
    name = f"{stem[:140]}{dot}{ending[:20]}" if stem else ending[:140]
    return name or "bijlage" + _ENDINGS.get(part.media_type, "")


def _everyone(part: Part, name: str) -> tuple[Mailbox, ...]:
    values = [value for found, value in part.fields if found == name]
    return tuple(mailbox for value in values for mailbox in headers.mailboxes(value))[
        : headers.MOST_MAILBOXES
    ]


def _delivered_to(part: Part) -> tuple[str, ...]:
    found = (headers.address(value) for name, value in part.fields if name in _DELIVERED_TO)
    return tuple(dict.fromkeys(address for address in found if address))
