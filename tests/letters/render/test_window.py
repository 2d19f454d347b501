"""What the window shows, held against the page as it is really printed."""

import pytest

from letters.render import window
from letters.render.letters import render
from tests.letters.render.reading import Line, read
from tests.letters.render.samples import letter

LAST_ABOVE = 82
LONG = "Stichting Landelijk Platform voor Bewonersinitiatieven en Buurtcoöperaties"


def printed(*address: str) -> list[Line]:
    """The lines of an address as they stand on the page, in one piece or broken."""
    whole = "".join(address).replace(" ", "")
    lines = [line for line in read(render(letter(address_lines=address))) if line.page == 1]
    return [line for line in lines if line.text.strip() and line.text.replace(" ", "") in whole]


def longest_that_fits(words: str) -> str:
    return max(
        (words[:end] for end in range(1, len(words)) if not window.too_wide([words[:end]])), key=len
    ).strip()


@pytest.mark.parametrize("number", range(window.MOST_LINES - 2, window.MOST_LINES + 3))
def test_as_many_lines_as_are_said_to_fit(number: int) -> None:
    address = [f"Regel {line} van een adres" for line in range(number)]
    assert window.too_many(address) == (printed(*address)[-1].baseline > LAST_ABOVE)


def test_a_line_that_is_said_to_fit_is_printed_whole_beside_as_many_others() -> None:
    others = [f"Regel {line} van een adres" for line in range(window.MOST_LINES - 1)]
    fits = longest_that_fits(LONG)
    lines = printed(*others, fits)
    assert (len(lines), lines[-1].text, lines[-1].baseline < LAST_ABOVE) == (window.MOST_LINES, fits, True)


def test_a_line_that_is_said_to_be_too_wide_is_broken_in_two() -> None:
    others = [f"Regel {line} van een adres" for line in range(window.MOST_LINES - 1)]
    assert window.too_wide([*others, LONG]) == (LONG,)
    assert printed(*others, LONG)[-1].baseline > LAST_ABOVE


@pytest.mark.parametrize(
    "address",
    [
        (),
        ("Partij voor de Buurt", "t.a.v. de programmacommissie", "Verzonnenkade 1", "1099 ZZ  AMSTERDAM"),
        ("Ĳsclub ’t Ĳ", "Ünïter", "1000 AA  ’S-GRAVENHAGE"),
    ],
)
def test_an_ordinary_address_fits(address: tuple[str, ...]) -> None:
    assert (window.too_wide(address), window.too_many(address)) == ((), False)


def test_a_line_end_inside_a_line_makes_another_line() -> None:
    assert window.too_many(["Regel\n" * 5] * 2)
    assert window.too_wide([f"{LONG[:40]}\n{LONG[40:]}"]) == ()
