"""How the stand-in is asked, and how it says no (mailchimp.com/developer/marketing/docs/errors)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .store import Data, Store


class Failure(Exception):
    """An answer that is an error: its status, title and detail."""

    def __init__(self, status: int, title: str, detail: str, errors: list[Data] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.body = {
            "type": "https://mailchimp.com/developer/marketing/docs/errors/",
            "title": title,
            "status": status,
            "detail": detail,
            "instance": "standin",
            **({"errors": errors} if errors else {}),
        }


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the values in its path, its query, and its body."""

    path: tuple[str, ...]
    query: Mapping[str, str]
    body: Data = field(default_factory=dict)

    def number(self, name: str, default: int) -> int:
        """A whole number of the query. Raises Failure."""
        try:
            return int(self.query.get(name, default))
        except ValueError:
            raise bad(f"“{name}” is not a number.") from None


Answer = Data | None
ROUTES: list[tuple[str, re.Pattern[str], Callable[[Store, Asked], Answer]]] = []


def route(method: str, path: str) -> Callable[[Callable[[Store, Asked], Answer]], Any]:
    """Says which requests a function answers."""
    pattern = re.compile(re.sub(r"\{\w+\}", r"([^/]+)", path) + r"/?")

    def add(function: Callable[[Store, Asked], Answer]) -> Callable[[Store, Asked], Answer]:
        ROUTES.append((method, pattern, function))
        return function

    return add


def bad(detail: str, errors: list[Data] | None = None) -> Failure:
    """What was asked cannot be."""
    return Failure(400, "Invalid Resource", detail, errors)


def there(thing: Data | None) -> Data:
    """The thing, as far as it is there. Raises Failure."""
    if thing is None:
        raise Failure(404, "Resource Not Found", "The requested resource could not be found.")
    return thing
