"""Numbers before a list: "4 kernfuncties:", and whether four follow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Final

from crm.checking.findings import Finding, Severity
from crm.checking.passages import Span
from letters.preflight.draft import Draft

_WORDS: Final = ("twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_COUNTED: Final = re.compile(
    rf"(?<![\w.,-])(?<!van\sde\s)(?<!van\sonze\s)(?P<number>[0-9]{{1,2}}|{'|'.join(_WORDS)})"
    r"(?P<things>(?:\s+[^\W\d_][\w-]*){1,3}?)(?:\s+(?:zijn|aan|voor))?\s*:\s*$",
    re.IGNORECASE,
)
_NOT_COUNTED: Final = frozenset(
    [
        "jaar",
        "jaren",
        "maanden",
        "weken",
        "dagen",
        "uur",
        "keer",
        "maal",
        "euro",
        "procent",
        "op",
        "in",
        "van",
    ]
)


def check(draft: Draft) -> Iterator[Finding]:
    """``count_differs`` when the paragraph right before a list ends in another number of things."""
    groups = [(is_item, list(group)) for is_item, group in groupby(draft.blocks, key=attrgetter("is_item"))]
    for place, ((is_item, group), (_, items)) in enumerate(pairwise(groups)):
        if is_item:
            continue
        passage = group[-1].passage
        found = _COUNTED.search(passage.text, max(0, len(passage.text) - 120))
        if found is None or set(found["things"].lower().split()) & _NOT_COUNTED:
            continue
        number = found["number"].lower()
        said = _WORDS.index(number) + 2 if number in _WORDS else int(number)
        # A list may have been cut in two by an item that was not recognised as one.
        rest = [len(later) for _, later in groups[place + 3 : place + 4]]
        if said not in {
            len(items),
            *(len(items) + more for more in rest),
            *(len(items) + more + 1 for more in rest),
        }:
            things = " ".join(found["things"].split())
            advice = (
                f"Je noemt {number} {things}, en er volgen er {len(items)}. Pas het getal of de lijst aan."
            )
            span = Span(passage, found.start(), found.end())
            quotes = (f"{found['number']} {things}",)
            yield Finding("count_differs", Severity.WARN, quotes, advice, span.spot, span.line)
