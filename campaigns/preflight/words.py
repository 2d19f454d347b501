"""What is wrong with the words of an issue: missing, left over, or saying nothing to who cannot see the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from campaigns.mjml.issue import (
    Block,
    Button,
    Contact,
    Event,
    Image,
    Intro,
    Issue,
    Link,
    PositionsBlock,
    PublicationBlock,
    Quote,
    Story,
)
from crm.checking.findings import Finding, Severity
from crm.document.tree import Document, Heading, inlines, plain
from crm.document.tree import Link as Words

LONGEST_SUBJECT: Final = 60
WIDEST_IMAGE: Final = 1200
HEAVIEST_IMAGE: Final = 200
_LEFT_OVER = re.compile(
    r"lorem ipsum|\[(?:[^\]]*\b(?:hier|invullen|naam|datum|titel|tekst)\b[^\]]*|\.{3}|…)\]|\bTODO\b|\bxxx+\b|\?\?\?",
    re.IGNORECASE,
)
_SAYS_NOTHING = re.compile(
    r"(?:klik(?:\s+hier)?|hier|lees\s+(?:hier\s+)?(?:meer|verder)|link|deze\s+link)[.!]?", re.IGNORECASE
)
_TAG = re.compile(r"\*\|([A-Z0-9_:]+)\|\*")
# What Mailchimp always fills in.
_ALWAYS_FILLED: Final = {"UNSUB", "UPDATE_PROFILE", "ARCHIVE", "EMAIL", "CURRENT_YEAR", "LIST:NAME"}


def spot_of(number: int) -> str:
    """How a finding names the block with this number, counted from 1."""
    return f"block-{number}"


def found_in(issue: Issue) -> Iterator[Finding]:
    """Everything about the words and pictures, from top to bottom."""
    yield from _subject(issue)
    if not issue.blocks:
        yield _block("empty", "Er staat nog niets in de nieuwsbrief. Voeg een onderdeel toe.", "blocks")
    for number, block in enumerate(issue.blocks, start=1):
        spot = spot_of(number)
        yield from _left_over(block, spot)
        yield from _images(block, spot)
        yield from _link_words(block, spot)
        yield from _tags(block, spot)
    yield from _headings(issue)


def _block(code: str, advice: str, spot: str, *quotes: str) -> Finding:
    return Finding(code, Severity.BLOCK, quotes, advice, spot)


def _warn(code: str, advice: str, spot: str, *quotes: str) -> Finding:
    return Finding(code, Severity.WARN, quotes, advice, spot)


def _subject(issue: Issue) -> Iterator[Finding]:
    subject = issue.subject.strip()
    if not subject:
        yield _block(
            "no_subject", "Er is nog geen onderwerp. Vul het in: dat zien lezers het eerst.", "subject"
        )
    elif len(subject) > LONGEST_SUBJECT:
        yield _warn(
            "long_subject",
            f"Het onderwerp heeft {len(subject)} tekens; op een telefoon staan er ongeveer {LONGEST_SUBJECT}. "
            "Zet het belangrijkste vooraan, of maak het korter.",
            "subject",
            subject,
        )
    if not issue.preheader.strip():
        yield _warn(
            "no_preheader",
            "De regel achter het onderwerp is leeg. Dan laten mailprogramma’s de eerste woorden zien die ze vinden.",
            "preheader",
        )
    for words, spot in ((subject, "subject"), (issue.preheader, "preheader")):
        for left in _LEFT_OVER.finditer(words):
            yield _block(
                "left_over", f"“{left[0]}” staat er nog. Vul het in, of haal het weg.", spot, left[0]
            )


def texts_of(block: Block) -> list[Document]:
    """The running text in a block."""
    match block:
        case Intro(text) | Contact(text):
            return [text]
        case Story(text=text) | Event(text=text) | PublicationBlock(text=text):
            return [text]
    return []


def labels_of(block: Block) -> list[str]:
    """The words in a block that are no running text."""
    match block:
        case Story(title=title) | PublicationBlock(title=title):
            return [title]
        case Event(title, moment, place):
            return [title, moment, place]
        case PositionsBlock(title, rows, note):
            return [title, note, *(said for row in rows for said in row)]
        case Quote(words, who):
            return [words, who]
    return []


def link_of(block: Block) -> Link | None:
    """Where a block as a whole leads."""
    match block:
        case Story(link=link) | Event(link=link) | PositionsBlock(link=link):
            return link
        case PublicationBlock(link=link) | Button(link):
            return link
    return None


def images_of(block: Block) -> list[Image]:
    """The pictures in a block."""
    match block:
        case Story(image=image) | PublicationBlock(cover=image):
            return [image] if image else []
    return []


def all_links(block: Block) -> Iterator[Link]:
    """Every link in a block, those in the running text too."""
    for text in texts_of(block):
        for one in inlines(text):
            if isinstance(one, Words):
                yield Link(plain(one.children), one.href)
    if own := link_of(block):
        yield own


def _words_in(block: Block) -> Iterator[str]:
    yield from labels_of(block)
    for text in texts_of(block):
        for part in text.blocks:
            match part:
                case Heading(children=children):
                    yield plain(children)
                case _:
                    yield from (_said(part),)
    for link in all_links(block):
        yield link.words


def _said(part: object) -> str:
    children = getattr(part, "children", None)
    if children is not None:
        return plain(children)
    return " ".join(plain(item) for item in getattr(part, "items", ()))


def _left_over(block: Block, spot: str) -> Iterator[Finding]:
    found = dict.fromkeys(left[0] for words in _words_in(block) for left in _LEFT_OVER.finditer(words))
    for left in found:
        yield _block("left_over", f"“{left}” staat er nog. Vul het in, of haal het weg.", spot, left)


def _images(block: Block, spot: str) -> Iterator[Finding]:
    for image in images_of(block):
        name = PurePosixPath(urlsplit(image.url).path).name
        alt = image.alt.strip()
        if not alt:
            yield _block(
                "no_alt",
                "Bij de foto staat niet wat erop te zien is. Wie haar niet ziet, mist dat.",
                spot,
                name,
            )
        elif alt.lower() in {name.lower(), PurePosixPath(name).stem.lower()}:
            yield _block(
                "alt_is_name",
                f"Bij de foto staat de naam van het bestand (“{alt}”). Schrijf wat erop te zien is.",
                spot,
                alt,
            )
        if name.lower().endswith((".svg", ".svgz")):
            yield _block(
                "svg", "Mailprogramma’s laten een SVG niet zien. Kies een foto (JPG of PNG).", spot, name
            )
        if image.width > WIDEST_IMAGE:
            yield _warn(
                "wide_image", f"De foto is {image.width} punten breed; {WIDEST_IMAGE} is genoeg.", spot, name
            )
        if image.kilobytes > HEAVIEST_IMAGE:
            yield _warn(
                "heavy_image",
                f"De foto is {image.kilobytes} kB. Boven {HEAVIEST_IMAGE} kB laadt hij traag op een telefoon.",
                spot,
                name,
            )


def _link_words(block: Block, spot: str) -> Iterator[Finding]:
    for link in all_links(block):
        if _SAYS_NOTHING.fullmatch(" ".join(link.words.split())):
            yield _warn(
                "link_says_nothing",
                f"“{link.words}” zegt niet waar je uitkomt. Noem het: “Lees het verslag van de open dag”.",
                spot,
                link.words,
            )


def _tags(block: Block, spot: str) -> Iterator[Finding]:
    for words in _words_in(block):
        for tag in _TAG.finditer(words):
            if tag[1] not in _ALWAYS_FILLED:
                yield _warn(
                    "tag_without_default",
                    f"{tag[0]} blijft leeg bij wie geen naam opgaf. Lees de zin eens zonder.",
                    spot,
                    tag[0],
                )


def _headings(issue: Issue) -> Iterator[Finding]:
    """A smaller heading in a text stands below a larger one: who listens jumps from one to the next."""
    for number, block in enumerate(issue.blocks, start=1):
        has_title = bool(labels_of(block) and labels_of(block)[0].strip())
        level = 2 if has_title else 1
        for text in texts_of(block):
            for part in text.blocks:
                if isinstance(part, Heading):
                    if part.level > level + 1:
                        yield _warn(
                            "heading_order",
                            f"“{plain(part.children)}” is een kleine kop zonder grotere erboven. Maak hem groter.",
                            spot_of(number),
                            plain(part.children),
                        )
                    level = part.level
