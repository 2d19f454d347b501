"""What the Dutch dictionary knows."""

import pytest

from crm.checking import dictionary


@pytest.mark.parametrize(
    "word",
    [
        "huis", "Huis", "huizen", "beschikbare", "haalbare", "thema’s", "foto's", "ideeën", "Amsterdammers", "NS",
        "stadsdorpen", "zelforganisatie", "bewonersinitiatieven", "burgerbegroting", "belangenbehartiging",
    ],
)  # fmt: skip
def test_known(word: str) -> None:
    assert dictionary.knows(word)


@pytest.mark.parametrize(
    "word", ["stadsdopen", "emailadres", "organistaie", "belangenbehartigen", "stadshuis"]
)
def test_unknown(word: str) -> None:
    assert not dictionary.knows(word)
    assert not dictionary.lists(word)


def test_a_compound_is_known_but_not_listed() -> None:
    assert dictionary.knows("stadsdorpen")
    assert not dictionary.lists("stadsdorpen")
    assert dictionary.lists("vrijwilligers")


def test_what_is_new_since_2010_is_known() -> None:
    assert dictionary.knows("appen")
    assert dictionary.knows("samenredzaam")


def test_very_long_words_are_not_judged() -> None:
    assert dictionary.knows("dorpen" * 20 + "x")
    assert not dictionary.lists("dorpen" * 20)


def test_infinitives() -> None:
    verbs = ["behartigen", "meewerken", "zijn", "kunnen", "bewoners", "initiatieven", "bijeenkomst"]
    assert [verb for verb in verbs if dictionary.is_infinitive(verb)] == [
        "behartigen",
        "meewerken",
        "zijn",
        "kunnen",
    ]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("organistaie", ["organisatie"]),
        ("gemeentte", ["gemeente"]),
        ("vrijwiliger", ["vrijwilliger"]),
        ("beeindigen", ["beëindigen"]),
        ("herhaaldt", ["herhaald"]),
        ("waarshijnlijk", ["waarschijnlijk"]),
        ("hostelbed", []),
        ("bewonerscollectieven", []),
    ],
)
def test_slips_of_the_pen(word: str, meant: list[str]) -> None:
    assert dictionary.slips(word) == meant
