"""What a letter says: its tree, the content that approval is bound to, and the page per recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm.document import fingerprint, merging, richtext
from crm.document.differences import number_paragraphs
from crm.document.mail import to_html
from crm.document.tree import Document, Field, Paragraph
from crm.models import Network
from letters.models import Enclosure, Letter, Recipient, Signatory
from letters.render.letters import LetterheadValues, LetterPage

from . import addressing, merge_fields

OWN_PARAGRAPH = "eigen_alinea"


@dataclass(frozen=True, slots=True)
class Content:
    """All that an approver agrees to, ready for JSON, and its SHA-256."""

    data: dict[str, Any]
    hash: str


def tree(letter: Letter) -> Document:
    """The text as written, merge fields open. Raises RichTextError for markup that no letter may hold."""
    return richtext.parse(letter.body, fields=merge_fields.LABELS)


def content(letter: Letter) -> Content:
    """The content of a letter: the document tree, not its markup; whom it is for, not by what address.

    So editor noise and a mended address leave the hash alone, and any other change alters it. What the letter leaves
    to its letterhead or to the network stands here as it will be printed.
    """
    data = {
        "kind": letter.kind,
        "purpose": letter.purpose,
        "subject": letter.subject,
        "salutation": letter.salutation,
        "body": fingerprint.canonical(tree(letter)),
        "closing": letter.closing or letter.letterhead.closing,
        "sign_off": letter.sign_off or letter.letterhead.sign_off,
        "dated_on": letter.dated_on.isoformat(),
        "reference": letter.reference,
        "letterhead": _letterhead_data(letter),
        "signatories": [[s.name, s.role] for s in letter.signatories.all()],
        "enclosures": [
            [e.title, e.file.sha256 if e.file else None, e.is_promised]
            for e in letter.enclosures.select_related("file")
        ],
        "recipients": sorted(
            [r.organisation_id or 0, r.person_id or 0, r.salutation, r.own_paragraph]
            for r in letter.recipients.all()
        ),
    }
    return Content(data, fingerprint.digest(data))


def _letterhead_data(letter: Letter) -> dict[str, Any]:
    head = letter.letterhead
    return {
        "sender_name": head.sender_name,
        "sender_lines": head.sender_lines,
        "reply_address": head.reply_address,
        "phone": head.phone,
        "website": head.website,
        "place": _place(letter),
        "logo": head.logo.file_hash if head.logo else "",
        "window": head.window,
        "accent_colour": head.accent_colour,
    }


def _place(letter: Letter) -> str:
    """Where the letter is dated."""
    return letter.letterhead.place or Network.load().place


def changed_parts(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What differs between two contents, in words: "text", "recipients"."""
    names = {field.name: field.verbose_name for field in Letter._meta.fields} | {
        "signatories": Signatory._meta.verbose_name_plural,
        "enclosures": Enclosure._meta.verbose_name_plural,
        "recipients": Recipient._meta.verbose_name_plural,
    }
    return [str(names[name]) for name in now if then.get(name) != now[name]]


def letterhead_values(letter: Letter) -> LetterheadValues:
    """The letterhead for the printer; reads the logo from storage."""
    head = letter.letterhead
    logo = None
    if head.logo:
        with head.logo.open_file() as file:
            logo = file.read()
    lines = tuple(line.strip() for line in head.sender_lines.splitlines() if line.strip())
    return LetterheadValues(
        sender_name=head.sender_name,
        sender_lines=lines,
        return_line=" · ".join((head.sender_name, *lines)),
        reply_address=head.reply_address,
        website=head.website,
        phone=head.phone,
        logo=logo,
        window="right" if head.window == "right" else "left",
        accent=head.accent_colour,
    )


def _with_own_paragraph(body: Document, recipient: Recipient) -> Document:
    """A recipient's own paragraph comes where its chip stands, else at the end."""
    if not recipient.own_paragraph or OWN_PARAGRAPH in merging.fields_in(body):
        return body
    return Document((*body.blocks, Paragraph((Field(OWN_PARAGRAPH),))))


def filled(body: Document, recipient: Recipient, letter: Letter) -> Document:
    """The text for one recipient. Raises UnknownField."""
    return merging.fill(_with_own_paragraph(body, recipient), merge_fields.values(recipient, letter))


def numbered(body: Document) -> list[tuple[int, str]]:
    """The text as numbered paragraphs of safe HTML, with merge fields shown by name."""
    shown = merging.fill(body, {name: f"‹{label}›" for name, label in merge_fields.LABELS.items()})
    return [(number, to_html(Document((block,)))) for number, block in number_paragraphs(shown)]


@dataclass(frozen=True, slots=True)
class Layout:
    """What all pages of one letter share, read once: the tree, the letterhead, names of enclosures and signatories."""

    letter: Letter
    body: Document
    letterhead: LetterheadValues
    signatories: tuple[tuple[str, str], ...]
    enclosures: tuple[str, ...]
    place: str

    @classmethod
    def of(cls, letter: Letter) -> Layout:
        """Read what the pages need from the database and from storage."""
        return cls(
            letter=letter,
            body=tree(letter),
            letterhead=letterhead_values(letter),
            signatories=tuple((s.name, s.role) for s in letter.signatories.all()),
            enclosures=tuple(e.title for e in letter.enclosures.all() if not e.is_promised),
            place=_place(letter),
        )

    def page(self, recipient: Recipient) -> LetterPage:
        """The page for one recipient."""
        return self._page(
            addressing.lines(recipient, self.letter),
            addressing.salutation(recipient, self.letter).text,
            filled(self.body, recipient, self.letter),
        )

    def sample(self, *, public_copy: bool = False) -> LetterPage:
        """The page without a recipient: merge fields stand between angle quotes.

        A public copy speaks to every reader: it has no address and, unless all shared one, no salutation.
        """
        if public_copy:
            names = merge_fields.for_everybody(self.letter)
            return self._page((), self.letter.salutation, merging.fill(self.body, names), public_copy=True)
        names = {
            name: "" if name == OWN_PARAGRAPH else f"‹{label}›" for name, label in merge_fields.LABELS.items()
        }
        salutation = self.letter.salutation or "‹aanhef per ontvanger›"
        return self._page(("‹adres van de ontvanger›",), salutation, merging.fill(self.body, names))

    def _page(
        self, lines: tuple[str, ...], salutation: str, body: Document, *, public_copy: bool = False
    ) -> LetterPage:
        letter = self.letter
        return LetterPage(
            subject=letter.subject,
            reference=letter.reference,
            dated_on=letter.dated_on,
            place=self.place,
            letterhead=self.letterhead,
            address_lines=lines,
            salutation=salutation,
            body=body,
            closing=letter.closing or letter.letterhead.closing,
            sign_off=letter.sign_off or letter.letterhead.sign_off,
            signatories=self.signatories,
            enclosures=self.enclosures,
            public_copy=public_copy,
        )
