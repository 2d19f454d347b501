"""Keeping track of promises: ours in a letter, theirs in what they wrote or said, and what becomes of each."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from campaigns.models import Publication
from crm.actions import telling
from crm.actions.action import SYSTEM, Actor, Refused, action, record
from crm.actions.changing import AlreadyThere, Invalid, check, check_unchanged, fill, take_turns
from crm.dutch.folding import fold
from crm.models import Organisation, Person, User
from letters.models import (
    Commitment,
    CommitmentChange,
    CommitmentParty,
    CommitmentState,
    Dispatch,
    IncomingMessage,
    Letter,
    LetterKind,
    LetterState,
    Recipient,
    Side,
)
from letters.models.commitments import PENDING
from letters.models.letters import OUT
from letters.queries import approvals
from letters.queries import commitments as queries
from letters.queries.subjects import concerned

from . import enclosures, letters, recipients

ADD: Final = "letters.add_commitment"
CHANGE: Final = "letters.change_commitment"
_WHEN: Final = ("words", "due_on", "publication", "event", "event_on", "minded_by")
_LONGEST_WORDS: Final = Commitment._meta.get_field("words").max_length or 0


@action(permission=ADD)
def keep(
    *,
    letter: Letter,
    quote: str,
    words: str = "",
    due_on: datetime.date | None = None,
    publication: Publication | None = None,
    event: str = "",
    minded_by: User | None = None,
    by: Actor,
) -> Commitment:
    """Keep track of a promise in a letter of ours; once that has left, it is owed to everybody it went to.

    Raises Invalid when those words do not stand in the letter, AlreadyThere when it is kept track of.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.state == LetterState.DROPPED:
        raise Refused(_("This letter is put away. Bring it back first."))
    for one in letter.commitments.all():
        if fold(one.quote) == fold(quote):
            raise AlreadyThere(one, _("This promise is kept track of already."))
    if quote.strip() and not queries.stands_in(letter, quote):
        raise Invalid({"quote": _("These words do not stand in the letter like this. Copy them from it.")})
    when = {"due_on": due_on, "publication": publication, "event": event, "minded_by": minded_by}
    noted_by = by if isinstance(by, User) else None
    commitment = Commitment(side=Side.OURS, letter=letter, made_on=letter.dated_on, noted_by=noted_by)
    _fill(commitment, {"quote": quote, "words": words or _shortened(quote), **when})
    commitment.save()
    record("letters.promise_noted", by=by, on=[letter], words=commitment.words)
    if letter.state in OUT:
        _owe(letter, [commitment], by=by)
    return commitment


@action(permission=ADD)
def note(
    *,
    side: str,
    holder: Organisation | Person,
    quote: str,
    words: str = "",
    made_on: datetime.date | None = None,
    message: IncomingMessage | None = None,
    recipient: Recipient | None = None,
    source: str = "",
    due_on: datetime.date | None = None,
    publication: Publication | None = None,
    event: str = "",
    minded_by: User | None = None,
    by: Actor,
) -> Commitment:
    """Keep track of what somebody promised us in a message, or what was promised either way in a talk.

    Kept track of already for somebody else, it stays one promise, as it is, that concerns both. Raises AlreadyThere
    when it is for the ``holder``, Invalid when those words do not stand in the message, or nobody can tell where they
    were said.
    """
    take_turns(Commitment)
    errors = {}
    if message is not None and quote.strip() and not queries.stands_in_message(message, quote):
        errors["quote"] = _("These words do not stand in the message like this. Copy them from it.")
    if message is None and not source.strip():
        errors["source"] = _("Write where it was said, such as: minutes of 12 May, page 2.")
    if made_on is not None and made_on > timezone.localdate():
        errors["made_on"] = _("That day is still to come.")
    when = {"due_on": due_on, "publication": publication, "event": event, "minded_by": minded_by}
    day = made_on or (timezone.localdate(message.moment) if message else timezone.localdate())
    noted_by = by if isinstance(by, User) else None
    commitment = Commitment(side=side, message=message, made_on=day, noted_by=noted_by)
    said = {"quote": quote, "words": words or _shortened(quote), "source": source}
    _fill(commitment, {**said, **when}, errors)
    if there := queries.the_same(commitment):
        if any(party.holder == holder for party in queries.parties(there)):
            raise AlreadyThere(there, _("This promise is kept track of already."))
        commitment = there
    else:
        commitment.save()
    party = _party(commitment, holder, recipient)
    code = "letters.promised" if side == Side.OURS else "letters.they_promised"
    record(code, by=by, on=[party.holder], words=commitment.words, who=str(party.holder))
    return commitment


