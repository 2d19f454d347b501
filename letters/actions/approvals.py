"""Asking for approval, and giving it: four eyes at least, bound to the hash of what was read."""

from __future__ import annotations

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.action import SYSTEM, Actor, Refused, action, record
from crm.models import Approval, ApprovalRound, RoundState, SignedLink, User, Verdict
from crm.registries import background
from letters.models import Cause, Letter, LetterState
from letters.queries import approvals, contents, last_look

from .changing import drop_mail, move, void
from .letters import make_version

LINK_PURPOSE = "letters.approve"
LINK_LASTS = datetime.timedelta(days=14)


@action(permission="letters.change_letter")
def ask(*, letter: Letter, by: Actor) -> ApprovalRound:
    """Put the letter before the committee; without a quorum it is approved at once.

    Raises Refused while the last look still has something that blocks, or when the committee is too small.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state != LetterState.DRAFT:
        raise Refused(_("Approval was asked already."))
    open_findings = last_look.of(letter).blocking
    if open_findings:
        raise Refused(
            _("The last look still has %(count)d thing(s) that must be mended first.")
            % {"count": len(open_findings)}
        )
    quorum = approvals.quorum_for(letter)
    members = approvals.committee()
    if quorum > len(members):
        raise Refused(
            _(
                "%(quorum)d people must agree, but the committee has %(members)d. Add members, or lower the number "
                "under Rules for approval."
            )
            % {"quorum": quorum, "members": len(members)}
        )
    authors = set(letter.authors.values_list("pk", flat=True))
    if quorum and not [member for member in members if member.pk not in authors]:
        raise Refused(
            _("Everyone on the committee wrote along, so nobody is left for a fresh look. Add a member.")
        )
    version = make_version(letter=letter, by=SYSTEM)
    round_ = ApprovalRound.objects.create(
        subject_type=ContentType.objects.get_for_model(Letter),
        subject_id=letter.pk,
        content_hash=version.content_hash,
        quorum=quorum,
        asked_by=by if isinstance(by, User) else None,
    )
    round_.authors.set(authors)
    if quorum == 0:
        _complete(letter, round_, by=by)
    else:
        move(letter, LetterState.PROPOSED)
        record("letters.approval_asked", by=by, on=[letter], letter=str(letter), quorum=quorum)
        background.wake("letters.ask_by_mail", round_id=round_.pk)
    return round_


@action(permission="letters.approve_letter")
def approve(*, round_: ApprovalRound, content_hash: str, by: User, by_link: bool = False) -> Approval:
    """Agree with what was read. ``content_hash`` is that of the page the person had before her.

    Raises Refused when the letter changed since, or the round is over.
    """
    return _decide(round_, Verdict.APPROVED, content_hash=content_hash, by=by, by_link=by_link)


@action(permission="letters.approve_letter")
def remark(
    *,
    round_: ApprovalRound,
    content_hash: str,
    text: str,
    paragraph: int | None,
    by: User,
    by_link: bool = False,
) -> Approval:
    """Ask for a change, at a paragraph or in general; the letter is not approved while a remark stands."""
    if not text.strip():
        raise Refused(_("Write what you would like to see changed."))
    return _decide(
        round_,
        Verdict.REMARK,
        content_hash=content_hash,
        by=by,
        by_link=by_link,
        text=text.strip(),
        paragraph=paragraph,
    )


def _decide(
    round_: ApprovalRound,
    verdict: str,
    *,
    content_hash: str,
    by: User,
    by_link: bool,
    text: str = "",
    paragraph: int | None = None,
) -> Approval:
    round_ = ApprovalRound.objects.select_for_update().get(pk=round_.pk)
    letter = Letter.objects.select_for_update().get(pk=round_.subject_id)
    if round_.state != RoundState.OPEN:
        raise Refused(
            _("This is settled already: the letter is “%(state)s”.") % {"state": letter.get_state_display()}
        )
    current = contents.content(letter).hash
    if not (content_hash == round_.content_hash == current):
        raise Refused(
            _("The letter was changed after this page was made. Read it once more before you decide.")
        )
    last = len(contents.numbered(contents.tree(letter)))
    if paragraph is not None and not 1 <= paragraph <= last:
        raise Refused(
            _("The letter has paragraphs 1 to %(last)d. Choose one of those, or leave the number empty.")
            % {"last": last}
        )
    Approval.objects.filter(round=round_, user=by, is_current=True).update(is_current=False)
    away = User.objects.filter(stand_in=by, absent_until_on__gt=timezone.localdate()).first()
    approval = Approval.objects.create(
        round=round_,
        user=by,
        in_place_of=away,
        verdict=verdict,
        remark=text,
        paragraph=paragraph,
        by_link=by_link,
    )
    if verdict == Verdict.APPROVED:
        record("letters.approved", by=by, on=[letter], letter=str(letter))
    else:
        record(
            "letters.remarked", by=by, on=[letter], letter=str(letter), paragraph=paragraph or "", remark=text
        )
    if approvals.standing(round_).reached:
        _complete(letter, round_, by=by)
    return approval


def _complete(letter: Letter, round_: ApprovalRound, *, by: Actor) -> None:
    round_.state = RoundState.APPROVED
    round_.closed_at = timezone.now()
    round_.save(update_fields=["state", "closed_at"])
    drop_mail(round_, because=Cause.AGREED)
    move(letter, LetterState.APPROVED)
    record("letters.approval_complete", by=by, on=[letter], letter=str(letter))


@action(permission="letters.change_letter")
def take_back(*, letter: Letter, by: Actor) -> None:
    """End the round to go on writing."""
    if letter.state not in (LetterState.PROPOSED, LetterState.APPROVED):
        raise Refused(_("There is no approval to take back."))
    void(letter, cause=Cause.TAKEN_BACK, by=by)


def link_for(round_: ApprovalRound, user: User) -> str:
    """A fresh personal token for one member; those of earlier mails work until one of them was used."""
    with transaction.atomic():
        _link, token = SignedLink.objects.issue(
            purpose=LINK_PURPOSE, user=user, subject=round_, valid_for=LINK_LASTS
        )
    return token


@transaction.atomic
def decide_by_link(
    *, token: str, verdict: str, content_hash: str, text: str = "", paragraph: int | None = None
) -> Approval:
    """Decide with a personal link, once. Raises Refused for a link that is used, expired or unknown."""
    found = SignedLink.objects.find(token, purpose=LINK_PURPOSE)
    link = SignedLink.objects.select_for_update().filter(pk=found.pk).first() if found else None
    if link is None or not link.is_valid:
        raise Refused(_("This link was used or has expired. Ask for a new one, or sign in."))
    round_ = ApprovalRound.objects.get(pk=link.subject_id)
    if verdict == Verdict.APPROVED:
        approval = approve(round_=round_, content_hash=content_hash, by=link.user, by_link=True)
    else:
        approval = remark(
            round_=round_,
            content_hash=content_hash,
            text=text,
            paragraph=paragraph,
            by=link.user,
            by_link=True,
        )
    SignedLink.objects.filter(
        purpose=LINK_PURPOSE,
        user=link.user,
        subject_type=link.subject_type,
        subject_id=link.subject_id,
        used_at=None,
    ).update(used_at=timezone.now())
    return approval
