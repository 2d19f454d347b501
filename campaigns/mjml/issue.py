"""What an issue of a newsletter is, apart from how it is shown: plain immutable values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from crm.document.tree import Document


@dataclass(frozen=True, slots=True)
class Image:
    """A picture at an absolute address; ``width`` is how wide it is shown at most, in pixels."""

    url: str
    alt: str
    width: int = 552
    kilobytes: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an absolute address."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Intro:
    """The words at the beginning."""

    text: Document


@dataclass(frozen=True, slots=True)
class Story:
    """Something to tell, with or without a picture and where to read on."""

    title: str
    text: Document
    image: Image | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something to come to: ``moment`` and ``place`` as people say them."""

    title: str
    moment: str
    place: str
    text: Document
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class PublicationBlock:
    """Something to read, with its cover."""

    title: str
    text: Document
    link: Link
    cover: Image | None = None


@dataclass(frozen=True, slots=True)
class PositionsBlock:
    """Where parties stand on an ask: a name and words for each. ``note`` says what unknown means, and as of when."""

    title: str
    rows: tuple[tuple[str, str], ...]
    note: str
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, and who that was."""

    words: str
    who: str


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to do."""

    link: Link


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two parts."""


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach us."""

    text: Document


Block: TypeAlias = (
    Intro | Story | Event | PublicationBlock | PositionsBlock | Quote | Button | Divider | Contact
)


@dataclass(frozen=True, slots=True)
class House:
    """Whose newsletter it is: name, logo, colours (``#rrggbb``) and the lines that the law wants below.

    ``unsubscribe`` is the address, or the merge tag, with which somebody leaves; ``archive`` the page of the issue.
    """

    name: str
    postal_lines: tuple[str, ...]
    website: str
    unsubscribe: str
    archive: str = ""
    preferences: str = ""
    logo: Image | None = None
    accent: str = "#9a3412"
    link: str = "#14532d"


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue. ``preheader`` is what mail programs show behind the subject; ``why`` says why somebody gets it."""

    subject: str
    preheader: str
    blocks: tuple[Block, ...]
    house: House
    why: str
    language: str = "nl"