@action(permission=CHANGE)
def change(*, commitment: Commitment, seen: str = "", by: Actor, **values: Any) -> Commitment:
    """Change what it waits for, who sees to it, or how it is called; never the words it was made in.

    ``values`` by the names of the fields. Raises Overtaken when somebody else did since the version that was ``seen``.
    """
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    check_unchanged(commitment, seen)
    changes = _fill(commitment, {name: values[name] for name in _WHEN if name in values})
    if changes:
        commitment.save()
        record(
            "letters.promise_changed",
            by=by,
            on=concerned(commitment) or [commitment],
            words=commitment.words,
            changes=changes,
        )
    return commitment


@action(permission=CHANGE)
def settle(*, parties: Sequence[CommitmentParty], state: str, source: str, by: Actor) -> int:
    """Say how it stands with these parties, and what shows that; for how many it changed.

    Raises Invalid without anybody, a known state or what shows it.
    """
    errors = {}
    if not parties:
        errors["parties"] = _("Tick for whom this holds.")
    if state not in CommitmentState.values:
        errors["state"] = _("Choose how it stands.")
    if not source.strip():
        errors["source"] = _("Write what shows it, such as: mail of 3 June, or told by telephone.")
    if errors:
        raise Invalid(errors)
    locked = CommitmentParty.objects.select_for_update(of=("self",)).select_related(
        "commitment__letter", "organisation", "person"
    )
    changed = [party for party in locked.filter(pk__in=[one.pk for one in parties]) if party.state != state]
    for party in changed:
        _move(party, CommitmentState(state), source=" ".join(source.split()), by=by)
        _tell(
            "letters.promise_settled",
            party,
            by=by,
            state=telling.choice(party, "state"),
            source=source.strip(),
        )
    return len(changed)


@action(permission=CHANGE)
def remove(*, commitment: Commitment, by: Actor) -> None:
    """Take away a promise that is none. Raises Refused once anything became of it: then it is withdrawn."""
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if CommitmentChange.objects.filter(party__commitment=commitment).exists():
        raise Refused(_("Something became of this promise, so it stays. Note that it was withdrawn instead."))
    record("letters.promise_removed", by=by, on=concerned(commitment) or [commitment], words=commitment.words)
    commitment.delete()


@action(permission="letters.add_letter", atomic=False)
def write_cover(*, publication: Publication, by: Actor) -> Letter:
    """The covering letter for a publication: to all to whom we owe it, with how we promised it to each, and the
    publication with it. The one that is under way when somebody began it before.

    Raises Refused when the publication is not there yet, or nobody waits for it.
    """
    if publication.file is None:
        raise Refused(_("First add the PDF of “%(title)s”.") % {"title": publication})
    if begun := queries.cover_under_way(publication):
        return begun
    waiting = list(queries.waiting_for(publication))
    if not waiting:
        raise Refused(_("Nobody waits for “%(title)s”.") % {"title": publication})
    going = queries.on_its_way(waiting, publication)
    waiting = [party for party in waiting if party.pk not in going]
    if not waiting:
        raise Refused(_("The letter to all who wait is on its way. Post what still has to be posted."))
    data = publication.file.read()
    with transaction.atomic():
        # Two people at the same moment: the second one gets the letter of the first.
        Publication.objects.select_for_update().get(pk=publication.pk)
        if begun := queries.cover_under_way(publication):
            return begun
        letter: Letter = letters.start(
            by=by, kind=LetterKind.NOTE, subject=publication.title, body=queries.cover_text(publication)
        )
        enclosures.add(letter=letter, title=publication.title, data=data, by=by)
        _address(letter, waiting, by=by)
        letter.keeps.set({party.commitment for party in waiting})
    return letter


def _address(letter: Letter, waiting: Iterable[CommitmentParty], *, by: Actor) -> None:
    """Put everybody who waits on the list, each with the newest promise that was made to it."""
    said = {(party.organisation_id, party.person_id): party.commitment for party in waiting}
    recipients.add(
        letter=letter,
        organisations_=[party.organisation for party in waiting if party.organisation and not party.person],
        people=[party.person for party in waiting if party.person],
        by=by,
    )
    for recipient in letter.recipients.all():
        commitment = said.get((recipient.organisation_id, recipient.person_id))
        if commitment is not None:
            recipients.set_words(
                recipient=recipient, salutation="", own_paragraph=queries.reminder_of(commitment), by=by
            )


def left(letter: Letter, *, by: Actor) -> None:
    """A letter is on its way: what it promises is owed now; what was written out of it again is promised to nobody."""
    standing = []
    for commitment in letter.commitments.all():
        if queries.stands_in(letter, commitment.quote):
            standing.append(commitment)
        else:
            record("letters.promise_dropped", by=by, on=[letter], words=commitment.words)
            commitment.delete()
    _owe(letter, standing, by=by)


