"""Letters on paper that came back: filed in their thread, frozen, and an answer still to be read."""

import datetime
import hashlib

import pytest
from django.utils import timezone

from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid
from crm.models import FrozenFile, TimelineEntry
from letters.actions import answering, papers
from letters.models import Answer, Paper, Recipient
from letters.queries import threads, turns
from letters.queries.turns import Who
from tests.crm.typesetting.photos import photo
from tests.letters.actions.pieces import first
from tests.letters.admin.samples import one_page
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def recipient(letter, alida, bram, cor):
    sent = arrive(letter, alida, bram, cor, at=timezone.now() - datetime.timedelta(days=40))[0]
    return Recipient.objects.get(pk=sent.recipient_id)


def filed(recipient, by, *files, **values):
    return papers.put_away(recipient=recipient, files=files or [photo()], by=by, **values)


def turn(recipient):
    found = turns.of([recipient])[recipient.pk]
    return found.who, found.why


def test_a_photo_becomes_frozen_paper_and_it_is_our_turn_to_read_it(recipient, alida):
    paper = filed(recipient, alida, photo(), photo("PNG"))
    data = paper.file.read()
    assert (paper.pages, paper.file.media_type) == (2, "application/pdf")
    assert paper.file.sha256 == hashlib.sha256(data).hexdigest()
    assert (paper.came_on, paper.filed_by) == (timezone.localdate(), alida)
    assert turn(recipient) == (Who.US, "lees hun antwoord")
    answering.judge(answer=paper.answer, meanings={"is_real"}, by=alida)
    assert turn(recipient) == (Who.NOBODY, "heeft geantwoord")
    lines = [str(line) for line in TimelineEntry.objects.about(recipient.organisation)]
    assert "De Waag beantwoordde de brief “Ontmoeten in de buurt” op papier" in lines


def test_it_stands_in_the_thread_on_the_day_it_came(recipient, alida):
    later = filed(recipient, alida)
    sooner = filed(recipient, alida, one_page(), came_on=timezone.localdate() - datetime.timedelta(days=3))
    assert [entry.paper for entry in threads.entries(recipient)] == [None, sooner, later]
    assert [entry.is_theirs for entry in threads.entries(recipient)] == [False, True, True]


def test_the_same_pages_are_filed_once(recipient, alida):
    paper = filed(recipient, alida)
    with pytest.raises(AlreadyThere) as there:
        filed(recipient, alida)
    assert there.value.existing == paper
    assert (Paper.objects.count(), Answer.objects.count()) == (1, 1)


@pytest.mark.parametrize("days", [1, -365 * 20])
def test_a_day_that_cannot_be_is_refused_and_nothing_is_kept(recipient, alida, days):
    before = FrozenFile.objects.count()
    with pytest.raises(Invalid) as refused:
        filed(recipient, alida, came_on=timezone.localdate() + datetime.timedelta(days=days))
    assert list(refused.value.errors) == ["came_on"]
    assert FrozenFile.objects.count() == before


def test_without_a_file_it_says_what_to_do(recipient, alida):
    with pytest.raises(Invalid, match="Maak een foto"):
        papers.put_away(recipient=recipient, files=[], by=alida)


def test_what_is_too_large_is_refused_kindly(recipient, alida, settings):
    settings.UPLOAD_LIMIT_MB = 0
    with pytest.raises(Refused, match="groter dan 0 MB"):
        filed(recipient, alida)


def test_what_is_no_photo_is_refused_in_words(recipient, alida):
    with pytest.raises(Refused, match="geen foto of PDF"):
        filed(recipient, alida, b"hallo")


def test_a_letter_that_did_not_leave_has_no_answer(letter, alida):
    with pytest.raises(Refused, match="nog niet verstuurd"):
        filed(first(letter), alida)


def test_taken_away_it_is_no_answer_any_more(recipient, alida):
    paper = filed(recipient, alida)
    papers.take_away(paper=paper, by=alida)
    assert not Answer.objects.exists()
    assert turn(recipient)[0] == Who.THEM


def test_no_answer_after_all_it_stays_to_be_read(recipient, alida):
    paper = filed(recipient, alida)
    answering.not_an_answer(answer=paper.answer, by=alida)
    assert turn(recipient)[0] == Who.THEM
    assert [entry.paper for entry in threads.entries(recipient) if entry.paper] == [paper]
    answering.count_said(source=Paper.objects.get(), by=alida)
    assert turn(recipient) == (Who.US, "lees hun antwoord")
