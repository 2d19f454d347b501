"""The last look: the findings of the pre-flight on a letter, with what was accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.models import Fact
from crm.checking.findings import Finding, Fix, Severity, group_spelling
from crm.document import merging
from crm.document.fingerprint import digest
from crm.document.lines import to_lines
from crm.document.tree import Document
from crm.models import Network, Organisation, OrganisationKind
from crm.typesetting.fonts import missing_glyphs
from letters.models import AcceptedFinding, Enclosure, Letter, LetterKind
from letters.preflight.draft import OWN_SPOT, Draft, EnclosureNote, FactNote, RecipientNote, SharedAddress
from letters.preflight.run import examine
from letters.render import window

from . import contents, merge_fields, recipients
from .recipients import RecipientRow


@dataclass(frozen=True, slots=True)
class Item:
    """One finding on screen; ``accepted`` when somebody left it as it is."""

    finding: Finding
    accepted: AcceptedFinding | None

    @property
    def token(self) -> str:
        """What tells this finding from the others of the letter."""
        return token(self.finding)

    @property
    def is_open(self) -> bool:
        """Whether it still holds the letter up: tips never do."""
        return self.accepted is None and self.finding.severity != Severity.TIP


@dataclass(frozen=True, slots=True)
class LastLook:
    """All findings of a letter, in the order in which to look at them."""

    items: tuple[Item, ...]

    @property
    def blocking(self) -> tuple[Item, ...]:
        """What must be mended, or accepted with a reason, before the committee is asked."""
        return tuple(item for item in self.items if item.is_open)

    @property
    def open_count(self) -> int:
        """How many of those there are."""
        return len(self.blocking)

    @property
    def tips(self) -> int:
        """How many there are that may be passed by."""
        return sum(item.finding.severity == Severity.TIP and item.accepted is None for item in self.items)

    @property
    def left(self) -> int:
        """How many somebody left as they are."""
        return sum(item.accepted is not None for item in self.items)

    @property
    def spelling(self) -> tuple[Fix, ...]:
        """What mends all spelling at once, but for what was left so: nothing that says something else than before."""
        _others, group = group_spelling(item.finding for item in self.items if item.accepted is None)
        return group.fixes if group else ()

    @property
    def fixable(self) -> int:
        """How many of the findings that mends."""
        fixes = set(self.spelling)
        return sum(item.accepted is None and not fixes.isdisjoint(item.finding.fixes) for item in self.items)


def token(finding: Finding) -> str:
    """A short code for a finding: the same as long as it is about the same words."""
    return digest([finding.code, list(finding.quotes)])[:16]


def of(letter: Letter) -> LastLook:
    """Look at a letter as it is now."""
    rows = recipients.rows(letter)
    body = contents.tree(letter)
    accepted = {(a.code, tuple(a.quotes)): a for a in letter.accepted_findings.select_related("by")}
    found = examine(draft(letter, body, rows))
    return LastLook(tuple(Item(finding, accepted.get((finding.code, finding.quotes))) for finding in found))


def draft(letter: Letter, body: Document, rows: Sequence[RecipientRow]) -> Draft:
    """The letter as plain values for the rules."""
    head = letter.letterhead
    closing = letter.closing or head.closing
    sign_off = letter.sign_off or head.sign_off
    enclosures = list(letter.enclosures.all())
    return Draft(
        subject=letter.subject,
        salutation=letter.salutation,
        lines=to_lines(body),
        closing=closing,
        sign_off=sign_off,
        enclosures=tuple(
            EnclosureNote(
                enclosure.title,
                attached=not enclosure.is_promised,
                promised=enclosure.is_promised,
                unminded=enclosure.is_promised and not enclosure.is_guarded,
            )
            for enclosure in enclosures
        ),
        facts=facts(),
        own_words=Network.load().words,
        reply_address=head.reply_address,
        sender_named=bool(head.sender_name),
        dated_on=letter.dated_on,
        recipients=tuple(_note(row) for row in rows),
        shared_addresses=tuple(
            SharedAddress(address, tuple(row.recipient.name for row in same))
            for address, same in recipients.sharing_an_address(rows).items()
        ),
        missing_parties=missing_parties(letter, rows),
        unknown_fields=tuple(sorted(merging.fields_in(body) - merge_fields.LABELS.keys())),
        unknown_glyphs=missing_glyphs(_all_text(letter, body, rows, enclosures, closing, sign_off)),
        guarded_promises=tuple(e.title for e in enclosures if e.is_guarded),
    )


def _note(row: RecipientRow) -> RecipientNote:
    blocked = row.may_write.because if row.may_write is not None and not row.may_write.allowed else ""
    return RecipientNote(
        name=row.recipient.name,
        salutation=row.salutation.text,
        salutation_personal=row.salutation.personal,
        has_address=not row.is_gap,
        mandate_ended_on=row.mandate_ended_on,
        blocked_because=blocked,
        too_wide=window.too_wide(row.lines) if row.goes_by_post else (),
        too_many_lines=row.goes_by_post and window.too_many(row.lines),
        spot=f"{OWN_SPOT}{row.recipient.pk}",
        own_salutation=row.recipient.salutation,
        own_lines=to_lines(merge_fields.paragraphs(row.recipient.own_paragraph)),
    )


def facts() -> tuple[FactNote, ...]:
    """The fact cabinet as plain values for the rules."""
    return tuple(FactNote(fact.key, fact.words, fact.as_of_on, fact.source) for fact in Fact.objects.all())


def missing_parties(letter: Letter, rows: Sequence[RecipientRow]) -> tuple[str, ...]:
    """When nearly all parties of the day get the letter, those that do not: easily forgotten ones. With a short letter
    nobody is forgotten: it is for those whom it is about."""
    if letter.kind == LetterKind.NOTE:
        return ()
    chosen = {row.recipient.organisation_id for row in rows}
    day = letter.recipients_on or letter.dated_on
    parties = list(Organisation.objects.filter(kind=OrganisationKind.PARTY).existing_on(day).order_by("name"))
    left_out = [party for party in parties if party.pk not in chosen]
    if len(parties) - len(left_out) > len(parties) / 2:
        return tuple(str(party) for party in left_out)
    return ()


def _all_text(
    letter: Letter,
    body: Document,
    rows: Sequence[RecipientRow],
    enclosures: Sequence[Enclosure],
    closing: str,
    sign_off: str,
) -> str:
    """Everything that will be printed."""
    parts = [letter.subject, letter.salutation, closing, sign_off, letter.letterhead.sender_name]
    parts += [line.text for line in to_lines(body)]
    parts += [f"{s.name} {s.role}" for s in letter.signatories.all()]
    parts += [e.title for e in enclosures if not e.is_promised]
    for row in rows:
        parts += [*row.lines, row.recipient.name, row.salutation.text, row.recipient.own_paragraph]
    return "\n".join(parts)
