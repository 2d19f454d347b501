"""Figures: their source, the fact cabinet, and lists that follow a number."""

import datetime as dt

import pytest

from crm.checking.findings import Fix
from letters.preflight.draft import FactNote
from letters.preflight.run import examine
from tests.letters.preflight.drafts import advice, codes, note, quotes

DAY = dt.date(2025, 1, 1)
FACTS = (
    FactNote("bereik", "ruim 15.000 Amsterdammers", DAY, "jaarverslag 2024"),
    FactNote("dorpen", "36 stadsdorpen", DAY, "ledenlijst"),
)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("In totaal zijn er 1250 leden.", ("1250",)),
        ("Er zijn 600 vrijwilligers en 40 groepen.", ("600", "40")),
        ("Ruim 40 procent van de bewoners woont alleen.", ("40 procent",)),
        ("Er is € 12.500 beschikbaar.", ("€ 12.500",)),
        ("Wij bereiken er ruim 300.", ("300",)),
    ],
)
def test_a_figure_without_a_source(text: str, figures: tuple[str, ...]) -> None:
    assert codes(note(text)) == ["figure_without_source"]
    assert quotes(note(text)) == [figures]


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 groeide het aantal leden.",
        "Op 29 juli 2025 kwamen wij bijeen.",
        "Bel 020 123 45 67 of kom naar Dorpsstraat 112.",
        "Volgens de GGD voelt 46% van de ouderen zich eenzaam.",
        "Uit ons verslag blijkt dat er 600 vrijwilligers zijn.",
        "Wij zijn in 45 buurten actief (jaarverslag 2024).",
        "Wij vragen 25.000 euro per jaar.",
        "Onze leden zijn ouder dan 65 jaar.",
        "Het is 200 meter lopen.",
        "Artikel 12 van de wet zegt dat ook.",
        "Wij hebben 3 vragen.",
        "Er doen tientallen mensen mee.",
        "We vergaderen om 20.00 uur in zaal 12.",
        "U vindt het op pagina 24.",
        "De bijeenkomst is voor 75-plussers.",
    ],
)
def test_no_figure_that_needs_one(text: str) -> None:
    assert examine(note(text)) == ()


def test_the_advice_names_the_figures() -> None:
    assert advice(note("In totaal zijn er 1250 leden.")) == [
        "Waar komt 1250 vandaan? Zet het met de bron bij je feiten, of noem de bron."
    ]
    assert advice(note("Er zijn 600 vrijwilligers en 40 groepen.")) == [
        "Waar komen 600 en 40 vandaan? Zet het met de bron bij je feiten, of noem de bron."
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Wij bereiken ruim 15.000 Amsterdammers.",
        "Wij bereiken zo’n 15.000 mensen.",
        "Er zijn 36 stadsdorpen.",
        "Dit jaar begonnen 3 stadsdorpen.",
    ],
)
def test_the_fact_cabinet_agrees_or_is_about_something_else(text: str) -> None:
    assert examine(note(text, facts=FACTS)) == ()


@pytest.mark.parametrize(
    ("text", "quote", "right"),
    [
        ("Wij bereiken ruim 12.000 Amsterdammers.", "ruim 12.000 Amsterdammers", "ruim 15.000 Amsterdammers"),
        ("Ruim 12.000 Amsterdammers doen mee.", "Ruim 12.000 Amsterdammers", "Ruim 15.000 Amsterdammers"),
        (
            "Wij bereiken 12.000 actieve Amsterdammers.",
            "12.000 actieve Amsterdammers",
            "15.000 actieve Amsterdammers",
        ),
        (
            "Wij bereiken bijna 15.000 Amsterdammers.",
            "bijna 15.000 Amsterdammers",
            "ruim 15.000 Amsterdammers",
        ),
    ],
)
def test_the_fact_cabinet_says_otherwise(text: str, quote: str, right: str) -> None:
    (found,) = examine(note(text, facts=FACTS))
    assert (found.code, found.quotes, found.fixes) == ("figure_differs", (quote,), (Fix(quote, right),))
    assert found.advice == (
        "In je feiten staat: ruim 15.000 Amsterdammers (jaarverslag 2024, op 1 januari 2025). "
        "Neem dat over, of werk je feiten bij."
    )


def test_beside_the_right_figure_another_one_is_about_a_part() -> None:
    text = "Er zijn 36 stadsdorpen. Volgens de planning komen er 20 stadsdorpen bij."
    assert examine(note(text, facts=FACTS)) == ()


ITEMS = ("• Ontwikkelen", "• Samenbrengen", "• Informeren", "• Belangen behartigen", "• Vieren")


@pytest.mark.parametrize(
    ("text", "items", "quote"),
    [
        ("Het netwerk heeft 4 kernfuncties:", 5, "4 kernfuncties"),
        ("Het netwerk heeft 4 kernfuncties:", 3, "4 kernfuncties"),
        ("Wij doen drie voorstellen:", 2, "drie voorstellen"),
        ("Onze drie belangrijkste vragen zijn:", 4, "drie belangrijkste vragen"),
    ],
)
def test_another_number_of_things_follows(text: str, items: int, quote: str) -> None:
    (found,) = examine(note(text, *ITEMS[:items]))
    assert (found.code, found.quotes, found.spot) == ("count_differs", (quote,), "paragraph-1")
    assert found.advice == f"Je noemt {quote}, en er volgen er {items}. Pas het getal of de lijst aan."


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("Het netwerk heeft 4 kernfuncties:", 4),
        ("Wij doen drie voorstellen:", 3),
        ("De komende 4 jaar:", 2),
        ("Twee van de drie punten:", 2),
        ("Het netwerk heeft 4 kernfuncties.", 5),
    ],
)
def test_as_many_follow_or_nothing_is_counted(text: str, items: int) -> None:
    assert examine(note(text, *ITEMS[:items])) == ()


def test_a_list_cut_in_two_by_its_layout() -> None:
    brief = note("Het netwerk heeft 4 kernfuncties:", *ITEMS[:2], "Informeren en vieren", *ITEMS[2:4])
    assert examine(brief) == ()
