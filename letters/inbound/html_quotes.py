"""Earlier messages inside the HTML of a mail: found by the marks of the mail programs, and made foldable."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

MOST_FOLDS: Final = 200
SUMMARY: Final = "Eerder bericht"
# The class that an element of ours will get. No element of a message can have it: attributes that are unknown went.
OURS: Final = "data-ours"
# Gmail, Yahoo, Proton and Thunderbird put what is quoted in an element of their own.
_AROUND: Final = re.compile(
    r"(?:^|\s)(?:gmail_quote\w*|yahoo_quoted|protonmail_quote|moz-forward-container)(?=\s|$)"
)
# Outlook puts something above the earlier message, and quotes all that follows.
_ABOVE: Final = re.compile(r"(?:x_)*(?:divRplyFwdMsg|appendonsend|OutlookMessageHeader)")
_HEADER_LINES: Final = re.compile(
    r"\s*(?:-{2,}[^-\n]{5,60}-{2,}\s*)?(?:van|from)\s*:.{1,400}?(?:verzonden|sent|datum|date|onderwerp|subject)\s*:",
    re.IGNORECASE | re.DOTALL,
)
_ENOUGH: Final = 600
_GRIDS: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr"})


def fold(root: HtmlElement) -> None:
    """Put every earlier message in a ``details``; unless nothing would be left to read outside of them."""
    folded: list[HtmlElement] = []
    boxes = (element for element in root.iter("div", "p", "span") if element is not root)
    if (above := next(filter(_is_above, boxes), None)) is not None:
        folded.append(_fold_from(above))
    for element in list(root.iter("blockquote", "div")):
        if len(folded) == MOST_FOLDS:
            break
        is_quotation = element.tag == "blockquote" or _AROUND.search(element.get("class", ""))
        if is_quotation and not any(ancestor.get(OURS) for ancestor in element.iterancestors()):
            details = _details(root)
            element.addprevious(details)
            details.tail, element.tail = element.tail, None
            details.append(element)
            folded.append(details)
    if folded and not _has_words_outside(root):
        for details in folded:
            details.remove(details[0])
            details.drop_tag()


def _is_above(element: HtmlElement) -> bool:
    if _ABOVE.fullmatch(element.get("id", "")) or _ABOVE.search(element.get("class", "")):
        return True
    if element.tag == "span":
        return False
    beginning = ""
    for text in element.itertext():
        beginning += text
        if len(beginning) > _ENOUGH:
            break
    return _HEADER_LINES.match(beginning) is not None


def _fold_from(above: HtmlElement) -> HtmlElement:
    """Fold this element and everything behind it, out of the boxes that begin with it."""
    start = above
    while (
        (parent := start.getparent()).getparent() is not None
        and _is_first(start)
        and parent.tag not in _GRIDS
    ):
        start = parent
    details = _details(start)
    start.addprevious(details)
    level = details
    while level.getparent() is not None and level.tag not in _GRIDS:
        while (following := level.getnext()) is not None:
            details.append(following)
        if level is not details and (level.tail or "").strip():
            details[-1].tail = (details[-1].tail or "") + level.tail
            level.tail = None
        level = level.getparent()
    return details


def _is_first(element: HtmlElement) -> bool:
    """Whether nothing that can be read stands before the element in its box."""
    if (element.getparent().text or "").strip():
        return False
    before = element.itersiblings(preceding=True)
    return not any("".join(one.itertext()).strip() or (one.tail or "").strip() for one in before)


def _details(beside: HtmlElement) -> HtmlElement:
    details = beside.makeelement("details", {OURS: "mail-quoted"})
    etree.SubElement(details, "summary").text = SUMMARY
    return details


def _has_words_outside(root: HtmlElement) -> bool:
    depth = 0
    if (root.text or "").strip():
        return True
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            depth += element.tag == "details"
            if not depth and (element.text or "").strip():
                return True
        else:
            depth -= element.tag == "details"
            if not depth and element is not root and (element.tail or "").strip():
                return True
    return False
