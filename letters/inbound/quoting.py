"""The text of a mail taken apart: what they wrote themselves, what they quote, and what stands under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from letters.inbound import forwards

# A text with more lines than this is a listing; what follows counts as quoted.
MOST_LINES: Final = 20_000
_SIGNATURE: Final = re.compile(r"--\s?")
_SENT_WITH: Final = re.compile(
    r"(?:verzonden|verstuurd|gestuurd|sent) (?:vanaf|vanuit|met|via|from|with|using) .{2,60}"
    r"|(?:outlook|yahoo mail|gmail) (?:voor|for|op|on) (?:ios|android|mac|windows)\b.{0,60}"
    r"|(?:download|haal|get) outlook (?:voor|for) .{2,40}|outlook voor .{2,20} downloaden.{0,60}",
    re.IGNORECASE,
)
# "Op di 29 jul 2025 om 20:14 schreef Jan <jan@…>:" in the variants of the mail programs, on one line or broken off.
_ATTRIBUTION: Final = re.compile(
    r"(?:op|on|am|le)\s[^\n]{4,350}?\s(?:schreef|wrote|schrieb|a écrit|heeft)\b[^\n]{0,250}:"
    r"|[^\n]{2,150}\s(?:schreef|wrote)\s(?:op|om|on|in|:)[^\n]{0,200}:"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[^\n]{2,80}<[^<>@\n]{1,100}@[^<>\n]{1,100}>\s?:",
    re.IGNORECASE,
)
_WROTE: Final = re.compile(r"schreef|wrote|geschreven|schrieb|écrit|^[0-9].*@", re.IGNORECASE)
# What a mail program writes has a time or an address in it; "Op 12 maart schreef u ons:" is somebody's own sentence.
_BY_PROGRAM: Final = re.compile(r"[0-9]{1,2}[:.][0-9]{2}|@")
_RULE: Final = re.compile(r"_{10,}|-{20,}")


class Voice(StrEnum):
    """Whose words these are."""

    OWN = "own"
    QUOTED = "quoted"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines in a row with one voice."""

    voice: Voice
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A text in pieces, in their order; nothing but empty lines between them is left out."""

    pieces: tuple[Piece, ...]

    @property
    def own(self) -> str:
        """What they wrote themselves, also when it stands between quotations."""
        return self._said(Voice.OWN)

    @property
    def quoted(self) -> str:
        """What they quote or passed on."""
        return self._said(Voice.QUOTED)

    @property
    def signature(self) -> str:
        """What their mail program puts under every message."""
        return self._said(Voice.SIGNATURE)

    def _said(self, voice: Voice) -> str:
        return "\n\n".join(piece.text for piece in self.pieces if piece.voice == voice)


def split(text: str) -> Reply:
    """Take a text apart, as :class:`~letters.inbound.incoming.Incoming` has it."""
    lines = text.split("\n", MOST_LINES)
    voices = _voices(lines)
    pieces: list[Piece] = []
    start = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or voices[at] != voices[start]:
            if said := "\n".join(lines[start:at]).strip("\n"):
                pieces.append(Piece(voices[start], said))
            start = at
    return Reply(tuple(piece for piece in pieces if piece.text.strip()))


def _voices(lines: Sequence[str]) -> list[Voice]:
    blocks = {block.start for block in forwards.blocks(lines)}
    voices: list[Voice] = []
    voice = Voice.OWN
    while (at := len(voices)) < len(lines):
        line = lines[at].strip()
        following = _next(lines, at + 1)
        if (
            at in blocks
            or forwards.is_marker(line)
            or (_RULE.fullmatch(line) and _next_at(lines, at + 1) in blocks)
        ):
            # From here on it is what others wrote before.
            return voices + [Voice.QUOTED] * (len(lines) - at)
        if taken := _attribution(lines, at):
            if not _next(lines, at + taken).startswith(">"):
                return voices + [Voice.QUOTED] * (len(lines) - at)
            voices += [Voice.QUOTED] * taken
            voice = Voice.OWN
        elif line.startswith(">"):
            voices.append(Voice.QUOTED)
            voice = Voice.OWN
        elif not line:
            # An empty line goes with what stands before it, unless a quotation goes on behind it.
            inside = bool(voices) and voices[-1] == Voice.QUOTED and following.startswith(">")
            voices.append(Voice.QUOTED if inside else voice)
        else:
            if _SIGNATURE.fullmatch(lines[at]) or _SENT_WITH.fullmatch(line):
                voice = Voice.SIGNATURE
            voices.append(voice)
    return voices


def _attribution(lines: Sequence[str], at: int) -> int:
    """Over how many lines, from this one on, a mail program says who wrote what follows; 0 when it does not."""
    joined = ""
    for count in range(1, 4):
        if at + count > len(lines) or not (line := lines[at + count - 1].strip()) or line.startswith(">"):
            return 0
        joined = f"{joined} {line}".strip()
        if len(joined) > 500:
            return 0
        if joined.endswith(":"):
            if not _WROTE.search(joined) or not _ATTRIBUTION.fullmatch(joined):
                return 0
            is_quoting = _next(lines, at + count).startswith(">")
            return count if is_quoting or _BY_PROGRAM.search(joined) else 0
    return 0


def _next_at(lines: Sequence[str], at: int) -> int:
    return next((i for i in range(at, min(at + 5, len(lines))) if lines[i].strip()), -1)


def _next(lines: Sequence[str], at: int) -> str:
    found = _next_at(lines, at)
    return lines[found].strip() if found >= 0 else ""
