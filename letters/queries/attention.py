"""What went out and still needs somebody: came back, uncertain, paused, not posted yet, never had an address."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import ngettext

from crm.models import OutgoingState
from letters.models import Dispatch, Letter, LetterState, PostState, Recipient

from .dispatches import IS_HELD, IS_TO_POST, IS_WAITING


@dataclass(frozen=True, slots=True)
class Attention:
    """One letter that left, and how many of its recipients wait for what."""

    letter: Letter
    failed: int = 0
    uncertain: int = 0
    held: int = 0
    waiting: int = 0
    to_post: int = 0
    without_address: int = 0

    @property
    def sentence(self) -> str:
        """ "1 kwam niet aan, 2 nog te posten" """
        parts = [
            (self.failed, ngettext("%d did not arrive", "%d did not arrive", self.failed)),
            (self.uncertain, ngettext("%d is uncertain", "%d are uncertain", self.uncertain)),
            (self.held, ngettext("%d paused", "%d paused", self.held)),
            (self.waiting, ngettext("%d waits to leave", "%d wait to leave", self.waiting)),
            (self.to_post, ngettext("%d still to be posted", "%d still to be posted", self.to_post)),
            (
                self.without_address,
                ngettext("%d has no address", "%d have no address", self.without_address),
            ),
        ]
        return ", ".join(words % number for number, words in parts if number)


def needed() -> list[Attention]:
    """The letters that need somebody, newest first. Three queries."""
    later = Dispatch.objects.filter(recipient=OuterRef("recipient"), pk__gt=OuterRef("pk"))
    newest = Dispatch.objects.filter(
        ~Exists(later), letter__state=LetterState.DISPATCHED, recipient__given_up_because=""
    )
    failed = Q(outgoing__state__in=[OutgoingState.REFUSED, OutgoingState.BOUNCED]) | Q(
        post_state=PostState.RETURNED
    )
    counts: dict[int, dict[str, int]] = {
        row.pop("letter"): row
        for row in newest.order_by()
        .values("letter")
        .annotate(
            failed=Count("pk", filter=failed),
            uncertain=Count("pk", filter=Q(outgoing__state=OutgoingState.UNCERTAIN)),
            held=Count("pk", filter=IS_HELD),
            waiting=Count("pk", filter=IS_WAITING),
            to_post=Count("pk", filter=IS_TO_POST),
        )
    }
    gaps = Recipient.objects.filter(
        letter__state=LetterState.DISPATCHED, dispatches=None, given_up_because=""
    ).order_by()
    for row in gaps.values("letter").annotate(number=Count("pk")):
        counts.setdefault(row["letter"], {})["without_address"] = row["number"]
    wanting = {pk: found for pk, found in counts.items() if any(found.values())}
    letters = Letter.objects.filter(pk__in=wanting).order_by("-dated_on", "-pk")
    return [Attention(letter, **wanting[letter.pk]) for letter in letters]
