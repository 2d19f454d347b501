"""What came of a letter per recipient: the promises made in the conversation, and the positions taken in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from campaigns.models import Claim
from campaigns.queries import positions
from letters.models import CommitmentParty, IncomingMessage, IncomingPlace, Recipient


@dataclass(frozen=True, slots=True)
class Outcome:
    """The promises both ways, and where the recipient said to stand, each oldest first."""

    promises: list[CommitmentParty] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)


def of(recipients: Collection[Recipient]) -> dict[int, Outcome]:
    """What came of a letter, by the id of every recipient. Three queries.

    What was quoted from a message that belongs with several recipients stands with the party whose words it is.
    """
    found = {recipient.pk: Outcome() for recipient in recipients}
    parties = CommitmentParty.objects.filter(recipient__in=found).select_related("commitment")
    for party in parties.order_by("commitment__made_on", "pk"):
        assert party.recipient_id is not None
        found[party.recipient_id].promises.append(party)
    who = {recipient.pk: recipient.organisation_id for recipient in recipients}
    places = IncomingPlace.objects.filter(recipient__in=found).values_list("message_id", "recipient_id")
    threads: dict[int, list[int]] = {}
    for message, recipient in places:
        threads.setdefault(message, []).append(recipient)
    for claim in positions.quoted_from(IncomingMessage, threads):
        assert claim.source_id is not None
        concerned = threads[claim.source_id]
        for recipient in concerned:
            if len(concerned) == 1 or who[recipient] == claim.organisation_id:
                found[recipient].claims.append(claim)
    return found
