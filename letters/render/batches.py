"""A print batch: one file with everything that goes into envelopes, in envelope order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crm.typesetting.pdf import concatenate


@dataclass(frozen=True, slots=True)
class BatchLetter:
    """The frozen PDF of one letter and of what goes with it, as bytes."""

    pdf: bytes
    enclosures: tuple[bytes, ...] = ()


def print_batch(cover: bytes, letters: Sequence[BatchLetter], *, duplex: bool = False) -> bytes:
    """The cover sheet, then each letter followed by its enclosures: the same bytes for the same parts.

    An enclosure of many letters is stored once. For paper that is printed on both sides ask for ``duplex``:
    then every letter and every enclosure starts on a sheet of its own.

    :raises NotAPdf: when a part is no readable PDF
    """

    def parts() -> Iterator[bytes]:
        yield cover
        for letter in letters:
            yield letter.pdf
            yield from letter.enclosures

    return concatenate(parts(), title="Afdrukken voor de post", duplex=duplex)
