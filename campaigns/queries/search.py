"""Facts and publications in the one search box."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from campaigns.models import Fact, Publication
from crm.dutch.dates import long_date
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
