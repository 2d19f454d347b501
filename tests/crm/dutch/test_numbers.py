"""Figures: written, found, and compared."""

from decimal import Decimal
from pathlib import Path

import pytest

from crm.dutch.numbers import Quantity, find_quantities, grouped, same

SEED_LETTER = Path(__file__).parents[2] / "files" / "seed-letter.txt"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (600, "600"),
        (3000, "3000"),
        (9999, "9999"),
        (10000, "10.000"),
        (15000, "15.000"),
        (1234567, "1.234.567"),
        (-15000, "-15.000"),
        (Decimal("12.5"), "12,5"),
        (Decimal("15000.50"), "15.000,50"),
        (Decimal("1E+6"), "1.000.000"),
    ],
)
def test_thousands_get_points_from_five_digits(value, written):
    assert grouped(value) == written


# Text: hedge, figure as written, value, unit.
FOUND = {
    "Samen bereiken we ruim 15000 Amsterdammers": [("ruim", "15000", "15000", "")],
    "Ruim 15.000 mensen": [("ruim", "15.000", "15000", "")],
    "meer dan 3000 mensen": [("meer dan", "3000", "3000", "")],
    "meer\ndan\n3000 mensen": [("meer dan", "3000", "3000", "")],
    "circa 600 vrijwilligers, ca. 700": [("circa", "600", "600", ""), ("ca.", "700", "700", "")],
    "zo'n 600 of zo’n 700": [("zo’n", "600", "600", ""), ("zo’n", "700", "700", "")],
    "een kleine 600, rond de 700, tegen de 800": [
        ("een kleine", "600", "600", ""), ("rond de", "700", "700", ""), ("tegen de", "800", "800", ""),
    ],
    "± 600 en >600": [("±", "600", "600", ""), (">", "600", "600", "")],
    "onzeker 600 en zeker 700": [("", "600", "600", ""), ("zeker", "700", "700", "")],
    "12,5 % en 12,5% en 40 procent": [
        ("", "12,5 %", "12.5", "%"), ("", "12,5%", "12.5", "%"), ("", "40 procent", "40", "%"),
    ],
    "€ 15.000 en €15000": [("", "€ 15.000", "15000", "€"), ("", "€15000", "15000", "€")],
    "ruim € 25.000,- per jaar": [("ruim", "€ 25.000,-", "25000", "€")],
    "1.250,50 euro": [("", "1.250,50 euro", "1250.50", "€")],
    "1,2 miljoen, € 3 mln. en 15 duizend": [
        ("", "1,2 miljoen", "1200000", ""), ("", "€ 3 mln.", "3000000", "€"), ("", "15 duizend", "15000", ""),
    ],
    "15 000 leden en 15\u00a0500 leden": [("", "15 000", "15000", ""), ("", "15\u00a0500", "15500", "")],
    "0 klachten, 0,5 uur": [("", "0", "0", ""), ("", "0,5", "0.5", "")],
    "10-15 bewoners, 600–700 vrijwilligers": [
        ("", "10", "10", ""), ("", "15", "15", ""), ("", "600", "600", ""), ("", "700", "700", ""),
    ],
    "3000-4000 mensen": [("", "3000", "3000", ""), ("", "4000", "4000", "")],
    "PvdA 9, VVD 5": [("", "9", "9", ""), ("", "5", "5", "")],
    "1200 SP-leden, 1300 SP leden": [("", "1200", "1200", ""), ("", "1300", "1300", "")],
    "‘600 vrijwilligers’": [("", "600", "600", "")],
    "10 uur per week": [("", "10", "10", "")],
    "We waren onderweg 600 mensen": [("", "600", "600", "")],
    "Er zijn er 36. Er komen er 4.": [("", "36", "36", ""), ("", "4", "4", "")],
    # What could be a year is an amount only when the words say so.
    "meer dan 2025 leden": [("meer dan", "2025", "2025", "")],
    "ruim 2000, circa 2000, rond de 2000": [
        ("ruim", "2000", "2000", ""), ("circa", "2000", "2000", ""), ("rond de", "2000", "2000", ""),
    ],
    "Wij bereiken 2000 mensen": [("", "2000", "2000", "")],
    "€ 2025": [("", "€ 2025", "2025", "€")],
}  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), FOUND.items())
def test_figures_are_found_as_people_write_them(text, rows):
    found = find_quantities(text)
    assert [(q.hedge, q.text, str(q.value), q.unit) for q in found] == rows
    assert [text[q.start : q.end] for q in found] == [q.text for q in found]


