"""How a cause is kept, with the parts of the letter that it is about, and how it reads."""

from __future__ import annotations

from collections.abc import Collection

from letters.models import Cause, Enclosure, Letter, Recipient, Signatory


def kept(cause: Cause, parts: Collection[str] = ()) -> str:
    """The cause as it is stored; ``parts`` are names of ``contents.content``: "changed:subject,recipients"."""
    return f"{cause.value}:{','.join(parts)}" if parts else cause.value


def in_words(stored: str) -> str:
    """A stored cause in the language of the reader; words, as they were stored before, stay as they are."""
    code, _colon, parts = stored.partition(":")
    if code not in Cause.values:
        return stored
    words = str(Cause(code).label)
    return f"{words} ({', '.join(map(_part, parts.split(',')))})" if parts else words


def _part(name: str) -> str:
    names = {field.name: field.verbose_name for field in Letter._meta.fields} | {
        "signatories": Signatory._meta.verbose_name_plural,
        "enclosures": Enclosure._meta.verbose_name_plural,
        "recipients": Recipient._meta.verbose_name_plural,
    }
    return str(names.get(name, name))
