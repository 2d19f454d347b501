"""Reads the tags of a rich text one by one into blocks, and gathers every complaint in plain Dutch."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TypeAlias

from crm.document.characters import clean
from crm.document.links import safe_href
from crm.document.normal import Leaf, Run, assemble
from crm.document.tree import (
    Block,
    Break,
    Document,
    Fact,
    Field,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Rule,
    Text,
)

_MAX_MESSAGES = 10
_DEEPEST = 20

_BLOCKS = {"p", "h2", "h3"}
_LISTS = {"ul", "ol"}
_STRONG = {"b", "strong"}
_EMPHASIS = {"i", "em"}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_ATTRIBUTES = {"a": {"href"}, "span": {"data-merge", "data-fact"}}

_PASTE_PLAIN = "plak de tekst opnieuw zonder opmaak (Ctrl+Shift+V)."
DAMAGED = f"De opmaak van de tekst is beschadigd. Haal het laatste stuk weg en {_PASTE_PLAIN}"
_NESTED = "Een lijst binnen een lijst kan niet. Zet alle punten op hetzelfde niveau (Shift+Tab)."
_OWN_PAGE = (
    "Een link naar een eigen pagina of document kan niet. Plak het volledige adres, dat begint met https://."
)
_EMPTY_FACT = "Bij een feit staat geen tekst meer. Haal het weg en voeg het opnieuw in."
_OUR_WORDS = {
    "img": "Een afbeelding kan niet in de tekst. Stuur die mee als bijlage.",
    "embed": "Een afbeelding of film kan niet in de tekst. Stuur die mee als bijlage, of zet er een link neer.",
    "table": "Een tabel kan niet in de tekst. Maak er een lijst van.",
    "script": f"In de tekst staat programmacode (script). Haal die weg en {_PASTE_PLAIN}",
}


class RichTextError(ValueError):
    """The stored text holds something that a document cannot have.

    ``messages``: what is wrong and what to do about it, in plain Dutch, each once, for the writer's eyes.
    """

    def __init__(self, messages: tuple[str, ...]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


_Attributes: TypeAlias = list[tuple[str, str | None]]


@dataclass(slots=True)
class _GrowingList:
    ordered: bool
    items: list[tuple[Inline, ...]]

    def whole(self) -> ListBlock | None:
        filled = tuple(item for item in self.items if item)
        return ListBlock(self.ordered, filled) if filled else None


class Reader(HTMLParser):
    """Builds the tree while the tags pass; keeps every complaint, so that the writer hears them all at once."""

    def __init__(self, fields: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._fields = fields
        self._complaints: dict[str, None] = {}
        self._open: list[str] = []
        self._blocks: list[Block | _GrowingList] = []
        self._runs: list[Run] = []
        self._list = _GrowingList(False, [])
        self._may_join_list = False
        self._strong = self._emphasis = 0
        self._href: str | None = None
        self._chip: tuple[str, str] | None = None  # ("data-merge" or "data-fact", code) while inside its span
        self._chip_text: list[str] = []
        # Draftail puts bold and italics around a chip or inside it; either way they are about the whole chip.
        self._chip_strong = self._chip_emphasis = False

    def document(self) -> Document:
        """What was read; raises RichTextError when there was any complaint."""
        self._end_block(None)
        if self._open:
            self._complain(DAMAGED)
        if self._complaints:
            raise RichTextError(tuple(self._complaints)[:_MAX_MESSAGES])
        blocks = (block.whole() if isinstance(block, _GrowingList) else block for block in self._blocks)
        return Document(tuple(block for block in blocks if block is not None))

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        values = self._attributes(tag, attrs)
        if not self._may_open(tag):
            self._complain(_NESTED if tag in _LISTS and "li" in self._open else DAMAGED)
        if tag not in _VOID:
            self._open.append(tag)
        if len(self._open) > _DEEPEST:
            raise RichTextError((DAMAGED,))
        match tag:
            case "br":
                self._add(Break())
            case "hr":
                self._end_block(None)
                self._blocks.append(Rule())
            case "a":
                self._href = self._link(values)
            case "span":
                self._chip = self._chip_of(values)
                self._chip_text = []
                self._chip_strong, self._chip_emphasis = self._strong > 0, self._emphasis > 0
            case _ if tag in _BLOCKS:
                self._end_block(None)
                self._may_join_list = False
            case _ if tag in _LISTS:
                self._end_block(None)
                self._open_list(ordered=tag == "ol")
            case _:
                self._strong += tag in _STRONG
                self._emphasis += tag in _EMPHASIS

    def handle_startendtag(self, tag: str, attrs: _Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1] != tag:
            self._complain(DAMAGED)
            return
        self._open.pop()
        match tag:
            case "a":
                self._href = None
            case "span":
                self._end_chip()
            case "li":
                self._list.items.append(self._line())
            case _ if tag in _BLOCKS:
                self._end_block(tag)
            case _ if tag in _LISTS:
                self._may_join_list = True
            case _:
                self._strong -= tag in _STRONG
                self._emphasis -= tag in _EMPHASIS

    def handle_data(self, data: str) -> None:
        if self._chip is not None:
            self._chip_text.append(data)
            self._chip_strong |= self._strong > 0
            self._chip_emphasis |= self._emphasis > 0
        elif self._open and self._open[-1] in _LISTS:
            if data.strip():
                self._complain(DAMAGED)
        else:
            self._add(Text(data))

    def _add(self, leaf: Leaf) -> None:
        self._runs.append(Run(leaf, self._strong > 0, self._emphasis > 0, self._href))

    def _line(self) -> tuple[Inline, ...]:
        runs, self._runs = self._runs, []
        return assemble(runs)

    def _end_block(self, tag: str | None) -> None:
        """Makes a block of the text read so far; text outside any block is a paragraph too."""
        if line := self._line():
            self._blocks.append(Heading(int(tag[1]), line) if tag in {"h2", "h3"} else Paragraph(line))

    def _open_list(self, ordered: bool) -> None:
        """Goes on with a list of this kind that ended just before: the two are one, as in Draftail."""
        last = self._blocks[-1] if self._blocks else None
        if self._may_join_list and isinstance(last, _GrowingList) and last.ordered == ordered:
            self._list = last
        else:
            self._list = _GrowingList(ordered, [])
            self._blocks.append(self._list)

    def _may_open(self, tag: str) -> bool:
        inside = self._open[-1] if self._open else None
        if "span" in self._open:
            return tag in _STRONG | _EMPHASIS
        if tag in _BLOCKS | _LISTS or tag == "hr":
            return inside is None
        if tag == "li":
            return inside in _LISTS
        return inside not in _LISTS and not (tag == "a" and "a" in self._open)

    def _attributes(self, tag: str, attrs: _Attributes) -> dict[str, str]:
        """The known attributes; complains about an unknown tag and about every other attribute."""
        values = {name: value or "" for name, value in attrs if name != "data-block-key"}
        if tag not in _BLOCKS | _LISTS | _STRONG | _EMPHASIS | {"li", "br", "hr", "a", "span"}:
            self._complain(
                _OUR_WORDS.get(tag)
                or f"In de tekst staat opmaak die hier niet kan ({tag[:30]}). Haal die weg, of {_PASTE_PLAIN}"
            )
        elif tag == "a" and "linktype" in values:
            self._complain(_OWN_PAGE)
        else:
            for name in values:
                if name in _ATTRIBUTES.get(tag, set()):
                    continue
                what = "programmacode" if name.startswith("on") else "opmaak die hier niet kan"
                self._complain(f"In de tekst staat {what} ({name[:30]}). Haal dat stuk weg en {_PASTE_PLAIN}")
        return values

    def _link(self, values: dict[str, str]) -> str | None:
        href = safe_href(values.get("href", ""))
        if href is None and "linktype" not in values:
            shown = clean(values.get("href", ""))[:60]
            self._complain(
                f"De link “{shown}” kan niet. Gebruik een volledig adres, dat begint met https://, of een e-mailadres."
            )
        return href

    def _chip_of(self, values: dict[str, str]) -> tuple[str, str]:
        kinds = values.keys() & _ATTRIBUTES["span"]
        kind = kinds.pop() if len(kinds) == 1 else ""
        code = clean(values.get(kind, "")).strip()
        if not code:
            self._complain(DAMAGED)
        elif kind == "data-merge" and code not in self._fields:
            self._complain(
                f"Het invulveld “{code[:60]}” bestaat niet. Haal het weg en kies een veld uit de lijst."
            )
        return kind, code

    def _end_chip(self) -> None:
        if self._chip is None:
            return
        (kind, code), self._chip = self._chip, None
        text = clean("".join(self._chip_text)).strip()
        if kind == "data-fact" and not text:
            self._complain(_EMPTY_FACT)
        elif code:
            leaf = Fact(code, text) if kind == "data-fact" else Field(code)
            self._runs.append(Run(leaf, self._chip_strong, self._chip_emphasis, self._href))

    def _complain(self, message: str) -> None:
        if len(self._complaints) < _MAX_MESSAGES:
            self._complaints[message] = None
