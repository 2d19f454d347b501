"""An issue as the two parts of a mail, with its size: what a mail program shows and where it would cut it off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import mrml

from .issue import Issue
from .markup import to_mjml
from .plain import to_plain

# Gmail shows no more of the HTML than this, and says so in a line that readers miss.
CLIPPED_AT: Final = 102 * 1024
_UNKNOWN = re.compile(r"</?mj-?[a-z-]*")


class RenderError(ValueError):
    """The mail could not be made: a fault in the making, not in what was written."""


@dataclass(frozen=True, slots=True)
class Mail:
    """The HTML and the plain text of an issue."""

    html: str
    text: str

    @property
    def size(self) -> int:
        """How large the HTML is, in bytes."""
        return len(self.html.encode())


def render(issue: Issue, *, text: str = "") -> Mail:
    """The mail of an issue: the same for the same values; ``text`` goes in the place of the blocks in the plain part.
    Raises BadColour or RenderError."""
    try:
        made = mrml.to_html(to_mjml(issue))
    except OSError as error:
        raise RenderError(str(error)) from error
    # What it does not know it leaves as it is, without a word; no mail program would show that.
    if left := _UNKNOWN.search(made.content):
        raise RenderError(left[0])
    return Mail(made.content, to_plain(issue, instead=text))
