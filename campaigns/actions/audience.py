"""Keeping the audience at Mailchimp: comparing, its buttons, and the connection. Asks it only in the background.

A run asks what changed there, takes that over, plans, and brings there what differs. One at a time is open; whoever is
at it says so before every request, and another goes on with it when that stays out.
"""

from __future__ import annotations

import datetime
import logging
import secrets
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.clients.mailchimp import Mailchimp
from campaigns.clients.mailchimp_answers import MailchimpError
from campaigns.models import AudienceLink, AudienceProblem, HeardEvent, Step, SyncKind, SyncRun, SyncState
from campaigns.models.audience import OPEN_RUNS
from campaigns.queries import audience
from crm.actions.action import Actor, Refused, action, record
from crm.models import User
from crm.registries import background

from . import audience_connecting as connecting
from . import audience_landing as landing
from . import audience_pushing as pushing
from .audience_connecting import Broken

PERMISSION: Final = "campaigns.sync_audience"
# Its clock and ours need not agree.
OVERLAP: Final = datetime.timedelta(minutes=5)
# Longer than one request can take with all its tries.
SILENCE: Final = datetime.timedelta(minutes=5)
FULL_EVERY: Final = datetime.timedelta(days=7)
EVENTS_KEPT: Final = datetime.timedelta(days=30)

logger = logging.getLogger(__name__)


class _Ended(Exception):
    """Somebody stopped the run, or another one goes on with it."""


@action(permission=PERMISSION)
def start(*, look: bool = False, full: bool = False, by: Actor) -> SyncRun:
    """Compare, in the background; ``look`` only makes the plan, ``full`` asks everything and not just what changed.
    Raises Refused while one is open, and when no audience is set."""
    link = _link()
    run = _begin(link, look=look, full=full, by=by)
    if run is None:
        raise Refused(_("We are comparing already. Wait until that is done, or stop it."))
    record("campaigns.sync_look" if look else "campaigns.sync_started", by=by, on=[link], name=str(link))
    background.wake("campaigns.sync_audience")
    return run


@action(permission=PERMISSION)
def go_on(*, run: SyncRun, seen: int, by: Actor) -> SyncRun:
    """Take so many off after all, as a person ``seen`` them; when there are more by then, it waits again."""
    current = SyncRun.objects.select_for_update().get(pk=run.pk)
    if not current.is_open:
        raise Refused(_("This comparison has ended already."))
    current.agreed, current.is_look = seen, False
    current.save(update_fields=["agreed", "is_look"])
    record("campaigns.sync_went_on", by=by, on=[current.link], name=str(current.link), count=seen)
    background.wake("campaigns.sync_audience")
    return current


@action(permission=PERMISSION)
def stop(*, run: SyncRun, by: Actor) -> SyncRun:
    """Go no further; what was done stays. Safe to repeat."""
    ended = SyncRun.objects.filter(pk=run.pk, state__in=OPEN_RUNS).update(
        state=SyncState.STOPPED, ended_at=timezone.now(), held_by=""
    )
    run.refresh_from_db()
    if ended:
        record("campaigns.sync_stopped", by=by, on=[run.link], name=str(run.link))
    return run


@action(permission=PERMISSION)
def set_automatic(*, link: AudienceLink, on: bool, by: Actor) -> AudienceLink:
    """Whether what changes here is brought there by itself. What changes there is always taken over."""
    if AudienceLink.objects.filter(pk=link.pk).exclude(is_automatic=on).update(is_automatic=on):
        record(
            "campaigns.sync_automatic" if on else "campaigns.sync_by_hand", by=by, on=[link], name=str(link)
        )
    link.is_automatic = on
    return link


@action(permission=PERMISSION)
def test_connection(*, by: Actor) -> AudienceLink:
    """Ask Mailchimp who we are to it, in the background."""
    link = _link()
    record("campaigns.mailchimp_tested", by=by, on=[link], name=str(link))
    background.wake("campaigns.look_at_mailchimp")
    return link


@action(permission=PERMISSION)
def switch_on_webhook(*, base_url: str, by: Actor) -> AudienceLink:
    """Have Mailchimp tell us what readers change there, at our address under ``base_url``; in the background."""
    link = _link()
    record("campaigns.webhook_asked", by=by, on=[link], name=str(link))
    path = reverse("mailchimp_webhook", args=[link.path_secret])
    background.wake("campaigns.listen_to_mailchimp", url=base_url.rstrip("/") + path)
    return link


def _link() -> AudienceLink:
    try:
        return connecting.link_of_settings()
    except Broken as error:
        raise Refused(str(error.problem.label)) from error


def tick() -> None:
    """What happens every quarter of an hour without anybody pressing: a run, or the open one again. Asks nothing of
    Mailchimp itself; called by ``manage.py deliver``."""
    link = audience.link()
    # Nobody looked at the connection yet: then it is not ours to use.
    if link is None or link.checked_at is None:
        return
    HeardEvent.objects.filter(heard_at__lt=timezone.now() - EVENTS_KEPT).delete()
    full = link.full_at is None or link.full_at < timezone.now() - FULL_EVERY
    with transaction.atomic():
        _begin(link, look=not link.is_automatic, full=full, by=None)
        background.wake("campaigns.sync_audience")


def _begin(link: AudienceLink, *, look: bool, full: bool, by: Actor | None) -> SyncRun | None:
    """A new run; None when one is open."""
    full = full or link.pulled_at is None
    try:
        with transaction.atomic():
            return SyncRun.objects.create(
                link=link,
                kind=SyncKind.FULL if full else SyncKind.CHANGES,
                is_look=look,
                started_by=by if isinstance(by, User) else None,
            )
    except IntegrityError:
        return None


