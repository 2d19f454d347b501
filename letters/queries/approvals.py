"""Who must agree, who has, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.models import Approval, ApprovalRound, OutgoingMessage, OutgoingState, RoundState, User, Verdict
from letters.models import ApprovalRule, Letter


def standing_round(letter: Letter) -> ApprovalRound | None:
    """The newest round that did not lapse."""
    return (
        ApprovalRound.objects.filter(
            subject_type=ContentType.objects.get_for_model(Letter),
            subject_id=letter.pk,
            state__in=[RoundState.OPEN, RoundState.APPROVED],
        )
        .order_by("-pk")
        .first()
    )


def last_round(letter: Letter) -> ApprovalRound | None:
    """The newest round, lapsed ones included: what was agreed before the latest change."""
    return (
        ApprovalRound.objects.filter(
            subject_type=ContentType.objects.get_for_model(Letter), subject_id=letter.pk
        )
        .order_by("-pk")
        .first()
    )


def quorum_for(letter: Letter) -> int:
    """How many people must agree with this letter; a short note to more recipients than its rule allows counts as
    the strictest kind."""
    rules = {rule.kind: rule for rule in ApprovalRule.objects.all()}
    rule = rules.get(letter.kind)
    if rule is None:
        return 0
    if rule.most_recipients is not None and letter.recipients.count() > rule.most_recipients:
        return max(rule.quorum for rule in rules.values())
    return rule.quorum


def committee() -> list[User]:
    """Everybody who may approve letters, by name."""
    permission = Permission.objects.get(content_type__app_label="letters", codename="approve_letter")
    return list(
        User.objects.filter(
            Q(groups__permissions=permission) | Q(user_permissions=permission) | Q(is_superuser=True),
            is_active=True,
        )
        .distinct()
        .order_by("first_name", "last_name", "pk")
    )


@dataclass(frozen=True, slots=True)
class Seat:
    """One member of the committee in one round, or who was one when she decided; ``represents`` are those away for
    whom she decides, ``decided_by`` who did so for her."""

    user: User
    is_member: bool
    decision: Approval | None
    is_author: bool
    absent: bool
    decided_by: User | None
    represents: tuple[User, ...]

    @property
    def waiting(self) -> bool:
        """Whether her word is still awaited."""
        return self.decision is None and not self.absent

    @property
    def can_agree(self) -> bool:
        """Whether she agreed, or still can."""
        agreed = self.decision is not None and self.decision.verdict == Verdict.APPROVED
        return agreed or (self.is_member and not self.absent)

    @property
    def has_remark(self) -> bool:
        """Whether she asked for a change and did not agree since."""
        return self.decision is not None and self.decision.verdict == Verdict.REMARK


@dataclass(frozen=True, slots=True)
class Standing:
    """How a round stands."""

    round: ApprovalRound
    seats: tuple[Seat, ...]
    approved: int
    quorum: int
    remarks: tuple[Approval, ...]

    @property
    def missing(self) -> int:
        """How many approvals are still needed."""
        return max(0, self.quorum - self.approved)

    @property
    def reached(self) -> bool:
        """Whether enough people agreed, somebody else than the authors among them, and no remark stands open."""
        return self.missing == 0 and not self.remarks and (self.quorum == 0 or self.by_others > 0)

    @property
    def by_others(self) -> int:
        """How many of those who agreed did not write it."""
        return sum(
            1
            for seat in self.seats
            if seat.decision and seat.decision.verdict == Verdict.APPROVED and not seat.is_author
        )


def standing(round_: ApprovalRound, *, members: Sequence[User] | None = None) -> Standing:
    """Count a round. Those who decided stay in the list when they left the committee."""
    decisions = {
        approval.user_id: approval
        for approval in round_.approvals.filter(is_current=True).select_related("user", "in_place_of")
    }
    members = committee() if members is None else members
    known = {user.pk: user for user in members} | {a.user_id: a.user for a in decisions.values()}
    authors = set(round_.authors.values_list("pk", flat=True))
    today = timezone.localdate()
    for_others = {a.in_place_of_id: a.user for a in decisions.values() if a.in_place_of_id}
    seats = tuple(
        Seat(
            user=user,
            is_member=user in members,
            decision=decisions.get(user.pk),
            is_author=user.pk in authors,
            absent=user.is_absent(today),
            decided_by=for_others.get(user.pk),
            represents=tuple(
                other for other in members if other.stand_in_id == user.pk and other.is_absent(today)
            ),
        )
        for user in known.values()
    )
    return Standing(
        round=round_,
        seats=seats,
        approved=sum(a.verdict == Verdict.APPROVED for a in decisions.values()),
        quorum=round_.quorum,
        remarks=tuple(a for a in decisions.values() if a.verdict == Verdict.REMARK),
    )


def message_key(round_: ApprovalRound, user: User) -> str:
    """What the mail that asks one member is known by in the outbox; a reminder has its moment behind it."""
    return f"approval:{round_.pk}:{user.pk}"


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest mail that asked one member: when it was a reminder, and whether it was refused."""

    reminded_at: datetime | None
    refused: bool


