"""What no database can take: a clear page instead of an error that looks like ours."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request


class UnstorableValues:
    """Answers 400 for a value that the database refuses: a number too large, a NUL character, a text too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Goes on; the answer to trouble is below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says so, in place of an error; nothing was stored, for the transaction ended."""
        has_nul = isinstance(error, ValueError) and "NUL" in str(error)
        if isinstance(error, DataError | OverflowError) or has_nul:
            return bad_request(request, BadRequest(str(error)))
        return None
