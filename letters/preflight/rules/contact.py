"""Contact lines that lead nowhere: "via ons e-mailadres", "mail naar [e-mailadres]", and no address follows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
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
_SITE: Final = r"(?:web\s?site|site|webadres)"
# "Ons e-mailadres is", "U kunt ons bereiken op": no sentence ends there.
_STOPS_SHORT: Final = re.compile(
    rf"(?<![\w-])(?:(?:ons|mijn|het|dit)\s+(?:(?P<mail>{_MAIL})|(?P<phone>{_PHONE}))\s+is"
    rf"|onze\s+(?P<site>{_SITE})\s+is"
    r"|(?P<mail2>e-?mailen|mailen)\s+(?:op|naar|via)|(?P<phone2>telefoneren|bellen)\s+(?:op|via)"
    rf"|(?P<any>bereiken|bereikbaar)\s+(?:op|via|onder)){_GAP}\s*(?P<end>[.:,]?)\s*$",
    re.IGNORECASE,
)
_TO_FILL_IN: Final = re.compile(
    rf"\[\s*(?:(?:ons|onze|je|jouw|uw|het)\s+)?(?:(?P<mail>e-?mail|{_MAIL})|(?P<phone>tel\.?|telefoon|mobiel|{_PHONE})"
    rf"|(?P<site>{_SITE}|url))(?:\s+(?:invullen|hier|volgt))?\s*\]",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:\+|\b0)\d(?:[\s()-]*\d){7,11}")
_DOMAIN: Final = re.compile(
    r"(?<![\w@.-])[\w-]+(?:\.[\w-]+)*\.(?:nl|org|com|net|eu|amsterdam|example)(?![\w-])", re.IGNORECASE
)
_WHAT: Final = {
    "mail": "Hier hoort je e-mailadres. Vul het in.",
    "phone": "Hier hoort je telefoonnummer. Vul het in.",
    "site": "Hier hoort je website. Vul die in.",
    "any": "Hier hoort je e-mailadres of telefoonnummer. Vul het in.",
}


def check(draft: Draft) -> Iterator[Finding]:
    """``contact_line_empty`` for each line that ends where an e-mail address or telephone number belongs, and for each
    place where one was still to be filled in.

    A whole sentence ("... via ons e-mailadres.") is enough when the address stands elsewhere in the letter.
    """
    told: set[tuple[str, str]] = set()
    for passages in draft.texts:
        everything = [*draft.for_all, *passages, Passage(draft.reply_address or "")]
        has_mail = any(passage.has_address for passage in everything)
        has_phone = any(_NUMBER.search(passage.text) for passage in everything)
        for passage, following in zip_longest(passages, passages[1:], fillvalue=Passage("")):
            for finding in _findings(draft, passage, following, has_mail=has_mail, has_phone=has_phone):
                if (finding.spot, finding.quotes[0]) not in told and len(told) < _MOST_FINDINGS:
                    told.add((finding.spot, finding.quotes[0]))
                    yield finding


def _findings(
    draft: Draft, passage: Passage, following: Passage, *, has_mail: bool, has_phone: bool
) -> Iterator[Finding]:
    for sentence in passage.sentences:
        for line in _lines(sentence):
            found = (
                _POINTS_AT.search(line.text[-120:])
                or _STOPS_SHORT.search(line.text[-120:])
                or (_LABEL.match(line.text) if len(line.text) < 60 else None)
            )
            if found is None:
                continue
            known = has_mail if _kind(found) == "mail" else has_phone
            if found.re is _POINTS_AT and found["end"] == "." and not found["gap"] and known:
                continue
            if not (_address_follows(line, following) or _list_follows(found, line, following)):
                yield _finding(draft, line, found)
        for found in _TO_FILL_IN.finditer(sentence.text):
            span = Span(passage, sentence.start + found.start(), sentence.start + found.end())
            yield _at(span, _WHAT[_kind(found)])


def _lines(sentence: Span) -> Iterator[Span]:
    """The lines of a sentence: a typed line end is a newline."""
    start = sentence.start
    for text in sentence.text.split("\n"):
        if text.strip():
            yield Span(sentence.passage, start, start + len(text))
        start += len(text) + 1


def _kind(found: re.Match[str]) -> str:
    """What belongs there: "mail", "phone", "site", or "any" of these."""
    groups = found.groupdict()
    return next(kind for kind in _WHAT if groups.get(kind) or groups.get(f"{kind}2"))


def _address_follows(line: Span, following: Passage) -> bool:
    """Whether an address, number or site comes after it, in the same text or the next."""
    rest = line.passage.text[line.end : line.end + 120]
    rest = rest if rest.strip() else following.text[:120]
    return Passage(rest).has_address or _NUMBER.search(rest) is not None or _DOMAIN.search(rest) is not None


def _list_follows(found: re.Match[str], line: Span, following: Passage) -> bool:
    """Whether "U kunt ons bereiken via:" goes on in what comes next: a counter, an hour."""
    after = line.passage.text[line.end :].strip() or following.text.strip()
    return _kind(found) == "any" and found["end"] == ":" and bool(after)


def _finding(draft: Draft, line: Span, found: re.Match[str]) -> Finding:
    kind = _kind(found)
    base = line.start if found.re is _LABEL else line.end - len(found.string)
    last = found.end(kind) if found.re is not _STOPS_SHORT else found.start("gap" if found["gap"] else "end")
    span = Span(line.passage, base + found.start(), base + last)
    quote = " ".join(span.text.split())
    fixes: tuple[Fix, ...] = ()
    if kind == "mail" and draft.reply_address and not found["gap"]:
        right = re.sub(r"e-?mail\s?adres", "e-mailadres", quote)
        fixes = (Fix(quote, f"{right} {draft.reply_address}"),)
    return _at(span, _WHAT[kind], fixes)


def _at(span: Span, advice: str, fixes: tuple[Fix, ...] = ()) -> Finding:
    quote = " ".join(span.text.split())
    return Finding("contact_line_empty", Severity.BLOCK, (quote,), advice, span.spot, span.line, fixes)
