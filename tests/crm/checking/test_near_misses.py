"""Words that are nearly ours."""

import pytest

from crm.checking import near_misses
from crm.checking.findings import Fix, Severity
from crm.checking.passages import Passage

OWN = ("Netwerk Amsterdamse Stadsdorpen", "NLZVE", "Netwerk Nieuwsbrief", "WhatsAppCommunity", "stadsdorp")


def found(text: str, own: tuple[str, ...] = OWN) -> list[tuple[str, str]]:
    return [(near.quotes[0], near.fixes[0].new) for near in near_misses.find([Passage(text)], own)]


@pytest.mark.parametrize(
    ("text", "near", "meant"),
    [
        ("De stadsdopen groeien.", "stadsdopen", "stadsdorpen"),
        ("Stadsdopen groeien.", "Stadsdopen", "Stadsdorpen"),
        ("Elk stadsdrop groeit.", "stadsdrop", "stadsdorp"),
        ("Wij zijn stadsdropen.", "stadsdropen", "stadsdorpen"),
        ("Wij zijn lid van NLZEV.", "NLZEV", "NLZVE"),
        ("Lees de Netwerk Nieuwbrief.", "Nieuwbrief", "Nieuwsbrief"),
        ("Meld u aan bij de WhatsAppComunity.", "WhatsAppComunity", "WhatsAppCommunity"),
    ],
)
def test_nearly_ours(text: str, near: str, meant: str) -> None:
    assert found(text) == [(near, meant)]


@pytest.mark.parametrize(
    "text",
    [
        "Stadsdorpen, stadsdorp, stadsdorpje, stadsdorpjes, stadsdorpers en stadsdorps.",
        "De stadsdelen en de stadsdorpen van de stad.",
        "Amsterdammers wonen in Amsterdam en in Amsterdamse wijken.",
        "Netwerken is het werk van een netwerker.",
        "NLZVE en de WhatsAppCommunity",
        "Janneke de Stadsman woont in Dorpen.",
    ],
)
def test_right_or_another_word(text: str) -> None:
    assert found(text) == []


def test_one_finding_for_a_word_however_often_it_is_there() -> None:
    texts = ("Stadsdopen groeien.", "De stadsdopen en de stadsdopen.")
    passages = [Passage(text, f"paragraph-{number}") for number, text in enumerate(texts, start=1)]
    (near,) = near_misses.find(passages, OWN)
    assert (near.code, near.severity, near.spot, near.times) == ("near_miss", Severity.WARN, "paragraph-1", 3)
    assert near.fixes == (Fix("Stadsdopen", "Stadsdorpen", 1), Fix("stadsdopen", "stadsdorpen", 2))


def test_a_word_that_the_text_uses_often_is_its_own() -> None:
    text = "De maatregelen helpen. Die maatregelen zijn nodig. Onze maatregelen en jullie maaregelen."
    assert found(text, ()) == [("maaregelen", "maatregelen")]


def test_a_word_that_the_text_uses_twice_is_not() -> None:
    assert found("De maatregelen helpen. Die maatregelen en jullie maaregelen.", ()) == []


def test_names_that_resemble_an_often_used_word_are_names() -> None:
    text = "De bewoners van toen. Andere bewoners ook. Deze bewoners kennen mevrouw Bewonders en Bewoonders."
    assert found(text, ()) == []


def test_english_that_resembles_dutch_is_english() -> None:
    dutch = Passage("Het netwerk groeit. Dit netwerk leeft. Ons netwerk werkt aan het netwerk.")
    english = Passage("The network and the people are working with their partners.")
    assert near_misses.find([dutch, english]) == ()
