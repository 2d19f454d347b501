"""Address labels on sheets."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from letters.render.house import PRESS, LetterError
from letters.render.labels import Label, render_labels
from tests.letters.render.reading import about, read

DAY = date(2025, 7, 29)


def addresses(number: int) -> list[Label]:
    return [Label(at, (f"Partij {at}", "Postbus 1", "1000 AA  AMSTERDAM")) for at in range(1, number + 1)]


def labels(data: bytes, height: int) -> list[tuple[int, int, int]]:
    """Of each "Partij n" in order: its page, and the column and row of the label it stands on, from 1."""
    edge = (297 - 8 * height) / 2
    lines = [line for line in read(data) if line.text.startswith("Partij")]
    assert [line.text for line in lines] == [f"Partij {at}" for at in range(1, len(lines) + 1)]
    return [(line.page, int(line.left // 70) + 1, int((line.top - edge) // height) + 1) for line in lines]


@pytest.mark.parametrize("height", [36, 37])
def test_labels_fill_three_columns_of_eight(height: int) -> None:
    data = render_labels(addresses(25), dated_on=DAY, height=height)  # type: ignore[arg-type]
    expected = [(1, column, row) for row in range(1, 9) for column in range(1, 4)]
    assert labels(data, height) == [*expected, (2, 1, 1)]


def test_a_sheet_that_was_begun_goes_on_where_it_is() -> None:
    assert labels(render_labels(addresses(2), dated_on=DAY, start=6), 37) == [(1, 3, 2), (1, 1, 3)]
    assert labels(render_labels(addresses(2), dated_on=DAY, start=24), 37) == [(1, 3, 8), (2, 1, 1)]


@pytest.mark.parametrize("start", [0, 25, -1])
def test_a_start_outside_the_sheet_is_told(start: int) -> None:
    with pytest.raises(LetterError) as caught:
        render_labels(addresses(1), dated_on=DAY, start=start)
    assert str(caught.value) == "Een vel heeft 24 etiketten. Kies een getal van 1 tot en met 24."


def test_no_addresses_are_told() -> None:
    with pytest.raises(LetterError) as caught:
        render_labels([], dated_on=DAY)
    assert (
        str(caught.value) == "Er zijn geen adressen om etiketten voor te maken. Kies eerst brieven per post."
    )


def test_a_label_stays_clear_of_its_edges_in_smaller_type() -> None:
    long = ("Vereniging van Bewonersinitiatieven in en om de Binnenstad", *(f"Regel {at}" for at in range(7)))
    lines = [line for line in read(render_labels([Label(1, long)] * 2, dated_on=DAY)) if line.text != "1"]
    assert {line.size for line in lines} == {8}
    first = [line for line in lines if line.left < 70]
    assert round(min(line.left for line in first), 1) == 6
    assert min(line.top for line in first) >= 3
    assert max(line.baseline for line in first) <= 35


def test_an_endless_address_is_not_printed_over_the_next_one() -> None:
    """Seen on the page: ink on the first label, none on the other twenty-three."""
    (page,) = PRESS.png_pages(
        "labels.typ", {"skip": 0, "height": 37, "labels": [["", ["n\u200b" * 10_000]]]}, ppi=25.4
    )
    with Image.open(BytesIO(page)) as image:
        ink = image.convert("L").point(lambda value: 255 * (value < 200))
    left, top, right, bottom = ink.getbbox() or (0, 0, 0, 0)
    assert (left >= 5, top >= 3, right <= 65, bottom <= 36) == (True, True, True, True)
    assert (right - left > 50, bottom - top > 25) == (True, True)


def test_labels_say_what_they_are_in_the_same_bytes() -> None:
    made = [Label(7, ('#panic("x") "a" \\',))]
    data = render_labels(made, dated_on=DAY)
    assert sorted(line.text for line in read(data)) == ['#panic("x") "a" \\', "7"]
    assert data == render_labels(made, dated_on=DAY)
    assert about(data) == {
        "title": "Adresetiketten",
        "language": "nl-NL",
        "ua": "1",
        "tagged": True,
        "created": "D:20250729120000Z",
        "pages": 1,
    }
