"""How a request to Mailchimp travels: one pool of connections, patience, and tries that never do a thing twice."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import requests

from .mailchimp_answers import Busy, Uncertain, Unreachable, error_of

# To connect, and to answer.
PATIENCE: Final = (3.0, 30.0)
TRIES: Final = 4
FIRST_PAUSE: Final = 0.5
# It surely did nothing: it had no time.
_TURNED_AWAY: Final = {429, 503}
# Something between us and it gave no answer: it may have done it.
_NO_ANSWER: Final = {500, 502, 504}


class Transport:
    """Stands in for ``ApiClient.request`` of the client that Mailchimp publishes (3.0.80), which opens a connection
    for every call, never tries again, and hands back an error without a body as if it were an answer."""

    def __init__(self, key: str, *, pause: Callable[[float], None] = time.sleep) -> None:
        self._session = requests.Session()
        self._session.auth = ("spreekbuis", key)
        self._pause = pause

    def __call__(
        self,
        method: str,
        url: str,
        query_params: Any = None,
        headers: Mapping[str, str] | None = None,
        body: Any = None,
    ) -> requests.Response:
        """The answer to one request, after as many tries as are safe. Raises MailchimpError."""
        safe = is_repeatable(method, url)
        for attempt in range(1, TRIES + 1):
            last = attempt == TRIES
            try:
                answer = self._session.request(
                    method,
                    url,
                    params=query_params,
                    headers=headers,
                    data=None if body is None else json.dumps(body),
                    timeout=PATIENCE,
                    allow_redirects=False,
                )
            except requests.exceptions.ConnectTimeout as error:
                if last:
                    raise Unreachable(str(error)) from error
            except requests.exceptions.RequestException as error:
                if not safe:
                    raise _lost(error) from error
                if last:
                    raise Unreachable(str(error)) from error
            else:
                if answer.ok and not answer.is_redirect:
                    return answer
                if not _is_worth_a_try(answer, safe=safe) or last:
                    raise _failure(answer, safe=safe)
            self._pause(FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))
        raise AssertionError("The last try answers or raises.")


def is_repeatable(method: str, url: str) -> bool:
    """Whether asking twice does no more than asking once. Everything is, save what makes a campaign or a webhook, and
    what lets one go: those are asked for once, and looked at when the answer is lost."""
    if method != "POST":
        return True
    path = url.partition("?")[0].rstrip("/")
    return path.rpartition("/lists/")[2].isalnum() and "/lists/" in path


def _is_worth_a_try(answer: requests.Response, *, safe: bool) -> bool:
    if answer.status_code in _TURNED_AWAY or _says_nothing(answer):
        return True
    return safe and answer.status_code in _NO_ANSWER


def _says_nothing(answer: requests.Response) -> bool:
    """A 403 without a body comes from its gate when that is crowded; one with a body is about the account."""
    return answer.status_code == 403 and not answer.content.strip()


def _failure(answer: requests.Response, *, safe: bool) -> Exception:
    if _says_nothing(answer):
        return Busy("HTTP 403")
    if answer.status_code in _NO_ANSWER and not safe:
        return Uncertain(f"HTTP {answer.status_code}")
    try:
        said = answer.json()
    except ValueError:
        said = None
    return error_of(answer.status_code, said)


def _lost(error: requests.exceptions.RequestException) -> Exception:
    """A name that is unknown or a door that is shut surely took nothing in; anything later may have been done."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    never_left = type(reason).__name__ in {"NewConnectionError", "NameResolutionError"}
    return Unreachable(str(error)) if never_left else Uncertain(str(error))
