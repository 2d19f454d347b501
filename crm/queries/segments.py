"""Segments: whom a saved filter selects on a day, and how it reads in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from crm.models import (
    AddressState,
    InitiativeStage,
    Level,
    Mandate,
    Organisation,
    OrganisationKind,
    Person,
    Post,
    Segment,
    SegmentSubject,
    Tag,
    Theme,
)
from crm.registries import criteria as registry

from . import contact_points, organisations

Criteria = Mapping[str, Any]

PLURALS: Final = {
    OrganisationKind.PARTY: gettext_lazy("parties"),
    OrganisationKind.FACTION: gettext_lazy("factions"),
    OrganisationKind.CANDIDATE_LIST: gettext_lazy("candidate lists"),
    OrganisationKind.MUNICIPALITY: gettext_lazy("municipalities"),
    OrganisationKind.DEPARTMENT: gettext_lazy("departments"),
    OrganisationKind.DISTRICT: gettext_lazy("districts"),
    OrganisationKind.EXECUTIVE: gettext_lazy("aldermen’s offices"),
    OrganisationKind.CLERK: gettext_lazy("council clerks"),
    OrganisationKind.UMBRELLA: gettext_lazy("umbrella organisations"),
    OrganisationKind.INITIATIVE: gettext_lazy("member initiatives"),
    OrganisationKind.PARTNER: gettext_lazy("partners"),
    OrganisationKind.PRESS: gettext_lazy("press contacts"),
    OrganisationKind.OTHER: gettext_lazy("other organisations"),
}
_LEVELS: Final = {
    Level.CITY: gettext_lazy("in the city"),
    Level.REGION: gettext_lazy("in the region"),
    Level.COUNTRY: gettext_lazy("in the country"),
}


def members(segment: Segment, on: datetime.date | None = None) -> QuerySet[Any]:
    """The organisations or people of a segment as they were on a day, today by default."""
    return filtered(segment.subject, segment.criteria, on)


def counted(chosen: Iterable[Segment]) -> list[tuple[Segment, int]]:
    """Each segment with how many there are in it today."""
    return [(segment, members(segment).count()) for segment in chosen]


def in_words(segment: Segment, on: datetime.date | None = None) -> str:
    """How a segment reads: "all factions in the council on 29-7-2025"; without a day when it follows the calendar."""
    return describe(segment.subject, segment.criteria, on)


def filtered(subject: str, criteria: Criteria, on: datetime.date | None = None) -> QuerySet[Any]:
    """What criteria select on a day. A criterion that is not known selects nobody: rather none than too many.

    Organisations: ``kind`` and ``stage`` lists of values, ``level``, ``theme`` and ``tag`` lists of ids,
    ``municipality``, ``district`` and ``part_of`` ids, ``seated`` the id of a body or "any", ``seated_on`` an ISO date
    that wins over ``on``, ``ended`` true for what no longer exists. People: ``post`` and ``at_kind`` lists of values,
    ``at`` an id, ``theme`` and ``tag``. Both: ``address`` of ``AddressState``.
    """
    day = on or timezone.localdate()
    queryset: QuerySet[Any]
    if subject == SegmentSubject.PEOPLE:
        queryset = Person.objects.all()
        queryset = _people(queryset, criteria, day)
    else:
        queryset = Organisation.objects.all()
        queryset = _organisations(queryset, criteria, day)
    for name, value in criteria.items():
        if name in KNOWN[subject]:
            continue
        criterion = registry.CRITERIA.get(name)
        if criterion is None or criterion.subject != subject:
            return queryset.none()
        queryset = criterion.apply(queryset, value, day)
    return queryset


def without_party(subject: str, criteria: Criteria, on: datetime.date | None = None) -> list[Organisation]:
    """The seated factions that a question for the parties in a council misses, as no party is known behind them."""
    asked = subject == SegmentSubject.ORGANISATIONS and OrganisationKind.PARTY in criteria.get("kind", ())
    if not asked or not criteria.get("seated"):
        return []
    day = _seated_on(criteria, on) or timezone.localdate()
    seated = organisations.seated_on(day, body=_body(criteria))
    lost = [pk for pk, parties in organisations.parties_of(seated, day).items() if not parties]
    return list(Organisation.objects.filter(pk__in=lost)) if lost else []


KNOWN: Final[dict[str, set[str]]] = {
    SegmentSubject.ORGANISATIONS: {
        "kind", "level", "theme", "tag", "municipality", "district", "stage", "seated", "seated_on", "part_of", "ended",
        "address",
    },
    SegmentSubject.PEOPLE: {"post", "at_kind", "at", "theme", "tag", "address"},
}  # fmt: skip


# The criteria that name one organisation.
REFERENCES: Final = ("municipality", "part_of", "district", "at")


def _organisations(queryset: Any, criteria: Criteria, day: datetime.date) -> QuerySet[Organisation]:
    if criteria.get("ended"):
        queryset = queryset.filter(ended_on__lte=day)
    elif not criteria.get("seated"):
        queryset = queryset.existing_on(day)
    for name, lookup in (("kind", "kind__in"), ("stage", "stage__in"), ("level", "level")):
        if criteria.get(name):
            queryset = queryset.filter(**{lookup: criteria[name]})
    for name, lookup in (("district", "district"), ("part_of", "parent")):
        if criteria.get(name):
            queryset = queryset.filter(**{lookup: criteria[name]})
    if place := criteria.get("municipality"):
        within = Q(municipality=place) | Q(parent=place) | Q(district__parent=place)
        within |= Q(term__body=place) | Q(election__body=place)
        queryset = queryset.filter(within)
    if criteria.get("seated"):
        seated = organisations.seated_on(_seated_on(criteria, day) or day, body=_body(criteria)).order_by()
        kinds = criteria.get("kind") or [OrganisationKind.FACTION]
        chosen = Q(pk__in=seated.values("pk"))
        if OrganisationKind.PARTY in kinds:
            behind = organisations.parties_of(seated, _seated_on(criteria, day) or day)
            chosen |= Q(pk__in=set().union(*behind.values()))
        queryset = queryset.filter(chosen)
    return _about(queryset, criteria, day)


def _people(queryset: Any, criteria: Criteria, day: datetime.date) -> QuerySet[Person]:
    held = Mandate.objects.held_on(day)
    lookups = {"post": "post__in", "at_kind": "organisation__kind__in", "at": "organisation"}
    wanted = {lookup: criteria[name] for name, lookup in lookups.items() if criteria.get(name)}
    if wanted:
        queryset = queryset.filter(pk__in=held.filter(**wanted).values("person"))
    return _about(queryset, criteria, day)


def _about(queryset: Any, criteria: Criteria, day: datetime.date) -> Any:
    """What is asked of organisations and people alike."""
    for name, field in (("theme", "themes"), ("tag", "tags")):
        if criteria.get(name):
            through = getattr(queryset.model, field).through.objects
            holder = f"{queryset.model._meta.model_name}_id"
            queryset = queryset.filter(
                pk__in=through.filter(**{f"{name}__in": criteria[name]}).values(holder)
            )
    match criteria.get("address"):
        case AddressState.MISSING:
            return contact_points.without_address(queryset)
        case AddressState.STALE:
            return contact_points.not_checked_for_long(queryset, day)
    return queryset


def _seated_on(criteria: Criteria, on: datetime.date | None) -> datetime.date | None:
    """The day that the criteria fix, else the one that was asked about."""
    fixed = criteria.get("seated_on")
    return datetime.date.fromisoformat(fixed) if fixed else on


def _body(criteria: Criteria) -> int | None:
    return None if criteria["seated"] == "any" else int(criteria["seated"])


def describe(subject: str, criteria: Criteria, on: datetime.date | None = None) -> str:
    """The criteria as a phrase, beginning in lower case. Without ``on`` only a fixed day is named."""
    day = on or timezone.localdate()
    people = subject == SegmentSubject.PEOPLE
    parts = _people_in_words(criteria) if people else _organisations_in_words(criteria, on)
    if criteria.get("theme"):
        parts.append(_("about %(themes)s") % {"themes": _listed(_names(Theme, criteria["theme"]), _("or"))})
    if criteria.get("tag"):
        parts.append(_("labelled %(tags)s") % {"tags": _listed(_names(Tag, criteria["tag"]), _("or"))})
    match criteria.get("address"):
        case AddressState.MISSING:
            parts.append(_("without an address"))
        case AddressState.STALE if people:
            parts.append(pgettext("people", "whose address was not checked for a year"))
        case AddressState.STALE:
            parts.append(_("whose address was not checked for a year"))
    for name, value in criteria.items():
        if name not in KNOWN[subject]:
            criterion = registry.CRITERIA.get(name)
            parts.append(
                criterion.words(value, day) if criterion else _("with something unknown (%s)") % name
            )
    return " ".join(parts)


def _organisations_in_words(criteria: Criteria, on: datetime.date | None) -> list[str]:
    kinds = [str(PLURALS[OrganisationKind(kind)]) for kind in criteria.get("kind") or ()]
    parts = [_("all %(what)s") % {"what": _listed(kinds, _("and")) or _("organisations")}]
    if criteria.get("stage"):
        parts.append(
            f"({_listed([str(InitiativeStage(stage).label) for stage in criteria['stage']], _('or'))})"
        )
    if criteria.get("seated"):
        body = _body(criteria)
        if body is None:
            parts.append(_("in the council"))
        else:
            parts.append(_("in the council of %(body)s") % {"body": _names(Organisation, [body])[0]})
        if then := _seated_on(criteria, on):
            parts.append(_("on %(day)s") % {"day": _short(then)})
    if criteria.get("part_of"):
        parts.append(_("of %(whole)s") % {"whole": _in_a_sentence(criteria["part_of"])})
    if criteria.get("municipality"):
        parts.append(_("in %(place)s") % {"place": _names(Organisation, [criteria["municipality"]])[0]})
    if criteria.get("district"):
        parts.append(_("in %(place)s") % {"place": _names(Organisation, [criteria["district"]])[0]})
    if criteria.get("level"):
        parts.append(str(_LEVELS[Level(criteria["level"])]))
    if criteria.get("ended"):
        words = _("that no longer existed on %(day)s") if on else _("that no longer exist")
        parts.append(words % {"day": _short(on or timezone.localdate())})
    return parts


def _people_in_words(criteria: Criteria) -> list[str]:
    parts = [_("all people")]
    if criteria.get("post"):
        posts = _listed([str(Post(post).label) for post in criteria["post"]], _("or"))
        parts.append(_("who are %(posts)s") % {"posts": posts})
    if criteria.get("at"):
        parts.append(_("at %(place)s") % {"place": _in_a_sentence(criteria["at"])})
    if criteria.get("at_kind"):
        kinds = [str(PLURALS[OrganisationKind(kind)]) for kind in criteria["at_kind"]]
        parts.append(_("with a role at %(kinds)s") % {"kinds": _listed(kinds, _("or"))})
    return parts


def _names(model: type[Model], pks: list[int]) -> list[str]:
    return [str(row) for row in model._default_manager.filter(pk__in=pks)] or ["?"]


def _in_a_sentence(pk: int) -> str:
    organisation = Organisation.objects.filter(pk=pk).first()
    return organisation.with_article if organisation else "?"


def _listed(words: list[str], last: str) -> str:
    return get_text_list(words, last)


def _short(day: datetime.date) -> str:
    return f"{day.day}-{day.month}-{day.year}"
