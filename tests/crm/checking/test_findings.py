"""Findings, and mending a text by their fixes."""

import json

import pytest

from crm.checking.findings import Finding, Fix, Severity, apply_fixes, group_spelling

NEAR = Finding(
    "near_miss",
    Severity.WARN,
    ("dopen",),
    'Bedoel je "dorpen"?',
    "paragraph-1",
    3,
    (Fix("dopen", "dorpen", 2),),
)
EMAIL = Finding("spelling", Severity.WARN, ("email",), "e-mail", "paragraph-2", 5, (Fix("email", "e-mail"),))
TIP = Finding(
    "language_tip",
    Severity.TIP,
    ("ik vindt",),
    'Liever: "ik vind".',
    "paragraph-2",
    6,
    (Fix("ik vindt", "ik vind"),),
)


def test_a_row_for_scripts() -> None:
    assert json.loads(json.dumps(NEAR.as_row())) == {
        "code": "near_miss",
        "severity": "warn",
        "quotes": ["dopen"],
        "advice": 'Bedoel je "dorpen"?',
        "line": 3,
    }


def test_how_often_it_is_there() -> None:
    assert NEAR.times == 2
    assert Finding("subject_missing", Severity.BLOCK, (), "Schrijf er een.", "subject").times == 1


def test_spelling_is_shown_together() -> None:
    others, group = group_spelling([NEAR, EMAIL, TIP])
    assert others == (NEAR,)
    assert group is not None
    assert group.findings == (EMAIL, TIP)
    assert group.fixes == (Fix("email", "e-mail"), Fix("ik vindt", "ik vind"))


def test_no_spelling_no_group() -> None:
    assert group_spelling([NEAR]) == ((NEAR,), None)


@pytest.mark.parametrize(
    ("text", "fix", "mended"),
    [
        ("De stadsdopen en stadsdopen.", Fix("stadsdopen", "stadsdorpen"), "De stadsdorpen en stadsdorpen."),
        ("De stadsdopendag.", Fix("stadsdopen", "stadsdorpen"), "De stadsdopendag."),
        (
            "een toekomst\n gericht plan",
            Fix("toekomst gericht", "toekomstgericht"),
            "een toekomstgericht plan",
        ),
        ("15000, 115000 en 15000.", Fix("15000", "15.000"), "15.000, 115000 en 15.000."),
        ("2,15000 en 15000,5", Fix("15000", "15.000"), "2,15000 en 15000,5"),
        (
            "mijn-email.example en email@x.example",
            Fix("email", "e-mail"),
            "mijn-email.example en email@x.example",
        ),
        ("a+b en a", Fix("a+b", "c"), "c en a"),
        ("niets", Fix("", "iets"), "niets"),
    ],
)
def test_only_whole_words_are_mended(text: str, fix: Fix, mended: str) -> None:
    assert apply_fixes(text, [fix]) == mended


def test_the_longest_words_are_mended_first() -> None:
    fixes = [Fix("emailadres", "e-mailadres"), Fix("via ons emailadres", "via info@x.example")]
    assert apply_fixes("Schrijf via ons emailadres of elk emailadres.", fixes) == (
        "Schrijf via info@x.example of elk e-mailadres."
    )


def test_without_fixes_the_text_stays() -> None:
    assert apply_fixes("Tekst.", []) == "Tekst."
