"""What the Mailchimp door takes and gives: plain values."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Account:
    """Whose key it is, and how many subscribers it has in all. ``plan`` is monthly, pay_as_you_go or forever_free."""

    name: str
    email: str
    subscribers: int
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Audience:
    """A list of subscribers, with how many there are now."""

    id: str
    name: str
    subscribed: int
    unsubscribed: int
    cleaned: int


@dataclass(frozen=True, slots=True)
class Member:
    """One address of an audience as it is there. ``status`` is one of theirs (subscribed, unsubscribed, cleaned,
    pending, transactional, archived); ``interests`` are the ids of the groups it is in."""

    email: str
    status: str
    first_name: str = ""
    interests: frozenset[str] = frozenset()
    changed_at: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class Push:
    """One address as it should be there."""

    email: str
    status: str
    first_name: str = ""
    interests: Mapping[str, bool] = field(default_factory=dict)
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of a batch: how many were made and changed, and what it said of those it did not take, by address."""

    created: int
    updated: int
    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Campaign:
    """One mailing as it is there. ``status`` is one of theirs: save, paused, schedule, sending, sent, canceled."""

    id: str
    title: str
    status: str
    recipients: int
    subject: str
    web_id: int = 0
    archive_url: str = ""
    send_at: datetime.datetime | None = None
    sent: int = 0


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of its own list of what must be in order before sending. ``kind`` is success, warning or error."""

    kind: str
    heading: str
    details: str


@dataclass(frozen=True, slots=True)
class Clicks:
    """How often one link was followed, in all and by how many readers."""

    url: str
    total: int
    readers: int


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a mailing, in numbers of addresses. ``opens`` counts machines that open mail as well."""

    sent: int
    hard_bounces: int
    soft_bounces: int
    unsubscribed: int
    complaints: int
    readers_clicked: int
    clicks: int
    opens: int


@dataclass(frozen=True, slots=True)
class Webhook:
    """One address that it tells what changes."""

    id: str
    url: str
