"""Compounds typed as two words: "toekomst gericht"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from crm.checking import dictionary
from crm.checking.passages import Passage, Span

_MOST_PAIRS: Final = 2_000


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before another word these are words in their own right, whatever the two would mean when joined.
_LOOSE: Final = _words("""
    aan aardig achter acht alle alles als altijd ander andere anders beide beiden beneden beter
    bijna binnen boven buiten daar daarin daarmee daarom daarvoor deze dicht diep direct door drie
    dubbel echt eens eerder eerst eerste elkaar elke enkel enkele extra geen gelijk genoeg goed
    goede groot grote haar half hard heel hele heen hier hoeveel hoger hoog hoge ieder iedere iemand
    inmiddels jong jonge juist jullie kort korte kunnen laag laat laatste lage lang lange langer
    langs laten leeg licht lopen maar maken mede meer mensen mijn minder moeten naar naast neer
    nemen niet nieuw nieuwe nooit ondanks onder ongeveer onze oude over plus rond ruim samen sinds
    snel staan steeds sterk stil straks tegen terug tevens tien toch toen totaal trouw tussen twee
    vaak vast veel veilig verder vier vijf voor voorbij vooral vrij waar waarom wanneer warm weer
    weinig welk welke werken weten wijd wordt worden zacht zelf zeer zeven zoals zonder zwaar
""")
_DETERMINERS: Final = _words(
    "de het een deze dit die dat onze ons hun haar zijn uw jouw jullie mijn elke iedere elk ieder geen"
)
# What can give, ask or do something: "de gemeente subsidie geeft" is no word typed apart, "het gemeente beleid" is.
_ACTORS: Final = dict.fromkeys(
    _words("""
        buurt club commissie coöperatie fractie gemeente groep kerk koepel organisatie overheid partij politie provincie
        raad school staat stad stichting vereniging wijk
    """),
    _words("het dit"),
) | dict.fromkeys(_words("college netwerk rijk stadsdeel stadsdorp"), _words("de deze die"))
_SINGULAR: Final = frozenset({"een", "het", "dit", "elk", "ieder", "elke", "iedere"})
# Nouns with the s that only a compound puts behind them.
_LINKED: Final = ("ings", "heids", "teits", "schaps", "ions")
_PLURALS: Final = ("en", "ers", "ars", "ors", "eurs", "els", "ems", "ies", "jes", "a's", "o's")
# Words that follow a noun as words in their own right: "een stadsdorp en", never "stadsdorpen" typed apart.
_FOLLOWERS: Final = _words("""
    aan alle als bij dan dat deze die dit doe doen door dus een elk elke geen haar had heb heeft het
    hier hoe hun iets ieder iedere jij jou jouw kan maar mag meer met mij mijn moet naar nee niet niks
    nog nooit nou ons onze ook ooit over pas per steeds toch toe toen tot uit van vaak veel voor waar
    wat wel werd wie wij wil worden wordt zal zelf zich zij zijn zit zou zonder