def asked(round_: ApprovalRound) -> dict[int, Asked]:
    """How each member was last asked by mail, by user. One query."""
    mails = OutgoingMessage.objects.filter(batch=f"approval:{round_.pk}").order_by("pk")
    found = {}
    for key, at, state in mails.values_list("key", "created_at", "state"):
        _kind, _round, user, *moment = key.split(":")
        found[int(user)] = Asked(at if moment else None, state == OutgoingState.REFUSED)
    return found


def in_short(standing_: Standing) -> str:
    """ "2 van 2 akkoord, 1 opmerking open" """
    words = _("%(approved)d of %(quorum)d agreed") % {
        "approved": standing_.approved,
        "quorum": standing_.quorum,
    }
    if count := len(standing_.remarks):
        words += ", " + ngettext("%(count)d remark open", "%(count)d remarks open", count) % {"count": count}
    return words


def what_is_missing(round_: ApprovalRound) -> str:
    """Why the letter cannot be sent yet, as one sentence; "" once the round is over."""
    if round_.state != RoundState.OPEN:
        return ""
    now = standing(round_)
    reasons = []
    if now.remarks:
        who = get_text_list([str(remark.user) for remark in now.remarks], _("and"))
        reasons.append(
            ngettext(
                "a remark of %(who)s is still open", "remarks of %(who)s are still open", len(now.remarks)
            )
            % {"who": who}
        )
    if now.missing:
        reasons.append(
            ngettext("%(count)d person must still agree", "%(count)d people must still agree", now.missing)
            % {"count": now.missing}
        )
    elif not now.by_others:
        reasons.append(_("someone who did not write along must still agree"))
    return _("Sending is not possible yet: %(reasons)s.") % {"reasons": get_text_list(reasons, _("and"))}


def shortage(standing_: Standing) -> str:
    """Why a round can never be completed as things are, as one sentence; "" when it can.

    People leave the committee or are away after they were asked.
    """
    if standing_.round.state != RoundState.OPEN:
        return ""
    can = [seat for seat in standing_.seats if seat.can_agree]
    away = [str(seat.user) for seat in standing_.seats if seat.absent and not seat.can_agree]
    if len(can) < standing_.quorum:
        words = _("%(quorum)d people must agree, but only %(count)d can.") % {
            "quorum": standing_.quorum,
            "count": len(can),
        }
        if away:
            words += " " + ngettext("%(who)s is away.", "%(who)s are away.", len(away)) % {
                "who": get_text_list(away, _("and"))
            }
        return words
    if standing_.quorum and all(seat.is_author for seat in can):
        return _("Everybody who can still agree wrote along, so nobody is left for a fresh look.")
    return ""


def stuck() -> list[tuple[Letter, str]]:
    """The letters whose approval can never be completed as things are, and why."""
    members = committee()
    rounds = ApprovalRound.objects.filter(
        subject_type=ContentType.objects.get_for_model(Letter), state=RoundState.OPEN
    )
    letters = Letter.objects.in_bulk(rounds.values_list("subject_id", flat=True))
    found = [
        (letters.get(round_.subject_id), shortage(standing(round_, members=members))) for round_ in rounds
    ]
    return [(letter, why) for letter, why in found if letter is not None and why]


def what_changing_undoes(round_: ApprovalRound) -> str:
    """Who agreed, and that a change undoes it: to know before the first letter is typed."""
    agreed = [
        approval.user.first_name or str(approval.user)
        for approval in round_.approvals.filter(is_current=True, verdict=Verdict.APPROVED).select_related(
            "user"
        )
    ]
    if not agreed:
        return _("The committee was asked to agree. If you change something, that request lapses.")
    return ngettext(
        "%(who)s agreed already (%(count)d of %(quorum)d). If you change something, that lapses.",
        "%(who)s agreed already (%(count)d of %(quorum)d). If you change something, that lapses for all of them.",
        len(agreed),
    ) % {"who": get_text_list(agreed, _("and")), "count": len(agreed), "quorum": round_.quorum}
