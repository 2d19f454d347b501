"""Which characters a text may hold: one clean-up for every way in."""

from __future__ import annotations

import re
import unicodedata

_WHITE = re.compile(r"\s+")

# Control characters, halves of surrogate pairs and what XML 1.0 does not allow; soft hyphens and invisible
# marks that make equal texts differ; marks that change the writing direction and so can hide what a text says.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)


def clean(text: str) -> str:
    """The text in NFC without control and invisible characters, every run of white space one plain space.

    Non-breaking spaces, tabs and line ends count as white space. A space at either end stays: what stands
    before or after the text decides about it.
    """
    return unicodedata.normalize("NFC", _WHITE.sub(" ", _REMOVED.sub("", text)))
