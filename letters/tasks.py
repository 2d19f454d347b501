"""Background work of letters: fetch by id, call an action."""

import logging

from django.conf import settings
from django.db import close_old_connections
from django_tasks import task

from crm.models import ApprovalRound
from crm.registries.standing import Waiting
from letters.actions import asking, fetching, intake
from letters.clients.imap import MailboxError

# After a connection was lost; what is wrong is told by the reading at set times.
REST_SECONDS = 60

logger = logging.getLogger(__name__)


@task(queue_name="spreekbuis")
def ask_by_mail(round_id: int) -> None:
    """Send every member whose word is awaited a personal link."""
    round_ = ApprovalRound.objects.filter(pk=round_id).first()
    if round_ is not None:
        asking.ask_by_mail(round_=round_)


def fetch_replies() -> None:
    """Take in what is new in the mailbox, after what an earlier look left half read; run by ``manage.py deliver``."""
    intake.finish()
    fetching.fetch()


def mailbox_is_watched() -> bool:
    """Whether there is a mailbox, and it is to be read as soon as something arrives."""
    return bool(settings.IMAP["host"] and settings.IMAP_IDLE)


def watch_mailbox(stop: Waiting) -> None:
    """Read the mailbox whenever the server tells that something arrived; run by ``manage.py deliver``."""

    def look() -> None:
        close_old_connections()
        fetch_replies()

    while not stop():
        try:
            if not fetching.watch(stopped=stop, look=look):
                logger.warning(
                    "The mail server does not tell what arrives (IDLE): it is asked every so often."
                )
        except MailboxError as error:
            logger.warning("The mailbox cannot be watched: %s", error)
        stop.wait(REST_SECONDS)
