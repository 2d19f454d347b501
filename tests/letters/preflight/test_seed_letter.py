"""The real letter, exactly as written: every row of the table of the field, and nothing else."""

import datetime as dt

import pytest

from crm.checking.findings import apply_fixes, group_spelling
from letters.preflight.draft import EnclosureNote, FactNote
from letters.preflight.run import examine
from tests.letters.preflight.drafts import SEED, codes, note, quotes, seed

BLOCK, WARN, TIP = "block", "warn", "tip"
TABLE = [
    (
        "enclosure_missing",
        BLOCK,
        ["ontvangt u hierbij ons jaarverslag 2024"],
        "Je noemt een bijlage, maar er zit niets bij. Voeg het jaarverslag toe.",
        8,
    ),
    ("contact_line_empty", BLOCK, ["via ons emailadres"], "Hier hoort je e-mailadres. Vul het in.", 56),
    ("subject_missing", BLOCK, [], "Zet erboven waar de brief over gaat.", None),
    (
        "salutation_impersonal",
        WARN,
        ["Beste Partij"],
        "Zo begint elke brief hetzelfde. Kies een aanhef per partij.",
        6,
    ),
    ("near_miss", WARN, ["stadsdopen"], 'Bedoel je "stadsdorpen"?', 9),
    (
        "promise_without_date",
        WARN,
        ["In het najaar", "zodra het beschikbaar is"],
        "Je belooft een rapport zonder datum. Noem een maand, of kies wie het bewaakt.",
        49,
    ),
    (
        "figure_without_source",
        WARN,
        ["15000", "3000", "600"],
        "Waar komen 15000, 3000 en 600 vandaan? Zet het met de bron bij je feiten, of noem de bron.",
        22,
    ),
    ("split_compound", WARN, ["toekomst gericht"], "toekomstgericht: zo schrijf je het verderop ook.", 7),
    ("thousands_separator", WARN, ["15000"], "15.000", 22),
    ("spelling", WARN, ["emailadres"], "e-mailadres", 56),
    (
        "language_tip",
        TIP,
        ["verspreidt zijn", "samen redzaam", "Belangenbehartigen"],
        'Liever: "verspreid zijn", "samenredzaam", "Belangen behartigen".',
        9,
    ),
    ("ask_without_sentence", TIP, ["aandacht te besteden"], "Geef een zin die de partij kan overnemen.", 39),
]
FACTS = (
    FactNote("bereik", "ruim 15.000 Amsterdammers", dt.date(2025, 1, 1), "jaarverslag 2024"),
    FactNote("deelname", "meer dan 3.000 mensen per maand", dt.date(2025, 1, 1), "jaarverslag 2024"),
    FactNote("vrijwilligers", "ruim 600 vrijwilligers", dt.date(2025, 1, 1), "jaarverslag 2024"),
)
JAARVERSLAG = EnclosureNote("Jaarverslag 2024", attached=True)


def test_exactly_the_rows_of_the_table() -> None:
    keys = ("code", "severity", "quotes", "advice", "line")
    assert [finding.as_row() for finding in examine(seed())] == [
        dict(zip(keys, row, strict=True)) for row in TABLE
    ]


def test_the_same_with_the_networks_own_words_filled_in() -> None:
    own = (
        "Netwerk Amsterdamse Stadsdorpen",
        "stadsdorp",
        "NLZVE",
        "Coördinatie Commissie",
        "WhatsAppCommunity",
    )
    assert codes(seed(own_words=own)) == [row[0] for row in TABLE]


def test_stadsdopen_is_one_finding_that_knows_it_is_there_twice() -> None:
    (found,) = [finding for finding in examine(seed()) if finding.code == "near_miss"]
    assert found.times == 2
    assert found.spot == "paragraph-1"


@pytest.mark.parametrize(
    ("gone", "old", "new"),
    [
        ("contact_line_empty", "via ons emailadres", "via het emailadres info@stadsdorpen.example"),
        (
            "subject_missing",
            " Amsterdam, 29 juli 2025",
            " Amsterdam, 29 juli 2025\n\nBetreft: ons jaarverslag",
        ),
        ("salutation_impersonal", "Beste Partij,", "Geacht bestuur van D66,"),
        ("near_miss", "stadsdopen", "stadsdorpen"),
        ("promise_without_date", "In het najaar", "In oktober"),
        ("figure_without_source", "Samen bereiken", "Volgens ons jaarverslag bereiken"),
        ("split_compound", "toekomst gericht", "toekomstgericht"),
        ("thousands_separator", "15000", "15.000"),
        ("spelling", "emailadres", "e-mailadres"),
        ("ask_without_sentence", "aandacht te besteden", "een plaats te geven"),
    ],
)
def test_mending_one_thing_removes_that_row_and_no_other(gone: str, old: str, new: str) -> None:
    text = SEED.read_text("utf-8").replace(old, new)
    assert codes(seed(text)) == [row[0] for row in TABLE if row[0] != gone]


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("verspreidt zijn", "verspreid zijn", ("samen redzaam", "Belangenbehartigen")),
        ("samen \nredzaam", "samenredzaam", ("verspreidt zijn", "Belangenbehartigen")),
        ("Belangenbehartigen", "Belangen behartigen", ("verspreidt zijn", "samen redzaam")),
        ("Belangenbehartigen", "Belangenbehartiging", ("verspreidt zijn", "samen redzaam")),
    ],
)
def test_each_language_tip_goes_by_itself(old: str, new: str, left: tuple[str, ...]) -> None:
    (tip,) = [f for f in examine(seed(SEED.read_text("utf-8").replace(old, new))) if f.code == "language_tip"]
    assert tip.quotes == left


