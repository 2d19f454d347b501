"""Freezing: the PDF and the message of every recipient made once, with their SHA-256, before anything leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from crm.actions import outgoing
from crm.actions.action import Actor, Refused, action, record
from crm.document import mail as mail_document
from crm.document.tree import Break, Document, Inline, Paragraph, Text
from crm.models import ApprovalRound, Channel, FrozenFile, OutgoingMessage
from crm.models.outgoing import new_message_id, new_reply_token
from crm.typesetting.errors import TypesettingError
from letters.models import Dispatch, Letter, LetterState, PostState, Recipient
from letters.queries import addressing, approvals, contents, recipients
from letters.queries.recipients import RecipientRow
from letters.render import messages
from letters.render.letters import LetterPage, render_many
from letters.render.logos import media_type as logo_media_type

from . import leftovers
from .changing import move
from .letters import make_version

# How many letters are in memory at a time.
CHUNK = 50


@dataclass(frozen=True, slots=True)
class Frozen:
    """What was made for one recipient. The bytes are stored; the row of the message is not, as long as this letter
    may still change under our hands."""

    row: RecipientRow
    number: int
    address: str
    pdf: FrozenFile
    message: OutgoingMessage | None


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of a letter: one for each that will be sent, the words for everybody on the list, the logo."""

    letters: list[Frozen]
    recipients: list[Recipient]
    logo: FrozenFile | None


@action(permission="letters.send_letter", atomic=False)
def freeze(*, letter: Letter, by: Actor) -> list[Dispatch]:
    """Make and store everything that will leave; all of it, or nothing.

    The PDFs and messages are made outside a transaction; the rows are written in one, so that of a letter that was
    changed meanwhile no row is left behind. Bytes that nothing points to are removed later. Raises Refused when the
    letter is not approved as it is now, when nobody has an address or several share one, when a page cannot be made,
    or when the disk is full.
    """
    letter = Letter.objects.select_related("letterhead").get(pk=letter.pk)
    round_ = _approved_round(letter)
    everybody = recipients.rows(letter)
    rows = [row for row in everybody if row.will_be_sent]
    if not rows:
        raise Refused(_("Nobody on the list has an address we may write to."))
    _check_addresses(rows)
    for row in everybody:
        row.recipient.frozen_words = addressing.words(row.recipient, letter)
    try:
        made = _make(letter, rows, [row.recipient for row in everybody], by=by)
    except TypesettingError as error:
        raise Refused(str(error)) from error
    with transaction.atomic():
        return _store(letter, round_, made, by=by)


def _approved_round(letter: Letter) -> ApprovalRound:
    round_ = approvals.standing_round(letter)
    if letter.state != LetterState.APPROVED or round_ is None:
        raise Refused(_("The committee has not agreed with this letter yet."))
    if round_.content_hash != contents.content(letter).hash:
        raise Refused(_("The letter is no longer what the committee agreed with. Ask for approval again."))
    return round_


def _check_addresses(rows: list[RecipientRow]) -> None:
    """Raises Refused, naming everyone, when several letters would go to one address."""
    shared = [
        _("%(names)s have the same address: %(address)s.")
        % {
            "names": get_text_list([row.recipient.name for row in same], _("and")),
            "address": address,
        }
        for address, same in recipients.sharing_an_address(rows).items()
    ]
    if shared:
        advice = _(
            "Choose another address for one of them, or take one off the list. Nothing was made ready."
        )
        raise Refused(" ".join([*shared, advice]))


def _make(letter: Letter, rows: list[RecipientRow], everybody: list[Recipient], *, by: Actor) -> Made:
    layout = contents.Layout.of(letter)
    enclosures = attachments(layout)
    moment = timezone.now().replace(microsecond=0)
    result: list[Frozen] = []
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        pages = [layout.page(row.recipient) for row in chunk]
        pdfs = list(render_many(pages))
        parcels = {
            row.recipient.pk: parcel(letter, row.recipient, page, pdf, enclosures, moment=moment)
            for row, page, pdf in zip(chunk, pages, pdfs, strict=True)
            if row.recipient.channel == Channel.EMAIL
        }
        messages_ = dict(zip(parcels, outgoing.pack(parcels=list(parcels.values()), by=by), strict=True))
        for number, (row, page, pdf) in enumerate(zip(chunk, pages, pdfs, strict=True), start=start + 1):
            message = messages_.get(row.recipient.pk)
            result.append(
                Frozen(
                    row=row,
                    number=number,
                    address=message.envelope_to if message else "\n".join(page.address_lines),
                    pdf=FrozenFile.objects.keep(pdf, media_type="application/pdf"),
                    message=message,
                )
            )
    logo = layout.letterhead.logo
    return Made(
        letters=result,
        recipients=everybody,
        logo=FrozenFile.objects.keep(logo, media_type=logo_media_type(logo)) if logo else None,
    )


def parcel(
    letter: Letter,
    recipient: Recipient,
    page: LetterPage,
    pdf: bytes,
    enclosures: list[messages.Attachment],
    *,
    moment: datetime,
    batch: str = "",
) -> outgoing.Parcel:
    """The finished message for one recipient at its contact point."""
    point = recipient.contact_point
    assert point is not None
    token = new_reply_token()
    message_id = new_message_id(settings.MAIL_FROM.rpartition("@")[2])
    return outgoing.Parcel(
        key=f"letter:{letter.pk}:email:{point.value.lower()}",
        batch=batch or batch_of(letter),
        envelope_from=with_token(settings.MAIL_FROM, token),
        envelope_to=point.value,
        raw=compose_mail(
            page,
            pdf,
            enclosures,
            to=(recipient.name, point.value),
            message_id=message_id,
            token=token,
            moment=moment,
        ),
        message_id=message_id,
        reply_token=token,
        to_archive=True,
    )


