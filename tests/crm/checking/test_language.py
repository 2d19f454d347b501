"""Tips that the dictionary carries."""

import pytest

from crm.checking import language
from crm.checking.findings import Fix, Severity
from crm.checking.passages import Passage


def tips(text: str) -> list[tuple[str, str]]:
    return [
        (fix.old, fix.new)
        for finding in language.find([Passage(text)])
        for fix in finding.fixes
        if finding.code == "language_tip"
    ]


def typos(text: str, **known: tuple[str, ...]) -> list[tuple[str, str]]:
    found = language.find([Passage(text)], **known)
    return [(finding.quotes[0], finding.fixes[0].new) for finding in found if finding.code == "spelling"]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("Dorpen die verspreidt zijn over de stad.", "verspreidt zijn", "verspreid zijn"),
        ("De folders zijn verspreidt.", "zijn verspreidt", "zijn verspreid"),
        ("De maaltijd wordt bereidt door buren.", "wordt bereidt", "wordt bereid"),
        ("Ik vindt het een goed plan.", "Ik vindt", "Ik vind"),
        ("Bewoners zijn samen redzaam: zij helpen elkaar.", "samen redzaam", "samenredzaam"),
        ("Ouderen blijven zelf redzaam.", "zelf redzaam", "zelfredzaam"),
        ("Belangenbehartigen: wij spreken met de gemeente.", "Belangenbehartigen", "Belangen behartigen"),
    ],
)
def test_a_tip(text: str, wrong: str, right: str) -> None:
    assert tips(text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Het netwerk verspreidt zijn nieuwsbrief.",
        "Zij bereidt zijn maaltijd en hij verbrandt zijn hout.",
        "Hij beantwoordt is de vraag.",
        "Wat vindt u ervan, en wat ontvangt u?",
        "Dorpen die verspreid zijn over de stad.",
        "Ik houd van de buurt.",
        "Wij zijn samenredzaam en zelfredzaam.",
        "Wij gaan belangen behartigen en vergaderen.",
        "Bewonersvergaderingen en buurtbijeenkomsten.",
    ],
)
def test_no_tip(text: str) -> None:
    assert tips(text) == []


def test_all_tips_are_one_finding() -> None:
    text = "Ik vindt dat dorpen die verspreidt zijn over de stad samen redzaam zijn."
    (found,) = language.find([Passage(text, "paragraph-1")])
    assert (found.code, found.severity) == ("language_tip", Severity.TIP)
    assert found.quotes == ("Ik vindt", "verspreidt zijn", "samen redzaam")
    assert found.advice == 'Liever: "Ik vind", "verspreid zijn", "samenredzaam".'


def test_a_typo() -> None:
    (found,) = language.find([Passage("Onze organistaie werkt samen.", "paragraph-1")])
    assert (found.code, found.severity, found.quotes) == ("spelling", Severity.TIP, ("organistaie",))
    assert found.advice == 'Bedoel je "organisatie"?'
    assert found.fixes == (Fix("organistaie", "organisatie"),)


@pytest.mark.parametrize(
    "text",
    [
        "Wij appen, vloggen en zoomen in de buurtapp.",
        "Mevrouw Gemeentte woont aan de Vergaderringstraat.",
        "De organistaie, die organistaie en de organistaie.",
        "Een zelfbedachtewoordding.",
        "The organistaie and the people are working with their partners.",
    ],
    ids=["newer words", "names", "a word of one's own comes back", "a word like no other", "not Dutch"],
)
def test_no_typo(text: str) -> None:
    assert typos(text) == []


def test_own_words_and_words_that_were_told_already_are_left_alone() -> None:
    text = "Onze organistaie werkt."
    assert typos(text, own_words=("Stichting Organistaie",)) == []
    assert typos(text, spared=("organistaie",)) == []


def test_a_text_of_unknown_words_is_no_dutch() -> None:
    text = " ".join(f"{one}{other}strx organistaie" for one in "bcdfg" for other in "lmnpr")
    assert language.find([Passage(text)]) == ()
