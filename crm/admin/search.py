"""One search box over everything, and the suggestions under a field."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.views import View

from crm.models import OrganisationKind, User
from crm.queries import near_names, search


class SearchView(View):
    """What was found, in groups; every source leaves out what the reader may not see."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        query = request.GET.get("q", "").strip()[:200]
        groups = search.grouped(query, user=request.user)
        near = [] if groups else near_names.suggestions(query, user=request.user)
        return TemplateResponse(request, "crm/search.html", {"query": query, "groups": groups, "near": near})


class SuggestionsView(View):
    """Names for a field, as JSON: ``[{title, subtitle}]``."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """At most eight names with what was typed in them; ``soort`` is person, organisation or a kind of it."""
        query, what = request.GET.get("q", "").strip()[:200], request.GET.get("soort", "")
        user = cast(User, request.user)
        if what == "person":
            hits = search.visible_people(query, 8, user)
        elif user.has_perm("crm.view_organisation"):
            hits = search.find_organisations(
                query, 8, kinds=[what] if what in OrganisationKind.values else ()
            )
        else:
            hits = []
        return JsonResponse([{"title": hit.title, "subtitle": hit.subtitle} for hit in hits], safe=False)
