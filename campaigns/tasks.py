"""Background work of campaigns: fetch by id, call an action."""

from django_tasks import task

from campaigns.actions import results, sending


@task(queue_name="spreekbuis")
def send_mailing(mailing_id: int) -> None:
    """Bring a mailing as far as it comes."""
    sending.run(mailing_id)


@task(queue_name="spreekbuis")
def send_test(test_id: int) -> None:
    """Send a test of an issue."""
    sending.run_test(test_id)


def mailings_when_due() -> None:
    """Go on with what is being sent, and look at what was scheduled; run by ``manage.py deliver``."""
    sending.run_due()


def results_when_due() -> None:
    """Bring up to date what readers did; run by ``manage.py deliver``."""
    results.fetch_due()