def work(*, mailchimp: Mailchimp | None = None) -> SyncRun | None:
    """Go on with the open run, if nobody is at it; it as it is afterwards. Never inside a transaction."""
    run = _take()
    if run is None:
        return None
    try:
        try:
            _compare(run, mailchimp or Mailchimp.from_settings())
        except MailchimpError as error:
            raise connecting.broken(error) from error
    except _Ended:
        pass
    except Broken as error:
        if error.problem in (AudienceProblem.REFUSED, AudienceProblem.NO_AUDIENCE):
            # One of our groups may be gone there: the next run looks at them again.
            AudienceLink.objects.filter(pk=run.link_id).update(marker_id="")
        connecting.note_problem(run.link, error)
        _end(run, SyncState.FAILED, error.problem, str(error))
    except Exception as error:
        _end(run, SyncState.FAILED, AudienceProblem.ERROR, f"{type(error).__name__}: {error}")
        raise
    run.refresh_from_db()
    return run


def _take() -> SyncRun | None:
    link = audience.link()
    if link is None:
        return None
    now, me = timezone.now(), secrets.token_hex(8)
    free = Q(state=SyncState.WAITING) | Q(held_by="") | Q(seen_at__lt=now - SILENCE)
    run = SyncRun.objects.filter(free, link=link, state__in=OPEN_RUNS).first()
    if run is None:
        return None
    taken = SyncRun.objects.filter(free, pk=run.pk, state__in=OPEN_RUNS).update(
        state=SyncState.RUNNING, held_by=me, seen_at=now
    )
    if not taken:
        return None
    run.refresh_from_db()
    return run


def _beat(run: SyncRun, **values: Any) -> None:
    """Say that the run goes on, before anything is asked. Raises _Ended when it does not."""
    mine = SyncRun.objects.filter(pk=run.pk, held_by=run.held_by, state=SyncState.RUNNING)
    if not mine.update(seen_at=timezone.now(), **values):
        raise _Ended


def _compare(run: SyncRun, mailchimp: Mailchimp) -> None:
    link = run.link
    full = run.kind == SyncKind.FULL
    if not connecting.is_connected(link):
        connecting.connect(link=link, mailchimp=mailchimp)
    _pull(run, mailchimp, full=full)
    plan = audience.plan(link, full=full)
    already = run.done
    shown = plan | {step: plan[step] + int(already.get(step, 0)) for step in Step.values}
    _beat(run, plan=shown)
    if audience.brakes(plan, agreed=run.agreed):
        AudienceLink.objects.filter(pk=link.pk).update(pulled_at=run.watermark)
        _beat(run, state=SyncState.WAITING, held_by="")
        return
    if not run.is_look:
        pushing.carry_out(link=link, mailchimp=mailchimp, full=full, tell=lambda step, n: _tell(run, step, n))
    AudienceLink.objects.filter(pk=link.pk).update(
        pulled_at=run.watermark, problem="", problem_words="", **audience.counted(link)
    )
    _end(run, SyncState.DONE)


def _pull(run: SyncRun, mailchimp: Mailchimp, *, full: bool) -> None:
    link, now = run.link, timezone.now()
    since = None if full or link.pulled_at is None else link.pulled_at - OVERLAP
    run.watermark = now
    _beat(run, watermark=now)
    for page in mailchimp.members(link.audience, since=since):
        for code, count in landing.land(link=link, members=page, now=now).items():
            run.landed[code] = run.landed.get(code, 0) + count
        _beat(run, landed=run.landed)
    if since is None:
        landing.settle_absent(link=link, since=now)
        AudienceLink.objects.filter(pk=link.pk).update(full_at=now)


def _tell(run: SyncRun, step: Step, count: int) -> None:
    run.done[step.value] = run.done.get(step.value, 0) + count
    _beat(run, done=run.done)


def _end(run: SyncRun, state: SyncState, reason: str = "", words: str = "") -> None:
    mine = SyncRun.objects.filter(pk=run.pk, held_by=run.held_by, state=SyncState.RUNNING)
    mine.update(state=state, reason=reason, reason_words=words[:2000], ended_at=timezone.now(), held_by="")
    _fold(run)


def _fold(run: SyncRun) -> None:
    """What happens by itself without a result, time after time, is one line of the history."""
    run.refresh_from_db()
    before = SyncRun.objects.filter(link=run.link, pk__lt=run.pk).order_by("-pk").first()
    if before is None or not (_is_quiet(run) and _is_quiet(before)):
        return
    if (before.state, before.reason, before.plan) == (run.state, run.reason, run.plan):
        SyncRun.objects.filter(pk=run.pk).update(times=F("times") + before.times)
        before.delete()


def _is_quiet(run: SyncRun) -> bool:
    return run.started_by_id is None and run.number_done == 0 and not any(run.landed.values())


def look_at_mailchimp(*, mailchimp: Mailchimp | None = None) -> None:
    """Write down how the connection stands, with our groups there; called in the background."""
    _with_mailchimp(mailchimp, lambda link, door: connecting.connect(link=link, mailchimp=door))


def listen_to_mailchimp(*, url: str, mailchimp: Mailchimp | None = None) -> None:
    """Have it tell us what changes; called in the background."""
    _with_mailchimp(mailchimp, lambda link, door: connecting.listen(link=link, mailchimp=door, url=url))


def _with_mailchimp(mailchimp: Mailchimp | None, do: Any) -> None:
    link = connecting.link_of_settings()
    try:
        try:
            do(link, mailchimp or Mailchimp.from_settings())
        except MailchimpError as error:
            raise connecting.broken(error) from error
    except Broken as error:
        connecting.note_problem(link, error)
