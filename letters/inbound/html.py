"""HTML of mail made safe to show, and made into text: nothing is fetched, run or styled, and no word is lost.

nh3 (an HTML5 parser with a list of what may stay) has the first and the last word; between the two, pictures become
marks, links show where they lead, and earlier messages are put where a reader can fold them.
"""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import nh3
from lxml import etree
from lxml.html import HtmlElement, fragment_fromstring

from letters.inbound import characters, html_quotes, html_text

# Beyond these, parsers of HTML take time that grows with the square: such a message is shown as text alone.
MOST_DEPTH: Final = 200
MOST_AMPERSANDS: Final = 50_000
MOST_CHARACTERS: Final = 1_000_000
_TAGS: Final = frozenset({
    "a", "address", "article", "b", "blockquote", "br", "caption", "center", "code", "dd", "del", "div", "dl", "dt",
    "em", "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "ins", "li", "main", "ol", "p",
    "pre", "q", "s", "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "tt", "u", "ul",
})  # fmt: skip
_DROPPED: Final = frozenset({
    "embed", "iframe", "math", "noembed", "object", "script", "style", "svg", "template", "title"
})  # fmt: skip
_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_HINTS: Final = {"class", "id", "style"}
_SIZE: Final = re.compile(r"\s*([0-9]{1,5})(?:\.[0-9]+)?\s*(?:px)?\s*", re.IGNORECASE)
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)", re.IGNORECASE
)
_LOADS: Final = re.compile(r"url\s*\(\s*['\"]?\s*(?:https?:)?//", re.IGNORECASE)
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_EMPTY: Final = frozenset(
    {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
_UNNESTED: Final = _EMPTY | {"dd", "dt", "li", "option", "p", "td", "th", "tr"}
_ANY_TAG: Final = re.compile(r"<(?:/?(br|p|div|tr|li|h[1-6])\b)?[^<>]*>", re.IGNORECASE)
_DROPPED_WHOLE: Final = re.compile(r"<(script|style|title)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_KEPT_STYLES: Final = ("font-weight", "font-style", "text-align", "text-decoration")
_STYLE: Final = re.compile(
    rf"(?:^|(?<=;))\s*((?:{'|'.join(_KEPT_STYLES)})\s*:\s*[a-z0-9 -]{{1,40}})(?=;|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SafeHtml:
    """A fragment that can stand in a page.

    Its classes: ``mail-image`` a mark for a picture, ``mail-target`` where a link leads, ``mail-quoted`` a ``details``
    with an earlier message. ``images`` counts the marks, ``trackers`` what would have told the sender of your reading.
    """

    html: str
    images: int
    trackers: int


def sanitise(markup: str, *, fold: bool = True) -> SafeHtml:
    """The same message without anything that loads, runs or hides; takes any text and never raises.

    ``fold``: earlier messages go into a ``details``. Of a message that was passed on they are what it is about.
    """
    root = _tree(markup)
    if root is None:
        return SafeHtml(from_plain(_words(markup)), 0, 0)
    images, trackers = _without_images(root)
    if fold:
        html_quotes.fold(root)
    _show_targets(root)
    for element in root.iter(etree.Element):
        element.attrib.pop("id", None)
        element.attrib.pop("class", None)
        if style := "; ".join(_STYLE.findall(element.attrib.pop("style", ""))):
            element.set("style", style)
        if ours := element.attrib.pop(html_quotes.OURS, None):
            element.set("class", ours)
    cleaned = nh3.clean(
        _inside(root),
        tags=set(_TAGS | {"details", "summary"}),
        attributes={
            "a": {"href", "target"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
            "ol": {"start"},
            "*": {"style"},
        },
        allowed_classes={"span": {"mail-image", "mail-target"}, "details": {"mail-quoted"}},
        set_tag_attribute_values={"a": {"target": "_blank"}},
        filter_style_properties=set(_KEPT_STYLES),
        link_rel="noopener noreferrer nofollow",
        url_schemes=set(_SCHEMES),
    )
    return SafeHtml(cleaned, images, trackers)


def plain(markup: str) -> str:
    """The words of the HTML as text: blocks on lines of their own, quotations behind ">"."""
    if not markup.strip():
        return ""
    root = _tree(markup)
    return _words(markup) if root is None else html_text.lines(root)


def from_plain(text: str) -> str:
    """A text as HTML that shows it as it is."""
    return "<div>" + entities.escape(text, quote=False).replace("\n", "<br>\n") + "</div>"


def _tree(markup: str) -> HtmlElement | None:
    """The message with only the elements we know; None when it is too tangled to take apart."""
    markup = characters.clean(markup[:MOST_CHARACTERS])
    if _depth(markup, _UNNESTED) > MOST_DEPTH or markup.count("&") > MOST_AMPERSANDS:
        return None
    known = nh3.clean(
        markup,
        tags=set(_TAGS | {"img"}),
        clean_content_tags=set(_DROPPED),
        attributes={
            "*": _HINTS,
            "a": {"href"},
            "img": {"src", "alt", "width", "height"},
            "td": {"colspan", "rowspan"},
            "th": {"colspan", "rowspan"},
            "ol": {"start"},
        },
        link_rel=None,
        url_schemes=set(_SCHEMES | {"cid", "data"}),
    )
    # Deeper than about 250, libxml2 leaves the rest out.
    return None if _depth(known, _EMPTY) > MOST_DEPTH else fragment_fromstring(known, create_parent="div")


def _depth(markup: str, unnested: frozenset[str]) -> int:
    """How deep elements stand in each other; not counting those that have no end, or that their like ends."""
    depth = deepest = 0
    for is_end, name in _TAG.findall(markup):
        if name.lower() not in unnested:
            depth = max(0, depth - 1) if is_end else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _words(markup: str) -> str:
    """The words of HTML that cannot be taken apart."""
    text = _DROPPED_WHOLE.sub(" ", characters.clean(markup[:MOST_CHARACTERS]))
    text = entities.unescape(_ANY_TAG.sub(lambda tag: "\n" if tag[1] else " ", text))
    return re.sub(r"\n\s*\n\s*", "\n\n", text).strip()


def _without_images(root: HtmlElement) -> tuple[int, int]:
    """Pictures replaced by marks: how many, and how many other things only told the sender of the reading."""
    images = 0
    trackers = sum(1 for element in root.iter(etree.Element) if _LOADS.search(element.get("style", "")))
    for picture in list(root.iter("img")):
        if _is_tracker(picture):
            trackers += not (_LOADS.search(picture.get("style", "")))
        else:
            images += 1
            span = root.makeelement("span", {html_quotes.OURS: "mail-image"})
            words = characters.one_line(picture.get("alt", ""), 100)
            span.text = f"[afbeelding: {words}]" if words else "[afbeelding]"
            picture.addprevious(span)
        picture.drop_tree()
    return images, trackers


def _is_tracker(picture: HtmlElement) -> bool:
    if not picture.get("src", "").strip().lower().startswith(("http:", "https:", "//")):
        return False
    sizes = [_SIZE.fullmatch(picture.get(name, "")) for name in ("width", "height")]
    return any(size is not None and int(size[1]) <= 2 for size in sizes) or bool(
        _HIDDEN.search(picture.get("style", ""))
    )


def _show_targets(root: HtmlElement) -> None:
    """Behind every link whose words do not begin with the place where it leads, that place."""
    for link in list(root.iter("a")):
        target = _target(link.get("href", ""))
        shown = re.sub(r"^(?:https?://|mailto:)?(?:www\.)?", "", "".join(link.itertext()).strip().lower())
        if not target:
            link.drop_tag()
        elif not re.match(rf"{re.escape(target)}(?![\w.@-]\w)", shown):
            span = root.makeelement("span", {html_quotes.OURS: "mail-target"})
            span.text = f"({target})"
            span.tail, link.tail = link.tail, " "
            link.addnext(span)


def _target(href: str) -> str:
    """The host, address or number that a link leads to, in characters that cannot pass for others."""
    scheme, _, rest = href.strip().partition(":")
    if scheme.lower() in {"mailto", "tel"}:
        return characters.one_line(rest.partition("?")[0], 200).lower()
    try:
        host = (urlsplit(href.strip()).hostname or "")[:253]
        return host.encode("idna").decode("ascii").removeprefix("www.")
    except ValueError:
        return ""


def _inside(root: HtmlElement) -> str:
    return entities.escape(root.text or "", quote=False) + "".join(
        etree.tostring(child, encoding="unicode", method="html") for child in root
    )
