"""What a one-shot link of the Monday mail opens, or why it opens nothing any more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.contrib.contenttypes.models import ContentType

from crm.models import FollowUp, SignedLink

from .follow_ups import CHANGE

PURPOSE = "crm.follow_up"


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
    """A link with the follow-up that it is about; ``over`` says why it opens nothing, None when it does."""

    link: SignedLink | None
    follow_up: FollowUp | None
    over: Over | None


def opened(token: str) -> Opened:
    """What a token stands for now. Only looks: nothing is used up."""
    link = SignedLink.objects.find(token, purpose=PURPOSE)
    if link is None or link.subject_type != ContentType.objects.get_for_model(FollowUp):
        return Opened(None, None, Over.UNKNOWN)
    rows = FollowUp.objects.select_related("owner", "done_by", "dropped_by")
    follow_up = rows.filter(pk=link.subject_id).first()
    if follow_up is None or not link.user.is_active or not link.user.has_perm(CHANGE):
        return Opened(None, None, Over.UNKNOWN)
    return Opened(link, follow_up, _why_over(link, follow_up))


def _why_over(link: SignedLink, follow_up: FollowUp) -> Over | None:
    if follow_up.done_at is not None:
        return Over.DONE
    if follow_up.dropped_at is not None:
        return Over.DROPPED
    if link.used_at is not None:
        return Over.USED
    if not link.is_valid:
        return Over.EXPIRED
    if follow_up.owner_id not in (None, link.user_id):
        return Over.HANDED_OVER
    return None
