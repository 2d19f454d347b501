"""Background work of campaigns: call an action."""

from __future__ import annotations

from django_tasks import task

from campaigns.actions import audience


@task(queue_name="spreekbuis")
def sync_audience() -> None:
    """Go on with comparing with Mailchimp."""
    audience.work()


@task(queue_name="spreekbuis")
def look_at_mailchimp() -> None:
    """See how the connection with Mailchimp stands."""
    audience.look_at_mailchimp()


@task(queue_name="spreekbuis")
def listen_to_mailchimp(url: str) -> None:
    """Have Mailchimp tell us what changes, at an address of ours."""
    audience.listen_to_mailchimp(url=url)


def sync_when_due() -> None:
    """Compare with Mailchimp, in the background; run by ``manage.py deliver``."""
    audience.tick()
