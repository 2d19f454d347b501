"""How often something may be asked without signing in: counted in the cache, where nothing of it stays."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def is_too_often(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more time that ``who`` asked for ``what``; whether that is more than ``most`` in so many seconds.

    Who it is can be read nowhere: the cache holds a keyed hash. Two at the very same moment may count as one.
    """
    key = f"flood:{what}:{salted_hmac('campaigns.floods', who).hexdigest()}"
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:
        # It ran out between the two.
        cache.set(key, 1, seconds)
        return most < 1
