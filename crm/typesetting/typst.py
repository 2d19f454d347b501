"""The one door to typst: a template and its data in, pages out.

Each thread has its own compiler per directory, as a typst compiler cannot be entered twice. Once a process has
typeset, the processes it forks cannot: typst's worker threads do not survive a fork and it would wait for
them forever. Such a process has its pages made in a new process (``apart``), slower but surely.
"""

from __future__ import annotations

import json
import os
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal

import typst

from crm.typesetting import apart
from crm.typesetting.errors import MissingTitle, TypesettingError, TypesettingFailed, UnknownGlyph
from crm.typesetting.fonts import SANS, SERIF, font_directory, marked, missing_glyphs, printable

Format = Literal["pdf", "svg", "png"]

_UNDISPLAYED = re.compile(r'the text (?:contains the disallowed codepoint )?`"((?:[^"\\]|\\.)+)"`')
_PLACE = re.compile(r"┌─ (?:\S*/)?(\S+)")
_BARE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)")
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_EVERY_FACE = f"""
#for family in ("{SANS}", "{SERIF}") {{
  for weight in (400, 600, 700) {{
    for style in ("normal", "italic") {{ text(font: family, weight: weight, style: style, fallback: false)[a] }}
  }}
}}
"""

_typeset_in: int | None = None
_starting = threading.Lock()


@dataclass(frozen=True, slots=True)
class Job:
    """One compilation: a template under ``root``, its data as JSON, the kind of pages and their date."""

    root: Path
    template: str
    data: str
    format: Format
    timestamp: int = 0
    ppi: float = 144


