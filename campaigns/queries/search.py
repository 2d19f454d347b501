"""Campaigns, asks, quotes, facts and publications in the one search box."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Ask, Campaign, Claim, Fact, Publication
from crm.dutch.dates import long_date
from crm.dutch.marking import around
from crm.queries import containing
from crm.queries.finders import named
from crm.registries.search import Hit

from .publications import standing

# Nobody keeps more of them; it bounds what is read.
_MOST: Final = 2_000


def facts(text: str, limit: int, user: Any) -> list[Hit]:
    """Facts by their words or their source: "15000" finds "ruim 15.000 Amsterdammers". One query."""
    if not user.has_perm("campaigns.view_fact"):
        return []
    return [
        Hit("fact", fact.pk, fact.words, _fact_in_words(fact), reverse("feiten:inspect", args=[fact.pk]))
        for fact in Fact.objects.all()[:_MOST]
        if named(f"{fact.words} {fact.source}", text)
    ][:limit]


def _fact_in_words(fact: Fact) -> str:
    return _("%(source)s, as of %(day)s") % {"source": fact.source, "day": long_date(fact.as_of_on)}


def publications(text: str, limit: int, user: Any) -> list[Hit]:
    """Publications by title. One query."""
    if not user.has_perm("campaigns.view_publication"):
        return []
    return [
        Hit("publication", one.pk, one.title, standing(one), reverse("publicaties:inspect", args=[one.pk]))
        for one in Publication.objects.all()[:_MOST]
        if named(one.title, text)
    ][:limit]


def campaigns(text: str, limit: int, user: Any) -> list[Hit]:
    """Campaigns by name, and asks by their title or the sentence to take over. Two queries."""
    if not user.has_perm("campaigns.view_campaign"):
        return []
    hits = [
        Hit("campaign", one.pk, one.name, _("campaign"), one.get_absolute_url())
        for one in Campaign.objects.all()[:_MOST]
        if named(one.name, text)
    ]
    hits += [
        Hit(
            "ask",
            one.pk,
            one.title,
            _("ask in “%(campaign)s”") % {"campaign": one.campaign},
            one.get_absolute_url(),
        )
        for one in Ask.objects.select_related("campaign")[:_MOST]
        if named(f"{one.title} {one.proposed_text}", text)
    ]
    return hits[:limit]


def claims(text: str, limit: int, user: Any) -> list[Hit]:
    """What parties said, by words of the quote, the latest first. One query."""
    if not user.has_perm("campaigns.view_claim"):
        return []
    standing = Claim.objects.filter(withdrawn_at=None).select_related("organisation", "ask")
    return [_said(claim, text) for claim in containing.with_words(standing, text, "quote")[:limit]]


def _said(claim: Claim, text: str) -> Hit:
    words = (
        f"{claim.organisation} · {claim.ask} · {claim.get_position_display()} · {long_date(claim.said_on)}"
    )
    return Hit("claim", claim.pk, f"“{around(claim.quote, text)}”", words, claim.get_absolute_url())