@pytest.mark.parametrize(
    "text",
    [
        # Years and dates.
        "29 juli 2025", "29 jul. 2025", "29-7-2025", "29/07/25", "29.7.2025", "2025-07-29", "dinsdag 29",
        "3 tot en met 5 mei",
        "29 en 30 juli", "29, 30 en 31 juli", "op 6 februari", "anno 2025", "ons jaarverslag 2024",
        "najaar 2026",
        "in 2000",
        "2022-2026", "2024/2025", "seizoen 2025/26", "’25 en '26", "rond 2020", "circa 1950", "vanaf 2026",
        "1985",
        # Times.
        "om 20.14 uur", "20:14", "om 10 uur", "van 9 tot 17 uur", "tussen 10.00 en 11.30 uur",
        # Telephone numbers, accounts, addresses.
        "020-1234567", "020 123 45 67", "(020) 123 45 67", "06 12345678", "06-12 34 56 78", "+31 20 123 45 67",
        "0031 20 1234567", "14 020", "0900-1234", "NL91 ABNA 0417 1643 00", "KvK 34123456", "34123456",
        "1012 AB", "1012AB Amsterdam", "1012 AB  AMSTERDAM", "Dorpsstraat 12", "Keizersgracht 123-2",
        "Postbus 100",
        # References and labels.
        "2025-014 K", "kenmerk 2025-014", "2025-1014 K", "kenmerk: 12345", "artikel 6", "art. 6, lid 1",
        "pagina's 3 en 4",
        "pagina’s 12-14", "blz. 12", "p. 7", "bijlage 1 en 2", "agendapunt 3", "nr. 7", "nummer 7",
        "lijst 5", "lijst nr. 5",
        "§ 4", "week 30", "versie 1.2.3", "(1)", "[12]", "1. Ontwikkelen", "  2) Samenbrengen",
        "A 10", "ISO 9001",
        # Ordinals and words.
        "de 4e keer", "21e-eeuws", "1ste", "D66", "D 66", "BIJ1", "JA21", "50PLUS", "A4", "CO2", "m2", "65+",
        "65-plussers",
        "36-jarige", "COVID-19", "24/7", "1/2", "drieduizend",
        # Addresses on the web.
        "https://x.example/2025/12", "www.site.example/3000", "a12@b.example", "stadsdorp.nl/600",
    ],
)  # fmt: skip
def test_digits_that_are_no_amount_are_left_alone(text):
    for around in ("{}", "Zie {}.", "({}),", "Er staat {} en meer"):
        # A list number is one only at the beginning of a line; the rest stands anywhere.
        if around == "{}" or not text.strip().startswith(("1. ", "2) ")):
            assert find_quantities(around.format(text)) == []


def test_the_seed_letter_has_five_figures():
    found = find_quantities(SEED_LETTER.read_text(encoding="utf-8"))
    assert [(q.hedge, q.text) for q in found] == [
        ("", "36"), ("ruim", "15000"), ("meer dan", "3000"), ("ruim", "600"), ("", "4"),
    ]  # fmt: skip


def one(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("15000", "ruim 15.000"),
        ("ruim 15000 Amsterdammers", "ruim 15.000"),
        ("meer dan 600", "ruim 600"),
        ("circa 600", "bijna 600"),
        ("12,5 %", "12,5 procent"),
        ("12,50%", "12,5%"),
        ("€ 15.000", "15 duizend euro"),
        ("1,2 miljoen", "1.200.000"),
    ],
)
def test_figures_that_say_the_same(a, b):
    assert same(one(a), one(b))
    assert same(one(b), one(a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("15000", "16.000"),
        ("bijna 600", "ruim 600"),
        ("meer dan 600", "minder dan 600"),
        ("12", "12 %"),
        ("€ 600", "600"),
        ("1,5", "15"),
    ],
)
def test_figures_that_do_not(a, b):
    assert not same(one(a), one(b))
    assert not same(one(b), one(a))
