"""The logo on the letterhead: checked, and made into one SVG, the only image that fits in text data."""

from __future__ import annotations

import warnings
from base64 import b64encode
from functools import lru_cache
from io import BytesIO

from lxml import etree
from PIL import Image

from letters.render.house import LetterError

# Every letter carries its logo, also by e-mail.
_LARGEST = 2_000_000
_MOST_PIXELS = 25_000_000
_SVG = "{http://www.w3.org/2000/svg}svg"
_XML = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


class BadLogo(LetterError):
    """The logo is no PNG, JPEG or SVG that can be printed."""


@lru_cache(maxsize=8)
def logo_as_svg(data: bytes) -> str:
    """The logo, a PNG, JPEG or SVG file, as an ASCII SVG document.

    :raises BadLogo: when it is another kind of file, damaged or larger than 2 MB
    """
    if len(data) > _LARGEST:
        raise BadLogo("Het logo is groter dan 2 MB. Maak het kleiner en kies het opnieuw.")
    if b"<svg" in data[:4096]:
        return _checked_svg(data)
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data)) as image:
            kind, (width, height) = image.format, image.size
            if width * height > _MOST_PIXELS:
                raise BadLogo("Het logo heeft te veel beeldpunten. Maak het kleiner en kies het opnieuw.")
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _unreadable(str(error)) from error
    if kind not in ("PNG", "JPEG"):
        raise _unreadable(f"it is {kind}")
    source = f"data:image/{kind.lower()};base64,{b64encode(data).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="{source}"/></svg>'
    )


def media_type(data: bytes) -> str:
    """What kind of file a logo is, of the kinds that can be printed."""
    if b"<svg" in data[:4096]:
        return "image/svg+xml"
    return "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"


def _checked_svg(data: bytes) -> str:
    try:
        root = etree.fromstring(data, _XML)
    except etree.XMLSyntaxError as error:
        raise _unreadable(str(error)) from error
    if root.tag != _SVG:
        raise _unreadable(f"its root is {root.tag}")
    if next(root.iter("{*}text"), None) is not None:
        raise BadLogo(
            "In dit logo staan losse letters, en hun lettertype hebben we niet. Kies het logo als .png."
        )
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.rpartition("}")[2] == "href" and not value.startswith(("#", "data:image/")):
                raise BadLogo("Dit logo haalt een plaatje van elders. Kies het logo als .png.")
    etree.strip_elements(root, "{*}script", "{*}foreignObject", with_tail=False)
    return etree.tostring(root, encoding="ascii").decode()


def _unreadable(detail: str) -> BadLogo:
    return BadLogo(
        "Dit logo kunnen we niet lezen. Kies een bestand dat eindigt op .png, .jpg of .svg.", detail
    )
