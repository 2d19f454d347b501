"""The parts of a raw message, as ranges of its bytes (RFC 2045 and 2046): nothing is copied until it is asked for.

Written for mail of any kind: whatever the bytes, it takes time in proportion to their number, and never raises.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from letters.inbound import characters, headers

MOST_LEVELS: Final = 40
MOST_PARTS: Final = 500
MOST_FIELDS: Final = 500
MOST_HEADER_BYTES: Final = 256_000
MOST_VALUE_BYTES: Final = 16_000
_FIELD: Final = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*)", re.DOTALL)
_MEDIA_TYPE: Final = re.compile(r"[\w.+-]{1,80}/[\w.+-]{1,100}", re.ASCII)
EMBEDDED: Final = frozenset({"message/rfc822", "message/global", "message/news"})


@dataclass(frozen=True, slots=True)
class Part:
    """One part; ``path`` names it: "1" is the message, "1.2" the second part in it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    media_type: str
    params: Mapping[str, str]
    buffer: bytes = field(repr=False)
    start: int
    end: int
    parts: tuple[Part, ...] = ()

    def get(self, name: str) -> str:
        """The first field with this name (lower case), "" when there is none."""
        return next((value for found, value in self.fields if found == name), "")

    @property
    def filename(self) -> str:
        """The name of the file as the sender gave it, "" when none was given. Not yet safe to use as a name."""
        return headers.parameters(self.get("content-disposition")).get("filename") or self.params.get(
            "name", ""
        )

    @property
    def disposition(self) -> str:
        """ "attachment", "inline", or ""."""
        return self.get("content-disposition").partition(";")[0].strip().lower()

    @property
    def encoding(self) -> str:
        """How the bytes were made fit for transport, such as "base64"."""
        return self.get("content-transfer-encoding").strip().lower()

    def data(self, most: int | None = None) -> bytes:
        """The bytes that were sent; of a long part no more than what ``most`` encoded bytes hold."""
        end = self.end if most is None else min(self.end, self.start + most)
        view = memoryview(self.buffer)[self.start : end]
        match self.encoding:
            case "base64":
                return headers.from_base64(view)
            case "quoted-printable":
                return binascii.a2b_qp(view)
            case _:
                return bytes(view)

    @property
    def size(self) -> int:
        """How many bytes ``data`` gives, without making them where they are many."""
        if self.encoding != "base64" or self.end - self.start < 100_000:
            return (
                len(self.data()) if self.encoding in {"base64", "quoted-printable"} else self.end - self.start
            )
        span = (self.start, self.end)
        count = (
            self.end
            - self.start
            - sum(self.buffer.count(blank, *span) for blank in (b"\n", b"\r", b" ", b"="))
        )
        return count * 3 // 4


def parse(raw: bytes, path: str = "1") -> tuple[Part, tuple[str, ...]]:
    """The message as a tree of parts under this path, and codes for what is wrong with it."""
    reader = _Reader()
    part = reader.part(raw, 0, len(raw), path, 1, "text/plain")
    return part, tuple(reader.problems)