""")
_SHORTEST_PART: Final = 4
# Of our own words we know that they are words, and "burenapp" ends in a short one; "en", "er" and "je" are endings.
_SHORTEST_OWN_PART: Final = 3
_SHORTEST_LISTED: Final = 8


def find(passages: Sequence[Passage], own_words: Iterable[str] = ()) -> Iterator[tuple[Span, str, str]]:
    """Two words that ought to be one, as ``(where, right, advice)``.

    Either the text itself or our own words have them as one, or the dictionary knows them only together. Two words
    that can just as well stand side by side are left alone.
    """
    own = {word.lower() for name in own_words for word in name.split()}
    joined = _first_uses(passages)
    loose = _counts(passages)
    looked_up = 0
    most = (
        _MOST_PAIRS if dictionary.speaks(span.text for passage in passages for span in passage.words) else 0
    )
    for place, passage in enumerate(passages):
        for before, one, two in _neighbours(passage):
            left, right = one.text.lower(), two.text
            word = left + right
            if not right.islower():
                continue
            span = Span(passage, one.start, two.end)
            written = word[0].upper() + word[1:] if one.text[0].isupper() else word
            if word in joined:
                alone = loose[left] == loose[f"{left} {right}"]
                is_own = word in own and _may_be_own(before, left, right)
                if left not in _LOOSE and (is_own or _is_one_thing(before, left, right, alone=alone)):
                    where = "verderop" if joined[word] > (place, one.start) else "eerder"
                    yield span, written, f"{written}: zo schrijf je het {where} ook."
            elif word in own and _may_be_own(before, left, right):
                yield span, written, f"{written}: dat schrijf je aan elkaar."
            elif _could_be_apart(one.text, right) and looked_up < most and not {left, right} & own:
                looked_up += 1
                if _makes_sense_only_joined(left, right):
                    yield span, written, f"{written}: dat schrijf je aan elkaar."


def _first_uses(passages: Sequence[Passage]) -> dict[str, tuple[int, int]]:
    uses: dict[str, tuple[int, int]] = {}
    for place, passage in enumerate(passages):
        for span in passage.words:
            uses.setdefault(span.text.lower(), (place, span.start))
    return uses


def _counts(passages: Sequence[Passage]) -> Counter[str]:
    """How often each word, and each two words in a row, stand in the text."""
    counts = Counter[str]()
    for passage in passages:
        counts.update(span.text.lower() for span in passage.words)
        counts.update(f"{one.text} {two.text}".lower() for _, one, two in _neighbours(passage))
    return counts


def _neighbours(passage: Passage) -> Iterator[tuple[str, Span, Span]]:
    """Every two words with only white space between them, and the word before them in lower case."""
    before = ""
    for one, two in pairwise(passage.words):
        if passage.text[one.end : two.start].isspace():
            yield before, one, two
            before = one.text.lower()
        else:
            before = ""


def _is_one_thing(before: str, left: str, right: str, *, alone: bool) -> bool:
    """Whether the two can hardly be two words here: subject and object may meet ("als bewoners initiatieven nemen").

    ``alone``: the first one stands nowhere else in the text.
    """
    if len(left) < _SHORTEST_PART or len(right) < _SHORTEST_PART:
        return False
    if dictionary.is_infinitive(right):
        return False
    if left.endswith(("en", "s")):
        # "stads" is the beginning of a compound, "bewoners" and "dorpen" are people and things.
        return before in _SINGULAR or (alone and not left.endswith(_PLURALS))
    return not _acts(before, left)


def _may_be_own(before: str, left: str, right: str) -> bool:
    """Whether the two may be one of our own words typed apart, and no words that just follow each other."""
    if len(right) < _SHORTEST_OWN_PART or {left, right} & (_FOLLOWERS | _DETERMINERS) or left in _LOOSE:
        return False
    return not _acts(before, left)


def _acts(before: str, left: str) -> bool:
    """Whether it is named as one who does something: "de gemeente", "het netwerk"."""
    return left in _ACTORS and before in _DETERMINERS and before not in _ACTORS[left]


def _could_be_apart(left: str, right: str) -> bool:
    return (
        len(left) >= 3
        and len(right) >= _SHORTEST_PART
        and len(left) + len(right) >= _SHORTEST_LISTED
        and left[1:].islower()
        and left.isalpha()
        and right.isalpha()
    )


def _makes_sense_only_joined(left: str, right: str) -> bool:
    """Whether one of the two is no word by itself, and together they are: "vrij willigers", "verkiezings programma"."""
    if dictionary.knows(right) and (dictionary.knows(left) or dictionary.knows(left.capitalize())):
        return False
    joined = left + right
    return dictionary.lists(joined) or (
        left.endswith(_LINKED) and dictionary.knows(right) and dictionary.knows(joined)
    )
