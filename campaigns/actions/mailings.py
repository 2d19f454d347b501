"""An issue from asking for approval until it is let go: what is approved is fixed, and only that is ever sent."""

from __future__ import annotations

import datetime
import re
import secrets
from collections.abc import Collection
from typing import Any, Final

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Mailing, MailingState, Problem, TrialMail
from campaigns.models.mailings import LEAVING, TRANSITIONS
from campaigns.queries import mailings as queries
from campaigns.queries.mailings import Made
from crm.actions import telling
from crm.actions.action import Actor, Refused, action, record
from crm.actions.changing import Invalid, take_turns
from crm.dutch.addresses import check_email
from crm.models import Approval, ApprovalRound, RoundState, User, Verdict
from crm.registries import background

WRITE: Final = "campaigns.write_mailing"
APPROVE: Final = queries.APPROVE
SEND: Final = "campaigns.send_mailing"
TASK: Final = "campaigns.send_mailing"
TEST_TASK: Final = "campaigns.send_test"
_SHOWN: Final = ("subject", "preheader", "sender_name", "reply_to", "html", "text")
_MOST_TESTS: Final = 10
_QUARTER: Final = 15
_SOONEST: Final = datetime.timedelta(minutes=15)
_LATEST: Final = datetime.timedelta(days=180)


@action(permission=WRITE)
def ask(*, page: Any, made: Made, authors: Collection[User], blocking: int, by: Actor) -> Mailing:
    """Put an issue before the committee as it is now, and fix it so. What was asked or agreed before lapses.

    Raises Refused while ``blocking`` things of the last look stand open, when it left already, or when there is nobody
    who did not write along.
    """
    take_turns(Mailing, page.pk, made.group.pk if made.group else None)
    mailing = Mailing.objects.select_for_update(of=("self",)).filter(page=page, group=made.group).first()
    if mailing is not None and mailing.state in LEAVING:
        raise Refused(_("This newsletter was sent already, or is being sent."))
    if blocking:
        raise Refused(_("Something stands in the way still. Look at the remarks, and mend those first."))
    if not queries.approvers().exclude(pk__in=[one.pk for one in authors]).exists():
        raise Refused(_("Everybody who may approve wrote along. Ask for a fresh pair of eyes."))
    if mailing is None:
        mailing = Mailing(page=page, group=made.group)
        mailing.remote_title = (
            f"Spreekbuis {page.pk}-{made.group.pk if made.group else 0}-{secrets.token_hex(4)}"
        )
    elif round_ := queries.standing_round(mailing):
        if mailing.content_hash == made.content_hash:
            raise Refused(_("Approval was asked already."))
        _void(round_, "changed")
    for name in (*_SHOWN, "content_hash"):
        setattr(mailing, name, getattr(made, name))
    mailing.uploaded_hash, mailing.revision = "", page.latest_revision
    _move(mailing, MailingState.ASKED)
    round_ = ApprovalRound.objects.create(
        subject_type=ContentType.objects.get_for_model(Mailing),
        subject_id=mailing.pk,
        content_hash=mailing.content_hash,
        quorum=1,
        asked_by=by if isinstance(by, User) else None,
    )
    round_.authors.set(authors)
    record("campaigns.mailing_asked", by=by, on=[mailing], subject=mailing.subject)
    return mailing


@action(permission=APPROVE)
def approve(*, mailing: Mailing, content_hash: str, by: User) -> Mailing:
    """Agree with what was read. ``content_hash`` is that of what she had before her.

    Raises Refused when it changed since, she wrote along, or it is settled already.
    """
    current = _lock(mailing)
    round_ = _open_round(current, content_hash)
    if round_.authors.filter(pk=by.pk).exists():
        raise Refused(_("You wrote along. Somebody else looks at it with fresh eyes."))
    _decide(round_, by, Verdict.APPROVED)
    round_.state, round_.closed_at = RoundState.APPROVED, timezone.now()
    round_.save(update_fields=["state", "closed_at"])
    _move(current, MailingState.APPROVED)
    record("campaigns.mailing_approved", by=by, on=[current], subject=current.subject)
    return current


@action(permission=APPROVE)
def remark(*, mailing: Mailing, content_hash: str, text: str, by: User) -> Mailing:
    """Ask for a change; it is not approved then. Raises Refused as ``approve`` does, and Invalid without words."""
    if not text.strip():
        raise Invalid({"remark": _("Write what you would like to see changed.")})
    current = _lock(mailing)
    round_ = _open_round(current, content_hash)
    _decide(round_, by, Verdict.REMARK, text.strip())
    record("campaigns.mailing_remarked", by=by, on=[current], subject=current.subject, remark=text.strip())
    return current


@action(permission=WRITE)
def test(*, page: Any, made: Made, addresses: str, by: Actor) -> TrialMail:
    """Send an issue to a few to look at, in the background. Addresses stand apart by commas, blanks or line ends.

    Raises Invalid for what is no address, none at all, or more than ten.
    """
    found = list(dict.fromkeys(one for one in re.split(r"[\s,;]+", addresses) if one))
    if not found or len(found) > _MOST_TESTS:
        raise Invalid({"addresses": _("Write one address or a few, at most ten.")})
    try:
        checked = [check_email(one) for one in found]
    except ValueError as error:
        raise Invalid({"addresses": str(error)}) from error
    sent = TrialMail.objects.create(
        page=page,
        content_hash=made.content_hash,
        addresses=", ".join(checked),
        content={name: getattr(made, name) for name in _SHOWN},
        by=by if isinstance(by, User) else None,
    )
    record("campaigns.mailing_tested", by=by, on=[page], subject=made.subject, addresses=sent.addresses)
    background.wake(TEST_TASK, test_id=sent.pk)
    return sent


