"""Background work of letters: fetch by id, call an action."""

from django_tasks import task

from crm.models import ApprovalRound
from letters.actions import asking, fetching, intake


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
