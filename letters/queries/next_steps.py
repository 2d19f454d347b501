"""What an answer asks to be done next, in words that can go on the action list as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import FollowUp
from crm.queries import follow_ups
from letters.models import Answer, Recipient

_WORDS = {
    "asks": gettext_lazy("Give %(name)s an answer"),
    "invites": gettext_lazy("Plan a talk with %(name)s"),
    "refers": gettext_lazy("Write to whom %(name)s refers us"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One next step: which of the meanings it follows from, and what would be done."""

    name: str
    words: str


def step(answer: Answer, recipient: Recipient, name: str) -> Step | None:
    """The step that follows from one of the meanings of an answer; None when none does."""
    if name not in _WORDS or not getattr(answer, name):
        return None
    return Step(name, str(_WORDS[name]) % {"name": recipient.name})


def of(answer: Answer, recipient: Recipient, planned: Collection[str] = ()) -> list[Step]:
    """The steps that an answer of a recipient asks for while nobody dealt with it, without what is planned already."""
    if answer.settled_at is not None:
        return []
    found = [step(answer, recipient, name) for name in _WORDS]
    return [one for one in found if one is not None and one.words not in planned]


def planned(recipients: Iterable[Recipient]) -> dict[int, set[str]]:
    """What stands on the action list about these threads, in words by the id of the recipient. One query."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = FollowUp.objects.open().filter(
        subject_type=ContentType.objects.get_for_model(Recipient),
        subject_id__in=[recipient.pk for recipient in recipients],
    )
    for pk, words in rows.values_list("subject_id", "words"):
        if pk is not None:
            found[pk].add(words)
    return found


def tasks(recipient: Recipient, name: str) -> list[FollowUp]:
    """What stands on the action list because of one of the meanings of an answer in this thread."""
    words = str(_WORDS[name]) % {"name": recipient.name}
    return [one for one in follow_ups.concerning(recipient).open() if one.words == words]


def default_words(recipient: Recipient) -> str:
    """What a reminder about a thread says when nobody wrote anything else."""
    return _("See how it stands with %(name)s") % {"name": recipient.name}