@action(permission=WRITE)
def take_back(*, mailing: Mailing, by: Actor) -> None:
    """Go on writing: what was asked or agreed lapses. Raises Refused once it is leaving."""
    current = _lock(mailing)
    round_ = queries.standing_round(current)
    if current.state in LEAVING or round_ is None:
        raise Refused(_("There is no approval to take back."))
    _void(round_, "taken_back")
    _move(current, MailingState.DRAFT)
    record("campaigns.mailing_taken_back", by=by, on=[current], subject=current.subject)


@action(permission=SEND)
def send(
    *,
    mailing: Mailing,
    content_hash: str,
    at: datetime.datetime | None = None,
    blocking: int = 0,
    by: Actor,
) -> Mailing:
    """Let it go, or at a quarter of an hour ahead. ``content_hash`` is that of the page as it is now: it is sent only
    when that is what was approved. Safe to press twice: the second press finds it leaving.

    Raises Refused for anything that differs from what was approved, while something stands in the way, and Invalid for
    a moment that cannot be.
    """
    current = _lock(mailing)
    if current.state in LEAVING:
        raise Refused(_("This newsletter was sent already, or is being sent."))
    round_ = queries.standing_round(current)
    if current.state != MailingState.APPROVED or round_ is None or round_.state != RoundState.APPROVED:
        raise Refused(_("This newsletter is not approved yet."))
    if not (content_hash == current.content_hash == round_.content_hash):
        raise Refused(
            _("The newsletter was changed after it was approved. Ask for approval of what it is now.")
        )
    if blocking:
        raise Refused(_("Something stands in the way still. Look at the remarks, and mend those first."))
    if not queries.readers(current.group).exists():
        raise Refused(_("There is nobody to send it to."))
    _check_moment(at)
    current.scheduled_for = at
    current.sent_by = by if isinstance(by, User) else None
    _move(current, MailingState.SENDING)
    code = "campaigns.mailing_scheduled" if at else "campaigns.mailing_sending"
    record(code, by=by, on=[current], subject=current.subject, moment=_moment(at))
    background.wake(TASK, mailing_id=current.pk)
    return current


@action(permission=SEND)
def resume(*, mailing: Mailing, by: Actor) -> Mailing:
    """Go on with one that stopped; what may have been sent is looked at first, and never sent twice."""
    current = _lock(mailing)
    if current.state != MailingState.STOPPED:
        raise Refused(_("This newsletter did not stop. Load the page again."))
    current.problem, current.problem_details, current.problem_since = "", "", None
    _move(current, MailingState.SENDING)
    record("campaigns.mailing_resumed", by=by, on=[current], subject=current.subject)
    background.wake(TASK, mailing_id=current.pk)
    return current


@action(permission=SEND)
def give_up(*, mailing: Mailing, by: Actor) -> Mailing:
    """Do not send one that stopped before it was let go; it is approved as it was. Raises Refused when it may have
    been sent."""
    current = _lock(mailing)
    if current.state != MailingState.STOPPED or (
        current.let_go_at is not None and current.problem != Problem.CANCELLED
    ):
        raise Refused(_("It may have been sent, so this cannot be undone. Let it go on: it looks first."))
    current.problem, current.problem_details, current.problem_since = "", "", None
    current.scheduled_for = current.let_go_at = None
    _move(current, MailingState.APPROVED)
    record("campaigns.mailing_given_up", by=by, on=[current], subject=current.subject)
    return current


def _check_moment(at: datetime.datetime | None) -> None:
    if at is None:
        return
    now = timezone.now()
    if at.minute % _QUARTER or at.second or at.microsecond:
        raise Invalid({"at": _("Mailchimp sends on the quarter of an hour: 9.00, 9.15, 9.30 or 9.45.")})
    if at < now + _SOONEST:
        raise Invalid({"at": _("That is too soon: choose a moment at least a quarter of an hour from now.")})
    if at > now + _LATEST:
        raise Invalid({"at": _("That is more than half a year from now. Choose an earlier moment.")})


def _moment(at: datetime.datetime | None) -> Any:
    return telling.day(timezone.localtime(at).date()) if at else ""


def _open_round(mailing: Mailing, content_hash: str) -> ApprovalRound:
    round_ = queries.standing_round(mailing)
    if mailing.state != MailingState.ASKED or round_ is None or round_.state != RoundState.OPEN:
        raise Refused(_("This is settled already. Load the page again."))
    if not (content_hash == mailing.content_hash == round_.content_hash):
        raise Refused(_("The newsletter was changed after this page was made. Read it once more."))
    return round_


def _decide(round_: ApprovalRound, by: User, verdict: str, text: str = "") -> None:
    round_.approvals.filter(user=by, is_current=True).update(is_current=False)
    Approval.objects.create(round=round_, user=by, verdict=verdict, remark=text)


def _void(round_: ApprovalRound, why: str) -> None:
    round_.state, round_.closed_at, round_.void_reason = RoundState.VOIDED, timezone.now(), why
    round_.save(update_fields=["state", "closed_at", "void_reason"])


def _lock(mailing: Mailing) -> Mailing:
    return Mailing.objects.select_for_update(of=("self",)).get(pk=mailing.pk)


def _move(mailing: Mailing, to: MailingState) -> None:
    if to not in TRANSITIONS[MailingState(mailing.state)]:
        raise Refused(_("This cannot be done now. Load the page again."))
    mailing.state = to
    mailing.save()
