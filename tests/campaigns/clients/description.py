"""What passes between the door and the stand-in, held against Mailchimp's own description of its API when it is here.

Its place is in MAILCHIMP_DESCRIPTION; it is not ours to keep in this repository.
"""

from __future__ import annotations

import functools
import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema

from campaigns.standin.server import Exchange

_BESIDE = Path(__file__).parents[4] / "shared/data/mailchimp/marketing-api-3.0.55.trimmed.json"


@functools.cache
def paths() -> list[tuple[re.Pattern[str], str, dict[str, Any]]]:
    """The patterns of the described paths, with what each takes and answers; none when it is not here."""
    place = Path(os.environ.get("MAILCHIMP_DESCRIPTION", "") or _BESIDE)
    if not place.is_file():
        return []
    described = json.loads(place.read_text())["paths"]
    found = [
        (re.compile(re.sub(r"\{\w+\}", "[^/]+", path)), path, verbs) for path, verbs in described.items()
    ]
    # What is written out goes before what is open.
    return sorted(found, key=lambda one: one[1].count("{"))


def check(exchange: Exchange) -> None:
    """Raises ValidationError for a request that Mailchimp does not describe, or an answer that it would not give."""
    if not paths():
        return
    verbs = next(verbs for pattern, _path, verbs in paths() if pattern.fullmatch(exchange.path))
    verb = verbs[exchange.method.lower()]
    if exchange.body is not None and not 400 <= exchange.status < 500:
        jsonschema.validate(exchange.body, _closed(_schema(verb.get("requestBody", {}))))
    if exchange.status == 200:
        jsonschema.validate(exchange.said, _schema(verb["responses"]["200"]))
    elif exchange.status == 204:
        assert "204" in verb["responses"]


def _schema(described: dict[str, Any]) -> dict[str, Any]:
    """Some bodies are not described."""
    return described.get("content", {}).get("application/json", {}).get("schema", {})


def _closed(schema: dict[str, Any]) -> dict[str, Any]:
    """A request names nothing that is not described."""
    return {**schema, "additionalProperties": False} if schema.get("properties") else schema
