"""Steps of the story of a letter, for tests that begin halfway."""

from crm.models import Verdict
from letters.actions import approvals, findings, freezing
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


APPROVED = Verdict.APPROVED
