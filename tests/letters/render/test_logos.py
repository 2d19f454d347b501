"""Logos on letterheads."""

from base64 import b64encode
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from letters.render.letters import preview, render
from letters.render.logos import BadLogo, logo_as_svg
from tests.letters.render.samples import LETTERHEAD, LOGO, letter

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">%s<path d="M0 0h9v9z"/></svg>'


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 20)) -> bytes:
    target = BytesIO()
    Image.new(mode, size).save(target, kind)
    return target.getvalue()


def with_logo(logo: bytes) -> bytes:
    return render(letter(letterhead=replace(LETTERHEAD, logo=logo)))


def described(data: bytes) -> list[str]:
    """The words that stand in for pictures, out of the structure tree."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [
            str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item
        ]


@pytest.mark.parametrize(
    "logo",
    [
        picture("PNG"),
        picture("PNG", "RGBA"),
        picture("PNG", "P"),
        picture("JPEG"),
        picture("JPEG", "CMYK"),
        picture("PNG", size=(4000, 10)),
        picture("PNG", size=(10, 4000)),
        LOGO,
        (SVG % "<!-- één -->").encode(),
    ],
)
def test_a_logo_is_printed_and_described(logo: bytes) -> None:
    assert described(with_logo(logo)) == ["Logo van Netwerk Amsterdamse Stadsdorpen"]


def test_a_logo_is_drawn_once_on_the_first_page() -> None:
    with pikepdf.open(BytesIO(with_logo(picture("PNG")))) as pdf:
        images = [list(page.Resources.get("/XObject", {})) for page in pdf.pages]
    assert [len(names) for names in images] == [1, 0]


@pytest.mark.parametrize(
    "logo",
    [
        b"",
        b"hello",
        picture("GIF"),
        picture("PNG")[:60],
        picture("JPEG")[:200],
        b"<svg><path/></svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
        b"<html><body><svg></svg></body></html>",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">'
        + b"".join(
            b'<!ENTITY %c "%s">' % (code, b"&%c;" % (code - 1) * 10) for code in range(ord("b"), ord("l"))
        )
        + b']><svg xmlns="http://www.w3.org/2000/svg"><title>&k;</title></svg>',
    ],
    ids=["empty", "text", "gif", "cut png", "cut jpeg", "no namespace", "broken", "html", "entities"],
)
def test_what_is_no_logo_is_told(logo: bytes) -> None:
    with pytest.raises(BadLogo) as caught:
        logo_as_svg(logo)
    assert str(caught.value) == (
        "Dit logo kunnen we niet lezen. Kies een bestand dat eindigt op .png, .jpg of .svg."
    )


def test_a_logo_that_is_too_large_is_told() -> None:
    with pytest.raises(BadLogo) as caught:
        logo_as_svg(LOGO + b" " * 2_000_000)
    assert str(caught.value) == "Het logo is groter dan 2 MB. Maak het kleiner en kies het opnieuw."
    with pytest.raises(BadLogo) as caught:
        logo_as_svg(picture("PNG", "1", (6000, 5000)))
    assert str(caught.value) == "Het logo heeft te veel beeldpunten. Maak het kleiner en kies het opnieuw."


def test_letters_in_a_logo_are_told_as_their_typeface_is_not_here() -> None:
    with pytest.raises(BadLogo) as caught:
        logo_as_svg((SVG % "<g><text>Netwerk</text></g>").encode())
    assert str(caught.value) == (
        "In dit logo staan losse letters, en hun lettertype hebben we niet. Kies het logo als .png."
    )


@pytest.mark.parametrize(
    "href", ["/etc/passwd", "https://a.example/x.png", "../secret.svg", "data:text/html,x"]
)
def test_a_logo_fetches_nothing(href: str) -> None:
    with pytest.raises(BadLogo) as caught:
        logo_as_svg((SVG % f'<image href="{href}" width="9" height="9"/>').encode())
    assert str(caught.value) == "Dit logo haalt een plaatje van elders. Kies het logo als .png."


def test_scripts_in_a_logo_are_left_out() -> None:
    made = logo_as_svg((SVG % "<script>alert(1)</script><foreignObject><b/></foreignObject>").encode())
    assert made == SVG % ""


def test_a_preview_with_a_logo_holds_no_script() -> None:
    scripted = (SVG % "<script>alert(1)</script>").encode()
    pages = "".join(preview(letter(letterhead=replace(LETTERHEAD, logo=scripted))))
    assert "alert" not in pages
    assert b64encode(b"alert(1)").decode()[:8] not in pages
