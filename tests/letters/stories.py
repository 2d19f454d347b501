"""Steps of the story of a letter, for tests that begin halfway."""

from crm.actions import outgoing_steps
from crm.models import TimelineEntry, Verdict
from letters.actions import approvals, dispatching, findings, freezing
from letters.queries import approvals as approval_queries
from letters.queries import contents, last_look


def accept_warnings(letter, by):
    for item in last_look.of(letter).blocking:
        findings.accept(letter=letter, token=item.token, reason="Dat weten we.", by=by)


def propose(letter, by):
    accept_warnings(letter, by)
    round_ = approvals.ask(letter=letter, by=by)
    letter.refresh_from_db()
    return round_


def agree(letter, *people):
    round_ = approval_queries.standing_round(letter)
    for person in people:
        approvals.approve(round_=round_, content_hash=contents.content(letter).hash, by=person)
    letter.refresh_from_db()
    return round_


def make_ready(letter, author, *people):
    propose(letter, author)
    agree(letter, *people)
    dispatches = freezing.freeze(letter=letter, by=author)
    letter.refresh_from_db()
    return dispatches


def send(letter, author, *people):
    dispatches = make_ready(letter, author, *people)
    dispatching.send(letter=letter, by=author)
    letter.refresh_from_db()
    return dispatches


def end_attempt(dispatch, step, **said):
    """Let a worker hand over the message of one dispatch, and end as ``step`` of the outbox does."""
    for message in outgoing_steps.claim(worker="worker"):
        if message.pk == dispatch.outgoing_id:
            outgoing_steps.enter_transfer(message)
            step(message, **said)
        else:
            outgoing_steps.give_back([message])
    dispatch.refresh_from_db()


def told(subject, *codes):
    """The sentences on the timeline of a record, oldest first; only of these events when any are named."""
    entries = TimelineEntry.objects.about(subject).select_related("by").order_by("pk")
    return [str(entry) for entry in (entries.filter(code__in=codes) if codes else entries)]


APPROVED = Verdict.APPROVED
