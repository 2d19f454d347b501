"""What an issue is as it would be mailed, who agreed with it, to how many it goes, and what stands in the way."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from campaigns.models import Mailing, MailingState, NewsletterGroup, Subscriber, TrialMail
from campaigns.models.mailings import LEAVING
from crm.models import Approval, ApprovalRound, RoundState, User

from . import subscribers

APPROVE = "campaigns.approve_mailing"


@dataclass(frozen=True, slots=True)
class Made:
    """An issue as it would be mailed: all that readers see of it, and who gets it."""

    subject: str
    preheader: str
    sender_name: str
    reply_to: str
    html: str
    text: str
    group: NewsletterGroup | None = None

    @property
    def content_hash(self) -> str:
        """The fingerprint that approval is bound to: any change of what readers get gives another."""
        return hash_of(
            self.subject, self.preheader, self.sender_name, self.reply_to, str(self.group.pk if self.group else ""),
            self.html, self.text,
        )  # fmt: skip


def hash_of(*parts: str) -> str:
    """One fingerprint of several texts, whatever they hold."""
    return sha256("\0".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()


def tidy(text: str) -> str:
    """A text as it is compared after a mail service kept it: white space and line ends are no difference."""
    return " ".join(text.split())


def uploaded_hash(html: str, text: str) -> str:
    """The fingerprint of what stands at a mail service."""
    return hash_of(tidy(html), tidy(text))


def of(page: Any, group: NewsletterGroup | None) -> Mailing | None:
    """The mailing of an issue to an audience."""
    return Mailing.objects.filter(page=page, group=group).select_related("sent_by", "group").first()


def readers(group: NewsletterGroup | None) -> QuerySet[Subscriber]:
    """Who gets an issue that goes to a group, or to everybody."""
    reachable = Subscriber.objects.reachable()
    return reachable if group is None else reachable.filter(pk__in=subscribers.in_group(group).values("pk"))


def standing_round(mailing: Mailing) -> ApprovalRound | None:
    """The newest that did not lapse."""
    standing = _rounds(mailing).exclude(state=RoundState.VOIDED)
    return standing.order_by("-pk").first()


def _rounds(mailing: Mailing) -> QuerySet[ApprovalRound]:
    return ApprovalRound.objects.filter(
        subject_type=ContentType.objects.get_for_model(Mailing), subject_id=mailing.pk
    )


def decisions(round_: ApprovalRound) -> QuerySet[Approval]:
    """What was said in a round and still counts."""
    return round_.approvals.filter(is_current=True).select_related("user").order_by("decided_at")


def approvers() -> QuerySet[User]:
    """Everybody who may approve a newsletter, by name."""
    permission = Permission.objects.get(content_type__app_label="campaigns", codename="approve_mailing")
    holds = Q(groups__permissions=permission) | Q(user_permissions=permission) | Q(is_superuser=True)
    return User.objects.filter(holds, is_active=True).distinct().order_by("first_name", "last_name", "pk")


def waiting_for(user: User) -> QuerySet[Mailing]:
    """The mailings that wait for the word of somebody."""
    if not user.has_perm(APPROVE):
        return Mailing.objects.none()
    open_rounds = (
        ApprovalRound.objects.filter(
            subject_type=ContentType.objects.get_for_model(Mailing), state=RoundState.OPEN
        )
        .exclude(authors=user)
        .exclude(approvals__user=user, approvals__is_current=True)
    )
    return Mailing.objects.filter(state=MailingState.ASKED, pk__in=open_rounds.values("subject_id"))


def last_sent(*, before: Mailing | None = None) -> Mailing | None:
    """The newest that was sent."""
    sent = Mailing.objects.filter(state=MailingState.SENT)
    return (sent.exclude(pk=before.pk) if before else sent).order_by("-sent_at").first()


def is_tested(page: Any, content_hash: str) -> bool:
    """Whether somebody got this very content to look at."""
    return TrialMail.objects.filter(page=page, content_hash=content_hash).exclude(sent_at=None).exists()


def was_sent(made: Made, *, page: Any) -> bool:
    """Whether the same words went to the same readers before, as another issue."""
    left = Mailing.objects.filter(state__in=LEAVING)
    return left.filter(group=made.group, subject=made.subject, text=made.text).exclude(page=page).exists()


def next_quarter(now: datetime.datetime) -> datetime.datetime:
    """The first quarter of an hour that is at least fifteen minutes ahead."""
    quarter = datetime.timedelta(minutes=15)
    start = now + quarter
    over = datetime.timedelta(minutes=start.minute % 15, seconds=start.second, microseconds=start.microsecond)
    return start if not over else start - over + quarter
