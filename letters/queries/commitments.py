"""Promises both ways: what a letter seems to promise, how each promise stands, and who waits for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Publication
from campaigns.registries import sources
from crm.document import fingerprint, richtext
from crm.document.lines import to_lines
from crm.document.tree import Document, Field, Paragraph, Text
from crm.dutch.dates import long_date
from crm.dutch.folding import fold
from crm.models import Organisation, Person, User
from crm.queries import containing
from crm.registries.search import Hit
from letters.models import (
    Commitment,
    CommitmentChange,
    CommitmentParty,
    CommitmentState,
    Dispatch,
    IncomingMessage,
    Letter,
    LetterState,
    Recipient,
    Side,
)
from letters.models.commitments import PENDING
from letters.models.letters import OUT
from letters.preflight.draft import OWN_SPOT
from letters.preflight.rules import promises

from . import contents, last_look, passages, recipients
from .dispatches import IS_HELD, IS_TO_POST, IS_WAITING

# What is asked of somebody who gives the date of a promise: nobody plans further ahead.
YEARS_AHEAD: Final = 20
# What is due within so many days is looked ahead to.
AHEAD: Final = datetime.timedelta(days=31)
# Shorter ones say nothing: "het", "van".
_LEAST_WORD: Final = 5
_LONGEST_WORDS: Final = Commitment._meta.get_field("words").max_length or 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A promise that a letter seems to make and that nobody keeps track of yet."""

    quote: str
    words: str
    due_on: datetime.date | None
    publication: Publication | None
    minded_by: User | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands as a whole, in ``words``; ``is_late`` and ``is_ripe`` (it can be kept now) are computed."""

    words: str
    is_late: bool = False
    is_ripe: bool = False


def proposed(letter: Letter) -> list[Proposal]:
    """What a letter seems to promise to all its readers, without what is kept track of already; nothing of a letter
    whose text cannot be read."""
    try:
        body = contents.tree(letter)
    except contents.MENDABLE:
        return []
    kept = [fold(one.quote) for one in letter.commitments.all()]
    later = [
        enclosure
        for enclosure in letter.enclosures.select_related("publication", "minded_by")
        if enclosure.is_promised
    ]
    publications = [e.publication for e in later if e.publication is not None]
    publications += Publication.objects.filter(published_on=None)
    found = []
    for promise in promises.found_in(last_look.draft(letter, body, recipients.rows(letter))):
        if promise.sentences[0].passage.spot.startswith(OWN_SPOT) or fold(promise.quote) in kept:
            continue
        publication = next((one for one in publications if promise.is_about(one.title)), None)
        words = publication.title if publication else promise.words
        minder = next((e.minded_by for e in later if e.minded_by and promise.is_about(e.title)), None)
        due_on = promise.due_on(letter.dated_on)
        found.append(Proposal(promise.quote, words[:_LONGEST_WORDS], due_on, publication, minder))
    return found


def stands_in(letter: Letter, quote: str) -> bool:
    """Whether these words stand in a letter, as the committee agreed with it; of a letter of the past nobody knows."""
    if letter.state == LetterState.RECORDED:
        return True
    body = fingerprint.restore(contents.agreed(letter)["body"])
    return fold(quote) in fold(" ".join(line.text for line in to_lines(body)))


def stands_in_message(message: IncomingMessage, quote: str) -> bool:
    """Whether these words stand in a message; as with positions, "[…]" leaves something out."""
    return sources.says(passages.texts(message), quote)


def the_same(new: Commitment) -> Commitment | None:
    """The promise that is kept track of already in the words of a new one: of the same message, or said at the same
    place on the same day. One query."""
    found = Commitment.objects.filter(side=new.side, letter=new.letter, message=new.message)
    if new.message is None:
        found = found.filter(made_on=new.made_on)

    def words(one: Commitment) -> tuple[str, str]:
        return fold(one.quote), fold(one.source)

    return next((one for one in found.order_by("pk") if words(one) == words(new)), None)


def listed(side: str, *, pending: bool = True) -> QuerySet[Any]:
    """The promises of one side that count: of letters only those that left. With ``total`` and ``waiting`` (for how
    many there is something to come); the one with the first day on top, what has none last."""
    counted = (
        Commitment.objects.filter(side=side)
        .filter(Q(letter=None) | Q(letter__state__in=OUT))
        .annotate(total=Count("parties"), waiting=Count("parties", filter=Q(parties__state__in=PENDING)))
        .select_related("letter", "message", "publication", "minded_by")
    )
    if side == Side.THEIRS:
        # Named in the list; of ours it is said how many wait.
        counted = counted.prefetch_related("parties__organisation", "parties__person")
    if pending:
        return counted.filter(waiting__gt=0).order_by(F("due_on").asc(nulls_last=True), "made_on", "pk")
    return counted.filter(waiting=0).order_by("-made_on", "-pk")


def due(side: str, *, by: datetime.date) -> QuerySet[Any]:
    """The promises of one side that should be kept on that day at the latest, or that can be kept now."""
    return listed(side).filter(
        Q(due_on__lte=by)
        | Q(event_on__isnull=False)
        | Q(publication__published_on__isnull=False)
        | Q(publication__file__isnull=False)
    )


def dateless(side: str) -> QuerySet[Any]:
    """The promises of one side that no day and nothing that happened brings up."""
    return listed(side).filter(
        Q(publication=None) | Q(publication__published_on=None, publication__file=None),
        due_on=None,
        event_on=None,
    )


def standing(commitment: Commitment, *, waiting: int, today: datetime.date | None = None) -> Standing:
    """How a promise stands when it is still to be kept for ``waiting`` of those it concerns."""
    today = today or timezone.localdate()
    publication = commitment.publication
    if not waiting:
        return Standing(_("dealt with"))
    if commitment.due_on is not None and commitment.due_on < today:
        return Standing(_("late: by %(day)s") % {"day": long_date(commitment.due_on)}, is_late=True)
    if publication is not None and (publication.published_on or publication.file_id):
        return Standing(_("“%(title)s” is there") % {"title": publication}, is_ripe=True)
    if publication is not None:
        return Standing(_("once “%(title)s” has appeared") % {"title": publication})
    if commitment.due_on is not None:
        return Standing(_("by %(day)s") % {"day": long_date(commitment.due_on)})
    if commitment.event_on is not None:
        so = _("it is time: %(event)s (%(day)s)")
        return Standing(so % {"event": commitment.event, "day": long_date(commitment.event_on)}, is_ripe=True)
    return Standing(commitment.event or _("without a date"))


def parties(commitment: Commitment) -> list[CommitmentParty]:
    """Everyone a promise concerns, with what changed and why, oldest first. Two queries."""
    changes = CommitmentChange.objects.select_related("letter", "by")
    return list(
        commitment.parties.select_related("organisation", "person", "recipient").prefetch_related(
            Prefetch("changes", queryset=changes)
        )
    )


def with_holder(
    holder: Organisation | Person, *, before: Sequence[Organisation] = ()
) -> list[CommitmentParty]:
    """The promises that concern somebody, or ``before``: what it came from; those to come first. One query."""
    about = (
        Q(person=holder) if isinstance(holder, Person) else Q(organisation__in=[holder, *before], person=None)
    )
    found = CommitmentParty.objects.filter(about).select_related(
        "commitment__publication", "commitment__letter", "organisation", "person"
    )
    return sorted(
        found, key=lambda party: (party.state not in PENDING, -party.commitment.made_on.toordinal())
    )


def in_thread(recipient: Recipient) -> list[CommitmentParty]:
    """The promises made in the conversation with one recipient, both ways, oldest first. One query."""
    return list(
        recipient.commitment_parties.select_related("commitment__publication").order_by(
            "commitment__made_on", "pk"
        )
    )


def waiting_for(publication: Publication) -> QuerySet[CommitmentParty]:
    """Everyone to whom we owe a publication."""
    return (
        CommitmentParty.objects.filter(
            commitment__publication=publication, commitment__side=Side.OURS, state__in=PENDING
        )
        .select_related("commitment__letter", "organisation", "person")
        .order_by("commitment__made_on", "commitment_id", "pk")
    )


def meant(publication: Publication) -> list[Any]:
    """The promises of ours that seem to be about a publication and that nobody tied to it: a word of its title stands
    in them. One query."""
    words = {
        word for word in fold(publication.title).split() if len(word) >= _LEAST_WORD and not word.isdecimal()
    }
    found = listed(Side.OURS).filter(publication=None)
    return [one for one in found if words & set(fold(f"{one.words} {one.quote}").split())]


def on_its_way(waiting: Iterable[CommitmentParty], publication: Publication) -> dict[int, Letter]:
    """The covering letter that left for those who wait and that is not with them yet, such as one still to be posted;
    by the id of the party. Two queries."""
    going = Dispatch.objects.filter(
        IS_TO_POST | IS_WAITING | IS_HELD, letter__keeps__publication=publication
    ).select_related("letter", "recipient")
    to = {(one.recipient.organisation_id, one.recipient.person_id): one.letter for one in going}
    found = {}
    for party in waiting:
        key = (None, party.person_id) if party.person_id else (party.organisation_id, None)
        if letter := to.get(key):
            found[party.pk] = letter
    return found


def cover_under_way(publication: Publication) -> Letter | None:
    """The covering letter that somebody is writing already for a publication."""
    return (
        Letter.objects.filter(keeps__publication=publication)
        .exclude(state__in=[*OUT, LetterState.DROPPED])
        .order_by("-pk")
        .first()
    )


def cover_text(publication: Publication) -> str:
    """The body of the covering letter: below the paragraph that says to each how we promised it."""
    blocks = (
        Paragraph((Field(contents.OWN_PARAGRAPH),)),
        Paragraph((Text(f"Het is er nu: “{publication.title}” vindt u bij deze brief."),)),
    )
    return richtext.serialise(Document(blocks))


def reminder_of(commitment: Commitment) -> str:
    """How a letter brings a promise of ours back to mind, for whom it was made to."""
    day, letter = long_date(commitment.made_on), commitment.letter
    quote = " ".join(commitment.quote.split()).rstrip(".")
    if letter is None:
        return f"Op {day} beloofden wij: “{quote}”."
    return f"In onze brief van {day} (kenmerk {letter.reference}) schreven wij: “{quote}”."


def find(text: str, limit: int, user: Any) -> list[Hit]:
    """Promises by their words or the sentence they were made in, for the search box. One query."""
    if not user.has_perm("letters.view_commitment"):
        return []
    found = containing.with_words(Commitment.objects.all(), text, "words", "quote")
    return [
        Hit(
            kind="commitment",
            pk=one.pk,
            title=one.words,
            subtitle=f"{one.get_side_display()} · {long_date(one.made_on)}",
            url=reverse("letters:commitment", args=[one.pk]),
        )
        for one in found[:limit]
    ]


def was_kept_with(party: CommitmentParty, letter: Letter) -> bool:
    """Whether it was this letter that kept the promise for somebody, and nothing changed since."""
    change = party.changes.order_by("pk").last()
    return change is not None and change.letter_id == letter.pk and change.state == CommitmentState.KEPT