def arrived(dispatch: Dispatch, *, by: Actor = SYSTEM) -> None:
    """A letter is with somebody: what it keeps of our promises is kept for them."""
    for party in _kept_with(dispatch).filter(state__in=PENDING):
        _move(party, CommitmentState.KEPT, letter=dispatch.letter, by=by)
        _tell("letters.promise_kept", party, by=by, letter=str(dispatch.letter))


def came_back(dispatch: Dispatch, *, by: Actor = SYSTEM) -> None:
    """A letter did not reach somebody after all: what it kept is open again for them."""
    for party in _kept_with(dispatch).filter(state=CommitmentState.KEPT):
        if queries.was_kept_with(party, dispatch.letter):
            _move(party, CommitmentState.OPEN, letter=dispatch.letter, by=by)
            _tell("letters.promise_open_again", party, by=by, letter=str(dispatch.letter))


def _kept_with(dispatch: Dispatch) -> Any:
    recipient = dispatch.recipient
    to: dict[str, Any] = (
        {"person": recipient.person_id}
        if recipient.person_id
        else {"organisation": recipient.organisation_id, "person": None}
    )
    return (
        CommitmentParty.objects.select_for_update(of=("self",))
        .filter(commitment__kept_by=dispatch.letter_id, **to)
        .select_related("commitment__letter", "organisation", "person")
    )


def _owe(letter: Letter, commitments: Iterable[Commitment], *, by: Actor) -> None:
    """Every one of these is owed to everybody the letter went to."""
    reached = letter.recipients.select_related("organisation", "person")
    if letter.state != LetterState.RECORDED:
        reached = reached.filter(dispatches__isnull=False).distinct()
    rows = list(reached)
    for commitment in commitments:
        if commitment.made_on != letter.dated_on:
            commitment.made_on = letter.dated_on
            commitment.save(update_fields=["made_on"])
        owed = set(commitment.parties.values_list("recipient", flat=True))
        new = [row for row in rows if row.pk not in owed]
        parties = [_party(commitment, row.holder, row) for row in new]
        if parties:
            record("letters.promised", by=by, on=[party.holder for party in parties], words=commitment.words)


def _party(
    commitment: Commitment, holder: Organisation | Person, recipient: Recipient | None
) -> CommitmentParty:
    to: dict[str, Any] = (
        {"person": holder, "organisation": None}
        if isinstance(holder, Person)
        else {"organisation": holder, "person": None}
    )
    return CommitmentParty.objects.get_or_create(
        commitment=commitment, **to, defaults={"recipient": recipient}
    )[0]


def _move(
    party: CommitmentParty,
    to: CommitmentState,
    *,
    source: str = "",
    letter: Letter | None = None,
    by: Actor,
) -> None:
    party.state = to
    party.save(update_fields=["state"])
    change_ = CommitmentChange(
        party=party, state=to, source=source, letter=letter, by=by if isinstance(by, User) else None
    )
    check(change_)
    change_.save()


def _fill(commitment: Commitment, values: dict[str, Any], errors: dict[str, str] | None = None) -> list[Any]:
    """Set and check fields; what changed. Raises Invalid with a sentence per field."""
    errors = dict(errors or {})
    changes = fill(commitment, values)
    if not commitment.quote:
        errors.setdefault("quote", _("Copy the sentence in which it was promised."))
    today = timezone.localdate()
    if commitment.due_on and not 1990 <= commitment.due_on.year <= today.year + queries.YEARS_AHEAD:
        errors["due_on"] = _("Look at the year: is %(year)d right?") % {"year": commitment.due_on.year}
    elif commitment.due_on and commitment.due_on < commitment.made_on:
        errors["due_on"] = _("That day is before it was promised.")
    if commitment.event_on and not commitment.event:
        errors["event"] = _("Write after what it would be kept, or leave the day empty.")
    if commitment.event_on and commitment.event_on > today:
        errors["event_on"] = _("That day is still to come.")
    minder = commitment.minded_by
    if minder is not None and minder not in approvals.committee():
        errors["minded_by"] = _("Choose someone of the committee.")
    check(commitment, errors)
    return changes


def _shortened(quote: str) -> str:
    return Truncator(" ".join(quote.split())).chars(_LONGEST_WORDS)


def _tell(code: str, party: CommitmentParty, *, by: Actor, **parameters: Any) -> None:
    commitment = party.commitment
    on = [party.holder, *([commitment.letter] if commitment.letter else [])]
    record(code, by=by, on=on, words=commitment.words, who=str(party.holder), **parameters)
