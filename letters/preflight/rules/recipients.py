"""To whom the letter goes: gaps, people who have left, people who may not be written to, parties left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from crm.checking.findings import Finding, Severity
from crm.dutch.dates import long_date
from letters.preflight.draft import Draft, RecipientNote
from letters.preflight.wording import listed


def check(draft: Draft) -> Iterator[Finding]:
    """``recipients_missing``, ``may_not_write`` and ``address_shared``, which block; ``mandate_ended``,
    ``party_without_letter``, ``address_missing`` and ``address_outside_window``, which warn."""
    if draft.recipients is None:
        return
    if not draft.recipients:
        yield _finding("recipients_missing", Severity.BLOCK, (), "Kies eerst aan wie de brief gaat.")
    for note in draft.recipients:
        if note.blocked_because:
            because = note.blocked_because.rstrip(". ")
            advice = (
                f"Je mag {note.name} hiermee niet schrijven: {because}. Haal deze ontvanger van de lijst."
            )
            yield _finding("may_not_write", Severity.BLOCK, (note.name,), advice)
    for shared in draft.shared_addresses:
        advice = (
            f"{listed(shared.names)} hebben hetzelfde adres: {shared.address}. Elk adres krijgt de brief één keer. "
            "Kies voor een van hen een ander adres, of haal er een van de lijst."
        )
        yield _finding("address_shared", Severity.BLOCK, shared.names, advice)
    for note in draft.recipients:
        ended = note.mandate_ended_on
        if ended is not None and ended <= (draft.dated_on or date.max):
            advice = f"{note.name} is sinds {long_date(ended)} niet meer in functie. Kies wie er nu zit."
            yield _finding("mandate_ended", Severity.WARN, (note.name,), advice)
    if draft.missing_parties:
        verb = "krijgt" if len(draft.missing_parties) == 1 else "krijgen"
        advice = f"Geen brief {verb}: {listed(draft.missing_parties)}. Voeg toe, of laat zo met een reden."
        yield _finding("party_without_letter", Severity.WARN, draft.missing_parties, advice)
    gaps = [note.name for note in draft.recipients if not note.has_address]
    if gaps:
        advice = f"We hebben geen adres voor {listed(gaps)}. Vul het in, of kies een andere weg."
        yield _finding("address_missing", Severity.WARN, gaps, advice)
    for note in draft.recipients:
        yield from _outside_window(note)


def _outside_window(note: RecipientNote) -> Iterator[Finding]:
    """An address that the window of the envelope does not show whole: which lines, else that there are too many."""
    if note.too_wide:
        which = "deze regel is" if len(note.too_wide) == 1 else "deze regels zijn"
        advice = (
            f"Het adres van {note.name} past niet in het venster van de envelop: {which} te lang. "
            "Maak die korter bij de adresgegevens, of stuur de brief per e-mail."
        )
        yield _finding("address_outside_window", Severity.WARN, note.too_wide, advice)
    elif note.too_many_lines:
        advice = (
            f"Het adres van {note.name} heeft te veel regels voor het venster van de envelop. "
            "Haal regels weg bij de adresgegevens, of stuur de brief per e-mail."
        )
        yield _finding("address_outside_window", Severity.WARN, (note.name,), advice)


def _finding(code: str, severity: Severity, names: Sequence[str], advice: str) -> Finding:
    return Finding(code, severity, tuple(names), advice, "recipients")
