"""Figures in Dutch: written with their points and commas, and found in a running text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from crm.dutch import notations


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure in a text.

    ``text`` is the figure as written, with its unit and without its hedge: it is ``source[start:end]``. ``hedge`` is
    the word before it in lower case ("ruim", "meer dan"), or "". ``unit`` is "%", "€" or "". ``value`` is worked
    out: 1200000 for "1,2 miljoen".
    """

    text: str
    value: Decimal
    hedge: str
    start: int
    end: int
    unit: str = ""


def grouped(value: int | Decimal) -> str:
    """``15.000``, ``1.234.567,5``; four digits stay together: ``3000`` (Taaladvies.net, "10.000.000 / 10 000 000")."""
    whole, _, decimals = f"{abs(Decimal(value)):f}".partition(".")
    if len(whole) > 4:
        whole = f"{int(whole):,}".replace(",", ".")
    return ("-" if value < 0 else "") + whole + (f",{decimals}" if decimals else "")


def find_quantities(text: str) -> list[Quantity]:
    """The figures of a text in digits, in order: ``ruim 15000``, ``circa 600``, ``12,5 %``, ``€ 1,2 miljoen``.

    Left alone are years, dates, times, telephone numbers, postcodes and house numbers, references, numbers of
    articles and the like, ordinals, list numbers, web and mail addresses, and digits that are part of a word (D66).
    A number from 1900 to 2099 is taken for a year, unless a hedge, a unit or "miljoen" makes it an amount.
    """
    masked = notations.masked(text)
    quantities = []
    for found in _FIGURE.finditer(masked):
        before = _HEDGE.search(masked, max(0, found.start() - 30), found.start())
        hedge = " ".join(before["hedge"].lower().replace("'", "’").split()) if before else ""
        if found["euro"] or found["times"] or found["unit"] or _is_amount(found, hedge):
            unit = "€" if found["euro"] else _UNITS[found["unit"]]
            written = text[found.start() : found.end()]
            quantities.append(Quantity(written, _value(found), hedge, found.start(), found.end(), unit))
    return quantities


def same(a: Quantity, b: Quantity) -> bool:
    """Whether two figures can stand for each other: "15000" and "ruim 15.000" can, "bijna 600" and "ruim 600" not."""
    above, below = (a.hedge in _OVER or b.hedge in _OVER), (a.hedge in _UNDER or b.hedge in _UNDER)
    return a.value == b.value and a.unit == b.unit and not (above and below)


_OVER: Final = frozenset({
    "ruim", "meer dan", "minstens", "minimaal", "ten minste", "tenminste", "op zijn minst", "zeker", "dik",
    "een dikke", "boven de", "over de", ">",
})  # fmt: skip
_UNDER: Final = frozenset({
    "bijna", "minder dan", "hooguit", "hoogstens", "maximaal", "ten hoogste", "nog geen", "net geen", "krap",
    "een kleine", "onder de", "tegen de", "<",
})  # fmt: skip
_ABOUT: Final = frozenset({
    "om en nabij", "om en nabij de", "rond de", "zo’n", "een goede", "naar schatting", "gemiddeld", "plusminus",
})  # fmt: skip
# These stand before years as easily (circa 1950), so only a round number makes an amount of them.
_ABOUT_A_YEAR_TOO: Final = frozenset({"circa", "ca.", "ca", "ongeveer", "±"})
_YEAR_RATHER: Final = frozenset({"", "rond", "omstreeks", "tegen"})

_HEDGES: Final = "|".join(
    re.escape(hedge).replace(r"\ ", r"\s+").replace("’", "['’‘]")
    for hedge in sorted(_OVER | _UNDER | _ABOUT | _ABOUT_A_YEAR_TOO | _YEAR_RATHER, key=len, reverse=True)
    if hedge
)
_HEDGE: Final = re.compile(rf"(?<!\w)(?P<hedge>{_HEDGES})\s*$", re.IGNORECASE)

_SPACE: Final = "[ \u00a0\u202f\u2009]?"
_FIGURE: Final = re.compile(
    rf"(?P<euro>(?:€|\b[Ee]uro|\bEUR){_SPACE})?"
    # Not in a word or a longer number; after a hyphen only as the end of a range (10-15).
    r"(?<![\w.,+/:])(?<![^0-9]-)"
    r"(?P<number>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:[\u00a0\u202f\u2009][0-9]{3})+|[0-9]{1,3}(?: 000)+|[0-9]+)"
    r"(?P<decimals>,[0-9]+|,[-–])?"
    r"(?!\w|[.,:][0-9]|\+|-[^\W0-9])"
    rf"(?:{_SPACE}(?P<times>duizend|miljoen|mln\.?|miljard|mld\.?)(?!\w))?"
    rf"(?:{_SPACE}(?P<unit>%|procent\b|euro\b|€))?"
)
_UNITS: Final = {None: "", "%": "%", "procent": "%", "euro": "€", "€": "€"}
_TIMES: Final = {"duizend": 10**3, "miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9}
# Longer than this without points is the number of an account or a register.
_LONGEST_AMOUNT: Final = 7


def _is_amount(found: re.Match[str], hedge: str) -> bool:
    """Whether a bare number tells how many."""
    number, text, place = found["number"], found.string, found.start("number")
    if not number.isdigit() or found["decimals"]:
        return True
    if len(number) > _LONGEST_AMOUNT or (number.startswith("0") and number != "0"):
        return False
    if 1900 <= int(number) <= 2099:
        if hedge in _YEAR_RATHER:
            return int(number) == 2000 and not hedge and not notations.follows_year_word(text, place)
        return hedge not in _ABOUT_A_YEAR_TOO or int(number) % 100 == 0
    return bool(hedge) or not notations.is_label(text, place)


def _value(found: re.Match[str]) -> Decimal:
    whole = re.sub("[^0-9]", "", found["number"])
    decimals = re.sub("[^0-9]", "", found["decimals"] or "")
    value = Decimal(f"{whole}.{decimals or 0}") * _TIMES.get((found["times"] or "").rstrip("."), 1)
    return Decimal(int(value)) if value == int(value) else value
