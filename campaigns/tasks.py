"""Background work of campaigns: fetch by id, call an action."""

from django_tasks import task

from campaigns.actions import audience, results, sending, sign_ups
from campaigns.models import SignUp, Subscriber


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


@task(queue_name="spreekbuis")
def answer_sign_up(sign_up_id: int) -> None:
    """Mail who asked for the newsletter."""
    sign_up = SignUp.objects.filter(pk=sign_up_id).first()
    if sign_up is not None:
        sign_ups.answer(sign_up=sign_up)


@task(queue_name="spreekbuis")
def mail_preferences(subscriber_id: int) -> None:
    """Mail a reader a fresh link to her preferences; 0 is nobody."""
    subscriber = Subscriber.objects.filter(pk=subscriber_id).first()
    if subscriber is not None:
        sign_ups.mail_preferences(subscriber=subscriber)


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
