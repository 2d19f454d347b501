"""What is done about a finding of the last look: mend it, or leave it with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from crm.actions.action import Actor, Refused, action, record
from crm.checking.findings import Finding, Fix, Severity, apply_fixes
from crm.document import richtext
from crm.document.tree import Document, Inline, Text, map_inlines
from crm.models import User
from letters.models import AcceptedFinding, Letter, Recipient
from letters.queries import contents, last_look

from .changing import open_to_change
from .letters import save_draft
from .recipients import set_words


def _find(letter: Letter, token: str) -> Finding:
    for item in last_look.of(letter).items:
        if item.token == token:
            return item.finding
    raise Refused(_("This was mended already, or the text changed. Look at the list again."))


def _named(finding: Finding) -> str:
    """What a finding is about, for the timeline."""
    return ", ".join(f"“{quote}”" for quote in finding.quotes) or finding.advice


@action(permission="letters.change_letter")
def accept(*, letter: Letter, token: str, reason: str, by: Actor) -> AcceptedFinding:
    """Leave a warning as it is. Raises Refused without a reason, and for what must be mended."""
    open_to_change(letter)
    finding = _find(letter, token)
    if finding.severity == Severity.BLOCK:
        raise Refused(_("This must be mended before the letter can go out."))
    if not reason.strip():
        raise Refused(_("Write in a few words why it may stay."))
    accepted, _created = AcceptedFinding.objects.update_or_create(
        letter=letter,
        code=finding.code,
        quotes=list(finding.quotes),
        defaults={"reason": reason.strip()[:300], "by": by if isinstance(by, User) else None},
    )
    record(
        "letters.finding_accepted",
        by=by,
        on=[letter],
        letter=str(letter),
        quotes=_named(finding),
        reason=accepted.reason,
    )
    return accepted


@action(permission="letters.change_letter")
def reopen(*, letter: Letter, token: str, by: Actor) -> None:
    """Let an accepted finding count again."""
    open_to_change(letter)
    finding = _find(letter, token)
    for accepted in letter.accepted_findings.filter(code=finding.code):
        if accepted.covers(finding.code, finding.quotes):
            accepted.delete()
            record(
                "letters.finding_reopened",
                by=by,
                on=[letter],
                letter=str(letter),
                quotes=_named(finding),
            )


@action(permission="letters.change_letter")
def fix(*, letter: Letter, token: str, by: Actor) -> int:
    """Mend one finding as it proposes; in how many places."""
    return _apply(letter, _find(letter, token).fixes, by=by)


@action(permission="letters.change_letter")
def fix_all(*, letter: Letter, by: Actor) -> int:
    """Mend all spelling that was not left so, and nothing that says something else than before; in how many places."""
    return _apply(letter, last_look.of(letter).spelling, by=by)


def _apply(letter: Letter, fixes: Iterable[Fix], *, by: Actor) -> int:
    fixes = list(fixes)
    if not fixes:
        raise Refused(_("There is nothing here that can be mended by itself."))

    def mend(inline: Inline) -> tuple[Inline, ...]:
        return (Text(apply_fixes(inline.value, fixes)),) if isinstance(inline, Text) else (inline,)

    written = contents.tree(letter)
    body: Document = map_inlines(written, mend)
    values: dict[str, object] = {
        name: apply_fixes(getattr(letter, name), fixes)
        for name in ("subject", "salutation", "closing", "sign_off")
    }
    if body != written:
        values["body"] = richtext.serialise(body)
    own = _own_words(letter, fixes)
    if not own and all(getattr(letter, name) == value for name, value in values.items()):
        # Such as a word of which only a part is bold.
        raise Refused(_("This cannot be mended by itself. Go to the spot and mend it there."))
    save_draft(letter=letter, draft_number=letter.draft_number, values=values, by=by)
    for recipient, (salutation, own_paragraph) in own.items():
        set_words(recipient=recipient, salutation=salutation, own_paragraph=own_paragraph, by=by)
    record(
        "letters.fixed",
        by=by,
        on=[letter],
        letter=str(letter),
        words=", ".join(dict.fromkeys(f"“{fix_.old}” → “{fix_.new}”" for fix_ in fixes)),
    )
    return sum(fix_.count for fix_ in fixes)


def _own_words(letter: Letter, fixes: list[Fix]) -> dict[Recipient, tuple[str, str]]:
    """The recipients in whose own words something is to be mended, each with the salutation and paragraph then."""
    mended = {
        recipient: (
            apply_fixes(recipient.salutation, fixes),
            apply_fixes(recipient.own_paragraph, fixes),
        )
        for recipient in letter.recipients.all()
    }
    return {
        recipient: words
        for recipient, words in mended.items()
        if words != (recipient.salutation, recipient.own_paragraph)
    }
