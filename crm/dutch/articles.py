"""Articles before names: *de* SP, *het* CDA, *de* gemeente Amsterdam, D66."""

from __future__ import annotations

from typing import Final

# Words for a kind of organisation: a capital in a list, none in the middle of a sentence.
_KINDS: Final = {"fractie", "gemeente", "stadsdeel", "stadsgebied"}


def with_article(article: str, name: str) -> str:
    """``de SP``, ``het CDA``, ``de gemeente Amsterdam``; a name that opens with its article has it once.

    ``article`` is "de", "het" or "" and belongs to the name; without one the name stays as it is.
    """
    if not article:
        return name
    first, _space, rest = name.partition(" ")
    if first.lower() == article and rest:
        return f"{article} {rest}"
    if first.lower() in _KINDS and rest:
        name = f"{first.lower()} {rest}"
    return f"{article} {name}"


def opening(sentence: str) -> str:
    """The sentence with a capital when it opens with an article: ``De SP zei ja.``

    What opens with anything else stays as it is written: "’t Hart", "eBay".
    """
    return sentence[:1].upper() + sentence[1:] if sentence.startswith(("de ", "het ")) else sentence
