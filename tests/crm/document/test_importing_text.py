"""Pasted letters: the seed letter word for word, and the habits of people who type."""

from pathlib import Path

import pytest

from crm.document.importing import Imported, UploadError, from_text
from crm.document.tree import Document, ListBlock, Paragraph, Rule, Text

from .trees import paragraph, text

SEED = Path(__file__).parents[2] / "files" / "seed-letter.txt"


def items(*texts: str, ordered: bool = False) -> ListBlock:
    return ListBlock(ordered, tuple((Text(words),) for words in texts))


def body(typed: str) -> Document:
    return from_text(typed).document


def test_the_seed_letter_comes_in_whole() -> None:
    assert from_text(SEED.read_text(encoding="utf-8")) == Imported(
        document=Document(
            (
                paragraph(
                    "In een toekomst gericht partijprogramma mag de belangrijke rol die bewoners kunnen vervullen in "
                    "welzijn en zorg niet ontbreken. Daarom ontvangt u hierbij ons jaarverslag 2024. Daaruit blijkt "
                    "dat het Netwerk Amsterdamse Stadsdorpen 36 stadsdopen ondersteunt die verspreidt zijn over "
                    "geheel Amsterdam (en daarbuiten)."
                ),
                paragraph(
                    "Stadsdorpen zijn lokale bewonersinitiatieven die draaien om verbondenheid, samenwerking en "
                    "zelforganisatie in een buurt of wijk. Stadsdorpen richten zich op buurtbewoners, ze zijn samen "
                    "redzaam: bewoners helpen elkaar, bijvoorbeeld met een boodschap of door een kopje koffie te "
                    "drinken. Stadsdorpen zorgen voor ontmoeting en verbinding: bewoners organiseren bijeenkomsten, "
                    "borrels, uitstapjes, lezingen en sportactiviteiten. Ze zijn zelf georganiseerd: zonder "
                    "verplichting van bovenaf. Stadsdorpen zijn toekomstgericht: ze spelen in op thema’s als "
                    "vergrijzing, wonen, zorg, duurzaamheid en inclusie. Een stadsdorp is een warme buurtgemeenschap "
                    "die het leven in de stad menselijker en leuker maakt. Stadsdorpen zorgen voor een beetje meer "
                    "dorp in de stad."
                ),
                paragraph(
                    "Samen bereiken de stadsdopen ruim 15000 Amsterdammers, meer dan 3000 mensen nemen elke maand "
                    "deel aan een van tientallen activiteiten en er zijn ruim 600 vrijwilligers actief."
                ),
                paragraph("Het Netwerk Amsterdamse Stadsdorpen heeft 4 kernfuncties:"),
                items(
                    "Ontwikkelen: We bieden stadsdorpen workshops en trainingen aan.",
                    "Samenbrengen: Het Netwerk brengt stadsdorpen bij elkaar, zodat zij ervaringen en kennis kunnen "
                    "uitwisselen, nieuwe kennis kunnen opdoen en banden kunnen smeden om samen te werken.",
                    "Informeren: Het Netwerk deelt relevante informatie voor stadsdorpen in digitale vorm via "
                    "mailings, onze Netwerk Nieuwsbrief, via onze WhatsAppCommunity en onze website.",
                    "Belangenbehartigen: Het Netwerk behartigt de belangen van stadsdorpen op stedelijk, regionaal "
                    "en landelijk niveau. We zijn lid van de landelijke koepel van bewonersinitiatieven NLZVE "
                    "(Nederland Zorgt voor Elkaar).",
                ),
                paragraph(
                    "Wij doen graag een beroep op u om in uw partijprogramma aandacht te besteden aan deze "
                    "bewonersinitiatieven. Zowel met betrekking tot de belangrijke rol die ze kunnen spelen in het "
                    "verbinden van Amsterdammers en hoe ze kunnen inspelen op thema’s als vergrijzing, wonen, zorg, "
                    "duurzaamheid en inclusie."
                ),
                paragraph(
                    "Knelpunten die worden ervaren houden verband met de beperkte wijze waarop stadsdorpen nu "
                    "financieel gesteund worden. Ook het vinden van ontmoetingsruimtes is een toenemend probleem. En "
                    "de samenwerking met de gemeente en andere partnerorganisaties in de buurt verloopt niet altijd "
                    "soepel."
                ),
                paragraph(
                    "In het najaar verschijnt een rapport met de titel ‘Hier zijn wij!’ Dit rapport bevat de "
                    "bevindingen van een groot praktijkonderzoek naar de stand van zaken van stadsdorpen anno 2025. "
                    "We zullen u dit rapport toesturen, zodra het beschikbaar is."
                ),
                paragraph(
                    "Meer informatie over wie we zijn en wat we doen, vindt u op onze website "
                    "www.netwerkamsterdamsestadsdorpen.nl"
                ),
                paragraph(
                    "Uiteraard zijn wij graag bereid tot een gesprek. U kunt ons bereiken via ons emailadres"
                ),
            )
        ),
        subject="",
        salutation="Beste Partij",
        dated="Amsterdam, 29 juli 2025",
        closing="Met vriendelijke groet",
        sign_off=("De Coördinatie Commissie van het Netwerk Amsterdamse Stadsdorpen",),
    )


