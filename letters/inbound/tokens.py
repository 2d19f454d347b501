"""Reply tokens and plus-addresses: "post+0123456789ab@…" is where the answer to one letter to one recipient arrives."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

# Twelve characters, as they are given out with every outgoing message; servers may change their case.
_TOKEN: Final = re.compile(r"[^\s@<>\"']{1,100}\+([0-9a-f]{12})@", re.IGNORECASE)


def tokens(texts: Iterable[str]) -> tuple[str, ...]:
    """The tokens in addresses, or in texts that hold addresses: in lower case, each once."""
    return tuple(dict.fromkeys(found.lower() for text in texts for found in _TOKEN.findall(text)))


def is_token(text: str) -> bool:
    """Whether this is a token by itself, in either case."""
    return re.fullmatch(r"[0-9a-f]{12}", text, re.IGNORECASE) is not None


def without_tag(address: str) -> str:
    """The address without what stands behind a plus, in lower case."""
    user, at, domain = address.lower().rpartition("@")
    return f"{user.partition('+')[0]}{at}{domain}"
