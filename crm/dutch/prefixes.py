"""Prefixes of family names (tussenvoegsels): which there are, and where they stand in a row of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final


def _table(text: str) -> frozenset[str]:
    return frozenset(" ".join(entry.split()) for entry in text.split(","))


# A choice out of "Voorvoegsels", table 36 of the Dutch register of persons (Landelijke tabellen BRP).
DUTCH: Final = _table("""
    aan, aan de, aan den, aan der, aan het, aan ’t, bij, bij de, bij den, bij het, bij ’t, boven d’,
    de, de die, de van der, die, den, der, het, in, in de, in den, in der, in het, in ’t, onder, onder de,
    onder den, onder het, onder ’t, op, op de, op den, op der, op gen, op het, op ’t, op ten, over,
    over de, over den, over het, over ’t, ’s, ’t, te, ten, ter, tho, thoe, tot, uit, uit de, uit den,
    uit het, uit ’t, uit ten, uijt de, uijt den, v.d., van, van de, van de l’, van de la, van den, van der,
    van gen, van het, van in ’t, van la, van ter, van ’t, van van de, voor, voor de, voor den,
    voor in ’t, voor ’t
""")

# Of other languages. Whoever bears the name may write these with a capital, also after a first name.
FOREIGN: Final = _table("""
    af, al, am, auf, auf dem, auf der, aus dem, aus der, ben, bin, d’, da, dal, dalla, das, de l’, de la, de las,
    de los, del, dela, della, des, di, do, don, dos, du, el, ibn, l’, la, las, le, les, lo, los, vom, von,
    von dem, von den, von der, von und zu, zu, zum, zur
""")

# In these a word in front of a family name is a first name at least as often as a prefix: Ben Jansen, Do Visser.
FIRST_NAMES_TOO: Final = frozenset({"af", "am", "ben", "bin", "da", "dal", "das", "di", "do", "don", "lo"})

ALL: Final = DUTCH | FOREIGN
FOLDED: Final = frozenset(prefix.replace("’", "").replace(".", "") for prefix in ALL)

_LONGEST: Final = max(len(prefix.split()) for prefix in ALL)


def length_at(words: Sequence[str], start: int, table: frozenset[str] = ALL) -> int:
    """How many words from ``start`` form the longest prefix of ``table``, whatever their capitals; 0 for none.

    At least one word is always left over, because a family name is never a prefix alone.
    """
    for length in range(min(_LONGEST, len(words) - start - 1), 0, -1):
        if " ".join(words[start : start + length]).lower() in table:
            return length
    return 0
