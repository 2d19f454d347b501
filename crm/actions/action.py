"""What every verb shares: permission, transaction, refusal in words, and the audit line."""

from __future__ import annotations

import errno
import functools
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Final, ParamSpec, TypeVar, final

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import TimelineEntry, User

P = ParamSpec("P")
R = TypeVar("R")


@final
class System:
    """The actor of work that no person started: a schedule, a mail server's answer. May do everything."""

    def __str__(self) -> str:
        return "Spreekbuis"


SYSTEM: Final = System()

Actor = User | System


class Refused(Exception):
    """An action cannot be done now; the message says why and what to do, in the reader's language."""


class NotAllowed(PermissionDenied):
    """The person lacks the permission for this action."""


def action(*, permission: str, atomic: bool = True) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a verb: keyword-only, ``by=`` an Actor who must hold ``permission``, in one transaction.

    ``atomic=False`` is for verbs that do slow work (PDF, SMTP, HTTP) and open short transactions themselves.
    The wrapped function raises NotAllowed, or Refused for anything a person can mend.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by = kwargs["by"]
            if not isinstance(by, System) and not (isinstance(by, User) and by.has_perm(permission)):
                raise NotAllowed(_("You are not allowed to do this. Ask someone of the committee."))
            try:
                if not atomic:
                    return function(*args, **kwargs)
                with transaction.atomic():
                    return function(*args, **kwargs)
            except (OSError, OperationalError) as error:
                if not _says_that_the_disk_is_full(error):
                    raise
                raise Refused(
                    _(
                        "Saving failed: the disk is full or cannot be written. Nothing was sent. "
                        "Make room, and try again."
                    )
                ) from error

        run.permission = permission  # type: ignore[attr-defined]
        return run

    return decorate


def _says_that_the_disk_is_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO)
    # SQLite and PostgreSQL (53100) have words of their own.
    return any(words in str(error) for words in ("disk is full", "No space left on device"))


def record(
    code: str,
    *,
    by: Actor,
    on: Iterable[models.Model],
    happened_at: datetime | None = None,
    **parameters: Any,
) -> None:
    """Write the audit line of an event on the timeline of every record it concerns."""
    event = uuid.uuid4()
    moment = happened_at or timezone.now()
    TimelineEntry.objects.bulk_create(
        TimelineEntry.row(
            subject=subject,
            event=event,
            code=code,
            parameters=parameters,
            happened_at=moment,
            by=by if isinstance(by, User) else None,
        )
        for subject in on
    )
