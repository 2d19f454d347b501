"""Letters as they show elsewhere: on a dossier, below a list, in the one search box, as a criterion for segments."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.models import Publication
from crm.dutch.dates import long_date
from crm.models import Organisation, Person, User
from crm.registries.criteria import Criterion
from crm.registries.panels import Item, Panel
from crm.registries.search import Hit
from crm.registries.selection import Deed
from letters.models import Answer, CommitmentParty, Dispatch, Letter, LetterState, Recipient, Side
from letters.models.commitments import PENDING
from letters.models.letters import OUT

from . import commitments, listing, recipients, turns
from .dispatches import LEFT_US, state_in_words

SHOWN = 5
# How far back is looked for a turn.
MOST_THREADS = 30


def panel(subject: Model, user: User) -> Panel | None:
    """The newest letters to one organisation or person, and those still being written; those to what an organisation
    came from as well, named as such. Two queries, and two for what it came from."""
    if not user.has_perm("letters.view_letter"):
        return None
    received = (
        Recipient.objects.filter(recipients.sent_to(subject))
        .exclude(letter__state=LetterState.DROPPED)
        .select_related("letter", "organisation")
        .prefetch_related("dispatches__outgoing")
        .order_by("-letter__dated_on", "-letter_id")[:SHOWN]
    )
    return Panel(
        title=_("Letters"),
        items=tuple(_item(recipient, subject) for recipient in received),
        empty=_("No letter was written to them yet."),
        action=_new_letter(_("New letter"), subject, user),
    )


def turns_panel(subject: Model, user: User) -> Panel | None:
    """The threads in which somebody has a turn, ours first. Seven queries, and two for what it came from."""
    if not user.has_perm("letters.view_letter"):
        return None
    sent = Recipient.objects.filter(recipients.sent_to(subject), letter__state__in=OUT).select_related(
        "letter", "organisation"
    )
    rows = list(sent.order_by("-letter__dated_on", "-letter_id")[:MOST_THREADS])
    found = turns.of(rows) if rows else {}
    open_ = [(row, turn) for row in rows if (turn := found.get(row.pk)) and turn.who != turns.Who.NOBODY]
    open_.sort(key=lambda one: one[1].who != turns.Who.US)
    items = [
        Item(
            text=(_("We: %(why)s") if turn.who == turns.Who.US else _("They: %(why)s")) % {"why": turn.why},
            url=reverse("letters:thread", args=[row.letter_id, row.pk]),
            note=f"{row.letter} · {row.letter.reference}",
            tone="attention" if turn.who == turns.Who.US else "calm",
        )
        for row, turn in open_[:SHOWN]
    ]
    empty = _("Nobody has to do anything about our letters.") if rows else ""
    return Panel(title=_("Whose turn it is"), items=tuple(items), empty=empty)


def promises_panel(subject: Model, user: User) -> Panel | None:
    """What we owe somebody and what they owe us; what is dealt with not. One query, and two for what it came from."""
    if not user.has_perm("letters.view_commitment"):
        return None
    assert isinstance(subject, Organisation | Person)
    found = commitments.with_holder(subject, before=recipients.before(subject))
    open_ = [party for party in found if party.state in PENDING]
    return Panel(
        title=_("Promises"),
        items=tuple(_promise(party, subject) for party in open_[:SHOWN]),
        empty=_("No promises that are still to be kept.") if found else "",
    )


def _promise(party: CommitmentParty, subject: Model) -> Item:
    commitment = party.commitment
    standing = commitments.standing(commitment, waiting=1)
    note = f"{commitment.get_side_display()} · {standing.words}"
    if party.organisation is not None and party.organisation != subject:
        note = f"{party.organisation} · {note}"
    return Item(
        text=str(commitment),
        url=reverse("letters:commitment", args=[commitment.pk]),
        note=note,
        due_on=commitment.due_on,
        tone="attention"
        if standing.is_late or (standing.is_ripe and commitment.side == Side.OURS)
        else "calm",
    )


def waiting_panel(subject: Model, user: User) -> Panel | None:
    """Who waits for a publication that letters promised, or for something like it. Two queries."""
    if not user.has_perm("letters.view_commitment"):
        return None
    assert isinstance(subject, Publication)
    there = reverse("letters:waiting", args=[subject.pk])
    items = []
    if user.has_perm("letters.change_commitment") and (meant := commitments.meant(subject)):
        waiting = sum(one.waiting for one in meant)
        words = ngettext(
            "One waits for something like this. Is this it?",
            "%(count)d wait for something like this. Is this it?",
            waiting,
        )
        items.append(Item(text=words % {"count": waiting}, url=there, tone="attention"))
    count, ready = commitments.waiting_for(subject).count(), subject.file_id is not None
    if count:
        words = ngettext("One waits for this.", "%(count)d wait for this.", count) % {"count": count}
        items.append(Item(text=words, url=there, tone="attention" if ready else "calm"))
    action = (_("Write to them"), there) if count and ready else None
    return Panel(title=_("Promised"), items=tuple(items), action=action) if items else None


def segment_panel(subject: Model, user: User) -> Panel | None:
    """The way from a group to a letter for everybody in it."""
    action = _new_letter(_("Write to this group"), subject, user)
    if action is None:
        return None
    return Panel(
        title=_("Letters"), empty=_("One letter to everybody in this group, as it is today."), action=action
    )


def deed(subject: str) -> Deed:
    """The way from the ticked rows of a list to a letter for them."""
    return Deed(
        name=f"letters.{subject}",
        subject=subject,
        label=gettext_lazy("Write these a letter"),
        permission="letters.add_letter",
        url=reverse_lazy("letters:start"),
    )


def _new_letter(words: str, subject: Model, user: User) -> tuple[str, str] | None:
    if not user.has_perm("letters.add_letter"):
        return None
    return words, f"{reverse('letters:start')}?{subject._meta.model_name}={subject.pk}"


def _item(recipient: Recipient, subject: Model) -> Item:
    letter = recipient.letter
    dispatches = list(recipient.dispatches.all())
    if dispatches:
        state = state_in_words(dispatches[-1])
    elif letter.state == LetterState.DISPATCHED:
        state = _("not sent: no address")
    else:
        state = str(letter.get_state_display())
    step = "follow" if letter.state in OUT else "text"
    missed = letter.state == LetterState.DISPATCHED and not dispatches and not recipient.given_up_because
    note = f"{letter.reference} · {long_date(letter.dated_on)} · {state}"
    organisation = recipient.organisation
    if isinstance(subject, Organisation) and organisation is not None and organisation != subject:
        note = _("to %(name)s") % {"name": organisation.with_article} + f" · {note}"
    return Item(
        text=str(letter),
        url=reverse(f"letters:{step}", args=[letter.pk]),
        note=note,
        tone="attention" if missed else "calm",
    )


def find(text: str, limit: int, user: Any) -> list[Hit]:
    """Letters by words of their subject or reference."""
    if not user.has_perm("letters.view_letter"):
        return []
    return [
        Hit(
            kind="letter",
            pk=letter.pk,
            title=str(letter),
            subtitle=f"{letter.reference} · {long_date(letter.dated_on)} · {letter.get_state_display()}",
            url=reverse("letters:follow" if letter.state in OUT else "letters:text", args=[letter.pk]),
        )
        for letter in listing.letters(query=text)[:limit]
    ]


def _received(queryset: QuerySet[Any], value: Any, day: datetime.date) -> QuerySet[Any]:
    """To whom it left; of a letter of the past everybody on its list."""
    left = Dispatch.objects.filter(LEFT_US, recipient=OuterRef("pk"))
    received = Recipient.objects.filter(
        Q(letter__state=LetterState.RECORDED) | Exists(left),
        letter_id=value,
        organisation=OuterRef("pk"),
        person__isnull=True,
    )
    return queryset.filter(Exists(received))


def _received_in_words(value: Any, day: datetime.date) -> str:
    letter = Letter.objects.filter(pk=value).first()
    return _("who got letter %(reference)s") % {"reference": letter.reference if letter else "?"}


def _choices() -> list[tuple[str, str]]:
    return [(str(letter.pk), f"{letter.reference} {letter}") for letter in listing.letters(group="out")[:30]]


def _unanswered(queryset: QuerySet[Any], value: Any, day: datetime.date) -> QuerySet[Any]:
    """Who got a letter and did not answer it, but for a confirmation that it came in."""
    answered = Answer.objects.filter(
        recipient__letter_id=value, recipient__organisation=OuterRef("pk"), recipient__person__isnull=True
    ).exclude(acknowledges=True)
    return _received(queryset, value, day).filter(~Exists(answered))


def _unanswered_in_words(value: Any, day: datetime.date) -> str:
    letter = Letter.objects.filter(pk=value).first()
    return _("who did not answer letter %(reference)s") % {"reference": letter.reference if letter else "?"}


def criteria() -> tuple[Criterion, ...]:
    """Organisations that got a certain letter, and of those the ones that did not answer."""
    return (
        Criterion(
            name="received_letter",
            subject="organisations",
            label=gettext_lazy("got the letter"),
            apply=_received,
            words=_received_in_words,
            choices=_choices,
        ),
        Criterion(
            name="unanswered_letter",
            subject="organisations",
            label=gettext_lazy("did not answer the letter"),
            apply=_unanswered,
            words=_unanswered_in_words,
            choices=_choices,
        ),
    )
