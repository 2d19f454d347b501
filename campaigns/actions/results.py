"""Fetching what readers did with a newsletter, in the background and while it is young."""

from __future__ import annotations

import datetime
import logging
from typing import Final

from django.db import transaction
from django.utils import timezone

from campaigns.models import Mailing, MailingState, Result, ResultLink

from .backends import Later, Stop
from .sending import backend_of

# After that hardly anybody reads it any more.
FOLLOWED: Final = datetime.timedelta(days=60)

logger = logging.getLogger(__name__)


def fetch_due() -> int:
    """Bring the numbers of every newsletter of the last two months up to date; of how many that worked."""
    young = Mailing.objects.filter(state=MailingState.SENT, sent_at__gte=timezone.now() - FOLLOWED)
    return sum(fetch(mailing) for mailing in young)


def fetch(mailing: Mailing) -> bool:
    """Bring the numbers of one up to date; whether that worked. What is there stays when nobody answers."""
    backend = backend_of(mailing)
    try:
        numbers, links = backend.result(mailing)
    except (Stop, Later) as error:
        logger.warning("No result of mailing %s: %s", mailing.pk, error)
        return False
    with transaction.atomic():
        result, _made = Result.objects.update_or_create(
            mailing=mailing, defaults={**numbers, "fetched_at": timezone.now()}
        )
        result.links.all().delete()
        ResultLink.objects.bulk_create(
            ResultLink(result=result, url=url, total=total, readers=readers) for url, total, readers in links
        )
    return True