class _Reader:
    """Counts over the whole tree."""

    def __init__(self) -> None:
        self.problems: dict[str, None] = {}
        self.count = 0

    def part(self, buffer: bytes, start: int, end: int, path: str, level: int, default: str) -> Part:
        self.count += 1
        fields, body = self._fields(buffer, start, end)
        content_type = next((value for name, value in fields if name == "content-type"), "")
        named = content_type.partition(";")[0].strip().lower()
        if not _MEDIA_TYPE.fullmatch(named):
            named = "application/octet-stream" if "/" in named else default
        part = Part(path, fields, named, headers.parameters(content_type), buffer, body, end)
        if not named.startswith("multipart/") and named not in EMBEDDED:
            return part
        if level == MOST_LEVELS:
            self.problems["too_deep"] = None
            return Part(path, fields, "application/octet-stream", part.params, buffer, body, end)
        children = self._embedded(part, level) if named in EMBEDDED else self._children(part, level)
        if not children:
            # What says it has parts and has none is read as text, so that nothing is lost.
            self.problems["parts_missing"] = None
            return Part(path, fields, "text/plain", part.params, buffer, body, end)
        return Part(path, fields, named, part.params, buffer, body, end, children)

    def _embedded(self, part: Part, level: int) -> tuple[Part, ...]:
        buffer, start, end = part.buffer, part.start, part.end
        if part.encoding in {"base64", "quoted-printable"}:
            buffer = part.data()
            start, end = 0, len(buffer)
        return (self.part(buffer, start, end, f"{part.path}.1", level + 1, "text/plain"),)

    def _children(self, part: Part, level: int) -> tuple[Part, ...]:
        default = "message/rfc822" if part.media_type == "multipart/digest" else "text/plain"
        children: list[Part] = []
        for start, end in self._ranges(part):
            if self.count >= MOST_PARTS:
                self.problems["too_many_parts"] = None
                break
            path = f"{part.path}.{len(children) + 1}"
            children.append(self.part(part.buffer, start, end, path, level + 1, default))
        return tuple(children)

    def _ranges(self, part: Part) -> Iterator[tuple[int, int]]:
        """Where the parts between the boundaries begin and end."""
        buffer, end = part.buffer, part.end
        boundary = part.params.get("boundary", "").rstrip()
        if not boundary:
            return
        mark = b"--" + boundary.encode("utf-8", "replace")
        # A boundary stands at the beginning of a line, and the line end before it belongs to the boundary.
        at = (
            part.start
            if buffer.startswith(mark, part.start, end)
            else buffer.find(b"\n" + mark, part.start, end)
        )
        begun = -1
        for _ in range(4 * MOST_PARTS):
            if at < 0:
                break
            mark_end = at + len(mark) + (buffer[at : at + 1] == b"\n")
            line_end = buffer.find(b"\n", mark_end, min(end, mark_end + 200))
            line_end = line_end if line_end >= 0 else end
            rest = buffer[mark_end : min(line_end, mark_end + 200)].strip()
            if rest in {b"", b"--"}:
                if begun >= 0:
                    yield begun, max(begun, at - (buffer[at - 1 : at] == b"\r"))
                if rest:
                    return
                begun = min(line_end + 1, end)
            # The line end behind one boundary can be the one before the next.
            at = buffer.find(b"\n" + mark, max(mark_end, line_end), end)
        if begun >= 0:
            self.problems["boundary_missing"] = None
            yield begun, end

    def _fields(self, buffer: bytes, start: int, end: int) -> tuple[tuple[tuple[str, str], ...], int]:
        """The header fields, unfolded, with names in lower case; and where the body begins."""
        stop = min(end, start + MOST_HEADER_BYTES)
        fields: list[tuple[str, bytes]] = []
        at = start
        while at < stop:
            line_end = buffer.find(b"\n", at, stop)
            line_end = line_end if line_end >= 0 else stop
            line = buffer[at : min(line_end, at + MOST_VALUE_BYTES)].rstrip(b"\r")
            following = min(line_end + 1, end)
            if not line.strip():
                return self._decoded(fields), following
            if line[:1] in b" \t" and fields:
                name, value = fields[-1]
                if len(value) < MOST_VALUE_BYTES:
                    fields[-1] = (name, value + b" " + line.strip())
            elif found := _FIELD.match(line):
                fields.append((found[1].decode("ascii").lower(), found[2].strip()))
            elif not (at == start and line.startswith((b"From ", b">From "))):
                self.problems["header_broken"] = None
                return self._decoded(fields), at
            at = following
        if stop < end:
            self.problems["headers_too_large"] = None
            blank = re.compile(rb"\n\r?\n").search(buffer, stop, end)
            return self._decoded(fields), blank.end() if blank else end
        return self._decoded(fields), end

    def _decoded(self, fields: list[tuple[str, bytes]]) -> tuple[tuple[str, str], ...]:
        if len(fields) > MOST_FIELDS:
            self.problems["headers_too_large"] = None
        return tuple(
            (name, characters.clean(characters.text(value[:MOST_VALUE_BYTES])[0]))
            for name, value in fields[:MOST_FIELDS]
        )
