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
