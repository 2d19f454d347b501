"""Messages that stand inside the text of another one, under the header lines that mail programs put above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from letters.inbound.headers import Mailbox, mailboxes, message_ids

MOST_BLOCKS: Final = 20
MOST_TEXT: Final = 200_000
_LABELS: Final = {
    "van": "from", "from": "from", "verzonden": "sent", "verstuurd": "sent", "datum": "sent", "sent": "sent",
    "date": "sent", "aan": "to", "to": "to", "cc": "cc", "kopie": "cc", "bcc": "bcc", "onderwerp": "subject",
    "betreft": "subject", "subject": "subject", "antwoord aan": "reply", "reply-to": "reply", "urgentie": "importance",
    "prioriteit": "importance", "importance": "importance", "bijlagen": "enclosed", "attachments": "enclosed",
    "message-id": "id", "bericht-id": "id",
}  # fmt: skip
_FIELD: Final = re.compile(
    rf"[>\s]{{0,20}}[*_]{{0,2}}({'|'.join(_LABELS)})[*_]{{0,2}}\s?:[*_]{{0,2}}(?:\s(.*))?",
    re.IGNORECASE | re.DOTALL,
)
_QUOTE_MARKS: Final = re.compile(r"[>\s]*")
_FORWARDED: Final = re.compile(
    r"[>\s]{0,20}(?:-{2,}\s*(?:doorgestuurd bericht|doorgestuurde e-mail|forwarded message|forwarded by)\b.{0,100}"
    r"|begin (?:van )?(?:het )?doorgestuurd bericht\s?:?|begin forwarded message\s?:?)\s*",
    re.IGNORECASE,
)
_ORIGINAL: Final = re.compile(
    r"[>\s]{0,20}-{2,}\s*(?:oorspronkelijk(?:e)? (?:bericht|e-mail)|original (?:message|appointment))\s*-{2,}\s*",
    re.IGNORECASE,
)
_FORWARDING: Final = re.compile(
    r"\s*(?:(?:re|antw|antwoord|betr)\s*:\s*)*(?:fwd?|doorst|doorgest|doorgestuurd|doorsturen)\s*:",
    re.IGNORECASE,
)
# Older Outlook writes "Jan Jansen [mailto:jan@…]".
_MAILTO: Final = re.compile(r"\[mailto:([^\]\s]+)\]|<mailto:[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A message in the text of another: as its header lines say, which anyone could have typed.

    ``sent`` is the moment in the words of the mail program; ``text`` is all that follows.
    """

    sender: Mailbox
    to: tuple[Mailbox, ...]
    subject: str
    sent: str
    message_id: str
    text: str
    is_forward: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Header lines in a text: from line ``start`` up to line ``end``."""

    start: int
    end: int
    fields: dict[str, str]
    is_forward: bool


def quoted_messages(text: str) -> tuple[Quoted, ...]:
    """The messages that are quoted or forwarded in the text, the newest (uppermost) first."""
    lines = text.split("\n")
    return tuple(_quoted(lines, block) for block in blocks(lines))


def forwarded(text: str, subject: str) -> tuple[Quoted, ...]:
    """Those of the quoted messages that somebody passed on: as their heading says, or the subject ("FW:")."""
    found = quoted_messages(text)
    says_so = _FORWARDING.match(subject) is not None
    return tuple(one for index, one in enumerate(found) if one.is_forward or (says_so and index == 0))


def is_marker(line: str) -> bool:
    """Whether the line says that an earlier message follows: "-----Oorspronkelijk bericht-----"."""
    return bool(_ORIGINAL.fullmatch(line) or _FORWARDED.fullmatch(line))


def blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Where header lines stand in a text; the line that announces them belongs to them."""
    at, count = 0, 0
    while at < len(lines) and count < MOST_BLOCKS:
        field = _field(lines[at])
        if field is None:
            at += 1
            continue
        marker = next((i for i in range(at - 1, max(at - 4, -1), -1) if _content(lines[i])), -1)
        is_announced = marker >= 0 and is_marker(lines[marker])
        if field[0] != "from" and not is_announced:
            at += 1
            continue
        fields, end = _collected(lines, at)
        if "from" in fields and fields.keys() & {"subject", "sent"} and len(fields) >= 3 - is_announced:
            is_forward = is_announced and _FORWARDED.fullmatch(lines[marker]) is not None
            yield Block(marker if is_announced else at, end, fields, is_forward)
            count += 1
        at = end


def _field(line: str) -> tuple[str, str] | None:
    if ":" not in line[:60]:
        return None
    found = _FIELD.fullmatch(line[:2000])
    return (_LABELS[found[1].lower()], (found[2] or "").strip().lstrip("*_ ")) if found else None


def _collected(lines: Sequence[str], at: int) -> tuple[dict[str, str], int]:
    """The fields from this line on, and the line where the text begins. A long list of names may be broken off."""
    fields: dict[str, str] = {}
    name, end = "", at
    while at < len(lines):
        field = _field(lines[at])
        goes_on = name in {"to", "cc", "bcc"} and fields[name].endswith(",")
        if field and field[0] not in fields:
            name, fields[field[0]] = field
            end = at + 1
        elif field or not (goes_on or any(map(_field, lines[at + 1 : at + 3]))):
            break
        elif name and (content := _content(lines[at])):
            fields[name] += f" {content}"
            end = at + 1
        at += 1
    return fields, end


def _content(line: str) -> str:
    return line[_QUOTE_MARKS.match(line).end() :].strip()  # type: ignore[union-attr]


def _quoted(lines: Sequence[str], block: Block) -> Quoted:
    depth = lines[block.start].lstrip()[:2].startswith(">")
    rest = lines[block.end :]
    if depth:
        rest = [line.lstrip().removeprefix(">").removeprefix(" ") for line in rest]
    sender = mailboxes(_addresses(block.fields.get("from", "")))
    return Quoted(
        sender=sender[0] if sender else Mailbox("", ""),
        to=mailboxes(_addresses(block.fields.get("to", ""))),
        subject=block.fields.get("subject", ""),
        sent=block.fields.get("sent", ""),
        message_id="".join(message_ids(block.fields.get("id", ""))[:1]),
        text="\n".join(rest)[:MOST_TEXT].strip(),
        is_forward=block.is_forward,
    )


def _addresses(value: str) -> str:
    return _MAILTO.sub(lambda found: f"<{found[1]}>" if found[1] else "", value).replace("*", "")
