"""What no database can take: a clear page instead of an error that looks like ours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import bad_request

# What Django says of it where the driver says nothing of its own.
_NUL: Final = "A string literal cannot contain NUL (0x00) characters."


class UnstorableValues:
    """Answers 400 for a value that the database refuses: a number too large, a NUL character, a text too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Goes on; the answer to trouble is below."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page that says so, in place of an error; nothing was stored, for the transaction ended."""
        has_nul = isinstance(error, ValueError) and str(error) == _NUL
        if isinstance(error, DataError | OverflowError) or has_nul:
            return bad_request(request, BadRequest(str(error)))
        return None
