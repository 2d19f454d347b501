"""Header fields of mail: decoded words, mailboxes, message ids, dates and parameters. Nothing here raises."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import unquote_to_bytes

from letters.inbound import characters

MOST_MAILBOXES: Final = 500
MOST_IDS: Final = 200
_WORD: Final = re.compile(r"=\?([^\s?*]{1,40})(?:\*[^\s?]{0,20})?\?([bq])\?([^?]*)\?=", re.IGNORECASE)
# Each alternative matches whatever follows its first character, so that the whole takes linear time.
_PIECE: Final = re.compile(
    r'=\?[^\s?]+\?[bBqQ]\?[^?]*\?=|"(?:\\.|[^"\\])*"?|\([^()]*\)?|<[^<>]*>?|[,;:]|[^=",;:()<>]+|.', re.DOTALL
)
_ADDRESS: Final = re.compile(r"[^\s@<>\"(),;:\\\[\]]{1,200}@[^\s@<>\"(),;:\\\[\]]{1,250}")
_ID: Final = re.compile(r"<\s*([^<>\s]{1,990})\s*>")
_BARE_ID: Final = re.compile(r"(?<![^\s,;])([^<>\s@,;]{1,400}@[^<>\s@,;]{1,400})(?![^\s,;])")
_PARAMETER: Final = re.compile(
    r';\s*([^\s=;"*]{1,60})(?:\*([0-9]{1,3}))?(\*)?\s*=\s*("(?:\\.|[^"\\])*"?|[^;]*)'
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name, decoded and on one line, and an address in lower case; either can be empty."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """What stands behind the at sign."""
        return self.address.rpartition("@")[2]


def words(value: str) -> str:
    """A value with its encoded words decoded (RFC 2047), on one line and safe to show."""
    return characters.one_line(decoded(value))


def decoded(value: str) -> str:
    """A value with its encoded words decoded, and nothing else done to it."""
    pieces: list[str] = []
    data, charset, end = b"", "", 0
    for found in _WORD.finditer(value):
        between = value[end : found.start()]
        adjoins = bool(data) and not between.strip()
        # Some programs cut a character in two; its halves are words of their own.
        if not (adjoins and found[1].lower() == charset):
            pieces.append(characters.text(data, charset)[0])
            data, charset = b"", found[1].lower()
            pieces.append("" if adjoins else between)
        data += _word(found[2], found[3])
        end = found.end()
    pieces += [characters.text(data, charset)[0], value[end:]]
    return "".join(pieces)


def mailboxes(value: str) -> tuple[Mailbox, ...]:
    """The mailboxes of an address list, also of one that is written wrongly; group names are left out."""
    found: list[Mailbox] = []
    text, comment, angle = "", "", ""
    for piece in (*_PIECE.findall(value), ","):
        if piece in ",;":
            if text.strip() or angle:
                found.append(_mailbox(text, comment, angle))
            text, comment, angle = "", "", ""
            if len(found) == MOST_MAILBOXES:
                break
        elif piece == ":" and not angle:
            text = ""
        elif piece.startswith("<"):
            angle = piece.strip("<>")
        elif piece.startswith("("):
            comment = piece.strip("()")
        elif piece.startswith('"'):
            text += _unquoted(piece)
        else:
            text += piece
    return tuple(found)


def address(value: str) -> str:
    """The only address in a value such as that of Delivered-To, in lower case; "" when there is none."""
    found = _ADDRESS.search(value)
    return found[0].strip("'.").lower() if found else ""


def message_ids(value: str) -> tuple[str, ...]:
    """The message ids, each with its angle brackets and once, in order; the last ones of a very long list."""
    found = _ID.findall(value) or _BARE_ID.findall(value)
    return tuple(dict.fromkeys(f"<{one}>" for one in found))[-MOST_IDS:]


def date(value: str) -> datetime | None:
    """The moment, always with a time zone (UTC where none was given); None when it cannot be read."""
    try:
        moment = parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        # Near the ends of the calendar a moment exists that no other time zone can say.
        return moment if 1971 <= moment.year <= 9990 else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def parameters(value: str) -> Mapping[str, str]:
    """The parameters behind a value such as that of Content-Type, put together and decoded (RFC 2231)."""
    segments: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, number, is_extended, content in _PARAMETER.findall(value):
        content = _unquoted(content) if content.startswith('"') else content.strip()
        # Of two values under one name the first counts, as it does for other programs.
        segments.setdefault(name.lower(), {}).setdefault(int(number or 0), (bool(is_extended), content))
    return {name: _joined([parts[key] for key in sorted(parts)]) for name, parts in segments.items()}


def _word(encoding: str, content: str) -> bytes:
    if encoding in "qQ":
        return binascii.a2b_qp(content.encode("utf-8", "replace"), header=True)
    return from_base64(content.encode("utf-8", "replace"))


def from_base64(data: bytes | memoryview) -> bytes:
    """What the base64 says, as far as it goes; characters that do not belong in it are passed over."""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        clean = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        return binascii.a2b_base64(clean[: len(clean) - (len(clean) % 4 == 1)] + b"==")


def _mailbox(text: str, comment: str, angle: str) -> Mailbox:
    if angle:
        return Mailbox(words(text), address(angle))
    return Mailbox(words(comment), found) if (found := address(text)) else Mailbox(words(text), "")


def _unquoted(piece: str) -> str:
    inside = piece[1:-1] if len(piece) > 1 and piece.endswith('"') else piece[1:]
    return _ESCAPED.sub(r"\1", inside)


def _joined(parts: Iterable[tuple[bool, str]]) -> str:
    charset, data = "", b""
    for index, (is_extended, content) in enumerate(parts):
        if is_extended and index == 0 and content.count("'") >= 2:
            charset, _language, content = content.split("'", 2)
        data += unquote_to_bytes(content) if is_extended else content.encode("utf-8", "replace")
    return decoded(characters.text(data, charset)[0])
