"""An issue as MJML (mjml.io), in the style of the house: large letters, one column, readable in the dark."""

from __future__ import annotations

import re
from html import escape
from typing import Final

from crm.document.mail import to_html
from crm.document.tree import Document

from .issue import (
    Block,
    Button,
    Contact,
    Divider,
    Event,
    House,
    Image,
    Intro,
    Issue,
    Link,
    PositionsBlock,
    PublicationBlock,
    Quote,
    Story,
)

INK: Final = "#1c1917"
PAPER: Final = "#fffdf8"
SURROUND: Final = "#f3efe6"
MUTED: Final = "#57534e"
_SANS: Final = "'Source Sans 3','Source Sans Pro',Helvetica,Arial,sans-serif"
_SERIF: Final = "'Source Serif 4','Source Serif Pro',Georgia,serif"
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

# Mail programs that make their own dark colours are told which ones are ours; headings and lists sit well in all.
_STYLE: Final = """
:root {{ color-scheme: light dark; supported-color-schemes: light dark; }}
p {{ margin: 0 0 16px; }} ul, ol {{ margin: 0 0 16px; padding-left: 24px; }} li {{ margin: 0 0 6px; }}
h2, h3 {{ font-family: {serif}; line-height: 1.25; margin: 0 0 8px; }}
h2 {{ font-size: 24px; }} h3 {{ font-size: 20px; }}
a {{ color: {link}; }}
@media (prefers-color-scheme: dark) {{
  .surround, .surround > table {{ background: #1c1917 !important; }}
  .paper, .paper > table {{ background: #292524 !important; }}
  .paper div, .paper p, .paper li, .paper td, .paper th, .paper h2, .paper h3 {{ color: #f5f5f4 !important; }}
  .paper a {{ color: #86efac !important; }}
  .paper .button a {{ color: #ffffff !important; }}
  .muted div, .muted a {{ color: #d6d3d1 !important; }}
}}
"""


class BadColour(ValueError):
    """A colour of the house is none."""


def to_mjml(issue: Issue) -> str:
    """The whole mail. Raises BadColour."""
    house = issue.house
    for colour in (house.accent, house.link):
        if not _COLOUR.fullmatch(colour):
            raise BadColour(colour)
    sections = [_head_of(house), *(_block(block, house) for block in issue.blocks), _foot(issue)]
    return (
        f'<mjml lang="{_attribute(issue.language)}"><mj-head>'
        f"<mj-title>{_text(issue.subject)}</mj-title><mj-preview>{_text(issue.preheader)}</mj-preview>"
        "<mj-attributes>"
        f'<mj-all font-family="{_SANS}" />'
        f'<mj-text font-size="18px" line-height="1.55" color="{INK}" padding="0 24px 8px" />'
        f'<mj-section background-color="{PAPER}" padding="16px 0" css-class="paper" />'
        f'<mj-button background-color="{house.link}" color="#ffffff" border-radius="6px" font-size="18px" '
        'font-weight="bold" inner-padding="14px 24px" align="left" padding="0 24px 16px" />'
        '<mj-image padding="0 24px 16px" border-radius="6px" />'
        f'<mj-divider border-width="1px" border-color="{house.accent}" padding="8px 24px" />'
        "</mj-attributes>"
        f"<mj-style>{_STYLE.format(serif=_SERIF, link=house.link)}</mj-style>"
        '<mj-raw><meta name="color-scheme" content="light dark" />'
        '<meta name="supported-color-schemes" content="light dark" /></mj-raw>'
        f'</mj-head><mj-body background-color="{SURROUND}" width="600px" css-class="surround">'
        f"{''.join(sections)}</mj-body></mjml>"
    )


def _text(words: str) -> str:
    return escape(" ".join(words.split()), quote=False)


def _attribute(words: str) -> str:
    return escape(" ".join(words.split()))


def _section(*parts: str) -> str:
    return f"<mj-section><mj-column>{''.join(parts)}</mj-column></mj-section>"


def _head_of(house: House) -> str:
    name = (
        f'<mj-text font-size="20px" font-weight="bold" color="{house.accent}" '
        f'font-family="{_SERIF}">{_text(house.name)}</mj-text>'
    )
    return _section(_image(house.logo) if house.logo else "", name)


def _block(block: Block, house: House) -> str:
    match block:
        case Intro(text) | Contact(text):
            return _section(_words(text))
        case Story(title, text, image, link):
            return _section(_image(image) if image else "", _title(title), _words(text), _read_on(link))
        case Event(title, moment, place, text, link):
            when = f"<mj-text><strong>{_text(moment)}</strong><br />{_text(place)}</mj-text>"
            return _section(_title(title), when, _words(text), _read_on(link))
        case PublicationBlock(title, text, link, cover):
            return _section(_image(cover) if cover else "", _title(title), _words(text), _button(link))
        case PositionsBlock(title, rows, note, link):
            table = "".join(
                f'<tr><th scope="row" align="left" style="padding:6px 12px 6px 0">{_text(who)}</th>'
                f'<td style="padding:6px 0">{_text(said)}</td></tr>'
                for who, said in rows
            )
            return _section(
                _title(title),
                f'<mj-table font-size="18px" color="{INK}" padding="0 24px 8px">{table}</mj-table>',
                f'<mj-text font-size="16px" color="{MUTED}" css-class="muted">{_text(note)}</mj-text>',
                _read_on(link),
            )
        case Quote(words, who):
            return _section(
                f'<mj-text font-size="22px" font-family="{_SERIF}" color="{house.accent}">“{_text(words)}”</mj-text>'
                f"<mj-text>{_text(who)}</mj-text>"
            )
        case Button(link):
            return _section(_button(link))
        case Divider():
            return _section("<mj-divider />")


def _title(words: str) -> str:
    return f"<mj-text><h2>{_text(words)}</h2></mj-text>" if words.strip() else ""


def _words(text: Document) -> str:
    return f"<mj-text>{to_html(text)}</mj-text>" if text.blocks else ""


def _image(image: Image) -> str:
    width = max(1, min(image.width, 552))
    return f'<mj-image src="{_attribute(image.url)}" alt="{_attribute(image.alt)}" width="{width}px" align="left" />'


def _read_on(link: Link | None) -> str:
    if link is None:
        return ""
    return f'<mj-text><a href="{_attribute(link.url)}">{_text(link.words)}</a></mj-text>'


def _button(link: Link) -> str:
    return f'<mj-button css-class="button" href="{_attribute(link.url)}">{_text(link.words)}</mj-button>'


def _foot(issue: Issue) -> str:
    house = issue.house
    ways = [
        (house.archive, "Lees deze nieuwsbrief op de site"),
        (house.preferences, "Wijzig wat je krijgt"),
        (house.unsubscribe, "Meld je af"),
    ]
    links = " · ".join(
        f'<a href="{_attribute(url)}">{_text(words)}</a>' for url, words in ways if url.strip()
    )
    postal = "<br />".join(_text(line) for line in (house.name, *house.postal_lines) if line.strip())
    inside = f"<p>{_text(issue.why)}</p><p>{links}</p><p>{postal}</p>"
    return _section(
        f'<mj-divider /><mj-text font-size="16px" color="{MUTED}" css-class="muted">{inside}</mj-text>'
    )