def test_the_enclosure_is_there() -> None:
    assert codes(seed(enclosures=(JAARVERSLAG,))) == [row[0] for row in TABLE[1:]]


def test_the_report_is_on_the_list_as_promised_for_later() -> None:
    later = EnclosureNote("Rapport ‘Hier zijn wij!’", promised=True)
    assert codes(seed(enclosures=(later,))) == [row[0] for row in TABLE if row[0] != "promise_without_date"]


def test_somebody_minds_the_promise() -> None:
    minded = ("We zullen u dit rapport toesturen, zodra het beschikbaar is.",)
    assert codes(seed(guarded_promises=minded)) == [
        row[0] for row in TABLE if row[0] != "promise_without_date"
    ]


def test_the_fact_cabinet_agrees_about_one_figure() -> None:
    assert ("3000", "600") in quotes(seed(facts=FACTS[:1]))


def test_the_fact_cabinet_agrees_about_all_figures() -> None:
    assert codes(seed(facts=FACTS)) == [row[0] for row in TABLE if row[0] != "figure_without_source"]


def test_spelling_is_one_group_that_can_be_mended_in_one_go() -> None:
    others, spelling = group_spelling(examine(seed()))
    assert spelling is not None
    assert [finding.code for finding in spelling.findings] == [row[0] for row in TABLE[7:11]]
    assert [finding.code for finding in others] == [row[0] for row in (*TABLE[:7], TABLE[11])]
    mended = apply_fixes(SEED.read_text("utf-8"), spelling.fixes)
    assert codes(seed(mended)) == [row[0] for row in (*TABLE[:7], TABLE[11])]


MENDS = [
    (" Amsterdam, 29 juli 2025", " Amsterdam, 29 juli 2025\n\nBetreft: bewonersinitiatieven in uw programma"),
    ("Beste Partij,", "Geachte programmacommissie van D66,"),
    ("toekomst gericht", "toekomstgericht"),
    ("stadsdopen", "stadsdorpen"),
    ("verspreidt zijn", "verspreid zijn"),
    ("samen \nredzaam", "samenredzaam"),
    ("15000", "15.000"),
    ("Belangenbehartigen", "Belangen behartigen"),
    (
        "zorg, duurzaamheid en inclusie.  \n\nKnelpunten",
        "zorg, duurzaamheid en inclusie. U mag deze zin overnemen: “De gemeente steunt elk stadsdorp \n"
        "met een vaste plek in de buurt en een bijdrage voor meer jaren.”\n\nKnelpunten",
    ),
    ("In het najaar verschijnt", "In oktober verschijnt"),
    ("via ons emailadres", "via ons e-mailadres info@stadsdorpen.example"),
]


def test_nothing_is_left_to_say_about_the_mended_letter() -> None:
    text = SEED.read_text("utf-8")
    for old, new in MENDS:
        assert old in text
        text = text.replace(old, new)
    assert examine(seed(text, enclosures=(JAARVERSLAG,), facts=FACTS)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "Meer dan 3000 mensen nemen elke maand deel, zo blijkt uit ons verslag.",
        "Daaruit blijkt dat het netwerk 36 stadsdorpen ondersteunt.",
        "Samen bieden wij een van tientallen activiteiten aan.",
        "Dit onderzoek gaat over de stand van zaken van stadsdorpen anno 2025.",
        "Amsterdam, 29 juli 2025",
        "Dit rapport bevat de bevindingen van een groot praktijkonderzoek.",
        "Meer informatie over wie we zijn en wat we doen, vindt u op onze website www.stadsdorpen.example",
        "Stadsdorpen zijn verspreid over geheel Amsterdam (en daarbuiten).",
        "Elk jaar ontvangt u van ons een kaart.",
        "Wij zijn lid van de landelijke koepel NLZVE (Nederland Zorgt voor Elkaar).",
        "Lees het in onze Netwerk Nieuwsbrief of via onze WhatsAppCommunity.",
        "De Coördinatie Commissie van het Netwerk Amsterdamse Stadsdorpen",
        "Wij  schrijven  met  dubbele  spaties.",
    ],
    ids=[
        "3000 as spelling",
        "36 names its source",
        "tientallen",
        "a year",
        "the date of the letter",
        "dit rapport is no enclosure",
        "vindt u, and the website",
        "en daarbuiten",
        "ontvangt u",
        "NLZVE",
        "Netwerk Nieuwsbrief and WhatsAppCommunity",
        "Coördinatie Commissie",
        "double spaces",
    ],
)
def test_never_flagged(text: str) -> None:
    assert examine(note(text)) == ()


def test_never_flagged_4_kernfuncties_when_four_follow() -> None:
    items = ("• Ontwikkelen", "• Samenbrengen", "• Informeren", "• Belangen behartigen")
    assert examine(note("Het Netwerk heeft 4 kernfuncties:", *items)) == ()


def test_never_flagged_hard_line_breaks_and_a_bullet_split_by_an_empty_line() -> None:
    text = (
        "Betreft: ontmoeten\n\nGeacht bestuur van D66,\n\n"
        "Het Netwerk brengt mensen \nbij elkaar en heeft 2 kernfuncties: \n"
        "• Samenbrengen: wij brengen buren bij elkaar, zodat zij ervaringen en \n\n"
        "kennis kunnen uitwisselen  en samen \nkunnen leren. \n\n"
        "• Informeren: wij delen nieuws. \n\nMet vriendelijke groet\n\nhet bestuur\n"
    )
    assert examine(seed(text)) == ()