def with_token(address: str, token: str) -> str:
    """The address with the reply token behind a plus, where the mail server delivers such addresses."""
    if not settings.MAIL_PLUS_ADDRESSES or not address:
        return address
    user, _at, domain = address.rpartition("@")
    return f"{user}+{token}@{domain}"


def attachments(layout: contents.Layout) -> list[messages.Attachment]:
    """The enclosures that are there, read from storage."""
    return [messages.Attachment(f"{title}.pdf", file.media_type, file.read()) for title, file in layout.files]


def compose_mail(
    page: LetterPage,
    pdf: bytes,
    enclosures: list[messages.Attachment],
    *,
    to: tuple[str, str],
    message_id: str,
    token: str,
    moment: datetime,
) -> bytes:
    """The raw message for one recipient, ``to`` (name, address): the letter as text, as HTML and as PDF, enclosures
    after it."""
    text, html = bodies(page)
    return messages.compose(
        messages.Mail(
            sender_name=page.letterhead.sender_name,
            sender=settings.MAIL_FROM,
            to_name=to[0],
            to=to[1],
            reply_to=with_token(page.letterhead.reply_address or settings.MAIL_FROM, token),
            subject=f"{page.subject} ({page.reference})",
            text=text,
            html=html,
            message_id=message_id,
            sent_at=moment,
            attachments=[
                messages.Attachment(f"Brief {page.reference}.pdf", "application/pdf", pdf),
                *enclosures,
            ],
        )
    )


def bodies(page: LetterPage) -> tuple[str, str]:
    """The letter as plain text and as HTML, for the mail itself."""
    under = [page.closing + ",", ""]
    under += [f"{name}, {role}" if role else name for name, role in page.signatories]
    under += [line for line in (page.sign_off,) if line]
    if page.enclosures:
        under += [
            "",
            ("Bijlage: " if len(page.enclosures) == 1 else "Bijlagen: ") + ", ".join(page.enclosures),
        ]
    under += ["", f"Kenmerk: {page.reference}"]
    text = f"{page.salutation},\n\n{mail_document.to_text(page.body).strip()}\n\n" + "\n".join(under) + "\n"
    opening = mail_document.to_html(_paragraphs([page.salutation + ","]))
    ending = mail_document.to_html(_paragraphs(under))
    html = (
        '<!doctype html>\n<html lang="nl"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Brief</title></head>'
        '<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; color: #1c1917; '
        'background: #ffffff; max-width: 40em; margin: 0 auto; padding: 16px;">'
        f"{opening}{mail_document.to_html(page.body)}{ending}</body></html>\n"
    )
    return text, html


def _paragraphs(lines: list[str]) -> Document:
    blocks: list[Paragraph] = []
    current: list[Inline] = []
    for line in [*lines, ""]:
        if line:
            current += [Break(), Text(line)] if current else [Text(line)]
        elif current:
            blocks.append(Paragraph(tuple(current)))
            current = []
    return Document(tuple(blocks))


def _store(letter: Letter, round_: ApprovalRound, made: Made, *, by: Actor) -> list[Dispatch]:
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    move(current, LetterState.FROZEN)
    if contents.content(current).hash != round_.content_hash:
        raise Refused(_("The letter was changed while it was being prepared. Ask for approval again."))
    _check_addresses_stayed(current, made.letters)
    version = make_version(letter=current, by=by)
    version.logo = made.logo
    version.save(update_fields=["logo"])
    Recipient.objects.bulk_update(made.recipients, ["frozen_words"])
    leftovers.drop(batch_of(letter))
    stored = outgoing.hand_over(messages=[item.message for item in made.letters if item.message], by=by)
    messages_ = {message.key: message for message in stored}
    dispatches = Dispatch.objects.bulk_create(
        Dispatch(
            letter=current,
            recipient=item.row.recipient,
            number=item.number,
            channel=item.row.recipient.channel,
            address=item.address,
            pdf=item.pdf,
            outgoing=messages_[item.message.key] if item.message else None,
            post_state="" if item.message else PostState.GENERATED,
        )
        for item in made.letters
    )
    current.frozen_version = version
    current.frozen_at = timezone.now()
    current.recipients_locked_at = current.recipients_locked_at or current.frozen_at
    current.save(update_fields=["frozen_version", "frozen_at", "recipients_locked_at"])
    record("letters.frozen", by=by, on=[current], letter=str(current), count=len(dispatches))
    return dispatches


def _check_addresses_stayed(letter: Letter, frozen: list[Frozen]) -> None:
    """Raises Refused when somebody mended an address while the messages were made: they would go to the old one."""
    now = {row.recipient.pk: row for row in recipients.rows(letter) if row.will_be_sent}
    changed = [
        item.row.recipient.name
        for item in frozen
        if (row := now.get(item.row.recipient.pk)) is None or row.address != item.row.address
    ]
    if changed or len(now) != len(frozen):
        raise Refused(
            _("An address was changed while the letters were being made ready. Make them ready again.")
        )


def batch_of(letter: Letter) -> str:
    """The name under which the outbox counts, pauses and resumes the mail of a letter."""
    return f"letter:{letter.pk}"
