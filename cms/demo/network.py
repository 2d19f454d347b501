"""Who we are: settings, letterhead with its logo, rules, facts and texts that lie ready."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile
from PIL import Image as Picture
from PIL import ImageDraw
from wagtail.images.models import Image

from campaigns.models import Fact
from crm.models import Network, Tag, Theme
from letters.models import ApprovalRule, Letterhead, StandardText

from .fixtures import make, read

LOGO_TITLE: Final = "Logo van het Netwerk"
_BRICK: Final = "#9a3412"
_GREEN: Final = "#14532d"
_CLEAR: Final = (0, 0, 0, 0)


def logo_bytes() -> bytes:
    """A PNG drawn by us: three gables on a street, 360 by 240 pixels, clear behind; the same bytes each time."""
    picture = Picture.new("RGBA", (360, 240), _CLEAR)
    draw = ImageDraw.Draw(picture)
    for left, top, colour in ((20, 92, _BRICK), (130, 40, _GREEN), (240, 92, _BRICK)):
        draw.polygon([(left, top + 45), (left + 50, top), (left + 100, top + 45)], fill=colour)
        draw.rectangle([left, top + 45, left + 100, 200], fill=colour)
        draw.rectangle([left + 38, 155, left + 62, 200], fill=_CLEAR)
        draw.rectangle([left + 38, top + 58, left + 62, top + 82], fill=_CLEAR)
    draw.rectangle([10, 208, 350, 220], fill=_GREEN)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def load_words() -> tuple[dict[str, Theme], dict[str, Tag]]:
    """The themes and tags, by name."""
    rows = read("network")
    themes = {
        name: Theme.objects.filter(name=name).first() or make(Theme(name=name)) for name in rows["themes"]
    }
    tags = {name: Tag.objects.filter(name=name).first() or make(Tag(name=name)) for name in rows["tags"]}
    return themes, tags


def load_supplies(logo: bytes) -> Letterhead:
    """Settings, facts, texts and rules, and the letterhead they belong to. What is there already stays as it is."""
    rows = read("network")
    for row in rows["facts"]:
        if not Fact.objects.filter(key=row["key"]).exists():
            report = read("publications")["annual_report"]
            make(Fact(as_of_on=report["as_of_on"], source=report["title"], **row))
    for row in rows["standard_texts"]:
        if not StandardText.objects.filter(title=row["title"]).exists():
            make(StandardText(**row))
    for row in rows["approval_rules"]:
        if not ApprovalRule.objects.filter(kind=row["kind"]).exists():
            make(ApprovalRule(**row))
    found = Letterhead.objects.filter(name=rows["letterhead"]["name"]).first()
    if found is not None:
        return found
    image = _logo(logo)
    network = Network.load()
    for field, value in rows["network"].items():
        setattr(network, field, value)
    network.logo = image
    make(network)
    return make(Letterhead(logo=image, **rows["letterhead"]))


def _logo(data: bytes) -> Image:
    found = Image.objects.filter(title=LOGO_TITLE).first()
    if found is not None:
        return found
    image = Image(title=LOGO_TITLE, file=ContentFile(data, name="logo-netwerk.png"))
    image.save()
    return image
