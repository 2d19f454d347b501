"""The audience at the mail service: how we are connected, what it says of each address, and each time we compared."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .subscribers import Subscriber


class MemberStatus(models.TextChoices):
    """What Mailchimp says of an address; the values are its own. Empty: it has not said anything."""

    SUBSCRIBED = "subscribed", _("gets it")
    PENDING = "pending", _("was asked to confirm")
    UNSUBSCRIBED = "unsubscribed", _("left")
    CLEANED = "cleaned", _("does not arrive")
    # Also what a complete look does not find any more.
    ARCHIVED = "archived", _("taken off the list")
    TRANSACTIONAL = "transactional", _("never signed up there")


# Who gets it there, or will once they confirm.
LIVE: Final = {MemberStatus.SUBSCRIBED, MemberStatus.PENDING}
# Who comes back only after saying yes anew, and confirming it there.
AWAY: Final = {MemberStatus.UNSUBSCRIBED, MemberStatus.ARCHIVED, MemberStatus.TRANSACTIONAL}


class Refusal(models.TextChoices):
    """Why Mailchimp does not take an address."""

    INVALID = (
        "invalid",
        _("Mailchimp does not believe that this address exists. Look whether it is spelled right."),
    )
    LEFT = "left", _("This reader left by themselves, and only they can come back.")
    ERASED = "erased", _("Mailchimp erased this address for good. Only the reader can sign up again there.")
    EXISTS = (
        "exists",
        _("Mailchimp has this address already, and does not show it: it may have been archived."),
    )
    TOO_LONG = "too_long", _("The first name is too long for Mailchimp. Shorten it.")
    OTHER = "other", _("Mailchimp did not take this address.")  # fmt: skip


class AudienceProblem(models.TextChoices):
    """Why the work with Mailchimp stopped, as the sentence that says what to do."""

    NO_KEY = "no_key", _("There is no key. Make one in Mailchimp, and set it as MAILCHIMP_API_KEY.")
    BAD_KEY = (
        "bad_key",
        _("Mailchimp does not know the key. Make a new one, and set it as MAILCHIMP_API_KEY."),
    )
    FORBIDDEN = (
        "forbidden",
        _("The account may not do this. Look in Mailchimp whether it is blocked or lacks a right."),
    )
    NO_AUDIENCE = (
        "no_audience",
        _("Mailchimp does not have the audience. Look up its id there, and set it as MAILCHIMP_AUDIENCE."),
    )
    NO_FIELD = (
        "no_field",
        _("The audience has no field FNAME for the first name. Add it in Mailchimp, then try again."),
    )
    BUSY = "busy", _("Mailchimp had no time. We try again by ourselves.")
    UNREACHABLE = "unreachable", _("Mailchimp could not be reached. We try again by ourselves.")
    REFUSED = "refused", _("Mailchimp did not accept what we asked. What it said stands under “Technical”.")
    NOT_SAFE = "not_safe", _("Mailchimp can only tell us something at an address that begins with https.")
    ERROR = "error", _("Something went wrong here. Nothing got lost: the next time goes on with it.")  # fmt: skip


class AudienceLink(models.Model):
    """One row per audience that we were ever connected with. Holds no personal data.

    ``pulled_at`` is the moment up to which we know all that changed there; ``full_at`` that of the last complete look.
    """

    audience = models.CharField(max_length=50, unique=True)
    name = models.CharField(max_length=200, blank=True)
    account = models.CharField(max_length=200, blank=True)
    plan = models.CharField(max_length=50, blank=True)
    # Addresses in the whole account, and in the audience by what became of them.
    account_total = models.PositiveIntegerField(default=0)
    subscribed = models.PositiveIntegerField(default=0)
    unsubscribed = models.PositiveIntegerField(default=0)
    cleaned = models.PositiveIntegerField(default=0)
    # The interest that says which members we look after.
    marker_id = models.CharField(max_length=50, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=12, choices=AudienceProblem.choices, blank=True)
    problem_words = models.TextField(blank=True, help_text="What Mailchimp or the network said.")
    # Whether what changes here is brought there without anybody pressing a button.
    is_automatic = models.BooleanField(default=False)
    pulled_at = models.DateTimeField(null=True, blank=True)
    full_at = models.DateTimeField(null=True, blank=True)
    path_secret = models.CharField(max_length=64, default=secrets.token_urlsafe, editable=False)
    webhook_id = models.CharField(max_length=50, blank=True)
    webhook_secret = models.CharField(max_length=200, blank=True, editable=False)
    heard_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("connection with Mailchimp")
        default_permissions = ()
        permissions = [("sync_audience", _("Can keep the audience at Mailchimp"))]

    def __str__(self) -> str:
        return self.name or self.audience


class AudienceMember(models.Model):
    """One row per address that the audience has, or that it did not take: what Mailchimp says of it.

    ``interests`` are the ids of our groups that it is in; ``digest`` is of what we last brought there; ``left_at``
    since when it is away. Personal data: address, first name and groups; goes with the connection.
    """

    link = models.ForeignKey(AudienceLink, on_delete=models.CASCADE, related_name="members")
    address = models.EmailField()
    status = models.CharField(max_length=14, choices=MemberStatus.choices, blank=True)
    first_name = models.CharField(max_length=255, blank=True)
    interests = models.JSONField(default=list)
    changed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    subscriber = models.ForeignKey(
        Subscriber, null=True, blank=True, on_delete=models.SET_NULL, related_name="members"
    )
    digest = models.CharField(max_length=16, blank=True)
    # Why it was not taken, and the digest of what was not: as long as that is the same it is not offered again.
    refusal = models.CharField(max_length=8, choices=Refusal.choices, blank=True)
    refused_digest = models.CharField(max_length=16, blank=True)
    refused_words = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("address in the audience")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["link", "address"], name="one_member_of_an_address"),
            models.CheckConstraint(condition=Q(address=Lower("address")), name="member_address_is_lower"),
        ]
        indexes = [models.Index(fields=["link", "status"], name="members_by_status")]

    def __str__(self) -> str:
        return self.address

    def holds(self, ours: Iterable[str]) -> str:
        """The digest of what is there now, as far as it is about ``ours``: the ids of our groups."""
        return digest(self.first_name, set(self.interests).intersection(ours))


def digest(first_name: str, interests: Iterable[str]) -> str:
    """A fingerprint of what is brought there of one reader."""
    return hashlib.sha256(json.dumps([first_name, sorted(interests)]).encode()).hexdigest()[:16]


# In place of a digest: that we asked to take somebody off the list.
TAKEN_OFF: Final = "off"


class SyncKind(models.TextChoices):
    """How much was looked at."""

    CHANGES = "changes", _("what changed")
    FULL = "full", _("everything")


class SyncState(models.TextChoices):
    """How a comparison ended, or that it has not."""

    RUNNING = "running", _("busy")
    WAITING = "waiting", _("waits for you")
    DONE = "done", _("done")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("broke off")


OPEN_RUNS: Final = {SyncState.RUNNING, SyncState.WAITING}


class SyncRun(models.Model):
    """One row per time that we compared with the audience; one at a time is open. Holds no personal data.

    ``plan`` and ``done`` are numbers by kind of step. Without ``seen_at`` for a while whoever was at it is gone, and
    somebody else goes on. ``agreed`` is how many withdrawals a person agreed with.
    """

    link = models.ForeignKey(AudienceLink, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=7, choices=SyncKind.choices, default=SyncKind.CHANGES)
    # Only looks: what changed there is taken over, and nothing is brought there.
    is_look = models.BooleanField(default=False)
    state = models.CharField(max_length=7, choices=SyncState.choices, default=SyncState.RUNNING)
    reason = models.CharField(max_length=12, choices=AudienceProblem.choices, blank=True)
    reason_words = models.TextField(blank=True)
    plan = models.JSONField(default=dict)
    done = models.JSONField(default=dict)
    landed = models.JSONField(default=dict)
    agreed = models.PositiveIntegerField(default=0)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The moment up to which this one will know all that changed there.
    watermark = models.DateTimeField(null=True, blank=True)
    held_by = models.CharField(max_length=40, blank=True)
    seen_at = models.DateTimeField(auto_now_add=True)
    # How often in a row it ended like this, for what happens by itself and without a result.
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("comparison with Mailchimp")
        default_permissions = ()
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["link"], condition=Q(state__in=["running", "waiting"]), name="one_open_sync_run"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.started_at:%d-%m-%Y %H.%M}"

    @property
    def is_open(self) -> bool:
        """Whether it has not ended."""
        return self.state in OPEN_RUNS

    @property
    def total(self) -> int:
        """How many addresses there were to bring there, in all."""
        return sum(int(self.plan.get(step, 0)) for step in STEPS)

    @property
    def number_done(self) -> int:
        """How many addresses were brought there."""
        return sum(int(count) for count in self.done.values())


class Step(models.TextChoices):
    """What is done with one address at Mailchimp."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("other address")
    ASKED = "asked", _("asked whether they want to come back")
    WITHDRAWN = "withdrawn", _("taken off")


STEPS: Final = tuple(Step.values)


class HeardEvent(models.Model):
    """One row per thing that Mailchimp told us, so that it counts once. Holds no personal data; goes after a month."""

    link = models.ForeignKey(AudienceLink, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    heard_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message from Mailchimp")
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest

    @classmethod
    def digest_of(cls, *parts: Any) -> str:
        """The same for the same message."""
        return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
