"""Files that a screen hands over, to be kept or opened in another program."""

from __future__ import annotations

from django.http import HttpResponse

from crm.exchange.sheets import MEDIA_TYPE


def workbook(data: bytes, name: str) -> HttpResponse:
    """A workbook for a spreadsheet program, under this name without its ending."""
    response = HttpResponse(data, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response
