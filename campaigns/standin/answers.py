"""What the stand-in answers to each request, as Mailchimp would (mailchimp.com/developer/marketing/api)."""

from __future__ import annotations

from collections.abc import Mapping

from . import audiences, mailings
from .asking import ROUTES, Answer, Asked, Failure
from .store import Data, Store

# The modules that say what they answer.
AREAS = (audiences, mailings)


def answer(store: Store, method: str, path: str, query: Mapping[str, str], body: Data) -> Answer:
    """The body of the answer, None for an empty one. Raises Failure."""
    for wanted, pattern, function in ROUTES:
        match = pattern.fullmatch(path)
        if match and wanted == method:
            with store.lock:
                return function(store, Asked(match.groups(), query, body))
    raise Failure(404, "Resource Not Found", "The requested resource could not be found.")