class Typesetter:
    """Sets the templates of one directory; templates read nothing outside it.

    A template defines ``main(data)``. Data are strings, numbers, booleans, None, sequences and mappings with
    string keys; they reach ``main`` as values, so what stands in a name is never markup.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve(strict=True)

    def pdf(
        self, template: str, data: Mapping[str, object], *, dated_on: date, mark_missing: bool = False
    ) -> bytes:
        """A tagged PDF/UA-1, the same bytes for the same data and date.

        With ``mark_missing`` a character that cannot be printed becomes a question mark: for lists of our own, which
        must not fail on a name that somebody typed.

        :raises UnknownGlyph: naming the characters that cannot be printed
        :raises MissingTitle: when the template sets no title
        :raises TypesettingError: on anything else
        """
        # Noon, so that the date in the file is this date in every time zone readers live in.
        noon = datetime(dated_on.year, dated_on.month, dated_on.day, 12, tzinfo=UTC)
        job = self._job(template, data, "pdf", timestamp=int(noon.timestamp()), mark_missing=mark_missing)
        return compile_job(job)[0]

    def svg_pages(self, template: str, data: Mapping[str, object]) -> list[str]:
        """One SVG per page, to stand in an HTML page: drawings only, ids shared with no other page.

        A missing glyph raises as for a PDF; what only PDF/UA asks for is not checked.
        """
        pages = compile_job(self._job(template, data, "svg"))
        return [_inline(page.decode(), number, len(pages)) for number, page in enumerate(pages, 1)]

    def png_pages(self, template: str, data: Mapping[str, object], *, ppi: float = 144) -> list[bytes]:
        """One PNG per page at ``ppi`` pixels per inch; checks as for ``svg_pages``."""
        return compile_job(self._job(template, data, "png", ppi=ppi))

    def _job(
        self,
        template: str,
        data: Mapping[str, object],
        kind: Format,
        *,
        timestamp: int = 0,
        ppi: float = 144,
        mark_missing: bool = False,
    ) -> Job:
        missing: dict[str, None] | None = None if mark_missing else {}
        payload = json.dumps(_printable_values(data, missing), ensure_ascii=False)
        # Before compiling: typst 0.15 can panic while shaping characters no typeface holds.
        if missing:
            raise UnknownGlyph(tuple(missing))
        return Job(self.root, template, payload, kind, timestamp, ppi)


def compile_job(job: Job) -> list[bytes]:
    """The pages of a job: one item per page, or one PDF."""
    global _typeset_in
    if _typeset_in not in (None, os.getpid()):
        return apart.compile_job(job)
    _typeset_in = os.getpid()
    compilers = _of_thread.compilers
    try:
        if job.root not in compilers:
            compilers[job.root] = typst.Compiler(root=job.root, font_paths=_fonts(), ignore_system_fonts=True)
        result = compilers[job.root].compile(
            input=_source(job),
            format=job.format,
            ppi=job.ppi,
            pdf_standards=["ua-1"] if job.format == "pdf" else [],
            timestamp=job.timestamp,
        )
    except typst.TypstError as error:
        raise _explained(error) from error
    except RuntimeError as error:
        raise TypesettingFailed(str(error)) from error
    except BaseException as error:
        # A panic inside typst reaches Python outside of Exception; the compiler may be half changed.
        compilers.pop(job.root, None)
        if type(error).__name__ != "PanicException":
            raise
        raise TypesettingFailed(str(error)) from error
    return result if isinstance(result, list) else [result or b""]


def _source(job: Job) -> bytes:
    """The main file: it calls the template with the data.

    The data come as JSON in a string, where a quote or backslash is the only character with a meaning. Typst
    could also take them as ``sys.inputs``, but forgets all it knows when those change: twice the time a letter.
    """
    quoted = job.data.replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "{job.template}": main\n#main(json(bytes("{quoted}")))\n'.encode()


class _OfThread(threading.local):
    """The compilers of this thread, by root."""

    def __init__(self) -> None:
        self.compilers: dict[Path, typst.Compiler] = {}


_of_thread = _OfThread()


def _fonts() -> typst.Fonts:
    with _starting:
        return _loaded_fonts()


@cache
def _loaded_fonts() -> typst.Fonts:
    """The faces in use, read into memory by setting a letter in each, since their directory goes away."""
    with font_directory() as directory:
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[directory])
        sample = directory / "every-face.typ"
        sample.write_text(_EVERY_FACE)
        typst.Compiler(sample, root=directory, font_paths=fonts, ignore_system_fonts=True).compile(
            format="pdf"
        )
    return fonts


def _printable_values(value: object, missing: dict[str, None] | None) -> object:
    """The same data with each string printable; adds what cannot be printed to ``missing``, or marks it when None."""
    if isinstance(value, str):
        if value.isascii() and value.isprintable():
            return value
        if missing is None:
            return marked(value)
        missing.update(dict.fromkeys(missing_glyphs(value)))
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _printable_values(item, missing) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_printable_values(item, missing) for item in value]
    return value


def _explained(error: typst.TypstError) -> TypesettingError:
    # The whole diagnostic quotes the source, and with it the letter, which does not belong in a log.
    place = _PLACE.search(error.diagnostic)
    detail = f"{error.message} ({place[1]})" if place else error.message
    characters = [
        _ESCAPED.sub(lambda match: chr(int(match[1], 16)), found)
        for found in _UNDISPLAYED.findall(error.diagnostic)
    ]
    if characters:
        return UnknownGlyph(tuple(dict.fromkeys(characters)), detail)
    if "missing document title" in error.message:
        return MissingTitle(detail)
    return TypesettingFailed(detail)


def _escaped(href: re.Match[str]) -> str:
    return _BARE_AMPERSAND.sub("&amp;", href[0]).replace("<", "&lt;")


def _inline(svg: str, number: int, total: int) -> str:
    prefix = f"p{number}-{sha256(svg.encode()).hexdigest()[:8]}-"
    # typst 0.15 escapes nothing but the quotes in them (typst#8672).
    svg = re.sub(r' (?:xlink:)?href="[^"]*"', _escaped, svg)
    svg = re.sub(r'( id="|href="#|="url\(#)', rf"\g<1>{prefix}", svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="Bladzijde {number} van {total}" ', 1)
