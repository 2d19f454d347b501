"""Ordinary Dutch about neighbourhoods, with the words of a network filled in: nothing to say about it."""

import tomllib
from pathlib import Path

import pytest

from crm.checking import language, near_misses, spelling
from crm.checking.passages import Passage

NETWORK = Path(__file__).parents[3] / "cms" / "demo" / "data" / "network.toml"
OWN = tuple(tomllib.loads(NETWORK.read_text("utf-8"))["network"]["own_words"].split("\n"))
COMPOUNDS = ("stadsdorpfeest", "netwerkbijeenkomsten", "burenapp", "buurtkracht", "overbuur")
SENTENCES = [
    "Een stadsdorp en de gemeente werken samen. Elk stadsdorp en elke buurt telt mee.",
    "Een stadsdorp en een stadsdorpje, allebei dicht bij huis.",
    "In ons stadsdorp er vaak op uit gaan, dat doen de stadsdorpers graag.",
    "Elk stadsdorp se eigen krantje bestaat niet; wij hebben stadsdorpse verhalen.",
    "Stadsdorpen en buurten hebben elkaar nodig, en stadsdorpjes ook.",
    "De stadsdorpers van het stadsdorp vieren het stadsdorpfeest op het plein.",
    "Ons stadsdorpje is klein, maar onze stadsdorpjes samen zijn groot.",
    "Het netwerk en de netwerken in andere steden leren van elkaar.",
    "Wij bouwen aan netwerkjes van buren, en elk netwerkje telt.",
    "De nieuwsbrief en de nieuwsbrieven van vorig jaar staan op de site.",
    "Een nieuwsbriefje is gauw gemaakt, nieuwsbriefjes ook.",
    "De commissie en de commissies van de raad vergaderen in maart.",
    "Een commissietje van drie mensen bereidt het buurtfeest voor.",
    "De coördinatie en de coördinator van het stadsdorp delen een kamer.",
    "Onze coördinatoren helpen de buurtcoördinatoren bij de coördinaties.",
    "De Amsterdamse buurten en de Amsterdammers zorgen voor elkaar.",
    "Een Amsterdammertje staat voor de deur, een Amsterdams paaltje dus.",
    "Nederland zorgt voor elkaar, en Nederlanders zorgen graag.",
    "Wie zorgt er voor de zorgers? Dat zijn de buren, en het zorgje van de een is dat van de ander.",
    "Hier zijn wij dan, en hier zijn jullie ook welkom.",
    "De WhatsAppCommunity en de WhatsAppgroep van de straat zijn er voor iedereen.",
    "Een WhatsAppje is zo gestuurd, en de app werkt goed.",
    "Wij gaan voor een dorp in de stad: een stadsdorp zeggen wij.",
    "Het dorpje in de stad en de dorpen om de stad horen bij elkaar.",
    "NLZVE en de leden van NLZVE komen in het stadsdorphuis bijeen.",
    "De stad en de steden van Nederland kennen zulke stadsdorpinitiatieven.",
    "Buurtgenoten en stadsdorpgenoten eten samen in de huiskamer van de wijk.",
    "Onze stadsdorpleden en de leden van andere stadsdorpen wandelen op dinsdag.",
    "Ouderen en jongeren zetten samen de stoep vol geveltuintjes.",
    "Als een stadsdorp je helpt, help jij het stadsdorp. Zo maakt een stadsdorp ons sterk.",
    "Bij het stadsdorp komen, bij het stadsdorp horen, dat wil iedereen.",
    "Het stadsdorp of de stadsdorpen: elk stadsdorp met een eigen plek.",
    "Wat een stadsdorp ouderen biedt, bieden stadsdorpen elkaar ook.",
    "Als het netwerk bijeenkomsten houdt, zijn dat netwerkbijeenkomsten.",
]
FOLLOWING = ("en", "er", "je", "se", "s", "e", "of", "een", "ons", "dat", "van", "met", "voor", "zijn", "wat")


def found(text: str, own: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    passages = [Passage(text)]
    findings = (
        *near_misses.find(passages, own),
        *spelling.find(passages, own),
        *language.find(passages, own),
    )
    return [(finding.code, finding.quotes) for finding in findings]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_nothing_is_found_in_a_sentence(sentence: str) -> None:
    assert found(sentence, OWN) == []
    assert found(sentence, OWN + COMPOUNDS) == []


def test_nothing_is_found_in_all_of_them_together() -> None:
    assert found(" ".join(SENTENCES), OWN + COMPOUNDS) == []


@pytest.mark.parametrize("following", FOLLOWING)
def test_an_own_word_and_a_small_word_behind_it_are_two(following: str) -> None:
    own = ("stadsdorp", f"stadsdorp{following}")
    assert found(f"Elk stadsdorp {following} meer, want een stadsdorp{following} is er.", own) == []
    assert found(f"Elk stadsdorp {following} meer.", own) == []


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Een stads dorp is een stadsdorp.", "stads dorp"),
        ("Wij zijn stads dorpen.", "stads dorpen"),
        ("Onze buren app is er.", "buren app"),
    ],
)
def test_an_own_word_that_is_typed_apart_is_still_found(text: str, quote: str) -> None:
    assert found(text, OWN + COMPOUNDS) == [("split_compound", (quote,))]
