"""The one search box finds what we wrote back, planned talks, and papers for meetings with what was decided."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.dutch.dates import long_date
from letters.actions import agendas as agenda_actions
from letters.actions import intake, replying
from letters.actions import meetings as meeting_actions
from letters.models import Agenda, Meeting, Reply
from letters.queries import agendas, meetings, replies
from tests.crm.factories import FollowUpFactory
from tests.letters.actions.pieces import tomorrow
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db
FINDERS = (replies.find, meetings.find, agendas.find)
TODAY = timezone.localdate()


@pytest.fixture
def draft(letter, alida, bram, cor):
    """What Alida writes to who answered first."""
    sent = arrive(letter, alida, bram, cor, at=MOMENT)
    place = intake.take_in(raw=answer(sent[0]), source="imap:INBOX", uid="1")[0].places.get()
    draft = replying.start(recipient=place.recipient, answer=place.answer, by=alida)
    return replying.save(
        reply=draft, address=draft.address, subject="Re: uw vraag", text="De tuinzaal is vrij op maandag.",
        expects_answer=True, by=alida,
    )  # fmt: skip


@pytest.fixture
def planned(alida, parties):
    return meeting_actions.plan(
        about="Kennismaken", starts_at=tomorrow(), place="Tuinzaal", organisation=parties[0], by=alida
    )


@pytest.fixture
def paper(alida, letterhead):
    FollowUpFactory(words="Tuinzaal huren", as_due_today=True)
    return agenda_actions.make(held_on=TODAY, by=alida)


def test_what_we_wrote_back_is_found_by_its_text_where_it_stands(client, draft, alida):
    thread = reverse("letters:thread", args=[draft.recipient.letter_id, draft.recipient_id])
    (hit,) = replies.find("maandag tuinzaal", 5, alida)
    day = long_date(TODAY)
    assert (hit.title, hit.url) == ("Re: uw vraag", f"{thread}#antwoord")
    assert (
        hit.subtitle
        == f"bericht dat nog niet verstuurd is · {day} · De Waag · De tuinzaal is vrij op maandag."
    )
    replying.send(reply=draft, by=alida)
    (hit,) = replies.find("Anna Bos", 5, alida)
    assert hit.subtitle == f"ons bericht · {day} · De Waag · De tuinzaal is vrij op maandag."
    assert hit.url == f"{thread}#ons-bericht-{draft.pk}"
    client.force_login(alida)
    assert f'id="ons-bericht-{draft.pk}"' in client.get(thread).content.decode()
    Reply.objects.update(is_reminder=True)
    assert replies.find("vraag", 5, alida)[0].subtitle.startswith("onze herinnering · ")
    assert replies.find("dinsdag", 5, alida) == []


@pytest.mark.parametrize("typed", ["kennis", "tuinzaal", "de waag", "waag tuinzaal"])
def test_a_planned_talk_is_found_by_what_about_where_and_with_whom(planned, alida, typed):
    (hit,) = meetings.find(typed, 5, alida)
    assert (hit.title, hit.url) == ("Kennismaken", reverse("letters:meeting", args=[planned.pk]))
    assert hit.subtitle == f"gepland gesprek · {meetings.when(planned)} · De Waag · Tuinzaal"


def test_of_a_talk_that_was_found_it_is_said_what_became_of_it(planned, alida):
    meeting_actions.call_off(meeting=planned, by=alida)
    assert meetings.find("kennismaken", 5, alida)[0].subtitle.startswith("gesprek dat niet doorgaat · ")
    start = timezone.now() - datetime.timedelta(days=2)
    Meeting.objects.update(called_off_at=None, starts_at=start, ends_at=start + datetime.timedelta(hours=1))
    assert meetings.find("kennismaken", 5, alida)[0].subtitle.startswith("gesprek dat gepland was · ")


def test_a_paper_is_found_by_its_day_and_its_numbers_by_what_was_decided(paper, alida):
    here = reverse("letters:agenda", args=[paper.pk])
    assert [(hit.title, hit.url) for hit in agendas.find(f"vergadering {long_date(TODAY)}", 5, alida)] == [
        (str(paper), here)
    ]
    (hit,) = agendas.find("tuinzaal", 5, alida)
    assert (hit.title, hit.url) == ("1. Tuinzaal huren", f"{here}#item-1")
    agenda_actions.note_results(agenda=paper, results={1: ("", "Hugo belt de beheerder.")}, by=alida)
    (hit,) = agendas.find("beheerder", 5, alida)
    assert hit.subtitle == f"{paper} · Actielijst · besloten: Hugo belt de beheerder."


@pytest.mark.parametrize("typed", ["", "%", '"', "a\x00b", "-"])
@pytest.mark.usefixtures("draft", "planned", "paper")
def test_a_search_without_words_finds_nothing(alida, typed):
    assert [find(typed, 5, alida) for find in FINDERS] == [[], [], []]


@pytest.mark.usefixtures("draft", "planned", "paper")
def test_who_may_not_see_them_finds_none(loes, otto):
    assert [len(find("tuinzaal", 5, loes)) for find in FINDERS] == [1, 1, 1]
    assert [find("tuinzaal", 5, otto) for find in FINDERS] == [[], [], []]


def test_any_number_costs_the_same(planned, paper, alida, parties, django_assert_num_queries):
    for number in range(1, 25):
        Agenda.objects.create(held_on=TODAY + datetime.timedelta(days=number))
        Meeting.objects.create(
            about=f"Tuinzaal {number}",
            organisation=parties[0],
            starts_at=planned.starts_at,
            ends_at=planned.ends_at,
        )
    alida.has_perm("letters.view_letter")
    for find, typed, number in ((meetings.find, "tuinzaal", 1), (agendas.find, "vergadering", 2)):
        with django_assert_num_queries(number):
            assert len(find(typed, 20, alida)) == 20
