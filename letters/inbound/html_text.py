"""A tree of HTML as the text a person would type: blocks on lines of their own, quotations behind ">"."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

_APART: Final = frozenset({
    "blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"
})  # fmt: skip
_ON_A_LINE: Final = frozenset({
    "address", "article", "caption", "center", "dd", "div", "dt", "footer", "header", "hr", "li", "main", "section",
    "tr",
})  # fmt: skip
_SCHEME: Final = re.compile(r"^(?:https?://|mailto:|tel:)?(?:www\.)?", re.IGNORECASE)
_BLANK: Final = re.compile(r"[ \t\n\r\f\xa0]+")


def lines(root: HtmlElement) -> str:
    """The words in order. Cells of a row stand on one line; a link shows its address where its words do not."""
    writer = _Writer()
    writer.say(root.text)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element is root:
            continue
        if event == "start":
            writer.begin(element)
        else:
            writer.end(element)
            writer.say(element.tail)
    return writer.text()


class _Writer:
    """Puts words on lines, with never more than one empty line together."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.current: list[str] = []
        self.depth = 0
        self.pre = 0
        # At which depth an empty line is due, once something follows.
        self.gap = -1

    def say(self, text: str | None) -> None:
        if not text:
            return
        if not self.pre:
            self.current.append(_BLANK.sub(" ", text))
            return
        first, *others = text.split("\n")
        self.current.append(first)
        for other in others:
            self.new_line()
            self.current.append(other)

    def begin(self, element: HtmlElement) -> None:
        match element.tag:
            case "br":
                self.new_line()
            case "td" | "th":
                self.current.append(" ")
            case tag if tag in _APART:
                self.empty_line()
            case tag if tag in _ON_A_LINE:
                self.finish_line()
        self.depth += element.tag == "blockquote"
        self.pre += element.tag == "pre"
        if element.tag == "li":
            self.current.append("- ")
        self.say(element.text)

    def end(self, element: HtmlElement) -> None:
        if element.tag == "a":
            self._address(element)
        if element.tag in _APART or element.tag in _ON_A_LINE:
            self.finish_line()
        self.depth -= element.tag == "blockquote"
        self.pre -= element.tag == "pre"
        if element.tag in _APART:
            self.empty_line()

    def new_line(self) -> None:
        line = "".join(self.current)
        line = line.rstrip() if self.pre else _BLANK.sub(" ", line).strip()
        if self.gap >= 0 and line:
            self.lines.append(">" * min(self.gap, self.depth))
            self.gap = -1
        self.lines.append(f"{'>' * self.depth} {line}".rstrip() if self.depth else line)
        self.current = []

    def finish_line(self) -> None:
        if "".join(self.current).strip():
            self.new_line()
        self.current = []

    def empty_line(self) -> None:
        self.finish_line()
        if self.lines and self.lines[-1].strip("> "):
            self.gap = min(self.gap, self.depth) if self.gap >= 0 else self.depth

    def text(self) -> str:
        self.finish_line()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)).strip("\n")

    def _address(self, element: HtmlElement) -> None:
        href = element.get("href", "")
        address = _SCHEME.sub("", href.partition("?")[0] if href.startswith("mailto:") else href).rstrip("/")
        if address and address not in "".join(element.itertext()):
            self.current.append(f" <{href.removeprefix('mailto:')}>")
