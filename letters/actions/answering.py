"""Reading what they answered: what it amounts to, who takes it up, and that it is dealt with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.actions.action import SYSTEM, Actor, Refused, action
from crm.models import User
from letters.models import Answer, IncomingKind, IncomingPlace, Paper, Recipient, Talk
from letters.models.answers import MEANINGS

from .thread_lines import tell

ANSWERS = {IncomingKind.ANSWER, IncomingKind.INVITATION, IncomingKind.ACKNOWLEDGEMENT}
PERMISSION = "letters.change_incomingmessage"


@action(permission=PERMISSION)
def judge(*, answer: Answer, meanings: Collection[str], by: Actor) -> Answer:
    """Say what an answer amounts to, by names in ``MEANINGS``; several may hold, and with none nobody read it yet.

    Raises Refused for a name that is not known, and for an acknowledgement that would be something else as well.
    """
    if set(meanings) - set(MEANINGS):
        raise Refused(_("Choose what this answer amounts to."))
    if "acknowledges" in meanings and len(set(meanings)) > 1:
        raise Refused(
            _("“Only an acknowledgement” goes without the others: what says more is more than that.")
        )
    return _judge(_lock(answer), meanings, by=by)


@action(permission=PERMISSION)
def press(*, answer: Answer, meaning: str, holds: bool, by: Actor) -> Answer:
    """One of the six buttons: this holds, or not, beside what others say of the answer meanwhile; pressed twice it is
    the same. An acknowledgement is nothing else, so it takes the place of the others, and they of it. Raises Refused
    for a name that is not known."""
    if meaning not in MEANINGS:
        raise Refused(_("Choose what this answer amounts to."))
    answer = _lock(answer)
    others = set(answer.meanings) - {meaning}
    if holds:
        others = set() if meaning == "acknowledges" else others - {"acknowledges"}
    return _judge(answer, others | {meaning} if holds else others, by=by)


def _judge(answer: Answer, meanings: Collection[str], *, by: Actor) -> Answer:
    """The same of a locked answer."""
    before = answer.meanings
    for name in MEANINGS:
        setattr(answer, name, name in meanings)
    if before == answer.meanings:
        return answer
    answer.judged_at = timezone.now() if meanings else None
    answer.judged_by = by if meanings and isinstance(by, User) else None
    answer.save()
    if meanings:
        _tell("letters.judged", answer, by=by, meanings={"meanings": answer.meanings})
    else:
        _tell("letters.unjudged", answer, by=by)
    return answer


@action(permission=PERMISSION)
def count_as_answer(*, place: IncomingPlace, by: Actor) -> Answer:
    """What was taken for an automatic reply, spam or a message of ours is an answer after all. Raises Refused for what
    cannot be one: a bounce."""
    message = place.message
    if not message.may_be_answer:
        raise Refused(_("This message says nothing of theirs, so it cannot be an answer."))
    if IncomingKind(message.kind) not in ANSWERS | {IncomingKind.AUTO_REPLY}:
        message.kind = IncomingKind.ANSWER
        message.save(update_fields=["kind"])
    answer, is_new = Answer.objects.get_or_create(place=place, defaults=_facts(place))
    if is_new:
        _tell("letters.counted_as_answer", answer, by=by)
    return answer


@action(permission=PERMISSION)
def count_said(*, source: Talk | Paper, by: Actor) -> Answer:
    """What was said in a talk, or came on paper, is their answer. Who calls a talk that has heard it: a real answer,
    until somebody says otherwise. Paper is still to be read."""
    if isinstance(source, Talk):
        heard = {"judged_at": timezone.now(), "judged_by": by if isinstance(by, User) else None}
        answer, is_new = Answer.objects.get_or_create(
            talk=source,
            defaults={
                "recipient": source.recipient,
                "came_at": source.interaction.happened_at,
                "is_real": True,
                **heard,
            },
        )
    else:
        answer, is_new = keep_paper(source)
    if is_new:
        _tell("letters.counted_as_answer", answer, by=by)
    return answer


@action(permission=PERMISSION)
def not_an_answer(*, answer: Answer, by: Actor) -> None:
    """What was said, or came on paper, is no answer after all; it stays in the thread. Raises Refused for a message:
    what that is, it says itself."""
    answer = _lock(answer)
    if answer.place is not None:
        raise Refused(
            _("A message stays an answer. Take it away from this letter if it does not belong here.")
        )
    _tell("letters.not_an_answer", answer, by=by)
    answer.delete()


@action(permission=PERMISSION)
def take_up(*, answer: Answer, by: User) -> Answer:
    """Say that you see to it, so that nobody else does the same. Raises Refused when somebody else does."""
    answer = _lock(answer)
    if answer.taken_up_by is not None and answer.taken_up_by != by:
        raise Refused(_("%(who)s sees to this already.") % {"who": answer.taken_up_by})
    if answer.taken_up_by is None:
        answer.taken_up_by = by
        answer.save(update_fields=["taken_up_by"])
        _tell("letters.answer_taken_up", answer, by=by)
    return answer


@action(permission=PERMISSION)
def let_go(*, answer: Answer, by: Actor) -> Answer:
    """Nobody in particular sees to it any more."""
    answer = _lock(answer)
    if answer.taken_up_by is not None:
        who, answer.taken_up_by = answer.taken_up_by, None
        answer.save(update_fields=["taken_up_by"])
        _tell("letters.answer_let_go", answer, by=by, who=str(who))
    return answer


@action(permission=PERMISSION)
def settle(*, answer: Answer, by: Actor) -> Answer:
    """What they wanted was done, or need not be done. Raises Refused while nobody said what the answer amounts to."""
    answer = _lock(answer)
    if answer.judged_at is None:
        raise Refused(_("First say what this answer amounts to."))
    if answer.settled_at is None:
        _settle(answer, by=by)
        _tell("letters.answer_settled", answer, by=by)
    return answer


@action(permission=PERMISSION)
def reopen(*, answer: Answer, by: Actor) -> Answer:
    """There is something to do about it after all."""
    answer = _lock(answer)
    if answer.settled_at is not None:
        answer.settled_at = answer.settled_by = None
        answer.save(update_fields=["settled_at", "settled_by"])
        _tell("letters.answer_reopened", answer, by=by)
    return answer


@action(permission=PERMISSION)
def close(*, recipient: Recipient, by: Actor) -> Recipient:
    """Nothing more is to come of the letter to this recipient: nobody has a turn, and what waits is dealt with."""
    recipient = Recipient.objects.select_for_update().get(pk=recipient.pk)
    settle_before(recipient=recipient, moment=timezone.now(), by=by)
    recipient.closed_at = timezone.now()
    recipient.closed_by = by if isinstance(by, User) else None
    recipient.save(update_fields=["closed_at", "closed_by"])
    tell("letters.thread_closed", recipient, by=by)
    return recipient


@action(permission=PERMISSION)
def open_again(*, recipient: Recipient, by: Actor) -> Recipient:
    """It is not finished after all."""
    recipient = Recipient.objects.select_for_update().get(pk=recipient.pk)
    if recipient.closed_at is not None:
        recipient.closed_at = recipient.closed_by = None
        recipient.save(update_fields=["closed_at", "closed_by"])
        tell("letters.thread_opened", recipient, by=by)
    return recipient


def came_in(place: IncomingPlace) -> None:
    """Keep the answer that a message is that was just placed; nothing of what is none: a bounce, an automatic reply,
    spam."""
    kind = IncomingKind(place.message.kind)
    if kind == IncomingKind.ACKNOWLEDGEMENT:
        Answer.objects.create(place=place, **_facts(place), acknowledges=True, judged_at=timezone.now())
    elif kind in ANSWERS:
        Answer.objects.create(place=place, **_facts(place))


def keep_paper(paper: Paper) -> tuple[Answer, bool]:
    """Keep the answer that a letter on paper is, still to be read; whether it is new."""
    kept = {"recipient": paper.recipient, "came_at": paper.moment}
    return Answer.objects.get_or_create(paper=paper, defaults=kept)


def settle_before(*, recipient: Recipient, moment: datetime, by: Actor = SYSTEM) -> None:
    """What they wrote until a moment was dealt with then: it waits for nobody any more."""
    for answer in Answer.objects.select_for_update().filter(
        recipient=recipient, came_at__lte=moment, settled_at=None
    ):
        _settle(answer, by=by)


def settle_written(*, recipient: Recipient, answers: Collection[str], moment: datetime, by: Actor) -> None:
    """One of us wrote to them from a mail program: that answers the messages with these ids, and what they wrote until
    then that somebody read. What nobody read yet still waits."""
    dealt_with = Q(place__message__message_id__in=answers) | Q(came_at__lte=moment, judged_at__isnull=False)
    waiting = Answer.objects.select_for_update(of=("self",)).filter(recipient=recipient, settled_at=None)
    for answer in waiting.filter(dealt_with):
        _settle(answer, by=by)


def settle_answered(*, recipient: Recipient, answer: Answer | None, by: Actor) -> None:
    """We wrote back: that answers ``answer``, and what they wrote before it that somebody read. What nobody read yet
    still waits."""
    read = (
        Answer.objects.select_for_update()
        .filter(recipient=recipient, settled_at=None)
        .exclude(judged_at=None)
    )
    if answer is not None:
        read = read.filter(came_at__lte=answer.came_at) | Answer.objects.select_for_update().filter(
            pk=answer.pk, settled_at=None
        )
    for one in read:
        _settle(one, by=by)


def _facts(place: IncomingPlace) -> dict[str, Any]:
    return {"recipient": place.recipient, "came_at": _came_at(place)}


def _came_at(place: IncomingPlace) -> datetime:
    """When an answer was written; one that says to be older than the letter came when it came in."""
    moment = place.message.moment
    is_older = timezone.localtime(moment).date() < place.recipient.letter.dated_on
    return place.message.arrived_at if is_older else moment


def _settle(answer: Answer, *, by: Actor) -> None:
    answer.settled_at = timezone.now()
    answer.settled_by = by if isinstance(by, User) else None
    answer.save(update_fields=["settled_at", "settled_by"])


def _lock(answer: Answer) -> Answer:
    return (
        Answer.objects.select_for_update(of=("self",))
        .select_related(
            "recipient__letter",
            "recipient__organisation",
            "recipient__person",
            "place__message",
            "talk__interaction__person",
            "paper",
            "taken_up_by",
        )
        .get(pk=answer.pk)
    )


def _tell(code: str, answer: Answer, *, by: Actor, **parameters: Any) -> None:
    if answer.place is not None:
        parameters["message"] = answer.place.message_id
    tell(code, answer.recipient, by=by, sender=answer.sender, **parameters)
