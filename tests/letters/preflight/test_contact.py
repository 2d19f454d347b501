"""Contact lines that lead nowhere."""

import pytest

from crm.checking.findings import Fix, apply_fixes
from letters.preflight.run import examine
from tests.letters.preflight.drafts import codes, note


@pytest.mark.parametrize(
    ("text", "quote", "what"),
    [
        ("U kunt ons bereiken via ons e-mailadres", "via ons e-mailadres", "e-mailadres"),
        ("U kunt ons bereiken via ons e-mailadres.", "via ons e-mailadres", "e-mailadres"),
        ("Schrijf ons op het volgende e-mailadres:", "op het volgende e-mailadres", "e-mailadres"),
        ("Uw antwoord kan naar ons e-mailadres ...", "naar ons e-mailadres", "e-mailadres"),
        ("Bel ons op ons telefoonnummer", "op ons telefoonnummer", "telefoonnummer"),
        ("E-mail:", "E-mail", "e-mailadres"),
    ],
)
def test_nothing_follows(text: str, quote: str, what: str) -> None:
    (found,) = examine(note(text))
    assert found.as_row() == {
        "code": "contact_line_empty",
        "severity": "block",
        "quotes": [quote],
        "advice": f"Hier hoort je {what}. Vul het in.",
        "line": None,
    }
    assert found.spot == "paragraph-1"


@pytest.mark.parametrize(
    "texts",
    [
        ("U kunt ons bereiken via ons e-mailadres info@buren.example.",),
        ("U kunt ons bereiken via ons e-mailadres: info@buren.example",),
        ("U kunt ons bereiken via ons e-mailadres:", "info@buren.example"),
        ("Bel ons op ons telefoonnummer:", "020 123 45 67"),
        ("U kunt ons bereiken per e-mail.",),
        ("Wij sturen het naar uw e-mailadres.",),
        ("Lees meer op onze website.",),
        ("Bij vragen kunt u schrijven naar onderstaand e-mailadres.", "info@buren.example"),
        ("Ons adres is info@buren.example.", "Reageren kan via ons e-mailadres."),
    ],
)
def test_it_is_there_or_need_not_be(texts: tuple[str, ...]) -> None:
    assert examine(note(*texts)) == ()


def test_an_address_elsewhere_does_not_finish_a_broken_line() -> None:
    brief = note("Ons adres is info@buren.example.", "Reageren kan via ons e-mailadres")
    assert codes(brief) == ["contact_line_empty"]


def test_the_reply_address_of_the_letterhead_can_be_filled_in() -> None:
    brief = note("Reageren kan via ons emailadres", reply_address="info@buren.example")
    (found, spelling) = examine(brief)
    assert found.fixes == (Fix("via ons emailadres", "via ons e-mailadres info@buren.example"),)
    mended = apply_fixes(brief.lines[0].text, (*spelling.fixes, *found.fixes))
    assert mended == "Reageren kan via ons e-mailadres info@buren.example"
    assert examine(note(mended, reply_address="info@buren.example")) == ()


MAIL, PHONE = "Hier hoort je e-mailadres. Vul het in.", "Hier hoort je telefoonnummer. Vul het in."
SITE, ANY = "Hier hoort je website. Vul die in.", "Hier hoort je e-mailadres of telefoonnummer. Vul het in."


@pytest.mark.parametrize(
    ("text", "quote", "what"),
    [
        ("U kunt ons bereiken op", "bereiken op", ANY),
        ("Voor vragen zijn wij bereikbaar via", "bereikbaar via", ANY),
        ("U kunt ons bereiken op.", "bereiken op", ANY),
        ("U kunt ons bereiken op …", "bereiken op", ANY),
        ("U kunt ons mailen op", "mailen op", MAIL),
        ("U kunt ons bellen op", "bellen op", PHONE),
        ("Ons e-mailadres is", "Ons e-mailadres is", MAIL),
        ("Ons telefoonnummer is:", "Ons telefoonnummer is", PHONE),
        ("Onze website is", "Onze website is", SITE),
        ("Stuur een mail naar [e-mailadres].", "[e-mailadres]", MAIL),
        ("Bel ons op [telefoonnummer] of kom langs.", "[telefoonnummer]", PHONE),
        ("U leest er meer over op [website].", "[website]", SITE),
        ("U kunt ons bereiken op\nWij horen graag van u.", "bereiken op", ANY),
    ],
)
def test_a_line_that_stops_short(text: str, quote: str, what: str) -> None:
    assert [(f.code, f.severity, f.quotes, f.advice) for f in examine(note(text))] == [
        ("contact_line_empty", "block", (quote,), what)
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ("U kunt ons bereiken op 020 123 45 67.",),
        ("U kunt ons bereiken op", "020 123 45 67"),
        ("U kunt ons bereiken via\ninfo@buren.example",),
        ("U kunt ons bereiken via", "buren.example"),
        ("U kunt ons bereiken op maandag en dinsdag.",),
        ("U kunt ons bereiken via:", "• de balie in het buurthuis", "• info@buren.example"),
        ("U kunt ons mailen op info@buren.example.",),
        ("Ons e-mailadres is info@buren.example.",),
        ("Ons telefoonnummer is:", "06 1234 5678"),
        ("Ons e-mailadres is veranderd.",),
        ("Onze website is vernieuwd.",),
        ("Neem gerust contact op.",),
        ("Wij bellen u op.",),
    ],
)
def test_a_line_that_goes_on(texts: tuple[str, ...]) -> None:
    assert examine(note(*texts)) == ()


def test_a_line_that_stops_short_gets_the_reply_address() -> None:
    (found,) = examine(note("Ons e-mailadres is", reply_address="info@buren.example"))
    assert found.fixes == (Fix("Ons e-mailadres is", "Ons e-mailadres is info@buren.example"),)
