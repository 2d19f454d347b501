"""The connection with Mailchimp: its account and audience, our groups there, and that it tells us what changes."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from campaigns.clients import mailchimp_answers as answers
from campaigns.clients.mailchimp import Mailchimp
from campaigns.models import AudienceLink, AudienceProblem, NewsletterGroup
from campaigns.models.subscribers import HEADING
from campaigns.queries import audience

# The headings of our groups there; the second holds the marker alone, whatever a group is called.
MARKER_HEADING = "Spreekbuis: bijgehouden"
MARKER = "Wordt bijgehouden door Spreekbuis"
PROBLEMS: dict[type[answers.MailchimpError], AudienceProblem] = {
    answers.NotConnected: AudienceProblem.NO_KEY,
    answers.BadKey: AudienceProblem.BAD_KEY,
    answers.Forbidden: AudienceProblem.FORBIDDEN,
    answers.NotFound: AudienceProblem.NO_AUDIENCE,
    answers.Busy: AudienceProblem.BUSY,
    answers.Unreachable: AudienceProblem.UNREACHABLE,
    answers.Uncertain: AudienceProblem.UNREACHABLE,
    answers.Refused: AudienceProblem.REFUSED,
}


class Broken(Exception):
    """The work cannot go on; ``problem`` says what to do, and the text what Mailchimp said."""

    def __init__(self, problem: AudienceProblem, words: str = "") -> None:
        super().__init__(words)
        self.problem = problem


def broken(error: answers.MailchimpError) -> Broken:
    """What a failure of Mailchimp means for the work."""
    return Broken(PROBLEMS.get(type(error), AudienceProblem.REFUSED), str(error))


def link_of_settings() -> AudienceLink:
    """The connection of this installation, made when it is new. Raises Broken when no audience is set."""
    if not settings.MAILCHIMP["audience"]:
        raise Broken(AudienceProblem.NO_AUDIENCE)
    found, _is_new = AudienceLink.objects.get_or_create(audience=settings.MAILCHIMP["audience"])
    return found


def look(*, link: AudienceLink, mailchimp: Mailchimp) -> None:
    """Ask who the account is, how the audience stands and whether it still tells us things; write it down. Raises
    MailchimpError, and Broken when the audience lacks the field for a first name."""
    account, there = mailchimp.account(), mailchimp.audience(link.audience)
    link.account, link.plan, link.account_total = account.name, account.plan, account.subscribers
    link.name, link.subscribed = there.name, there.subscribed
    link.unsubscribed, link.cleaned = there.unsubscribed, there.cleaned
    if link.webhook_id and link.webhook_id not in {one.id for one in mailchimp.webhooks(link.audience)}:
        link.webhook_id = ""
    if "FNAME" not in mailchimp.merge_tags(link.audience):
        raise Broken(AudienceProblem.NO_FIELD)
    link.problem, link.problem_words, link.checked_at = "", "", timezone.now()
    link.save()


def connect(*, link: AudienceLink, mailchimp: Mailchimp) -> None:
    """Look, and make our groups and the marker there as far as they are not. Safe to repeat. Raises as ``look``."""
    look(link=link, mailchimp=mailchimp)
    groups = audience.groups_that_leave()
    there = mailchimp.groups(link.audience, HEADING) if groups else {}
    for group in groups:
        if group.remote_id not in there.values():
            found = there.get(group.name) or mailchimp.add_group(link.audience, HEADING, group.name)
            NewsletterGroup.objects.filter(pk=group.pk).update(remote_id=found)
    markers = mailchimp.groups(link.audience, MARKER_HEADING)
    link.marker_id = markers.get(MARKER) or mailchimp.add_group(link.audience, MARKER_HEADING, MARKER)
    link.save(update_fields=["marker_id"])


def is_connected(link: AudienceLink) -> bool:
    """Whether all our groups are there."""
    return bool(link.marker_id) and all(group.remote_id for group in audience.groups_that_leave())


def note_problem(link: AudienceLink, error: Broken) -> None:
    """Write down what stands in the way."""
    AudienceLink.objects.filter(pk=link.pk).update(
        problem=error.problem, problem_words=str(error)[:2000], checked_at=timezone.now()
    )


def listen(*, link: AudienceLink, mailchimp: Mailchimp, url: str) -> None:
    """Have it tell us what readers change, once. What an attempt of which the answer was lost left behind is removed
    first. Raises MailchimpError."""
    if not settings.SECURE and not settings.MAILCHIMP_IS_LOCAL:
        raise Broken(AudienceProblem.NOT_SAFE)
    for one in mailchimp.webhooks(link.audience):
        if one.url == url:
            mailchimp.delete_webhook(link.audience, one.id)
    made, secret = mailchimp.add_webhook(link.audience, url)
    with transaction.atomic():
        AudienceLink.objects.filter(pk=link.pk).update(
            webhook_id=made.id, webhook_secret=secret, problem="", problem_words=""
        )
