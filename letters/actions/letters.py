"""Starting, writing, keeping and putting away letters."""

from __future__ import annotations

import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.action import Actor, Refused, action, record
from crm.document import importing, richtext
from crm.document.richtext import RichTextError
from crm.dutch import references
from crm.dutch.dates import parse_date
from crm.models import FrozenFile, User
from letters.models import (
    Cause,
    Enclosure,
    Letter,
    Letterhead,
    LetterKind,
    LetterState,
    LetterVersion,
    Signatory,
)
from letters.queries import contents, merge_fields

from .changing import check_editable, move, open_to_change, settle, void

_LONGEST_SUBJECT = Letter._meta.get_field("subject").max_length or 0


class Overtaken(Refused):
    """Somebody else saved in the meantime; nothing of either was lost. ``letter`` is how it is now."""

    def __init__(self, letter: Letter) -> None:
        self.letter = letter
        super().__init__(
            _("%(who)s saved this letter in the meantime. Your text is still here: choose which one to keep.")
            % {"who": letter.changed_by or _("Someone else")}
        )


def next_reference(year: int) -> str:
    """The first reference of a year that was not given yet. Call inside the transaction that uses it.

    One at a time: who starts a letter waits for who is just starting another.
    """
    Letterhead.objects.select_for_update().order_by("pk").first()
    taken = [
        parsed.number
        for text in Letter.objects.filter(reference__startswith=f"{year}-").values_list(
            "reference", flat=True
        )
        if (parsed := references.parse(text))
    ]
    return references.issue(year, max(taken, default=0) + 1)


@action(permission="letters.add_letter")
def start(
    *,
    by: Actor,
    kind: str = LetterKind.POSITION,
    subject: str = "",
    body: str = "",
    salutation: str = "",
    dated_on: datetime.date | None = None,
    letterhead: Letterhead | None = None,
    reference: str = "",
) -> Letter:
    """A new draft with a reference of its own."""
    letterhead = letterhead or Letterhead.objects.order_by("pk").first()
    if letterhead is None:
        raise Refused(_("There is no letterhead yet. Make one first, under Letters > Letterheads."))
    day = dated_on or timezone.localdate()
    _check_body(body)
    letter = Letter.objects.create(
        kind=kind,
        subject=subject,
        body=body,
        salutation=salutation,
        dated_on=day,
        letterhead=letterhead,
        closing=letterhead.closing,
        sign_off=letterhead.sign_off,
        reference=reference or next_reference(day.year),
        started_by=by if isinstance(by, User) else None,
        changed_by=by if isinstance(by, User) else None,
    )
    settle(letter, by=by)
    record("letters.started", by=by, on=[letter], letter=str(letter), reference=letter.reference)
    return letter


@action(permission="letters.add_letter")
def start_from(*, earlier: Letter, by: Actor) -> Letter:
    """A new draft with the text, enclosures, signatories and themes of an earlier letter, not its recipients."""
    letter = start(
        by=by,
        kind=earlier.kind,
        subject=earlier.subject,
        body=earlier.body,
        salutation=earlier.salutation,
        letterhead=earlier.letterhead,
    )
    letter.started_from = earlier
    letter.closing, letter.sign_off, letter.level = earlier.closing, earlier.sign_off, earlier.level
    letter.purpose = earlier.purpose
    letter.save(update_fields=["started_from", "closing", "sign_off", "level", "purpose"])
    letter.themes.set(earlier.themes.all())
    for enclosure in earlier.enclosures.all():
        Enclosure.objects.create(
            letter=letter,
            position=enclosure.position,
            title=enclosure.title,
            file=enclosure.file,
            pages=enclosure.pages,
            publication=enclosure.publication,
            is_promised=enclosure.is_promised,
            minded_by=enclosure.minded_by,
        )
    for signatory in earlier.signatories.all():
        Signatory.objects.create(
            letter=letter, position=signatory.position, name=signatory.name, role=signatory.role
        )
    return letter


@action(permission="letters.add_letter")
def start_from_text(*, name: str, data: bytes, by: Actor) -> tuple[Letter, tuple[str, ...]]:
    """A new draft from Word or plain text, with its own date and ending; also what of the file could not come along,
    in words.

    Raises Refused for a file that is not what it claims.
    """
    try:
        read = importing.from_upload(name, data)
    except importing.UploadError as error:
        raise Refused(str(error)) from error
    subject, rest = read.subject[:_LONGEST_SUBJECT], read.subject[_LONGEST_SUBJECT:]
    day = _day_in(read.dated)
    letter = start(
        by=by,
        subject=subject,
        body=richtext.serialise(read.document),
        salutation=read.salutation,
        dated_on=day,
    )
    _end_as_written(letter, read, by=by)
    dropped = [*read.dropped]
    if read.dated and day is None:
        dropped.append(_("the date “%(date)s”") % {"date": read.dated})
    if rest:
        dropped.append(_("the end of the subject, which is too long: “%(rest)s”") % {"rest": rest})
    return letter, tuple(dropped)


