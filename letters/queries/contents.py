"""What a letter says: its tree, the content that approval is bound to, and the page per recipient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from crm.document import fingerprint, merging, richtext
from crm.document.differences import number_paragraphs
from crm.document.mail import to_html
from crm.document.merging import UnknownField
from crm.document.richtext import RichTextError
from crm.document.tree import Document, Field, Paragraph
from crm.models import FrozenFile, Network
from crm.typesetting.errors import TypesettingError
from letters.models import Letter, Recipient
from letters.render.letters import LetterheadValues, LetterPage

from . import addressing, merge_fields, scanning

OWN_PARAGRAPH = "eigen_alinea"

# What keeps a page from being made and a writer can mend; ``str()`` of each is advice in plain words.
MENDABLE = (RichTextError, UnknownField, TypesettingError)


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


def agreed(letter: Letter) -> Mapping[str, Any]:
    """The content of a letter that was made ready as the committee agreed with it; of any other as it is now."""
    version = letter.frozen_version
    data: Mapping[str, Any] = content(letter).data if version is None else version.content
    return data


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
        # Only when it is printed: what was agreed before there were codes stays agreed.
        **({"qr": True} if head.prints_qr else {}),
    }


def _place(letter: Letter) -> str:
    """Where the letter is dated."""
    return letter.letterhead.place or Network.load().place


def changed_parts(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """The names of what differs between two contents: "body", "recipients"."""
    return [name for name in now if then.get(name) != now[name]]


def letterhead_values(letter: Letter) -> LetterheadValues:
    """The letterhead of a draft for the printer; reads the logo from storage."""
    return _printed(_letterhead_data(letter), _logo(letter))


def _logo(letter: Letter) -> bytes | None:
    version, image = letter.frozen_version, letter.letterhead.logo
    if version is not None:
        return version.logo.read() if version.logo else None
    if image is None:
        return None
    with image.open_file() as file:
        data: bytes = file.read()
    return data


def _printed(head: Mapping[str, Any], logo: bytes | None) -> LetterheadValues:
    lines = tuple(line.strip() for line in head["sender_lines"].splitlines() if line.strip())
    return LetterheadValues(
        sender_name=head["sender_name"],
        sender_lines=lines,
        return_line=" · ".join((head["sender_name"], *lines)),
        reply_address=head["reply_address"],
        website=head["website"],
        phone=head["phone"],
        logo=logo,
        window="right" if head["window"] == "right" else "left",
        accent=head["accent_colour"],
    )


def enclosed(data: Mapping[str, Any]) -> list[str]:
    """The SHA-256 of every file that goes along, of a content, in order."""
    return [sha256 for _title, sha256, _promised in data["enclosures"] if sha256]


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
    """What all pages of one letter share, read once, and the files that go along with each.

    ``enclosures`` are the titles on the page, ``files`` the bytes with their titles.
    """

    letter: Letter
    subject: str
    reference: str
    dated_on: date
    place: str
    letterhead: LetterheadValues
    one_salutation: str
    body: Document
    closing: str
    sign_off: str
    signatories: tuple[tuple[str, str], ...]
    enclosures: tuple[str, ...]
    files: tuple[tuple[str, FrozenFile], ...]
    prints_qr: bool = False

    @classmethod
    def of(cls, letter: Letter) -> Layout:
        """Of a letter that was made ready: what the committee agreed with, as it was then. Else the letter as it is.

        Either way nothing but the content that a hash was taken of, and the bytes it names.
        """
        data = agreed(letter)
        files = FrozenFile.objects.in_bulk(enclosed(data), field_name="sha256")
        return cls(
            letter=letter,
            subject=data["subject"],
            reference=data["reference"],
            dated_on=date.fromisoformat(data["dated_on"]),
            place=data["letterhead"]["place"],
            letterhead=_printed(data["letterhead"], _logo(letter)),
            one_salutation=data["salutation"],
            body=fingerprint.restore(data["body"]),
            closing=data["closing"],
            sign_off=data["sign_off"],
            signatories=tuple((name, role) for name, role in data["signatories"]),
            enclosures=tuple(title for title, _sha256, promised in data["enclosures"] if not promised),
            files=tuple((title, files[sha256]) for title, sha256, _promised in data["enclosures"] if sha256),
            prints_qr=data["letterhead"].get("qr", False),
        )

    def page(self, recipient: Recipient) -> LetterPage:
        """The page for one recipient."""
        return self._page(
            addressing.lines(recipient, self.letter),
            addressing.salutation(recipient, self.letter).text,
            filled(self.body, recipient, self.letter),
            scan_at=scanning.address(self.letter, recipient) if self.prints_qr else "",
        )

    def sample(self, *, public_copy: bool = False) -> LetterPage:
        """The page without a recipient: merge fields stand between angle quotes.

        A public copy speaks to every reader: it has no address and, unless all shared one, no salutation.
        """
        if public_copy:
            names = merge_fields.for_everybody(self.letter)
            return self._page((), self.one_salutation, merging.fill(self.body, names), public_copy=True)
        names = {
            name: "" if name == OWN_PARAGRAPH else f"‹{label}›" for name, label in merge_fields.LABELS.items()
        }
        salutation = self.one_salutation or "‹aanhef per ontvanger›"
        scan_at = scanning.address(self.letter) if self.prints_qr else ""
        return self._page(
            ("‹adres van de ontvanger›",), salutation, merging.fill(self.body, names), scan_at=scan_at
        )

    def file_copy(self) -> LetterPage:
        """Our own copy for the binder, as it went to one recipient or to all: always with the code, by which an answer
        on paper is filed."""
        recipients = list(self.letter.recipients.select_related("organisation", "person", "letter"))
        code = scanning.address(self.letter)
        if len(recipients) == 1:
            return replace(self.page(recipients[0]), scan_at=code)
        to = f"aan {len(recipients)} ontvangers: zie het verzendbewijs"
        return replace(self.sample(), address_lines=("Exemplaar voor ons archief", to), scan_at=code)

    def _page(
        self,
        lines: tuple[str, ...],
        salutation: str,
        body: Document,
        *,
        public_copy: bool = False,
        scan_at: str = "",
    ) -> LetterPage:
        return LetterPage(
            subject=self.subject,
            reference=self.reference,
            dated_on=self.dated_on,
            place=self.place,
            letterhead=self.letterhead,
            address_lines=lines,
            salutation=salutation,
            body=body,
            closing=self.closing,
            sign_off=self.sign_off,
            signatories=self.signatories,
            enclosures=self.enclosures,
            public_copy=public_copy,
            scan_at=scan_at,
        )
