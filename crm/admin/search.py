"""One search box over everything, and the suggestions under a field."""

from __future__ import annotations

import re
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views import View

from crm.dutch.folding import query_terms
from crm.models import OrganisationKind, User
from crm.queries import holders, near_names, search

_FEW_DIGITS: Final = re.compile(r"[+0-9][0-9 ().\-/]*")


def _typed(request: HttpRequest) -> str:
    # PostgreSQL takes no NUL in a text.
    return request.GET.get("q", "").replace("\x00", "").strip()[:200]


class SearchView(View):
    """What was found, in groups; every source leaves out what the reader may not see."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        query = _typed(request)
        groups = search.grouped(query, user=request.user)
        context: dict[str, Any] = {"query": query, "groups": groups}
        if query and not groups:
            context |= {"advice": _advice(query), "near": near_names.suggestions(query, user=request.user)}
        return TemplateResponse(request, "crm/search.html", context)


def _advice(query: str) -> str:
    """What to try when nothing was found."""
    if not query_terms(query):
        return _("Type at least one letter or digit.")
    if holders.read(query) is not None:
        return _("Nobody has such an address or number. Try a smaller part of it.")
    if _FEW_DIGITS.fullmatch(query):
        return _("A postcode is found by its first four digits, a telephone number by six digits of it.")
    if len(query_terms(query)) > 1:
        return _("All these words must be there. Try one of them.")
    return _("Try a part of the name, or look whether it is spelled differently.")


class SuggestionsView(View):
    """Names for a field, as JSON: ``[{title, subtitle}]``."""

    def get(self, request: HttpRequest) -> JsonResponse:
        """At most eight names with what was typed in them; ``soort`` is person, organisation or a kind of it."""
        query, what = _typed(request), request.GET.get("soort", "")
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
