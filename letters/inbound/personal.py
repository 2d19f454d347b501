"""Mail that Spreekbuis sends to one of us holds links that are hers alone: whoever else opens it never sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from letters.inbound import quoting, reading
from letters.inbound.incoming import Incoming

# The problem of a message that is, or returns, mail to one of us.
PERSONAL: Final = "personal"
# What breaks an address off or is put before its lines: ends of lines as mail and quoted-printable write them, marks of
# quotation.
_BREAKS: Final = b" \t\r\n\xa0>|="

_PART: Final = 1024 * 1024
_OVERLAP: Final = 2048


def holds(incoming: Incoming, places: Collection[str]) -> bool:
    """Whether an address in one of these places stands in what can be read; ``places`` are beginnings of addresses
    such as ``brug.example/akkoord/``, in lower case."""
    return _holds((text.encode() for text in _texts(incoming)), places)


def arrives_in(raw: bytes, incoming: Incoming, places: Collection[str]) -> bool:
    """The same of all the bytes of a message, its files too."""
    files = (reading.attachment(raw, one.path) for one in incoming.attachments)
    return holds(incoming, places) or _holds((raw,), places) or _holds(files, places)


def own_words(incoming: Incoming, places: Collection[str]) -> Incoming:
    """The message with only what its writer put above the mail that comes back; without even that, when the links stand
    in it."""
    own = quoting.split(incoming.text).own
    return replace(
        incoming,
        text="" if _holds((own.encode(),), places) else own,
        html="",
        attachments=(),
        nested=(),
        forwards=(),
        reports=(),
        problems=tuple(dict.fromkeys((*incoming.problems, PERSONAL))),
    )


def _texts(incoming: Incoming) -> Iterator[str]:
    yield from (incoming.subject, incoming.text, incoming.html, *incoming.reports)
    for inner in incoming.nested:
        yield from _texts(inner)


def _holds(pieces: Iterable[bytes], places: Collection[str]) -> bool:
    wanted = [place.encode() for place in places]
    return any(place in flat for piece in pieces for flat in _in_parts(piece) for place in wanted)


def _in_parts(piece: bytes) -> Iterator[bytes]:
    """A large file is never in memory twice; the parts overlap, so that an address is in one of them as a whole."""
    for start in range(0, len(piece), _PART):
        yield _flat(piece[start : start + _PART + _OVERLAP])


def _flat(piece: bytes) -> bytes:
    """In one line, and as an address stands inside another one: a mail server that checks links wraps them so."""
    flat = piece.translate(None, _BREAKS).lower()
    return flat.replace(b"%25", b"%").replace(b"%2f", b"/").replace(b"%3a", b":")
