"""The fact cabinet: putting figures in, bringing them up to date, taking them out."""

from __future__ import annotations

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from campaigns.models import Fact
from crm.actions.action import Actor, action, record
from crm.actions.changing import AlreadyThere, check, check_unchanged, fill, take_turns

_FIELDS: Final = ("words", "as_of_on", "source", "source_url")
# The network's figures are of our time; an earlier year is a slip of the keyboard.
_EARLIEST_YEAR: Final = 1900
_NUMBER: Final = re.compile(
    r"\d|\b(?:één|twee|drie|vier|vijf|zes|zeven|acht|negen|elf|twaalf|helft|kwart|dozijn)\b"
    r"|(?:\btien|(?:der|veer|vijf|zes|zeven|acht|negen)tien|(?:twin|der|veer|vijf|zes|zeven|tach|negen)tig"
    r"|honderd|duizend|miljoen|miljard)(?:en|tal|tallen)?\b",
    re.IGNORECASE,
)


@action(permission="campaigns.add_fact")
def add(*, fact: Fact, by: Actor) -> None:
    """Keep a new figure with its source and date; without a key it gets one of its words.

    Raises Invalid with a sentence per field, and AlreadyThere for words that stand in the cabinet.
    """
    take_turns(Fact)
    fill(fact, {name: getattr(fact, name) for name in _FIELDS})
    fact.key = fact.key or _free_key(fact.words)
    _check(fact)
    fact.save()
    record("campaigns.fact_added", by=by, on=[fact], words=fact.words, source=fact.source)


@action(permission="campaigns.change_fact")
def change(*, fact: Fact, seen: str = "", by: Actor) -> None:
    """Keep what changed of a figure, but for its key: letters find it by that.

    Texts that used it keep their words; the last look points out what differs. Raises as ``add`` does, and Overtaken
    when somebody else changed it since the version that was ``seen``.
    """
    take_turns(Fact)
    kept = Fact.objects.select_for_update().get(pk=fact.pk)
    check_unchanged(kept, seen)
    changes = fill(kept, {name: getattr(fact, name) for name in _FIELDS})
    if not changes:
        return
    _check(kept)
    kept.save()
    record("campaigns.fact_changed", by=by, on=[kept], words=kept.words, changes=changes)


@action(permission="campaigns.delete_fact")
def remove(*, fact: Fact, by: Actor) -> None:
    """Take a figure out of the cabinet; texts that used it keep their words."""
    record("campaigns.fact_removed", by=by, on=[fact], words=fact.words)
    fact.delete()


def _check(fact: Fact) -> None:
    check(fact, {name: words for name, words in _errors(fact).items() if words})
    same = Fact.objects.filter(words__iexact=fact.words).exclude(pk=fact.pk).first()
    if same is not None:
        raise AlreadyThere(
            same, _("“%(words)s” is in the fact cabinet already. Change that fact.") % {"words": same}
        )


def _errors(fact: Fact) -> dict[str, str]:
    """What the fields themselves do not say, or not in words that help; "" for what is right."""
    return {
        "words": _about_words(fact.words),
        "as_of_on": _about_day(fact),
        "source": ""
        if fact.source
        else _("Write down where it says so, for example “Jaarverslag 2024, page 7”."),
        "key": _about_key(fact.key),
    }


def _about_words(words: str) -> str:
    if not words:
        return _("Write the figure as it should read, for example “ruim 15.000 Amsterdammers”.")
    if not _NUMBER.search(words):
        return _("There is no number in this. Write it along, for example “ruim 15.000 Amsterdammers”.")
    return ""


def _about_day(fact: Fact) -> str:
    if fact.as_of_on is None:
        return _("Fill in the day on which this was so. If only the year is known: 31 December of that year.")
    if fact.as_of_on > timezone.localdate():
        return _("This day is still to come. Fill in the day on which this was counted.")
    if fact.as_of_on.year < _EARLIEST_YEAR:
        return _("Look at the year: %(year)d is very long ago.") % {"year": fact.as_of_on.year}
    return ""


def _about_key(key: str) -> str:
    try:
        validate_slug(key)
    except ValidationError:
        return _("A short name has letters, digits and hyphens only, without spaces: “%(better)s”.") % {
            "better": slugify(key) or "bereik"
        }
    return ""


def _free_key(words: str) -> str:
    """A key out of the words without their digits, which change in the course of the years."""
    wanted = slugify(re.sub(r"[\d.,]", "", words))[:50].strip("-") or "feit"
    taken = set(Fact.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    number, key = 1, wanted
    while key in taken:
        number += 1
        key = f"{wanted}-{number}"
    return key
