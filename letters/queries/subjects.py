"""Letters, promises, and the thread with each recipient, as what something can be about."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse

from crm.models import Organisation, Person
from crm.registries.subjects import Kind, Named
from letters.models import Commitment, Letter, Recipient
from letters.models.letters import OUT


def _letters(pks: Collection[int]) -> dict[int, Named]:
    return {
        pk: Named(
            f"{letter} ({letter.reference})",
            reverse("letters:follow" if letter.state in OUT else "letters:text", args=[pk]),
        )
        for pk, letter in Letter.objects.in_bulk(pks).items()
    }


def _threads(pks: Collection[int]) -> dict[int, Named]:
    found = Recipient.objects.select_related("letter").in_bulk(pks)
    return {
        pk: Named(f"{one.name}: {one.letter} ({one.letter.reference})", _thread_url(one))
        for pk, one in found.items()
    }


def _thread_url(recipient: Recipient) -> str:
    if recipient.letter.state in OUT:
        return reverse("letters:thread", args=[recipient.letter_id, recipient.pk])
    return reverse("letters:recipients", args=[recipient.letter_id])


def holders(recipient: Recipient) -> list[Model]:
    """On whose timelines a line about a thread belongs: the letter, and who got it."""
    found = [recipient.letter, recipient.organisation, recipient.person]
    return [holder for holder in found if holder is not None]


def _within(record: Model) -> QuerySet[Any] | None:
    """The threads that belong on the page of a letter, an organisation or a person."""
    names: dict[type[Model], str] = {Letter: "letter", Organisation: "organisation", Person: "person"}
    name = names.get(type(record))
    return Recipient.objects.order_by().filter(**{name: record}).values("pk") if name else None


def _promises(pks: Collection[int]) -> dict[int, Named]:
    found = Commitment.objects.in_bulk(pks)
    return {pk: Named(str(one), reverse("letters:commitment", args=[pk])) for pk, one in found.items()}


def concerned(commitment: Commitment) -> list[Model]:
    """The letter in which a promise stands, and everybody it concerns."""
    parties = commitment.parties.select_related("organisation", "person")
    return [*([commitment.letter] if commitment.letter else []), *(party.holder for party in parties)]


KINDS = (
    Kind("letters.commitment", "letters.view_commitment", _promises, concerned),
    Kind("letters.letter", "letters.view_letter", _letters, lambda letter: [letter]),
    Kind("letters.recipient", "letters.view_letter", _threads, holders, _within),
)
