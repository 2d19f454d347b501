"""Tips about language that a dictionary can carry: forms of verbs, words that want to be joined or parted, typos."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from crm.checking import dictionary
from crm.checking.findings import Finding, Fix, Severity
from crm.checking.passages import Passage, Span

_MOST_TIPS: Final = 12
_MOST_WORDS: Final = 1_500
_MOST_SUGGESTED: Final = 10


def find(
    passages: Sequence[Passage], own_words: Iterable[str] = (), spared: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Tips, all of them in at most one finding ``language_tip``, and a ``spelling`` for every typo.

    ``spared`` are words (as written) that another finding is about already.
    """
    if not dictionary.speaks(span.text for passage in passages for span in passage.words):
        return ()
    left_alone = {word.lower() for name in (*own_words, *spared) for word in name.split()}
    tips = dict[str, tuple[Span, str]]()
    for span, right in _tips(passages):
        if span.text.lower() not in left_alone:
            tips.setdefault(" ".join(span.text.split()), (span, right))
    return (*_as_one(dict(list(tips.items())[:_MOST_TIPS])), *_typos(passages, left_alone))


def _as_one(tips: dict[str, tuple[Span, str]]) -> Iterator[Finding]:
    if tips:
        first, _ = next(iter(tips.values()))
        better = ", ".join(f'"{right}"' for _, right in tips.values())
        fixes = tuple(Fix(wording, right) for wording, (_, right) in tips.items())
        yield Finding(
            "language_tip", Severity.TIP, tuple(tips), f"Liever: {better}.", first.spot, first.line, fixes
        )


def _tips(passages: Sequence[Passage]) -> Iterator[tuple[Span, str]]:
    room = _MOST_WORDS
    for passage in passages:
        found = [*_participles(passage), *_first_person(passage), *_selves(passage)]
        for word in passage.words[: max(0, room)]:
            room -= 1
            if parted := _parted(word.text):
                found.append((word, parted))
        yield from sorted(found, key=lambda tip: tip[0].start)


# --- Verbs ---

_AUXILIARY: Final = r"(?:zijn|is|was|waren|wordt|worden|werd|werden|heeft|hebben|had|hadden)"
# Verbs whose participle is their stem: no ge- is put before these (ANS 2.3.2.2).
_STEM: Final = r"(?:be|er|ge|her|ont|ver)\w{3,}d"
_PREPOSITION: Final = (
    r"(?:aan|achter|bij|binnen|boven|buiten|door|in|langs|met|na|naar|naast|om|onder|op|over|per|rond|te|tegen|tot|tussen"
    r"|uit|van|vanuit|via|volgens|voor|zonder|en|of|maar)"
)
# What shows that the words before it end a group of verbs; else "zijn" may be his, and the verb a verb.
_GROUP_ENDS: Final = rf"(?=\s*(?:[.,;:!?)]|$)|\s+{_PREPOSITION}\b)"
_PARTICIPLES: Final = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<![\w-])(?P<wrong>{_STEM}t)(?P<after>\s+{_AUXILIARY}){_GROUP_ENDS}",
        rf"(?<![\w-])(?P<before>{_AUXILIARY}\s+)(?P<wrong>{_STEM}t){_GROUP_ENDS}",
    )
)
_FIRST_PERSON: Final = re.compile(
    r"(?<![\w-])(?P<before>ik\s+)(?P<wrong>[^\W\d_]{3,}dt)(?!\w)", re.IGNORECASE
)


def _participles(passage: Passage) -> Iterator[tuple[Span, str]]:
    """A participle has no t ("die verspreidt zijn over"); in "Het netwerk verspreidt zijn krant" it is none."""
    for shape in _PARTICIPLES:
        for found in shape.finditer(passage.readable):
            yield from _without_t(passage, found)


def _first_person(passage: Passage) -> Iterator[tuple[Span, str]]:
    """After ik no verb has one: "ik vindt"."""
    for found in _FIRST_PERSON.finditer(passage.readable):
        yield from _without_t(passage, found)


def _without_t(passage: Passage, found: re.Match[str]) -> Iterator[tuple[Span, str]]:
    parts = found.groupdict()
    right = parts["wrong"][:-1]
    if dictionary.lists(right.lower()) and dictionary.lists(parts["wrong"].lower()):
        wording = " ".join(((parts.get("before") or "") + right + (parts.get("after") or "")).split())
        yield Span(passage, *found.span()), wording


# --- Words typed apart or together ---

# "redzaam" is listed because of zelfredzaam; by itself nobody writes it.
_SELVES: Final = re.compile(r"(?<![\w-])(samen|zelf)\s+(redza(?:am|me|amheid))(?![\w-])", re.IGNORECASE)
_SHORTEST_NOUN: Final = 4


def _selves(passage: Passage) -> Iterator[tuple[Span, str]]:
    for found in _SELVES.finditer(passage.readable):
        yield Span(passage, *found.span()), found[1] + found[2]


def _parted(written: str) -> str | None:
    """A noun and an infinitive in one, taken apart, when the dictionary has only the noun in -ing as one word."""
    word = written.lower()
    if not word.endswith("en") or not written[1:].islower() or dictionary.knows(word):
        return None
    for place in range(_SHORTEST_NOUN, len(word) - _SHORTEST_NOUN):
        noun, verb = word[:place], word[place:]
        action = verb[:-2] + "ing"
        if (
            dictionary.is_infinitive(verb)
            and dictionary.lists(noun)
            and dictionary.lists(action)
            and dictionary.knows(noun + action)
        ):
            return f"{written[:place]} {written[place:]}"
    return None


# --- Typos ---

_SHORTEST_TYPO: Final = 7


def _typos(passages: Sequence[Passage], left_alone: set[str]) -> Iterator[Finding]:
    """Unknown words of which the dictionary has exactly one that differs by a slip of the pen."""
    uses: dict[str, list[Span]] = {}
    for passage in passages:
        for span in passage.words if passage.is_dutch else ():
            uses.setdefault(span.text, []).append(span)
    words = list(uses)[:_MOST_WORDS]
    unknown = [
        word for word in words if not dictionary.knows(word) and not dictionary.lists(word.capitalize())
    ]
    candidates = [word for word in unknown if _may_be_typo(word, len(uses[word]), left_alone)]
    for word in candidates[:_MOST_SUGGESTED]:
        suggestions = dictionary.slips(word)
        if len(suggestions) == 1:
            first, (right,) = uses[word][0], suggestions
            fix = Fix(word, right, len(uses[word]))
            yield Finding(
                "spelling", Severity.TIP, (word,), f'Bedoel je "{right}"?', first.spot, first.line, (fix,)
            )


def _may_be_typo(word: str, count: int, left_alone: set[str]) -> bool:
    """A word in small letters that is written once or twice: names have capitals, and one's own terms come back."""
    return (
        len(word) >= _SHORTEST_TYPO
        and word.isalpha()
        and word.islower()
        and count <= 2
        and word not in left_alone
    )
