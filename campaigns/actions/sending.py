"""Sending what was approved, in the background: ready, read back, let go once, and looked at until it left."""

from __future__ import annotations

import datetime
import logging
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from campaigns.models import Mailing, MailingState, Problem, TrialMail
from campaigns.queries import mailings
from crm.actions import telling
from crm.actions.action import SYSTEM, record

from .backends import Backend, Later, Outcome, Stop, Where
from .through_mailchimp import ThroughMailchimp

# So long one worker has a mailing for itself; it ends earlier when the work is done.
LEASE: Final = datetime.timedelta(minutes=10)
BACKENDS: Final[dict[str, type[Backend]]] = {ThroughMailchimp.name: ThroughMailchimp}

logger = logging.getLogger(__name__)


def backend_of(mailing: Mailing) -> Backend:
    """Who sends it: what it began with, else Mailchimp."""
    return BACKENDS[mailing.backend or ThroughMailchimp.name]()


def run_due() -> int:
    """Go on with every mailing that is being sent, and look at those whose moment has come; how many that were."""
    now = timezone.now()
    due = Mailing.objects.filter(
        Q(state=MailingState.SENDING) | Q(state=MailingState.SCHEDULED, scheduled_for__lte=now)
    ).filter(Q(taken_until=None) | Q(taken_until__lt=now))
    keys = list(due.values_list("pk", flat=True))
    for pk in keys:
        run(pk)
    return len(keys)


def run(pk: int) -> None:
    """Bring one mailing as far as it comes now. Safe to repeat and to break off anywhere: of two at once, one does it.

    Nothing is let go but what stands there word for word as it was approved; what may have left is looked at first.
    """
    mailing = _take(pk)
    if mailing is None:
        return
    try:
        _go_on(mailing)
    except Stop as error:
        _stopped(mailing, error.problem, error.details)
    except Later as error:
        _wait(mailing, str(error))
    finally:
        Mailing.objects.filter(pk=pk).update(taken_until=None)


def run_test(pk: int) -> None:
    """Send a test. Safe to repeat: what was sent is not sent again."""
    test = TrialMail.objects.filter(pk=pk, sent_at=None).exclude(content={}).first()
    if test is None:
        return
    mailing = Mailing(
        page_id=test.page_id, remote_title=f"Proef {test.page_id}-{pk}", made_at=test.at, **test.content
    )
    try:
        backend_of(mailing).send_test(mailing, test.addresses.split(", "))
    except Stop as error:
        test.problem, test.problem_details = error.problem, error.details
    except Later as error:
        test.problem, test.problem_details = Problem.UNCLEAR, str(error)
    else:
        test.sent_at, test.problem, test.problem_details, test.content = timezone.now(), "", "", {}
    test.save()


def _take(pk: int) -> Mailing | None:
    """The mailing, for this worker alone; None when there is nothing to do or another one has it."""
    now = timezone.now()
    taken = (
        Mailing.objects.filter(pk=pk, state__in=[MailingState.SENDING, MailingState.SCHEDULED])
        .filter(Q(taken_until=None) | Q(taken_until__lt=now))
        .update(taken_until=now + LEASE)
    )
    return Mailing.objects.select_related("group", "page", "revision").get(pk=pk) if taken else None


def _go_on(mailing: Mailing) -> None:
    backend = backend_of(mailing)
    if mailing.backend != backend.name:
        mailing.backend = backend.name
        mailing.save(update_fields=["backend"])
    if mailing.state == MailingState.SCHEDULED:
        _looked(mailing, backend.look(mailing))
        return
    if mailing.let_go_at is not None:
        outcome = backend.look(mailing)
        if outcome.where is not Where.WAITING:
            _looked(mailing, outcome)
            return
    _check_readers(mailing)
    backend.put_ready(mailing)
    mailing.let_go_at = timezone.now()
    mailing.save(update_fields=["uploaded_hash", "let_go_at"])
    if mailing.scheduled_for is None:
        publish(mailing)
    try:
        backend.let_go(mailing)
    except Later as error:
        logger.warning("The answer about mailing %s was lost: %s", mailing.pk, error)
    outcome = backend.look(mailing)
    if outcome.where is Where.WAITING:
        raise Later("It was asked to let it go, and did not yet.")
    _looked(mailing, outcome)


def _check_readers(mailing: Mailing) -> None:
    count = mailings.readers(mailing.group).count()
    if not count:
        raise Stop(Problem.NO_READERS)
    if mailing.scheduled_for is not None and mailing.scheduled_for <= timezone.now():
        # Its moment passed while the mail service could not be reached: it goes as soon as it can.
        mailing.scheduled_for = None
        mailing.save(update_fields=["scheduled_for"])


def _looked(mailing: Mailing, outcome: Outcome) -> None:
    """Write down where it is."""
    if outcome.recipients is not None:
        mailing.recipients = outcome.recipients
    mailing.problem, mailing.problem_details, mailing.problem_since = "", "", None
    if outcome.where is Where.LEFT:
        publish(mailing)
        mailing.sent_at = outcome.at or timezone.now()
        _save(mailing, MailingState.SENT, "campaigns.mailing_sent", count=mailing.recipients or 0)
    elif outcome.where is Where.SCHEDULED:
        mailing.state = MailingState.SCHEDULED
        mailing.save()
        if mailing.scheduled_for is not None and mailing.scheduled_for <= timezone.now():
            publish(mailing)
    elif outcome.where is Where.CANCELLED or mailing.state == MailingState.SCHEDULED:
        _stopped(mailing, Problem.CANCELLED, "")


def publish(mailing: Mailing) -> None:
    """Put the issue on the site as it was approved: readers come there from the mail."""
    if mailing.revision is not None and not mailing.page.live:
        mailing.revision.publish()
        mailing.page.refresh_from_db()


def _stopped(mailing: Mailing, problem: Problem, details: str) -> None:
    mailing.problem, mailing.problem_details = problem, details
    mailing.problem_since = timezone.now()
    _save(
        mailing, MailingState.STOPPED, "campaigns.mailing_stopped", reason=telling.choice(mailing, "problem")
    )


def _wait(mailing: Mailing, said: str) -> None:
    """It is tried again by itself; who looks sees since when it waits, and for what."""
    mailing.problem, mailing.problem_details = Problem.UNCLEAR, said
    mailing.problem_since = mailing.problem_since or timezone.now()
    mailing.save(update_fields=["problem", "problem_details", "problem_since"])


@transaction.atomic
def _save(mailing: Mailing, state: MailingState, code: str, **told: Any) -> None:
    mailing.state = state
    mailing.save()
    record(code, by=SYSTEM, on=[mailing], subject=mailing.subject, **told)
