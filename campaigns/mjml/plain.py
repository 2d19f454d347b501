"""The plain text beside the HTML of an issue: what is said in it, and every address in full."""

from __future__ import annotations

from crm.document.mail import to_text

from .issue import (
    Block,
    Button,
    Contact,
    Divider,
    Event,
    Intro,
    Issue,
    Link,
    PositionsBlock,
    PublicationBlock,
    Quote,
    Story,
)

_RULE = "* * *"


def to_plain(issue: Issue, *, instead: str = "") -> str:
    """The text part, with an empty line between parts; ends with one line end. ``instead`` are words that an editor
    wrote in the place of the blocks: what the law wants stands below them all the same."""
    house = issue.house
    ways = [
        ("Lees deze nieuwsbrief op de site", house.archive),
        ("Wijzig wat je krijgt", house.preferences),
        ("Meld je af", house.unsubscribe),
    ]
    foot = "\n".join(
        [
            issue.why,
            *(f"{words}: {url}" for words, url in ways if url.strip()),
            "",
            house.name,
            *house.postal_lines,
        ]
    )
    said = [instead] if instead.strip() else [_block(block) for block in issue.blocks]
    parts = [house.name, *said, _RULE, foot]
    return "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"


def _block(block: Block) -> str:
    match block:
        case Intro(text) | Contact(text):
            return to_text(text)
        case Story(title, text, _image, link):
            return _joined(_title(title), to_text(text), _link(link))
        case Event(title, moment, place, text, link):
            return _joined(_title(title), f"{moment}\n{place}", to_text(text), _link(link))
        case PublicationBlock(title, text, link, _cover):
            return _joined(_title(title), to_text(text), _link(link))
        case PositionsBlock(title, rows, note, link):
            said = "\n".join(f"- {who}: {words}" for who, words in rows)
            return _joined(_title(title), said, note, _link(link))
        case Quote(words, who):
            return f"“{words}”\n{who}"
        case Button(link):
            return _link(link)
        case Divider():
            return _RULE


def _title(words: str) -> str:
    return words.upper()


def _link(link: Link | None) -> str:
    return f"{link.words}: {link.url}" if link else ""


def _joined(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
