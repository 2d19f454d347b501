"""The table of parties and asks: on screen, as a workbook and as a PDF."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from campaigns.exchange import workbooks
from campaigns.models import Campaign
from campaigns.queries import documents, positions
from campaigns.queries.positions import Matrix
from crm.admin import downloads
from crm.admin.numbers import whole
from crm.admin.screens import Screen

PERMISSION = "campaigns.view_claim"


def _matrix(request: HttpRequest, pk: int) -> Matrix:
    campaign = get_object_or_404(Campaign, pk=pk)
    return positions.matrix(campaign, on=timezone.localdate(), body=whole(request.GET.get("raad")))


class MatrixView(Screen):
    """Where everybody stands on the asks of a campaign; every cell opens what was said."""

    permission = PERMISSION
    template_name = "campaigns/positions/matrix.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the table."""
        matrix = _matrix(self.request, self.kwargs["pk"])
        rows = [
            (
                row.speaker,
                [
                    (ask, cell, reverse("campaigns:cell", args=[ask.pk, row.speaker.organisation.pk]))
                    for ask, cell in zip(matrix.asks, row.cells, strict=True)
                ],
            )
            for row in matrix.rows
        ]
        return super().get_context_data(
            matrix=matrix,
            campaign=matrix.campaign,
            rows=rows,
            unknown=positions.what_unknown_means(),
            asked=f"?raad={matrix.term.body_id}" if matrix.term and len(matrix.councils) > 1 else "",
            may_add=self.may("campaigns.add_claim"),
            may_add_ask=self.may("campaigns.add_ask"),
            **kwargs,
        )


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The table and all that was said, to open in a spreadsheet program."""
    matrix = _may_see(request, pk)
    return downloads.workbook(workbooks.positions(matrix), _name(matrix))


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The table with quotes and sources, to print."""
    matrix = _may_see(request, pk)
    response = HttpResponse(documents.pdf(matrix), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{_name(matrix)}.pdf"'
    return response


def _may_see(request: HttpRequest, pk: int) -> Matrix:
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    return _matrix(request, pk)


def _name(matrix: Matrix) -> str:
    return slugify(f"standpunten {matrix.campaign} {matrix.on.isoformat()}")
