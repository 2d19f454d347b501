"""The fields of a new address on the screens of a letter (parts/new_address.html): what was typed, and what it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from crm.actions.action import Refused
from crm.models import Channel

_POSTAL = ("street", "postcode", "town", "country")
_FIELDS = ("value", *_POSTAL, "source")


def typed(post: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields, by field of ``ContactPoint``."""
    return {name: post.get(name, "").strip() for name in _FIELDS}


def kind(values: Mapping[str, str]) -> Channel:
    """Whether it is an address for e-mail or for post. Raises Refused for one of each, of which one would be lost."""
    by_post = any(values[name] for name in _POSTAL)
    if by_post and values["value"]:
        raise Refused(
            _("Fill in an e-mail address or a postal address, not both: the letter goes by one way.")
        )
    return Channel.POST if by_post else Channel.EMAIL
