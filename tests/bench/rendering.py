"""Letters to PDF against WeasyPrint, memory over many letters, and the print batch against plain pikepdf."""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pikepdf
import weasyprint

from crm.document import mail
from letters.render.batches import BatchLetter, print_batch
from letters.render.covers import Cover, CoverRow, render_cover
from letters.render.letters import render_many
from tests.bench.samples import DAY, HEAD, page


def ours(count: int) -> list[bytes]:
    """So many letters as the product makes them."""
    return list(render_many(page(number) for number in range(count)))


def weasy(count: int) -> list[bytes]:
    """The same letters by WeasyPrint, tagged as well."""
    style = "@page { size: A4; margin: 25mm } body { font: 11pt sans-serif; line-height: 1.4 }"
    made = []
    for number in range(count):
        letter = page(number)
        address = "<br>".join(letter.address_lines)
        html = (
            f'<html lang="nl"><head><title>{letter.subject}</title><style>{style}</style></head><body>'
            f"<h1>{HEAD.sender_name}</h1><p>{address}</p><p>Amsterdam, 29 juli 2025</p><p>{letter.reference}</p>"
            f"<p>{letter.salutation},</p>{mail.to_html(letter.body)}<p>{letter.closing},</p><p>{letter.sign_off}</p>"
        )
        made.append(weasyprint.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1"))
    return made


def seconds(run: Callable[[], object]) -> float:
    """CPU and waiting together, on the wall clock."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def peak_mib(count: int) -> float:
    """The peak memory of a fresh process that makes so many letters, dropping each."""
    command = [sys.executable, "-m", "tests.bench.samples", str(count)]
    return float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def enclosure(pages: int) -> bytes:
    """A PDF of so many pages with text."""
    text = "<p>" + "Een alinea over ontmoeten in de buurt. " * 60 + "</p>"
    html = "".join(
        f"<section style='page-break-after: always'><h1>{n}</h1>{text}</section>" for n in range(pages)
    )
    return weasyprint.HTML(string=html).write_pdf()


def batch_ours(letters: list[bytes], extra: bytes) -> bytes:
    """The product's print batch, cover sheet and all."""
    cover = render_cover(
        Cover(
            "Onderwerp",
            "2025-014 K",
            DAY,
            [CoverRow(n, f"Partij {n}", ("x",), 22) for n in range(len(letters))],
        )
    )
    return print_batch(cover, [BatchLetter(letter, (extra,)) for letter in letters])


def batch_plain(letters: list[bytes], extra: bytes) -> bytes:
    """pikepdf appending the same pages."""
    whole = pikepdf.new()
    with pikepdf.open(io.BytesIO(extra)) as added:
        for letter in letters:
            with pikepdf.open(io.BytesIO(letter)) as source:
                whole.pages.extend(source.pages)
            whole.pages.extend(added.pages)
        out = io.BytesIO()
        whole.save(out)
    return out.getvalue()


def rows() -> list[dict[str, Any]]:
    """Rates, memory and the batch; medians of alternating runs."""
    ours(3)
    weasy(1)
    rounds = [(seconds(lambda: ours(60)) / 60, seconds(lambda: weasy(6)) / 6) for _round in range(5)]
    mine, theirs = (statistics.median(column) for column in zip(*rounds, strict=True))
    small, large = peak_mib(100), peak_mib(2000)
    letters, extra = ours(500), enclosure(20)
    batches = [
        (seconds(lambda: batch_ours(letters, extra)), seconds(lambda: batch_plain(letters, extra)))
        for _round in range(3)
    ]
    batch, plain = (statistics.median(column) for column in zip(*batches, strict=True))
    return [
        {
            "name": "letters to PDF, against WeasyPrint",
            "figure": 1 / mine,
            "unit": "letters/s",
            "baseline": 1 / theirs,
            "ratio": theirs / mine,
            "goal": ">= 6",
            "holds": theirs / mine >= 6,
        },
        {
            "name": "peak memory, 2,000 letters against 100",
            "figure": large,
            "unit": "MiB",
            "baseline": small,
            "ratio": large / small,
            "goal": "<= 1.1",
            "holds": large / small <= 1.1,
        },
        {
            "name": "print batch of 500 with 20 pages each, against pikepdf",
            "figure": batch,
            "unit": "s",
            "baseline": plain,
            "ratio": batch / plain,
            "goal": "<= 1.5",
            "holds": batch / plain <= 1.5,
        },
    ]
