"""What a one-shot link of the Monday mail opens, or why it opens nothing any more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from crm.models import DueLine, FollowUp, SignedLink

from .follow_ups import CHANGE

PURPOSE = "crm.due"

# What the buttons are about: a follow-up, or another line of what is due.
Due = FollowUp | DueLine


class Over(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    DONE = "done"
    DROPPED = "dropped"
    HANDED_OVER = "handed_over"


@dataclass(frozen=True, slots=True)
class Opened:
    """A link with what it is about; ``over`` says why it opens nothing, None when it does."""

    link: SignedLink | None
    about: Due | None
    over: Over | None


def opened(token: str) -> Opened:
    """What a token stands for now. Only looks: nothing is used up."""
    link = SignedLink.objects.find(token, purpose=PURPOSE)
    about = _about(link) if link is not None else None
    if link is None or about is None or not link.user.is_active or not link.user.has_perm(CHANGE):
        return Opened(None, None, Over.UNKNOWN)
    if link.expires_at <= timezone.now():
        # Whoever finds an old mail is told nothing any more, whatever became of it.
        return Opened(None, None, Over.EXPIRED)
    return Opened(link, about, _why_over(link, about))


def _about(link: SignedLink) -> Due | None:
    if link.subject_type.model_class() is DueLine:
        return DueLine.objects.select_related("handed_to").filter(pk=link.subject_id).first()
    rows = FollowUp.objects.select_related("owner", "done_by", "dropped_by")
    return rows.filter(pk=link.subject_id).first()


def _why_over(link: SignedLink, about: Due) -> Over | None:
    if isinstance(about, FollowUp) and about.done_at is not None:
        return Over.DONE
    if isinstance(about, FollowUp) and about.dropped_at is not None:
        return Over.DROPPED
    if link.used_at is not None:
        return Over.USED
    if isinstance(about, FollowUp) and about.owner_id not in (None, link.user_id):
        return Over.HANDED_OVER
    return None
