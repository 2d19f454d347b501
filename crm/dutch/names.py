"""Names of people: taken apart as they are typed, and written as Dutch wants them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from crm.dutch import prefixes


class Gender(StrEnum):
    """How somebody is addressed. Only what was told or written; never derived from a first name."""

    UNKNOWN = ""
    FEMALE = "f"
    MALE = "m"
    X = "x"


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of one name: ``Anna``, ``A.M.``, ``van der``, ``Berg``. Any part can be empty."""

    given: str = ""
    initials: str = ""
    prefix: str = ""
    family: str = ""
    gender: Gender = Gender.UNKNOWN


def full(name: PersonName) -> str:
    """``Anna de Vries``: first name (else initials), prefix in lower case, family name."""
    return _after(name.given or name.initials, name)


def formal(name: PersonName) -> str:
    """As in the middle of a sentence: ``mevrouw De Vries``, ``de heer Van der Berg``, ``K. Verbeek``."""
    if not name.family:
        return full(name)
    match name.gender:
        case Gender.FEMALE:
            return f"mevrouw {surname(name)}"
        case Gender.MALE:
            return f"de heer {surname(name)}"
        case Gender.X:
            return full(name)
        case _:
            return _after(name.initials or name.given, name)


def surname(name: PersonName) -> str:
    """The family name standing without first name or initials: ``De Vries``, ``’t Hart``, ``In ’t Veld``.

    The first prefix takes a capital then, except ’t and d’ (Onze Taal, "Hoofdletters in namen (Nederland)").
    """
    prefix = _prefix(name)
    if not prefix.startswith(("’", "d’", "l’")):
        prefix = prefix[:1].upper() + prefix[1:]
    return _with(prefix, name.family)


def sorting(name: PersonName) -> str:
    """As in a Dutch list, under the family name without its prefix: ``Vries, Anna de``."""
    first = name.given or name.initials
    if not name.family:
        return first
    behind = f"{first} {_prefix(name)}".strip()
    return f"{name.family}, {behind}" if behind else name.family


def split(text: str) -> PersonName:
    """Take a name apart as people type it: ``mevr. A. de Vries``, ``drs. J.P. in 't Veld``, ``De Vries, Anna``.

    Titles (drs., MSc) are left out, and so is what stands behind a comma when a whole name stands before it. One
    word is read as a family name. Without a prefix only the last word is the family name; a double name is
    recognised by its hyphen. Quotes become ’. Prefixes of other languages stay with the family name when
    they have a capital behind a first name: ``Ahmed El Khatib`` (Taaladvies.net, "J. van den Berg").
    """
    text, gender = _without_courtesy(_tidy(text))
    given = ""
    if nickname := _NICKNAME.search(text):
        given = nickname["given"].strip()
        text = text[: nickname.end("initials")] + text[nickname.end() :]
    text = " ".join(re.sub(r"\([^()]*\)?", " ", text).split())
    text = _DEGREES.sub("", text).strip(" ,;")

    front, _, behind = text.partition(",")
    words = _words(front)
    start, length = _family_start(words)
    if behind and not _is_whole(words, start, length):
        behind, also = _without_courtesy(behind.replace(",", " ").strip())
        gender = gender or also
        first, prefix, family = _read_reversed(words, _words(behind))
    else:
        first, prefix, family = words[:start], words[start : start + length], words[start + length :]
    if len(family) == 1 and not first and not prefix and _DOTTED.fullmatch(family[0]):
        first, family = family, []
    initials = ""
    if first and all(_is_initials(word, family) for word in first):
        initials = "".join(_as_initials(word) for word in first)
    elif not given:
        given = " ".join(_as_initials(word) if _is_initials(word, family) else word for word in first)
    return PersonName(given, initials, _glued(prefix).lower(), _glued(family), gender)


_HONORIFIC: Final = r"(?P<m>(?:de\s+)?(?:heer|dhr|hr|meneer|mijnheer))|(?P<f>mevrouw|mevr|mw|mej|mejuffrouw)"
_TITLE: Final = r"prof|drs|dr|mr|ir|ing|ds|bc|jhr|jkvr|mgr|t\.\s?a\.\s?v"
_COURTESY: Final = re.compile(
    rf"(?:{_HONORIFIC}|{_TITLE})(?:\.?\s*/\s*|\.?\s+|\.:?\s*)(?:(?:of|en)\s+)?(?=\S)", re.I
)
_DEGREES: Final = re.compile(r"(?:,?\s+(?:BA|BBA|BEd|BSc|EMBA|LLB|LLM|MA|MBA|MD|MEd|MPA|MPH|MSc|PhD)\b\.?)+$")
_NICKNAME: Final = re.compile(r"(?P<initials>(?:\b[^\W\d_]{1,4}\.[ -]?){1,9})\s*\((?P<given>[^()]+)\)")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]{1,4}\.-?)+[^\W\d_]?")
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")
_DOUBLE: Final = re.compile(r"\w-(?P<prefix>[^-]+)$")
_QUOTES: Final = str.maketrans(dict.fromkeys("'‘`´ʼ′", "’") | dict.fromkeys("‐‑–", "-"))


