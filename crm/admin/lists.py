"""Long lists: chosen in words, sorted, searched, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View

from crm.models import ContactPoint, Organisation, OrganisationKind, Person, SegmentSubject, User
from crm.queries import contact_points, paging, search, segments, timeline
from crm.registries import selection

from .filters import FORMS, as_query


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list: the record, what it is, how to reach it, and when something last passed between us."""

    record: Any
    title: str
    subtitle: str
    reach: ContactPoint | None
    last_contact: Any


@dataclass(frozen=True, slots=True)
class Tab:
    """A selection that is one click away."""

    label: str | Promise
    query: str
    current: bool


class ListView(View):
    """A list of one subject. Any page of it costs the same number of queries."""

    subject: ClassVar[str]
    permission: ClassVar[str]
    template_name = "crm/list.html"
    title: ClassVar[str | Promise]
    add_permission: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for who may see the records."""
        if not request.user.has_perm(self.permission):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def base(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Adds to a queryset what the rows say."""
        return queryset

    def rows(self, records: list[Any], query: str) -> list[Row]:
        """The lines for one page of records."""
        raise NotImplementedError

    def tabs(self, criteria: dict[str, Any]) -> list[Tab]:
        """Selections that are one click away."""
        return []

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page that the address asks for."""
        form = FORMS[self.subject](request.GET)
        criteria = form.criteria()
        query = request.GET.get("q", "").strip()[:200]
        searched = search.in_words(query)
        words = [segments.describe(self.subject, criteria), searched] if criteria or searched else []
        return TemplateResponse(
            request,
            self.template_name,
            {
                "title": self.title,
                "subject": self.subject,
                "form": form,
                "choosing": bool(request.GET.get("kies")) or not form.is_valid(),
                "query": query,
                "criteria": criteria,
                "criteria_query": as_query(criteria),
                "words": " ".join(filter(None, words)),
                "searched": searched,
                "without_party": segments.without_party(self.subject, criteria),
                "tabs": self.tabs(criteria),
                "may_add": request.user.has_perm(self.add_permission),
                "may_save": request.user.has_perm("crm.add_segment"),
                **self.listed(segments.filtered(self.subject, criteria), query),
            },
        )

    def listed(self, queryset: QuerySet[Any], query: str = "") -> dict[str, Any]:
        """The rows of the page, and how to get to the others."""
        get = self.request.GET.get
        by_change = get("volgorde") == "gewijzigd"
        after = get("na", "")
        letter = get("vanaf", "")[:1].lower()
        if letter and not by_change and not after:
            after = paging.starting_at(letter, "0")
        found = paging.page(
            self.base(search.matching(queryset, query)),
            order=("changed_at", "id") if by_change else ("sort_name", "id"),
            descending=by_change,
            after=after,
            before=get("voor", ""),
        )
        kept = self.request.GET.copy()
        for name in ("na", "voor", "vanaf", "kies"):
            kept.pop(name, None)
        return {
            "rows": self.rows(found.rows, query),
            "page": found,
            "count": self._count(found),
            "by_change": by_change,
            "deeds": selection.of(self.subject, user=self.user) if found.rows else [],
            "ticked": Person._meta.model_name
            if self.subject == SegmentSubject.PEOPLE
            else Organisation._meta.model_name,
            "kept": kept,
            "letters": ascii_uppercase if found.more_than_total and not by_change and not query else "",
            "letter": letter.upper(),
        }

    def _count(self, page: paging.Page[Model]) -> str:
        """How many there are, in words; above a thousand nobody counts them."""
        if page.more_than_total:
            return _("More than %(count)s") % {"count": f"{page.total:,}".replace(",", ".")}
        return ngettext("%(count)d in all", "%(count)d in all", page.total) % {"count": page.total}

    @property
    def beside(self) -> str:
        """The part of the address that stays when somebody chooses differently: what is searched for, and the order."""
        kept = QueryDict(mutable=True)
        kept.update(
            {name: self.request.GET[name] for name in ("q", "volgorde") if self.request.GET.get(name)}
        )
        return kept.urlencode()

    @property
    def user(self) -> User:
        """Who is looking."""
        return cast(User, self.request.user)


class OrganisationList(ListView):
    """All organisations."""

    subject = SegmentSubject.ORGANISATIONS
    permission = "crm.view_organisation"
    add_permission = "crm.add_organisation"
    title = gettext_lazy("Organisations")
    _TABS: ClassVar[list[tuple[Any, list[str]]]] = [
        (gettext_lazy("All"), []),
        (gettext_lazy("Parties"), [OrganisationKind.PARTY]),
        (gettext_lazy("Factions"), [OrganisationKind.FACTION]),
        (
            gettext_lazy("Government"),
            [
                OrganisationKind.MUNICIPALITY, OrganisationKind.DEPARTMENT, OrganisationKind.DISTRICT,
                OrganisationKind.EXECUTIVE, OrganisationKind.CLERK,
            ],
        ),
        (gettext_lazy("Member initiatives"), [OrganisationKind.INITIATIVE]),
        (gettext_lazy("Partners and press"), [OrganisationKind.PARTNER, OrganisationKind.PRESS]),
    ]  # fmt: skip

    def base(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """With what it is part of."""
        return queryset.select_related("parent", "party", "district", "municipality", "term__body")

    def tabs(self, criteria: dict[str, Any]) -> list[Tab]:
        """By kind."""
        now = sorted(criteria.get("kind", ()))
        return [
            Tab(label, "&".join(filter(None, [as_query({"kind": kinds}), self.beside])), sorted(kinds) == now)
            for label, kinds in self._TABS
        ]

    def rows(self, records: list[Organisation], query: str) -> list[Row]:
        """In three queries, and one for whose address or number was typed."""
        points, towns = contact_points.for_many(records, purpose=None), search.towns_of(records)
        lasts, by = timeline.last_contact(records), search.found_by(records, query)
        return [
            Row(
                o,
                o.listed_name,
                search.describe(o, query, town=towns.get(o.pk, ""), found_by=by.get(o.pk, "")),
                points.get(o.pk),
                lasts.get(o.pk),
            )
            for o in records
        ]


class PersonList(ListView):
    """All people."""

    subject = SegmentSubject.PEOPLE
    permission = "crm.view_person"
    add_permission = "crm.add_person"
    title = gettext_lazy("People")

    def rows(self, records: list[Person], query: str) -> list[Row]:
        """In three queries, and one for whose address or number was typed."""
        points, roles = contact_points.for_people(records), search.roles_of(records)
        lasts, by = timeline.last_contact(records), search.found_by(records, query)
        return [
            Row(
                p,
                p.listed_name,
                ", ".join(filter(None, [*roles[p.pk], by.get(p.pk)])),
                points.get(p.pk),
                lasts.get(p.pk),
            )
            for p in records
        ]
