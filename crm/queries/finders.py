"""What else the search box finds of the address book: themes and labels, saved groups, contact moments."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.dutch.dates import long_date
from crm.dutch.folding import WHOLE_FROM, matches, query_terms, search_key
from crm.dutch.marking import around
from crm.models import Interaction, Organisation, Person, Segment, SegmentSubject, Tag, Theme
from crm.registries.search import Hit

from . import containing

# Nobody keeps more of them; it bounds what is read.
_MOST: Final = 2_000


def named(name: str, text: str) -> bool:
    """Whether every word that was typed is in the name; nothing is in a text without letters and digits."""
    return bool(query_terms(text)) and matches(search_key(name), text)


def labels(text: str, limit: int, user: Any) -> list[Hit]:
    """Themes and labels by name, each leading to the organisations or the people that carry it. Two queries."""
    if not (user.has_perm("crm.view_organisation") and user.has_perm("crm.view_person")):
        return []
    hits = []
    for model, what in ((Theme, "theme"), (Tag, "tag")):
        field = f"{what}s"
        carried = model._default_manager.annotate(
            on_organisations=Exists(Organisation.objects.filter(**{field: OuterRef("pk")})),
            on_people=Exists(Person.objects.filter(**{field: OuterRef("pk")})),
        )
        for row in carried.values("pk", "name", "on_organisations", "on_people")[:_MOST]:
            if named(row["name"], text):
                hits += _carried(what, row)
    return hits[:limit]


def _carried(what: str, row: dict[str, Any]) -> list[Hit]:
    query = f"?{what}={row['pk']}"
    organisations = _("theme of organisations") if what == "theme" else _("label of organisations")
    people = _("theme of people") if what == "theme" else _("label of people")
    hits = []
    if row["on_organisations"] or not row["on_people"]:
        hits.append(
            Hit(what, row["pk"], row["name"], organisations, reverse("crm:organisation_list") + query)
        )
    if row["on_people"]:
        hits.append(Hit(what, row["pk"], row["name"], people, reverse("crm:person_list") + query))
    return hits


def segments(text: str, limit: int, user: Any) -> list[Hit]:
    """Saved groups by name. One query."""
    if not user.has_perm("crm.view_segment"):
        return []
    words = {
        SegmentSubject.ORGANISATIONS: _("saved group of organisations"),
        SegmentSubject.PEOPLE: _("saved group of people"),
    }
    return [
        Hit(
            "segment",
            segment.pk,
            segment.name,
            words[SegmentSubject(segment.subject)],
            segment.get_absolute_url(),
        )
        for segment in Segment.objects.only("name", "subject")[:_MOST]
        if named(segment.name, text)
    ][:limit]


def interactions(text: str, limit: int, user: Any) -> list[Hit]:
    """Contact moments by words of the sentence about them or of what more was said, the latest first. One query."""
    words = text.split()
    if not user.has_perm("crm.view_interaction") or not text.isprintable() or not query_terms(text):
        return []
    in_summary = containing.all_of(Interaction.objects.order_by(), words)
    for word in words:
        if len(word) < WHOLE_FROM:
            in_summary = in_summary.filter(containing.word_in("summary", word))
    # What has more is seldom; the sentence has an index.
    in_more = containing.with_words(Interaction.objects.order_by().exclude(body=""), text, "body")
    found = Interaction.objects.filter(Q(pk__in=in_summary.values("pk")) | Q(pk__in=in_more.values("pk")))
    return [_moment(one, text) for one in found.select_related("organisation", "person")[:limit]]


def _moment(interaction: Interaction, text: str) -> Hit:
    holder = interaction.organisation or interaction.person
    assert holder is not None
    day = long_date(timezone.localdate(interaction.happened_at))
    words = f"{interaction.get_kind_display()} · {day} · {holder}"
    if interaction.body and not matches(search_key(interaction.summary), text):
        words += f" · {around(interaction.body, text)}"
    return Hit("interaction", interaction.pk, interaction.summary, words, holder.get_absolute_url())