def _day_in(dated: str) -> datetime.date | None:
    """The day of "Amsterdam, 29 juli 2025"; None when there is none of this century to be read."""
    try:
        day = parse_date(dated.rpartition(",")[2])
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def _end_as_written(letter: Letter, read: importing.Imported, *, by: Actor) -> None:
    """The closing and who signed, as the file has them; a line in lower case is the role of the name above it."""
    signed: list[tuple[str, str]] = []
    for line in read.sign_off:
        if signed and line[:1].islower():
            signed[-1] = (signed[-1][0], line)
        else:
            signed.append((line, ""))
    letter.closing = read.closing[: Letter._meta.get_field("closing").max_length] or letter.closing
    if signed:
        letter.sign_off = ", ".join(filter(None, signed[0]))[: Letter._meta.get_field("sign_off").max_length]
    letter.save(update_fields=["closing", "sign_off"])
    if signed[1:]:
        longest = Signatory._meta.get_field("name").max_length
        set_signatories(
            letter=letter, names=[(name[:longest], role[:longest]) for name, role in signed[1:]], by=by
        )


def _check_body(body: str) -> None:
    try:
        richtext.parse(body, fields=merge_fields.LABELS)
    except RichTextError as error:
        raise Refused(" ".join(error.messages)) from error


@action(permission="letters.change_letter")
def save_draft(*, letter: Letter, draft_number: int, values: dict[str, object], by: Actor) -> Letter:
    """Overwrite the draft with what the editor holds.

    ``values`` are fields of Letter by name. ``draft_number`` is the one the editor started from: when it is no longer
    the current one, somebody else saved, and Overtaken is raised without touching anything. Raises Refused for text
    that cannot be a letter.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    check_editable(letter)
    if letter.draft_number != draft_number:
        raise Overtaken(letter)
    allowed = {
        "subject", "salutation", "body", "closing", "sign_off", "dated_on", "letterhead", "kind", "level", "purpose",
    }  # fmt: skip
    if unknown := values.keys() - allowed:
        raise ValueError(f"Not fields of a draft: {sorted(unknown)}")
    if "body" in values:
        _check_body(str(values["body"]))
    changed = {name: value for name, value in values.items() if getattr(letter, name) != value}
    if not changed:
        return letter
    for name, value in changed.items():
        setattr(letter, name, value)
    letter.draft_number += 1
    letter.changed_by = by if isinstance(by, User) else None
    letter.save()
    settle(letter, by=by)
    return letter


@action(permission="letters.change_letter")
def keep_mine(*, letter: Letter, values: dict[str, object], by: Actor) -> Letter:
    """Save over what somebody else saved meanwhile, keeping theirs as a version first."""
    current = Letter.objects.select_for_update().get(pk=letter.pk)
    make_version(letter=current, by=by)
    return save_draft(letter=current, draft_number=current.draft_number, values=values, by=by)


@action(permission="letters.change_letter")
def make_version(*, letter: Letter, by: Actor) -> LetterVersion:
    """Keep the letter as it is now; the last version when nothing changed since."""
    content = contents.content(letter)
    last = letter.versions.order_by("-number").first()
    if last is not None and last.content_hash == content.hash:
        return last
    number = (letter.versions.aggregate(highest=Max("number"))["highest"] or 0) + 1
    version: LetterVersion = letter.versions.create(
        number=number,
        content=content.data,
        content_hash=content.hash,
        made_by=by if isinstance(by, User) else None,
    )
    if files := contents.enclosed(content.data):
        version.files.set(FrozenFile.objects.filter(sha256__in=files))
    record("letters.version_made", by=by, on=[letter], letter=str(letter), number=number)
    return version


@action(permission="letters.change_letter")
def set_signatories(*, letter: Letter, names: list[tuple[str, str]], by: Actor) -> None:
    """Replace the names under a letter; each is (name, role), empty names are left out."""
    open_to_change(letter)
    wanted = [(name.strip(), role.strip()) for name, role in names if name.strip()]
    if wanted == [(s.name, s.role) for s in letter.signatories.all()]:
        return
    letter.signatories.all().delete()
    Signatory.objects.bulk_create(
        Signatory(letter=letter, position=position, name=name, role=role)
        for position, (name, role) in enumerate(wanted)
    )
    # Names under a letter are part of its draft: whoever saves over them without having seen them is told.
    letter.draft_number += 1
    letter.changed_by = by if isinstance(by, User) else None
    letter.save(update_fields=["draft_number", "changed_by", "changed_at"])
    settle(letter, by=by)


@action(permission="letters.delete_letter")
def put_away(*, letter: Letter, by: Actor) -> None:
    """Take a letter out of sight; it can be taken up again, and then needs approval anew."""
    if letter.state in (LetterState.PROPOSED, LetterState.APPROVED):
        void(letter, cause=Cause.PUT_AWAY, by=by)
    move(letter, LetterState.DROPPED)
    record("letters.put_away", by=by, on=[letter], letter=str(letter))


@action(permission="letters.change_letter")
def take_up(*, letter: Letter, by: Actor) -> None:
    """Make a letter that was put away a draft again."""
    move(letter, LetterState.DRAFT)
    record("letters.taken_up", by=by, on=[letter], letter=str(letter))


@action(permission="letters.send_letter")
def set_public(*, letter: Letter, public: bool, by: Actor) -> None:
    """Show a letter that went out on the public site, or take it off."""
    if public and letter.state not in (LetterState.DISPATCHED, LetterState.RECORDED):
        raise Refused(_("Only a letter that was sent can be made public."))
    letter.is_public = public
    letter.public_at = timezone.now() if public else None
    letter.save(update_fields=["is_public", "public_at"])
    record(
        "letters.made_public" if public else "letters.made_private", by=by, on=[letter], letter=str(letter)
    )
