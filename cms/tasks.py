"""Background work of the site and the dashboard: call an action."""

import datetime

from django_tasks import task

from cms.actions import monday_mail


@task(queue_name="spreekbuis")
def send_monday_mail(day: str) -> None:
    """Send what is due on a day ("2026-11-30") now, whatever day and hour it is."""
    monday_mail.send(day=datetime.date.fromisoformat(day))


def monday_mail_when_due() -> None:
    """Send it when it is Monday morning; run by ``manage.py deliver``."""
    monday_mail.send_when_due()
