"""Contact lines that lead nowhere: "via ons e-mailadres", and no address follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from crm.checking.findings import Finding, Fix, Severity
from crm.checking.passages import Passage, Span
from letters.preflight.draft import Draft

_MOST_FINDINGS: Final = 10
_MAIL: Final = r"(?:e-?mail\s?adres|mailadres)"
_PHONE: Final = r"(?:telefoonnummer|mobiele\s+nummer|06-nummer)"
_GAP: Final = r"(?P<gap>\s*(?:\.{2,}|…|_{2,}|(?<=\s)x{2,}))?"
_POINTS_AT: Final = re.compile(
    rf"(?<![\w-])(?:via|op|naar|per|onder|door\s+naar)\s+(?:(?:ons|het|mijn|dit|de|ons\s+eigen|het\s+volgende|volgend)\s+)?"
    rf"(?:(?P<mail>{_MAIL})|(?P<phone>{_PHONE})){_GAP}\s*(?P<end>[.:,]?)\s*$",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    rf"\s*(?:(?P<mail>e-?mail|{_MAIL})|(?P<phone>tel\.?|telefoon|{_PHONE})){_GAP}\s*(?P<end>:)\s*(?P<gap2>\.{{2,}}|…)?\s*$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:\+|\b0)\d(?:[\s()-]*\d){7,11}")


def check(draft: Draft) -> Iterator[Finding]:
    """``contact_line_empty`` for each sentence that ends where an e-mail address or telephone number belongs.

    A whole sentence ("... via ons e-mailadres.") is enough when the address stands elsewhere in the letter.
    """
    passages = draft.body
    everything = [*draft.written, Passage(draft.reply_address or "")]
    has_mail = any(passage.has_address for passage in everything)
    has_phone = any(_NUMBER.search(passage.text) for passage in everything)
    told: set[tuple[str, str]] = set()
    for place, passage in enumerate(passages):
        following = passages[place + 1] if place + 1 < len(passages) else Passage("")
        for sentence in passage.sentences:
            found = _POINTS_AT.search(sentence.text[-120:]) or (
                _LABEL.match(sentence.text) if len(sentence.text) < 60 else None
            )
            if found is None:
                continue
            known = has_mail if found["mail"] else has_phone
            if found["end"] == "." and not found["gap"] and known:
                continue
            if _starts_with_address(following, sentence):
                continue
            finding = _finding(draft, sentence, found)
            if (finding.spot, finding.quotes[0]) not in told and len(told) < _MOST_FINDINGS:
                told.add((finding.spot, finding.quotes[0]))
                yield finding


def _starts_with_address(following: Passage, sentence: Span) -> bool:
    if sentence.end < len(sentence.passage.text.rstrip()):
        rest = sentence.passage.text[sentence.end : sentence.end + 120]
    else:
        rest = following.text[:120]
    return Passage(rest).has_address or _NUMBER.search(rest) is not None


def _finding(draft: Draft, sentence: Span, found: re.Match[str]) -> Finding:
    base = sentence.end - len(found.string) if found.re is _POINTS_AT else sentence.start
    last = found.end("mail") if found["mail"] else found.end("phone")
    span = Span(sentence.passage, base + found.start(), base + last)
    quote = " ".join(span.text.split())
    what = "e-mailadres" if found["mail"] else "telefoonnummer"
    fixes: tuple[Fix, ...] = ()
    if found["mail"] and draft.reply_address and not found["gap"]:
        right = re.sub(r"e-?mail\s?adres", "e-mailadres", quote)
        fixes = (Fix(quote, f"{right} {draft.reply_address}"),)
    return Finding(
        "contact_line_empty",
        Severity.BLOCK,
        (quote,),
        f"Hier hoort je {what}. Vul het in.",
        span.spot,
        span.line,
        fixes,
    )
