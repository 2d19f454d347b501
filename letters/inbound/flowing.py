"""Text whose lines a mail program broke so that others can join them again: format=flowed (RFC 3676)."""

from __future__ import annotations

_SIGNATURE = "-- "


def joined(text: str, *, delete_space: bool = False) -> str:
    """The text with each paragraph on one line; the lines of a quotation only with those of equal depth."""
    lines: list[str] = []
    open_depth = -1
    for line in text.split("\n"):
        content = line.lstrip(">")
        depth = len(line) - len(content)
        content = content.removeprefix(" ")
        flows = content.endswith(" ") and content != _SIGNATURE
        shown = content[:-1] if flows and delete_space else content
        if depth == open_depth and content != _SIGNATURE:
            lines.append(shown)
        else:
            lines.append("\n" + ">" * depth + (" " if depth else "") + shown)
        open_depth = depth if flows else -1
    return "".join(lines)[1:]