LETTER = """Stadsdorp De Brug
Kade 1

Aan het college
Datum: dinsdag 3 maart 2026
Betreft: ruimte om elkaar te ontmoeten

Geachte leden van de gemeenteraad,

Wij vragen ruimte.

Hoogachtend,

Anna de Vries, voorzitter
Bijlage: jaarverslag
"""


def test_what_stands_around_a_letter_gets_its_place_or_is_named() -> None:
    assert from_text(LETTER) == Imported(
        document=text("Wij vragen ruimte."),
        subject="ruimte om elkaar te ontmoeten",
        salutation="Geachte leden van de gemeenteraad",
        dated="dinsdag 3 maart 2026",
        closing="Hoogachtend",
        sign_off=("Anna de Vries, voorzitter",),
        dropped=(
            "boven de aanhef: “Stadsdorp De Brug”",
            "boven de aanhef: “Kade 1”",
            "boven de aanhef: “Aan het college”",
            "onder de ondertekening: “Bijlage: jaarverslag”",
        ),
    )


def test_a_text_without_a_frame_is_all_body() -> None:
    loose = "Wij vragen ruimte.\n\nDe beste plek is de bibliotheek."
    assert from_text(loose) == Imported(
        document=text("Wij vragen ruimte.", "De beste plek is de bibliotheek."),
        subject="",
        salutation="",
        dated="",
        closing="",
        sign_off=(),
    )


@pytest.mark.parametrize(
    ("line", "dated"),
    [
        ("Amsterdam, 29 juli 2025", "Amsterdam, 29 juli 2025"),
        ("Den Haag 1 maart 2026", "Den Haag 1 maart 2026"),
        ("’s-Hertogenbosch, 1 maart 2026.", "’s-Hertogenbosch, 1 maart 2026"),
        ("29-07-2025", "29-07-2025"),
        ("Weesp, 3 mrt. 2026", "Weesp, 3 mrt. 2026"),
        ("In 2025 kwam er veel los", ""),
        ("29 appels 2025", ""),
    ],
)
def test_a_date_is_known_by_how_it_is_written(line: str, dated: str) -> None:
    assert from_text(f"{line}\n\nBeste Partij,\n\nx").dated == dated


@pytest.mark.parametrize(
    ("line", "salutation"),
    [
        ("Beste Partij,", "Beste Partij"),
        ("Beste Partij", "Beste Partij"),
        ("Geachte heer, mevrouw,", "Geachte heer, mevrouw"),
        ("Geacht college:", "Geacht college"),
        ("Dames en heren,", "Dames en heren"),
        ("L.S.,", "L.S."),
        ("Beste resultaten behalen wij samen.", ""),
        ("Best veel mensen doen mee", ""),
    ],
)
def test_a_salutation_is_known_by_how_it_is_written(line: str, salutation: str) -> None:
    read = from_text(f"{line}\n\nWij vragen ruimte.")
    assert (read.salutation, len(read.document.blocks)) == (salutation, 1 if salutation else 2)


@pytest.mark.parametrize(
    "closing",
    ["Met vriendelijke groet", "Vriendelijke groeten,", "Hartelijke groet", "Groeten", "Mvg", "Hoogachtend,"],
)
def test_a_closing_and_signature_are_taken_out(closing: str) -> None:
    read = from_text(f"Wij vragen ruimte.\n\n{closing}\n\nAnna de Vries\nvoorzitter\n")
    assert (read.closing, read.sign_off) == (closing.rstrip(","), ("Anna de Vries", "voorzitter"))
    assert read.document == text("Wij vragen ruimte.")


