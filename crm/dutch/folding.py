"""Text made comparable: without capitals, accents and punctuation, and the keys that search boxes look in.

A search key is made to be stored in a column and matched with LIKE. It reads `` word word ... joined joined ``: every
word has one space before it, and the last one a space behind it, so that

- ``LIKE '%vries%'`` finds a piece of a word,
- ``LIKE '% vri%'`` the beginning of a word,
- ``LIKE '% vries %'`` a whole word.

Behind the words as written stand, once each: the letters of abbreviations (J.P.: j, p), the parts of run-together
words (GroenLinks: groen, links; D66: d, 66), prefixes with the name they belong to and their short form (vanderberg,
vd, vdberg), and every two neighbours joined (groenlinks for "Groen Links"). A key holds only a-z, 0-9 and spaces,
and so do the terms of a query: nothing in them needs escaping in LIKE.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Final

from anyascii import anyascii

from crm.dutch import prefixes

_QUOTES: Final = str.maketrans(dict.fromkeys("'‘’‚‛`´ʼ′", "'") | dict.fromkeys('"“”„«»', ""))
# J.P. and v.d. are one word; the stop in "A.de Vries" ends one.
_ABBREVIATION: Final = re.compile(r"(?<![A-Za-z0-9])([A-Za-z](?:\.[A-Za-z])+)(?![A-Za-z0-9])")
_SEAM: Final = re.compile(
    r"(?<=[A-Za-z])'(?=[A-Za-z]{3})|(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])"
)
_ARTICLES: Final = ("de", "den", "der")
# Shorter terms, which are looked for only where a word begins, would be found in the middle of nearly everything.
WHOLE_FROM: Final = 4


def fold(text: str) -> str:
    """The text in a-z and 0-9: lower case, ß as ss, ø as o; quotes gone, other punctuation one space."""
    return _squeezed(_ascii(text))


def search_key(*parts: str) -> str:
    """The key for these parts, in the order in which they are said (first name, prefix, family name).

    The format stands at the top of this module. Without a single letter or digit it is empty.
    """
    written = " ".join(_ascii(part) for part in parts)
    words = _words(written)
    found = [*words]
    for abbreviation in _ABBREVIATION.findall(written):
        found += abbreviation.lower().split(".")
    for token in _ABBREVIATION.sub("", written).replace(".", " ").split():
        pieces = _SEAM.split(token)
        found += [_squeezed(piece) for piece in pieces] if len(pieces) > 1 else []
    for place in range(len(words)):
        found += _with_prefix(words, place)
    found += [first + second for first, second in pairwise(words)]
    return f" {' '.join(dict.fromkeys(found))} " if found else ""


def query_terms(text: str) -> list[str]:
    """What a stored key must contain, every one of them, to be found with this text; [] for no letter or digit.

    Terms of four characters and more are found anywhere in a word (*dorp* finds Stadsdorp). Shorter terms
    carry a leading space, and are found only where a word begins.
    """
    terms = [word if len(word) >= WHOLE_FROM else f" {word}" for word in _words(_ascii(text))]
    return list(dict.fromkeys(terms))


def matches(key: str, text: str) -> bool:
    """What a search in the database must do: every term of ``text`` is contained in ``key``."""
    return all(term in key for term in query_terms(text))


def _ascii(text: str) -> str:
    """Letters and digits in ASCII with their capitals, quotes as ', full stops kept, everything else a space."""
    # Quotes first: NFKC would turn ´ into a space with an accent.
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    return "".join(_ascii_character(character) for character in text)


def _ascii_character(character: str) -> str:
    if character in "'." or (character.isascii() and character.isalnum()):
        return character
    category = unicodedata.category(character)[0]
    if category in "LN":
        return "".join(letter for letter in anyascii(character) if letter.isalnum())
    return "" if category == "M" else " "


def _squeezed(text: str) -> str:
    closed = _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), text)
    return " ".join(closed.replace("'", "").replace(".", " ").lower().split())


def _words(text: str) -> list[str]:
    """The words of a text that went through ``_ascii``; ``v d`` and ``v/d`` are one word, as ``v.d.`` is."""
    return re.sub(r"(?<!\S)v d(?!\S)", "vd", _squeezed(text)).split()


def _with_prefix(words: list[str], place: int) -> list[str]:
    """The joined forms of a prefix that stands at ``place`` and the name behind it."""
    if words[place] == "vd" and place + 1 < len(words):
        name = words[place + 1]
        return ["vd" + name, "van", *_ARTICLES, *(f"van{article}{name}" for article in _ARTICLES)]
    length = prefixes.length_at(words, place, prefixes.FOLDED)
    prefix, name = words[place : place + length], "".join(words[place + length : place + length + 1])
    if length == 2 and prefix[0] == "van" and prefix[1] in _ARTICLES:
        return ["".join(prefix) + name, "vd", "vd" + name]
    return ["".join(prefix) + name] if length else []
