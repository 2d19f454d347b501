"""What we write back, as the body of a mail: the text as it was typed, with their message quoted under it."""

from __future__ import annotations

import re
from html import escape

# A longer message is quoted as far as this; they have it themselves.
MOST_QUOTED_LINES = 200
_ADDRESS = re.compile(r"(\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)'])")


def to_text(text: str, *, attribution: str = "", quoted: str = "") -> str:
    """The plain part. ``attribution`` stands above what is quoted: "Op 5 augustus 2025 schreef Anna Bos:"."""
    parts = [_tidy(text)]
    if lines := _quoted_lines(quoted):
        parts += ["", attribution, *(f"> {line}".rstrip() for line in lines)]
    return "\n".join(parts) + "\n"


def to_html(text: str, *, attribution: str = "", quoted: str = "") -> str:
    """The whole HTML part: paragraphs where an empty line stands, addresses of pages as links."""
    body = _paragraphs(_tidy(text))
    if lines := _quoted_lines(quoted):
        quote = "<br>\n".join(escape(line) for line in lines)
        body += (
            f"<p>{escape(attribution)}</p>\n"
            '<blockquote style="margin: 0; padding-left: 1em; border-left: 3px solid #d6d3d1; color: #44403c">'
            f"{quote}</blockquote>\n"
        )
    return (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title></title></head>'
        '<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; color: #1c1917">'
        f"{body}</body></html>\n"
    )


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _quoted_lines(quoted: str) -> list[str]:
    tidy = _tidy(quoted)
    if not tidy:
        return []
    lines = tidy.split("\n")
    return lines if len(lines) <= MOST_QUOTED_LINES else [*lines[:MOST_QUOTED_LINES], "[…]"]


def _paragraphs(text: str) -> str:
    blocks = re.split(r"\n{2,}", text)
    return "".join(f"<p>{_markup(block)}</p>\n" for block in blocks)


def _markup(block: str) -> str:
    """Escaped, with addresses of pages as links and line ends kept."""
    pieces = _ADDRESS.split(block)
    made = [
        f'<a href="{escape(piece)}">{escape(piece)}</a>' if at % 2 else escape(piece).replace("\n", "<br>\n")
        for at, piece in enumerate(pieces)
    ]
    return "".join(made)
