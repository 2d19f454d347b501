"""What has been loaded so far, by the keys that the fixtures use."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm.models import Organisation, Person, Tag, Term, Theme, User


@dataclass(frozen=True, slots=True)
class Shelf:
    """Filled while loading: users by username, people by full name, the rest by key or name."""

    users: dict[str, User]
    themes: dict[str, Theme]
    tags: dict[str, Tag]
    organisations: dict[str, Organisation] = field(default_factory=dict)
    terms: dict[str, Term] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