def test_greetings_in_the_middle_of_a_text_are_text() -> None:
    lines = [f"Alinea {number}." for number in range(20)]
    typed = "\n\n".join(["Groeten", *lines])
    assert from_text(typed).closing == ""


def test_lines_of_one_paragraph_are_joined_and_double_spaces_mended() -> None:
    assert body("Wij vragen  de gemeente\nom ruimte.\u00a0\n\nEn\tom geld.") == text(
        "Wij vragen de gemeente om ruimte.", "En om geld."
    )


def test_in_text_that_was_not_wrapped_every_line_is_a_paragraph() -> None:
    long = "Wij vragen ruimte voor ontmoeting in de buurt. " * 5
    assert body(f"{long}\nKort.\nOok kort.") == text(long.strip(), "Kort.", "Ook kort.")


def test_a_paragraph_cut_by_an_empty_line_in_mid_sentence_is_joined() -> None:
    typed = "Meer dan drieduizend mensen uit alle buurten nemen\n\nelke maand deel aan activiteiten."
    assert body(typed) == text(
        "Meer dan drieduizend mensen uit alle buurten nemen elke maand deel aan activiteiten."
    )


@pytest.mark.parametrize("bullet", ["•", "-", "*", "–", "·", "\uf0b7"])
def test_every_usual_bullet_makes_a_list(bullet: str) -> None:
    typed = f"Wij vragen:\n{bullet} geld,\n{bullet}  ruimte\n  en tijd.\n\n{bullet} hulp\n\nTot ziens."
    assert body(typed) == Document(
        (paragraph("Wij vragen:"), items("geld,", "ruimte en tijd.", "hulp"), paragraph("Tot ziens."))
    )


def test_a_bullet_alone_on_its_line_takes_the_next() -> None:
    assert body("•\n\nNieuwe kennis opdoen.\n•\nBanden smeden.") == Document(
        (items("Nieuwe kennis opdoen.", "Banden smeden."),)
    )


def test_numbers_that_count_make_a_numbered_list() -> None:
    assert body("1. geld\n2) ruimte\n\n3. tijd") == Document((items("geld", "ruimte", "tijd", ordered=True),))


def test_a_number_or_dash_in_a_running_sentence_is_text() -> None:
    assert body("Dat staat op pagina\n12. Verder vragen wij hulp.") == text(
        "Dat staat op pagina 12. Verder vragen wij hulp."
    )
    assert body("De gemeente kan helpen\n- en dat doet zij ook - met ruimte.") == text(
        "De gemeente kan helpen - en dat doet zij ook - met ruimte."
    )


def test_a_row_of_dashes_is_a_rule() -> None:
    assert body("Eén.\n-----\nTwee.") == Document((paragraph("Eén."), Rule(), paragraph("Twee.")))


def test_markup_and_template_signs_stay_text() -> None:
    assert body("<script>x</script> {{ naam }} #set &amp;") == text(
        "<script>x</script> {{ naam }} #set &amp;"
    )


def test_control_characters_are_left_out() -> None:
    assert body("Een \x1b[31mrode\x00 \u202eregel") == text("Een [31mrode regel")


def test_nothing_gives_nothing() -> None:
    assert body(" \n\n\t\n") == Document()


@pytest.mark.parametrize(
    "typed",
    [
        "x" * 400_000,
        "\n" * 9_999,
        "- " * 200_000,
        "•\n" * 9_999,
        "a\n" * 9_999,
        "1. " * 130_000,
        "\t" * 400_000,
    ],
    ids=range(7),
)
def test_a_heap_of_anything_is_read_in_one_go(typed: str) -> None:
    assert all(isinstance(block, Paragraph | ListBlock | Rule) for block in body(typed).blocks)


@pytest.mark.parametrize("book", ["woord " * 100_000, "a\n" * 10_001], ids=["words", "lines"])
def test_a_book_is_refused(book: str) -> None:
    with pytest.raises(UploadError) as caught:
        from_text(book)
    assert str(caught.value) == "De tekst is te lang voor een brief. Plak het deel dat je nodig hebt."


def test_a_wrapped_letter_stays_one_when_a_line_was_made_longer() -> None:
    seed = SEED.read_text(encoding="utf-8")
    longer = seed.replace(
        "ons jaarverslag 2024.", "ons jaarverslag 2024, dat wij in het voorjaar met zorg maakten."
    )
    assert longer != seed
    assert len(body(longer).blocks) == len(body(seed).blocks)
