"""Salutations: one that fits anybody, and one that fits somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from crm.checking.findings import Finding, Severity
from crm.dutch import salutations
from crm.dutch.folding import fold
from letters.preflight.draft import Draft
from letters.preflight.wording import listed


def check(draft: Draft) -> Iterator[Finding]:
    """``salutation_impersonal`` for one that names nobody; ``salutation_for_one`` when all get that of one of them."""
    if draft.salutation.strip():
        yield from _for_all(draft)
        return
    impersonal = [note for note in draft.recipients or () if not note.salutation_personal]
    if impersonal:
        quotes = tuple(dict.fromkeys(note.salutation for note in impersonal if note.salutation))
        names = listed([note.name for note in impersonal])
        advice = f"Zo begint een brief aan iedereen. Kies een eigen aanhef voor {names}."
        yield Finding("salutation_impersonal", Severity.WARN, quotes, advice, "recipients")


def _for_all(draft: Draft) -> Iterator[Finding]:
    salutation = salutations.check(draft.salutation_passage.text)
    line = draft.salutation_passage.line_at(0)
    quotes = (salutation.text,)
    if not salutation.personal:
        advice = "Zo begint elke brief hetzelfde. Kies een aanhef per partij."
        yield Finding("salutation_impersonal", Severity.WARN, quotes, advice, "salutation", line)
        return
    recipients = draft.recipients or ()
    words = f" {fold(salutation.text)} "
    named = [note.name for note in recipients if fold(note.name) and f" {fold(note.name)} " in words]
    if named and len(recipients) > len(named):
        advice = f"Deze aanhef is voor {named[0]}, maar alle {len(recipients)} brieven beginnen ermee. Laat hem leeg."
        yield Finding("salutation_for_one", Severity.WARN, quotes, advice, "salutation", line)
