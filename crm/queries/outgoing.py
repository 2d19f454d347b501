"""Where outgoing mail stands: per batch, and as a whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.models import MailStoppage, MailWorker, OutgoingMessage, OutgoingState
from crm.models.outgoing import SENT, StoppageProblem
from crm.registries import outgoing as registry

S = OutgoingState
WAITING = {S.QUEUED, S.CLAIMED, S.IN_TRANSFER}
RATE_WINDOW = timedelta(seconds=60)
# Mail that is due while nothing is on its way for longer than this means that the delivering goes wrong.
PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Progress:
    """The messages of one batch, counted. ``remaining_seconds`` is an estimate; None when there is no pace yet."""

    total: int
    accepted: int
    waiting: int
    refused: int
    uncertain: int
    held: int
    dropped: int
    remaining_seconds: int | None


def progress(batch: str) -> Progress:
    """How far a batch is. One query."""
    now = timezone.now()
    recent = Q(accepted_at__gte=now - RATE_WINDOW)
    counts = OutgoingMessage.objects.filter(batch=batch).aggregate(
        total=Count("pk"),
        accepted=Count("pk", filter=Q(state__in=SENT)),
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        refused=Count("pk", filter=Q(state=S.REFUSED)),
        uncertain=Count("pk", filter=Q(state=S.UNCERTAIN)),
        held=Count("pk", filter=Q(state=S.FROZEN)),
        dropped=Count("pk", filter=Q(state=S.DROPPED)),
        recent=Count("pk", filter=recent),
        recent_since=Min("accepted_at", filter=recent),
    )
    recently, since = counts.pop("recent"), counts.pop("recent_since")
    remaining = None
    if counts["waiting"] == 0:
        remaining = 0
    elif recently > 1:
        remaining = round(counts["waiting"] * (now - since).total_seconds() / recently)
    return Progress(**counts, remaining_seconds=remaining)


@dataclass(frozen=True, slots=True)
class Health:
    """The outbox as a whole. ``problem``: a sentence with its remedy, empty when mail flows, and ``since`` when."""

    waiting: int
    uncertain: int
    refused: int
    since: datetime | None
    problem: str


def health() -> Health:
    """Whether mail leaves, and if not, why. Three queries."""
    now = timezone.now()
    due = Q(state=S.QUEUED, next_attempt_at__lte=now)
    under_way = Q(state__in=[S.CLAIMED, S.IN_TRANSFER])
    counts = OutgoingMessage.objects.filter(state__in=WAITING | {S.UNCERTAIN, S.REFUSED}).aggregate(
        waiting=Count("pk", filter=Q(state__in=WAITING)),
        uncertain=Count("pk", filter=Q(state=S.UNCERTAIN)),
        refused=Count("pk", filter=Q(state=S.REFUSED)),
        oldest=Min("next_attempt_at", filter=due | under_way),
        moving=Count("pk", filter=under_way & Q(changed_at__gt=now - PATIENCE)),
    )
    oldest, moving = counts.pop("oldest"), counts.pop("moving")
    since, problem = _shut_door()
    if oldest is not None and not MailWorker.objects.alive().exists():
        since = oldest
        problem = _(
            "Sending stands still: the program that delivers mail is not running. You need not do anything: as soon as "
            "it runs again, the letters leave after all. Ask your administrator to start it."
        )
    elif not problem and oldest is not None and not moving and oldest <= now - PATIENCE:
        since = oldest
        problem = _(
            "Mail has been waiting since %(since)s, although the program that delivers it is running. Nothing is lost. "
            "Ask your administrator to see what holds it up."
        ) % {"since": _moment(since)}
    return Health(**counts, since=since, problem=problem)


def door_problem() -> str:
    """Why the mail server takes nothing, in a sentence with its remedy; empty when it does. One query."""
    return _shut_door()[1]


def needing_person() -> QuerySet[OutgoingMessage]:
    """The messages about which a person must decide, longest waiting first."""
    return OutgoingMessage.objects.filter(state__in=[S.UNCERTAIN, S.REFUSED]).order_by("changed_at", "pk")


def to_settle() -> QuerySet[OutgoingMessage]:
    """Those of them that no other screen asks about."""
    elsewhere = Q(pk=None)
    for prefix in registry.ELSEWHERE:
        elsewhere |= Q(key__startswith=prefix)
    return needing_person().exclude(elsewhere)


def account_mail(keys: Collection[str]) -> dict[str, registry.About]:
    """What mail about accounts is about."""
    return {key: registry.About(_("Mail about an account, such as a new password")) for key in keys}


def left_to_deliver() -> int:
    """How many messages are due now, or on their way at this moment."""
    due = Q(state=S.QUEUED, next_attempt_at__lte=timezone.now())
    return OutgoingMessage.objects.filter(due | Q(state__in=[S.CLAIMED, S.IN_TRANSFER])).count()


def changed_since(moment: datetime) -> dict[OutgoingState, int]:
    """How many messages came to each state since a moment."""
    rows = OutgoingMessage.objects.filter(changed_at__gte=moment).order_by()
    counts = rows.values_list("state").annotate(number=Count("pk"))
    return {S(state): number for state, number in counts}


def _shut_door() -> tuple[datetime | None, str]:
    stoppage = MailStoppage.objects.filter(door="smtp").first()
    if stoppage is None:
        return None, ""
    return stoppage.since, _sentence(StoppageProblem(stoppage.problem), stoppage.since)


def _moment(since: datetime) -> str:
    return date_format(timezone.localtime(since), "DATETIME_FORMAT")


def _sentence(problem: StoppageProblem, since: datetime) -> str:
    sentences = {
        StoppageProblem.UNREACHABLE: _(
            "The mail server has not answered since %(since)s. Nothing is lost: the mail waits, and leaves by itself "
            "when the server answers."
        ),
        StoppageProblem.CREDENTIALS: _(
            "Since %(since)s the mail server does not accept our name and password. The mail waits. Ask the person "
            "who looks after the settings to mend SMTP_USERNAME and SMTP_PASSWORD."
        ),
        StoppageProblem.INSECURE: _(
            "Since %(since)s the connection to the mail server is not safe. The mail waits. Ask the person who looks "
            "after the settings to check SMTP_SECURITY and the certificate of the server."
        ),
    }
    return sentences[problem] % {"since": _moment(since)}
