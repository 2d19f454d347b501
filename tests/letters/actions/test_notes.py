"""A short letter on paper from a thread: to that recipient by post, and once it leaves the thread goes on with it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from crm.actions.action import NotAllowed, Refused
from crm.document.lines import to_lines
from crm.models import Channel, ContactPoint, TimelineEntry
from letters.actions import answering, dispatching, intake, notes, past
from letters.models import LetterKind, Recipient
from letters.queries import contents, threads, turns
from letters.queries.turns import Who
from tests.letters.mails import MOMENT, answer
from tests.letters.stories import arrive, make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    made = arrive(letter, alida, bram, cor, at=MOMENT)
    letter.refresh_from_db()
    return made


@pytest.fixture
def came(sent, alida):
    raw = answer(sent[0], "Wanneer komt uw rapport?")
    found = intake.take_in(raw=raw, source="imap:INBOX", uid="1")[0].places.get().answer
    return answering.judge(answer=found, meanings={"asks"}, by=alida)


@pytest.fixture
def postal(parties):
    return ContactPoint.objects.create(
        organisation=parties[0],
        kind=Channel.POST,
        street="Verzonnenkade 9",
        postcode="1099 ZZ",
        town="Amsterdam",
        source="eigen site",
        published_for_contact=True,
    )


def who(recipient):
    return turns.of([Recipient.objects.get(pk=recipient.pk)])[recipient.pk].who


def test_it_begins_with_whom_and_what_it_answers_and_goes_by_post(came, postal, letter, alida):
    note = notes.start(recipient=came.recipient, answer=came, by=alida)
    to = note.recipients.get()
    assert (note.kind, to.name, to.channel, to.contact_point) == (
        LetterKind.NOTE, "De Waag", Channel.POST, postal,
    )  # fmt: skip
    assert (note.letterhead, note.follows, note.answers) == (letter.letterhead, came.recipient, came)
    assert note.subject.startswith("Uw antwoord van ")
    first = to_lines(contents.tree(note))[0].text
    assert f"op onze brief van 29 juli 2025 (kenmerk {letter.reference})." in first


def test_without_a_postal_address_it_goes_where_the_letter_went(came, alida):
    to = notes.start(recipient=came.recipient, answer=came, by=alida).recipients.get()
    assert (to.channel, str(to.contact_point)) == (Channel.EMAIL, "programma@waag.example")


def test_who_begins_it_twice_goes_on_with_the_first(came, alida, bram):
    note = notes.start(recipient=came.recipient, answer=came, by=alida)
    assert notes.start(recipient=came.recipient, by=bram) == note


def test_once_it_leaves_the_question_is_dealt_with_and_the_thread_goes_on_there(came, postal, alida):
    note = notes.start(recipient=came.recipient, answer=came, by=alida)
    make_ready(note, alida)
    assert who(came.recipient) == Who.US
    dispatching.send(letter=note, by=alida)
    assert who(came.recipient) == Who.US
    dispatching.confirm_posted(letter=note, posted_on=timezone.localdate(), by=alida)
    came.refresh_from_db()
    assert came.settled_at is not None
    assert who(came.recipient) == Who.NOBODY
    assert [entry.note for entry in threads.entries(came.recipient) if entry.note] == [note]
    assert TimelineEntry.objects.about(came.recipient.letter).filter(code="letters.wrote_on").exists()
    assert notes.start(recipient=came.recipient, by=alida) != note


def test_by_email_it_is_dealt_with_at_once(came, alida):
    note = notes.start(recipient=came.recipient, answer=came, by=alida)
    make_ready(note, alida)
    dispatching.send(letter=note, by=alida)
    assert who(came.recipient) == Who.NOBODY


def test_nothing_is_begun_before_the_letter_left(letter, alida, loes):
    recipient = letter.recipients.first()
    with pytest.raises(Refused, match="nog niet verstuurd"):
        notes.start(recipient=recipient, by=alida)
    with pytest.raises(NotAllowed):
        notes.start(recipient=recipient, by=loes)


def test_a_letter_that_a_short_one_goes_on_with_is_not_removed(came, alida, letter):
    notes.start(recipient=came.recipient, by=alida)
    came.place.delete()
    letter.dispatches.all().delete()
    type(letter).objects.filter(pk=letter.pk).update(state="recorded")
    letter.refresh_from_db()
    with pytest.raises(Refused):
        past.remove(letter=letter, by=alida)


def test_from_the_thread_one_comes_to_the_text_and_back(client, came, alida):
    client.force_login(alida)
    thread = reverse("letters:thread", args=[came.recipient.letter_id, came.recipient.pk])
    assert "Schrijf een kort briefje op papier" in client.get(thread).content.decode()
    response = client.post(thread, {"do": "note", "answer": came.pk}, follow=True)
    assert f'href="{thread}"' in response.content.decode()
    assert "Verder met het korte briefje" in client.get(thread).content.decode()
