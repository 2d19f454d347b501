"""What outgoing mail of this room is about: a letter to a recipient, or a question to the committee."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from crm.models import ApprovalRound
from crm.registries.outgoing import About
from letters.models import Letter, Reply


def letters(keys: Collection[str]) -> dict[str, About]:
    """Letters, by keys such as ``letter:12:email:9``. One query."""
    found = Letter.objects.in_bulk({_number(key) for key in keys})
    return _described(keys, found, _("Letter “%(letter)s” (%(reference)s)"), "follow")


def replies(keys: Collection[str]) -> dict[str, About]:
    """What we wrote back, by keys such as ``reply:7``. One query."""
    found = Reply.objects.select_related("recipient__letter").in_bulk({_number(key) for key in keys})
    words = _("Reply to %(name)s about the letter “%(letter)s”")
    return {
        key: About(
            words % {"name": reply.recipient.name, "letter": reply.recipient.letter},
            reverse("letters:thread", args=[reply.recipient.letter_id, reply.recipient_id]),
        )
        for key in keys
        if (reply := found.get(_number(key)))
    }


def approvals(keys: Collection[str]) -> dict[str, About]:
    """Mails that ask for approval, by keys such as ``approval:3:7``. Two queries."""
    rounds = dict(
        ApprovalRound.objects.filter(pk__in={_number(key) for key in keys}).values_list("pk", "subject_id")
    )
    found = Letter.objects.in_bulk(set(rounds.values()))
    letter_of = {round_: found[pk] for round_, pk in rounds.items() if pk in found}
    return _described(keys, letter_of, _("Do you agree? “%(letter)s” (%(reference)s)"), "approval")


def _described(
    keys: Collection[str], letter_of: Mapping[int, Letter], words: str, step: str
) -> dict[str, About]:
    described = {}
    for key in keys:
        letter = letter_of.get(_number(key))
        if letter is not None:
            values = {"letter": letter, "reference": letter.reference}
            described[key] = About(words % values, reverse(f"letters:{step}", args=[letter.pk]))
    return described


def _number(key: str) -> int:
    """The number behind the first colon."""
    return int(key.split(":")[1])
