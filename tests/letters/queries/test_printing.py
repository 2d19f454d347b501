"""What goes to the printer: the stack in envelope order, and address labels."""

import pytest

from crm.typesetting.pdf import page_count
from letters.actions import enclosures, recipients
from letters.queries import printing
from letters.render.house import LetterError
from tests.letters.admin.samples import one_page
from tests.letters.conftest import party
from tests.letters.render.reading import words
from tests.letters.stories import send

pytestmark = pytest.mark.django_db

STREETS = {"Zuid": "1099 ZZ", "Noord": "1011 AB", "Midden": "1055 CD"}


@pytest.fixture
def by_post(letter, alida, bram, cor):
    """A letter to three by post, in another order than that of their postcodes, with one enclosure."""
    letter.recipients.all().delete()
    made = [party(name, street=f"{name}kade 1") for name in STREETS]
    for organisation in made:
        organisation.contact_points.update(postcode=STREETS[organisation.name])
    recipients.add(letter=letter, organisations_=made, by=alida)
    enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    enclosures.promise(letter=letter, title="Rapport", by=alida)
    return letter, send(letter, alida, bram, cor)


def test_the_cover_names_every_envelope_and_the_letters_follow_in_that_order(by_post):
    letter, waiting = by_post
    data = printing.stack(letter, waiting, duplex=False)
    cover = words(data, page=1)
    assert [cover.index(f"{name}kade 1") for name in STREETS] == sorted(
        cover.index(f"{name}kade 1") for name in STREETS
    )
    assert [
        f"{name}kade 1" in words(data, page=page) for name, page in zip(STREETS, (2, 4, 6), strict=True)
    ] == [
        True,
        True,
        True,
    ]
    assert ["Een jaar." in words(data, page=page) for page in (3, 5, 7)] == [True, True, True]
    assert page_count(data) == 7


def test_on_both_sides_every_letter_begins_on_a_sheet_of_its_own(by_post):
    letter, waiting = by_post
    data = printing.stack(letter, waiting, duplex=True)
    starts = [
        page
        for page in range(1, page_count(data) + 1)
        if page > 1 and any(f"{name}kade 1" in words(data, page=page) for name in STREETS)
    ]
    assert [page % 2 for page in starts] == [1, 1, 1]


def test_a_part_of_the_letters_makes_a_stack_of_that_part(by_post):
    letter, waiting = by_post
    text = words(printing.stack(letter, waiting[1:2], duplex=False))
    assert ["Noordkade" in text, "Zuidkade" in text] == [True, False]


def test_labels_come_by_postcode(by_post):
    text = words(printing.labels(by_post[0], start=1))
    places = [text.index(name) for name in ("Noordkade", "Middenkade", "Zuidkade")]
    assert places == sorted(places)


def test_labels_begin_where_the_sheet_is_not_used_yet(by_post):
    with pytest.raises(LetterError, match="24 etiketten"):
        printing.labels(by_post[0], start=25)
    assert page_count(printing.labels(by_post[0], start=23)) == 2


def test_without_post_there_are_no_labels(letter, alida, bram, cor):
    letter.recipients.filter(channel="post").delete()
    send(letter, alida, bram, cor)
    with pytest.raises(LetterError, match="geen adressen"):
        printing.labels(letter, start=1)


def test_an_address_abroad_without_dutch_postcode_comes_last(by_post):
    letter, waiting = by_post
    abroad = waiting[1]
    abroad.address = "Noord\nRue 1\n1000 BRUXELLES\nBELGIË"
    abroad.save()
    text = words(printing.labels(letter, start=1))
    assert text.index("BELGIË") > text.index("Zuidkade") > text.index("Middenkade")


@pytest.mark.parametrize(
    "address",
    [
        "Zuid\nKade 1\n10 12 A  BRUG",
        "Zuid\n" + "n" * 4000,
        "\n".join(f"Regel {number}" for number in range(1, 10)),
        "Zuid 🌷\nKade 1",
        "",
    ],
)
def test_whatever_address_was_frozen_the_stack_and_the_labels_are_made(by_post, address):
    letter, waiting = by_post
    waiting[0].address = address
    waiting[0].save()
    assert words(printing.stack(letter, waiting, duplex=False)).count("Een jaar.") == 3
    assert page_count(printing.labels(letter, start=1)) == 1
