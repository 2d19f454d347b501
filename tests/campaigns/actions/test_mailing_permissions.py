"""Who may do what with a newsletter: the editor writes and sends, the committee agrees, who reads only looks."""

import pytest

from campaigns.actions import issues, mailings
from campaigns.models import Mailing, MailingState
from campaigns.pages.composing import made
from crm.actions.action import NotAllowed
from crm.models import TimelineEntry
from tests.campaigns.conftest import _with_role
from tests.campaigns.newsletters import approved, issue, readers

pytestmark = pytest.mark.django_db


@pytest.fixture
def gerda(db):
    return _with_role("gerda", "Redactie")


@pytest.fixture
def page(ida):
    readers(1)
    return issue(ida)


@pytest.fixture
def asked(page, ida, alida):
    return mailings.ask(page=page, made=made(page)[0], authors=[ida], blocking=0, by=ida)


def stopped(mailing):
    Mailing.objects.filter(pk=mailing.pk).update(state=MailingState.STOPPED)
    return mailing


VERBS = {
    "issues.start": lambda m, page, by, alida: issues.start(by=by),
    "test": lambda m, page, by, alida: mailings.test(
        page=page, made=made(page)[0], addresses="an@netwerk.example", by=by
    ),
    "take_back": lambda m, page, by, alida: mailings.take_back(mailing=m, by=by),
    "approve": lambda m, page, by, alida: mailings.approve(mailing=m, content_hash=m.content_hash, by=by),
    "remark": lambda m, page, by, alida: mailings.remark(
        mailing=m, content_hash=m.content_hash, text="De datum klopt niet", by=by
    ),
    "send": lambda m, page, by, alida: mailings.send(mailing=m, content_hash=m.content_hash, by=by),
    "resume": lambda m, page, by, alida: mailings.resume(mailing=stopped(m), by=by),
    "give_up": lambda m, page, by, alida: mailings.give_up(mailing=stopped(m), by=by),
}
COMMITTEE = {"approve", "remark"}


@pytest.mark.parametrize("verb", VERBS)
def test_who_may_do_what(verb, asked, page, alida, gerda, loes, otto):
    for person in (loes, otto, *([gerda] if verb in COMMITTEE else [])):
        with pytest.raises(NotAllowed):
            VERBS[verb](asked, page, person, alida)
        Mailing.objects.filter(pk=asked.pk).update(state=MailingState.ASKED)
    before = TimelineEntry.objects.count()
    allowed = alida if verb in COMMITTEE else gerda
    if verb == "send":
        Mailing.objects.all().delete()
        asked = approved(page, allowed, alida)
        before = TimelineEntry.objects.count()
        mailings.send(mailing=asked, content_hash=asked.content_hash, by=allowed)
    else:
        VERBS[verb](asked, page, allowed, alida)
    written = TimelineEntry.objects.order_by("-pk")[: TimelineEntry.objects.count() - before]
    assert allowed in {entry.by for entry in written}
    assert all("?" not in str(entry) for entry in written)
