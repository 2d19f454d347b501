"""The fact cabinet: putting figures in, bringing them up to date, taking them out."""

from __future__ import annotations

from campaigns.models import Fact
from crm.actions.action import Actor, action, record


@action(permission="campaigns.add_fact")
def add(*, fact: Fact, by: Actor) -> None:
    """Keep a new figure with its source and date."""
    fact.save()
    record("campaigns.fact_added", by=by, on=[fact], words=fact.words, source=fact.source)


@action(permission="campaigns.change_fact")
def change(*, fact: Fact, by: Actor) -> None:
    """Keep a changed figure. Texts that used it keep their words; the last look points out what differs."""
    before = Fact.objects.get(pk=fact.pk).words
    fact.save()
    record("campaigns.fact_changed", by=by, on=[fact], before=before, words=fact.words, source=fact.source)


@action(permission="campaigns.delete_fact")
def remove(*, fact: Fact, by: Actor) -> None:
    """Take a figure out of the cabinet; texts that used it keep their words."""
    record("campaigns.fact_removed", by=by, on=[fact], words=fact.words)
    fact.delete()
