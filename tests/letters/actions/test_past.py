"""Letters that were sent before: recorded with their PDF, day and recipients."""

import datetime

import pytest
from django.utils import timezone

from crm.actions import organisations
from crm.actions.action import Refused
from crm.dutch import references
from crm.models import FrozenFile, TimelineEntry
from letters.actions import intake, letters, past, placing
from letters.models import Letter, Letterhead, LetterState
from letters.queries import public
from tests.letters import mails
from tests.letters.admin.samples import one_page
from tests.letters.stories import told

pytestmark = pytest.mark.django_db

DAY = datetime.date(2024, 3, 12)


@pytest.fixture
def record(letterhead, alida, parties):
    """Records a letter of the past, with some of it changed."""

    def recorded(**changes):
        values = {"subject": "Oude brief", "sent_on": DAY, "data": one_page(), "recipients": parties[:2]}
        return past.record_past(**values | changes, by=alida)

    return recorded


def test_a_letter_of_the_past_is_there_as_it_was_sent(record, alida, parties):
    letter = record(subject=" Oude \n brief ", channel="post")
    assert (letter.state, letter.subject, letter.dated_on, letter.recipients_on, letter.started_by) == (
        LetterState.RECORDED,
        "Oude brief",
        DAY,
        DAY,
        alida,
    )
    assert letter.recorded_pdf.read() == one_page()
    assert [(r.organisation, r.name, r.channel) for r in letter.recipients.all()] == [
        (parties[0], "De Waag", "post"),
        (parties[1], "Stadslijst", "post"),
    ]


def test_it_stands_on_the_timelines_of_its_recipients_on_its_own_day(record, parties):
    letter = record()
    line = f"De brief “Oude brief” ({letter.reference}) werd verstuurd; Alida de Test legde dat achteraf vast"
    assert [told(x, "letters.recorded") for x in (letter, *parties)] == [[line], [line], [line], [], []]
    (entry,) = TimelineEntry.objects.about(parties[0]).filter(code="letters.recorded")
    assert timezone.localtime(entry.happened_at).date() == DAY


def test_recipients_have_the_name_of_that_day(record, alida, parties):
    organisations.rename(
        organisation=parties[0], name="De Nieuwe Waag", from_on=datetime.date(2025, 1, 1), by=alida
    )
    assert record().recipients.first().name == "De Waag"


def test_its_reference_is_its_own_or_the_next_of_its_year(record, alida):
    assert record(reference=" NAS  24/7 ").reference == "NAS 24/7"
    first = record(sent_on=DAY + datetime.timedelta(days=1))
    second = record(subject="Nog een", sent_on=DAY + datetime.timedelta(days=2))
    assert [references.parse(x.reference) for x in (first, second)] == [
        references.Reference(2024, 1),
        references.Reference(2024, 2),
    ]
    assert references.parse(letters.start(by=alida, dated_on=DAY).reference).number == 3


def test_the_same_letter_is_not_recorded_twice(record):
    first = record()
    with pytest.raises(Refused, match=f"al eerder vastgelegd, als {first.reference}"):
        record(subject="Dezelfde nog eens")


REFUSED = {
    "no subject": ({"subject": "  "}, "Schrijf waar de brief over ging"),
    "a day to come": ({"sent_on": datetime.date(2999, 1, 1)}, "Die dag moet nog komen"),
    "a slip in the year": ({"sent_on": datetime.date(1850, 1, 1)}, "Kijk naar het jaar"),
    "nobody": ({"recipients": []}, "Kies aan wie de brief ging"),
    "no PDF": ({"data": b"dit is geen pdf"}, "geen PDF"),
    "half a PDF": ({"data": b"%PDF-1.7"}, "beschadigd"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_missing_is_said_and_nothing_is_stored(record, changes, words):
    with pytest.raises(Refused, match=words):
        record(**changes)
    assert (Letter.objects.count(), FrozenFile.objects.count()) == (0, 0)


def test_a_reference_is_given_once(record):
    record(reference="2024-3")
    with pytest.raises(Refused, match="2024-3"):
        record(reference="2024-3")
    assert Letter.objects.count() == 1


def test_without_a_letterhead_the_way_is_said(record):
    Letterhead.objects.all().delete()
    with pytest.raises(Refused, match="Er is nog geen briefpapier"):
        record()


def test_what_was_recorded_can_be_shown_and_no_longer_changed(record, alida):
    letter = record()
    with pytest.raises(Refused, match="achteraf vastgelegd"):
        letters.save_draft(letter=letter, draft_number=0, values={"subject": "Anders"}, by=alida)
    letters.set_public(letter=letter, public=True, by=alida)
    assert list(public.letters()) == [letter]


def test_what_was_recorded_by_mistake_leaves_nothing_but_a_line_with_who_took_it_away(record, alida, parties):
    letter, other = record(), record(sent_on=DAY + datetime.timedelta(days=1), reference="NAS 24/8")
    letters.set_public(letter=letter, public=True, by=alida)
    line = f"Alida de Test haalde de brief “Oude brief” ({letter.reference}) weg, die bij vergissing was vastgelegd"
    past.remove(letter=letter, by=alida)
    assert list(Letter.objects.all()) == [other]
    assert [len(told(x, "letters.recorded")) for x in parties[:2]] == [1, 1]
    assert told(alida, "letters.removed") == [line]
    again = record(reference=letter.reference)
    assert again.recipients.count() == 2


def test_a_letter_that_was_answered_is_not_removed(record, alida):
    letter = record()
    message, _ = intake.take_in(raw=mails.mail(), source="upload", uid="1", by=alida)
    placing.place_by_hand(message=message, recipients=[letter.recipients.first()], by=alida)
    with pytest.raises(Refused, match="De Waag heeft op deze brief geantwoord"):
        past.remove(letter=letter, by=alida)
    assert letter.recipients.count() == 2


def test_a_letter_that_was_sent_from_here_is_not_removed(letter, alida):
    with pytest.raises(Refused, match="Leg deze brief weg"):
        past.remove(letter=letter, by=alida)