def _tidy(text: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", text.translate(_QUOTES)).split())
    text = re.sub(r"\s*-\s*", "-", text)
    text = re.sub(r"(?<!\S)’ (?=[ts]\b)", "’", text, flags=re.I)
    text = re.sub(r"(?<!\S)(’[ts])(?=[A-Z])", r"\1 ", text)
    # v.d. can be van de, van den or van der: it stays as it is. A v. alone is always van.
    text = re.sub(r"(?<!\S)v[./]? ?d(?:\.? |\.?(?=[A-Z]))", "v.d. ", text)
    return re.sub(r"(?<!\S)v(?:\. ?| )(?=[A-Z]|de)", "van ", text)


def _without_courtesy(text: str) -> tuple[str, Gender]:
    """The text without the honorifics and titles before it, and the gender the honorifics agree on."""
    said: set[Gender] = set()
    while found := _COURTESY.match(text):
        if found["f"]:
            said.add(Gender.FEMALE)
        if found["m"]:
            said.add(Gender.MALE)
        text = text[found.end() :]
    return text, said.pop() if len(said) == 1 else Gender.UNKNOWN


def _words(text: str) -> list[str]:
    """The words, with d’ and l’ loose from the name they lean on and ``jr.`` fast to the one before it."""
    words = re.sub(r"(?<!\S)([dl]’)(?=\w)", r"\1 ", text).split()
    if len(words) > 1 and words[-1].lower().rstrip(".") in {"jr", "sr"}:
        words[-2:] = [" ".join(words[-2:])]
    return words


def _family_start(words: list[str]) -> tuple[int, int]:
    """Where the family name begins, prefix included, and how many words that prefix has."""
    for place, word in enumerate(words):
        if length := prefixes.length_at(words, place):
            prefix = " ".join(words[place : place + length])
            if prefix.lower() in prefixes.DUTCH or prefix.islower():
                return place, length
            if place > 0:
                return place, 0
            if prefix.lower() not in prefixes.FIRST_NAMES_TOO:
                return place, length
        double = _DOUBLE.search(word)
        if double and double["prefix"].lower() in prefixes.ALL and place + 1 < len(words):
            return place, 0
    return max(len(words) - 1, 0), 0


def _is_whole(words: list[str], start: int, length: int) -> bool:
    """Whether these words are a name in its usual order, and not only the family name before a comma."""
    if _without_last_prefix(words, least=1)[1]:
        return False
    return (start > 0 and length > 0) or any(_is_initials(word, words) for word in words[:start])


def _read_reversed(front: list[str], behind: list[str]) -> tuple[list[str], list[str], list[str]]:
    """First names, prefix and family name of ``De Vries, Anna``, ``Vries, Anna de``, ``Berg van den, J.``."""
    length = prefixes.length_at(front, 0)
    prefix, family = front[:length], front[length:]
    if not prefix:
        family, prefix = _without_last_prefix(front, least=1)
    if not prefix:
        behind, prefix = _without_last_prefix(behind, least=0)
    if not prefix and (length := prefixes.length_at(behind, 0)) and behind[0].islower():
        behind, prefix = behind[length:], behind[:length]
    return behind, prefix, family


def _without_last_prefix(words: list[str], *, least: int) -> tuple[list[str], list[str]]:
    for place in range(least, len(words)):
        prefix = " ".join(words[place:])
        if prefix.islower() and prefix in prefixes.ALL:
            return words[:place], words[place:]
    return words, []


def _is_initials(word: str, others: list[str]) -> bool:
    """``J.P.``, ``Th.``, ``K``; ``JP`` too, unless everything is in capitals."""
    if _DOTTED.fullmatch(word) and "." in word:
        return True
    return bool(_LETTERS.fullmatch(word)) and (len(word) == 1 or not "".join(others).isupper())


def _as_initials(word: str) -> str:
    if "." not in word:
        return "".join(f"{letter}." for letter in word)
    return re.sub(r"[^\W\d_]+\.?", lambda found: found[0][:1].upper() + found[0][1:].rstrip(".") + ".", word)


def _glued(words: list[str]) -> str:
    return re.sub(r"(?<!\S)([dl]’) ", r"\1", " ".join(words), flags=re.I)


def _prefix(name: PersonName) -> str:
    return " ".join(name.prefix.translate(_QUOTES).split()).lower()


def _with(prefix: str, family: str) -> str:
    if not family:
        return ""
    return prefix + ("" if not prefix or prefix.endswith("’") else " ") + family


def _after(first: str, name: PersonName) -> str:
    if not first:
        return surname(name)
    return f"{first} {_with(_prefix(name), name.family)}".rstrip()
