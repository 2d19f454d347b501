"""Promises: in whose letter or message they stand, to whom they are owed, and what becomes of them."""

import datetime

import pytest
from django.utils import timezone

from campaigns.models import Publication
from crm.actions import outgoing_steps
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Invalid, Overtaken, version
from crm.models import FrozenFile
from crm.models.frozen_files import private_storage
from letters.actions import commitments, dispatching, freezing, intake, letters, past, recipients
from letters.actions.commitments import keep, note, settle, write_cover
from letters.models import Commitment, Letter
from letters.queries import commitments as queries
from letters.queries import contents
from tests.letters.admin.samples import one_page
from tests.letters.conftest import BODY, DAY
from tests.letters.mails import answer
from tests.letters.stories import agree, end_attempt, make_ready, propose, send, told

pytestmark = pytest.mark.django_db

PROMISE = "Wij sturen u het rapport toe, zodra het beschikbaar is."


@pytest.fixture
def promising(letter, alida):
    """The letter to four parties, with a promise in it."""
    letters.save_draft(
        letter=letter, draft_number=letter.draft_number, values={"body": f"{BODY}<p>{PROMISE}</p>"}, by=alida
    )
    letter.refresh_from_db()
    return letter


@pytest.fixture
def report(db):
    return Publication.objects.create(title="Hier zijn wij", planned_on=datetime.date(2025, 11, 1))


@pytest.fixture
def appeared(report):
    report.file = FrozenFile.objects.keep(one_page(), media_type="application/pdf")
    report.published_on = datetime.date(2025, 11, 3)
    report.save()
    return report


def states(commitment):
    return {str(party): party.state for party in commitment.parties.all()}


def cover(letter, by, *people):
    """Send a covering letter, as the committee agrees with it."""
    Letter.objects.filter(pk=letter.pk).update(dated_on=DAY)
    letter.refresh_from_db()
    return send(letter, by, *people)


def test_what_a_letter_promises_is_owed_once_it_has_left_to_those_it_went_to(
    promising, alida, bram, cor, parties
):
    promise = keep(letter=promising, quote=PROMISE, words="Het rapport", by=alida)
    assert (states(promise), promise.made_on, promise.noted_by) == ({}, DAY, alida)
    send(promising, alida, bram, cor)
    assert states(promise) == {"De Waag": "open", "Stadslijst": "open", "Samenspraak": "open"}
    assert [told(x, "letters.promised") for x in parties] == [["Wij beloofden: “Het rapport”"]] * 3 + [[]]


def test_who_gets_the_letter_later_is_owed_it_as_well(promising, alida, bram, cor, parties):
    promise = keep(letter=promising, quote=PROMISE, by=alida)
    send(promising, alida, bram, cor)
    gap = promising.recipients.get(contact_point=None)
    point = recipients.drafted_address(recipient=gap, kind="email", value="post@zonder.example")
    dispatching.send_late(recipient=gap, point=point, by=alida)
    assert states(promise)["Zonder Adres"] == "open"
    assert promise.parties.count() == 4


def test_a_promise_that_was_written_out_again_is_owed_to_nobody(promising, alida, bram, cor):
    keep(letter=promising, quote=PROMISE, by=alida)
    letters.save_draft(letter=promising, draft_number=promising.draft_number, values={"body": BODY}, by=alida)
    promising.refresh_from_db()
    send(promising, alida, bram, cor)
    assert not Commitment.objects.exists()
    assert told(promising, "letters.promise_dropped") == [
        f"“{PROMISE}” staat niet meer in de brief, en is dus aan niemand beloofd"
    ]


def test_keeping_track_leaves_the_approval_as_it_is(promising, alida, bram, cor):
    propose(promising, alida)
    agree(promising, bram, cor)
    before = contents.content(promising).hash
    keep(letter=promising, quote=PROMISE, by=alida)
    promising.refresh_from_db()
    assert (promising.state, contents.content(promising).hash) == ("approved", before)
    assert len(freezing.freeze(letter=promising, by=alida)) == 3


def test_of_a_letter_that_left_it_is_owed_at_once(promising, alida, bram, cor):
    send(promising, alida, bram, cor)
    promise = keep(letter=promising, quote="wij sturen u  het\nrapport toe", by=alida)
    assert promise.parties.count() == 3


def test_words_that_do_not_stand_in_the_letter_are_no_promise_of_it(promising, alida):
    with pytest.raises(Invalid, match="staan zo niet in de brief"):
        keep(letter=promising, quote="Wij betalen de huur.", by=alida)
    with pytest.raises(Invalid, match="Kopieer de zin"):
        keep(letter=promising, quote="  ", by=alida)
    keep(letter=promising, quote=PROMISE, by=alida)
    with pytest.raises(AlreadyThere, match="wordt al bijgehouden"):
        keep(letter=promising, quote=PROMISE.upper(), by=alida)
    assert Commitment.objects.count() == 1


WRONG = {
    "before it was made": ({"due_on": DAY - datetime.timedelta(days=1)}, "ligt voor de dag"),
    "a slip in the year": ({"due_on": datetime.date(2925, 1, 1)}, "2925"),
}


@pytest.mark.parametrize(("values", "words"), WRONG.values(), ids=WRONG)
def test_a_day_that_cannot_be_is_said(promising, alida, values, words):
    with pytest.raises(Invalid, match=words):
        keep(letter=promising, quote=PROMISE, **values, by=alida)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"event_on": DAY}, "na welke"),
        ({"event": "na de raad", "event_on": datetime.date(2999, 1, 1)}, "moet nog komen"),
    ],
)
def test_when_something_happened_is_a_day_that_can_be(promising, alida, values, words):
    promise = keep(letter=promising, quote=PROMISE, by=alida)
    with pytest.raises(Invalid, match=words):
        commitments.change(commitment=promise, **values, by=alida)


def test_only_the_committee_sees_to_a_promise(promising, alida, loes):
    with pytest.raises(Invalid, match="Kies iemand van de commissie"):
        keep(letter=promising, quote=PROMISE, minded_by=loes, by=alida)


def test_what_they_promise_stands_in_their_message(letter, alida, bram, cor, parties):
    sent = send(letter, alida, bram, cor)
    raw = answer(sent[0], "Dag Alida.\nWij nemen de vraag mee naar\nde fractie van 3 juni. Groet, Anna")
    message, _ = intake.take_in(raw=raw, source="imap:INBOX", uid="1")
    about = {"side": "theirs", "holder": parties[0], "message": message, "recipient": sent[0].recipient}
    with pytest.raises(Invalid, match="staan zo niet in het bericht"):
        note(**about, quote="Wij betalen alles.", by=alida)
    promise = note(**about, quote="Wij nemen de vraag mee naar de fractie van 3 juni.", by=alida)
    assert (promise.made_on, states(promise)) == (timezone.localdate(message.moment), {"De Waag": "open"})
    assert told(parties[0], "letters.they_promised") == [
        "De Waag beloofde ons: “Wij nemen de vraag mee naar de fractie van 3 juni.”"
    ]
    assert [str(party) for party in queries.in_thread(sent[0].recipient)] == ["De Waag"]


def test_the_same_sentence_noted_twice_is_one_promise(letter, alida, bram, cor, parties):
    sent = send(letter, alida, bram, cor)
    raw = answer(sent[0], "Wij bellen u. Wij komen langs.")
    message, _ = intake.take_in(raw=raw, source="imap:INBOX", uid="1")
    about = {"side": "theirs", "message": message, "quote": "Wij bellen u."}
    promise = note(holder=parties[0], **about, by=alida)
    with pytest.raises(AlreadyThere, match="wordt al bijgehouden") as refused:
        note(holder=parties[0], **{**about, "quote": "Wij  bellen\nu."}, by=bram)
    assert refused.value.existing == promise
    # Of somebody else in the same message it is still one promise, that both made.
    assert note(holder=parties[1], **about, by=bram) == promise
    assert states(promise) == {"De Waag": "open", "Stadslijst": "open"}
    assert len(told(parties[1], "letters.they_promised")) == 1
    other = note(holder=parties[0], **{**about, "quote": "Wij komen langs."}, by=bram)
    assert set(Commitment.objects.values_list("pk", "noted_by")) == {
        (promise.pk, alida.pk), (other.pk, bram.pk),
    }  # fmt: skip


def test_the_same_words_at_another_time_or_place_are_another_promise(alida, parties):
    said = {"side": "theirs", "holder": parties[0], "quote": "Wij bellen u.", "made_on": DAY, "by": alida}
    note(**said, source="telefoon")
    with pytest.raises(AlreadyThere):
        note(**said, source=" Telefoon ")
    note(**said, source="notulen")
    note(**{**said, "made_on": DAY + datetime.timedelta(days=1)}, source="telefoon")
    assert Commitment.objects.count() == 3


def test_a_message_whose_bytes_are_away_bears_no_promise(letter, alida, bram, cor, parties):
    sent = send(letter, alida, bram, cor)
    message, _ = intake.take_in(raw=answer(sent[0], "Wij bellen u."), source="imap:INBOX", uid="1")
    private_storage().delete(message.raw.place)
    with pytest.raises(Invalid, match="staan zo niet in het bericht"):
        note(side="theirs", holder=parties[0], message=message, quote="Wij bellen u.", by=alida)


def test_what_was_said_needs_a_place_where_it_was_said(alida, parties):
    with pytest.raises(Invalid, match="waar het gezegd is"):
        note(side="theirs", holder=parties[0], quote="We bellen maandag.", by=alida)
    note(side="ours", holder=parties[0], quote="Wij komen langs.", source="notulen 12 mei", by=alida)
    assert [str(one) for one in queries.listed("ours")] == ["Wij komen langs."]
    assert not queries.listed("theirs")


def test_how_it_stands_changes_only_with_what_shows_it(promising, alida, bram, cor, parties):
    promise = keep(letter=promising, quote=PROMISE, words="Het rapport", by=alida)
    send(promising, alida, bram, cor)
    chosen = list(promise.parties.all()[:2])
    with pytest.raises(Invalid) as refused:
        settle(parties=[], state="nonsense", source=" ", by=alida)
    assert sorted(refused.value.errors) == ["parties", "source", "state"]
    assert settle(parties=chosen, state="kept", source="mail van 3 juni", by=alida) == 2
    assert settle(parties=chosen, state="kept", source="nog eens", by=alida) == 0
    assert states(promise) == {"De Waag": "kept", "Stadslijst": "kept", "Samenspraak": "open"}
    assert told(parties[0], "letters.promise_settled") == [
        "Alida de Test legde vast hoe het staat met de belofte “Het rapport” voor De Waag: "
        "nagekomen (mail van 3 juni)"
    ]
    settle(parties=chosen[:1], state="open", source="toch niet", by=alida)
    changes = [(change.state, change.source) for change in chosen[0].changes.all()]
    assert changes == [("kept", "mail van 3 juni"), ("open", "toch niet")]


def test_two_who_change_it_at_once_are_told(promising, alida, bram):
    promise = keep(letter=promising, quote=PROMISE, by=alida)
    seen = version(promise)
    commitments.change(commitment=promise, seen=seen, minded_by=bram, by=alida)
    with pytest.raises(Overtaken):
        commitments.change(commitment=promise, seen=seen, event="na het gesprek", by=bram)
    promise.refresh_from_db()
    assert (promise.minded_by, promise.event) == (bram, "")


def test_what_is_no_promise_goes_away_until_something_came_of_it(promising, alida, bram, cor):
    promise = keep(letter=promising, quote=PROMISE, by=alida)
    commitments.remove(commitment=promise, by=alida)
    assert not Commitment.objects.exists()
    send(promising, alida, bram, cor)
    promise = keep(letter=promising, quote=PROMISE, by=alida)
    settle(parties=list(promise.parties.all()), state="withdrawn", source="besluit 3 mei", by=alida)
    with pytest.raises(Refused, match="blijft staan"):
        commitments.remove(commitment=promise, by=alida)


def test_a_publication_that_is_there_goes_to_all_who_wait_with_the_promise_to_each(
    promising, alida, bram, cor, parties, report
):
    promise = keep(letter=promising, quote=PROMISE, words="Het rapport", publication=report, by=alida)
    send(promising, alida, bram, cor)
    with pytest.raises(Refused, match="Voeg eerst de pdf"):
        write_cover(publication=report, by=alida)
    report.file = FrozenFile.objects.keep(one_page(), media_type="application/pdf")
    report.save()
    letter = write_cover(publication=report, by=alida)
    assert write_cover(publication=report, by=bram) == letter
    assert {row.name for row in letter.recipients.all()} == {"De Waag", "Stadslijst", "Samenspraak"}
    words = (
        f"In onze brief van 29 juli 2025 (kenmerk {promising.reference}) schreven wij: "
        f"“{PROMISE.rstrip('.')}”."
    )
    assert {row.own_paragraph for row in letter.recipients.all()} == {words}
    assert [(one.title, one.pages) for one in letter.enclosures.all()] == [("Hier zijn wij", 1)]
    assert list(letter.keeps.all()) == [promise]


def test_to_whom_the_covering_letter_is_on_its_way_no_second_is_written(
    promising, alida, bram, cor, parties, appeared
):
    keep(letter=promising, quote=PROMISE, publication=appeared, by=alida)
    send(promising, alida, bram, cor)
    letter = write_cover(publication=appeared, by=alida)
    cover(letter, alida, bram, cor)
    waiting = list(queries.waiting_for(appeared))
    assert set(queries.on_its_way(waiting, appeared).values()) == {letter}
    with pytest.raises(Refused, match="al onderweg"):
        write_cover(publication=appeared, by=alida)
    dispatching.confirm_posted(letter=letter, posted_on=timezone.localdate(), by=alida)
    dispatch = letter.dispatches.get(channel="post")
    dispatching.mark_returned(dispatch=dispatch, returned_on=timezone.localdate(), by=alida)
    assert [row.name for row in write_cover(publication=appeared, by=alida).recipients.all()] == [
        "Samenspraak"
    ]


@pytest.mark.django_db(transaction=True)
def test_the_covering_letter_keeps_the_promise_for_whom_it_reaches(
    promising, alida, bram, cor, parties, appeared
):
    promise = keep(letter=promising, quote=PROMISE, words="Het rapport", publication=appeared, by=alida)
    send(promising, alida, bram, cor)
    letter = write_cover(publication=appeared, by=alida)
    dispatches = {row.recipient.name: row for row in cover(letter, alida, bram, cor)}
    assert set(states(promise).values()) == {"open"}
    end_attempt(dispatches["De Waag"], outgoing_steps.accept, code=250, reply="OK")
    end_attempt(dispatches["Stadslijst"], outgoing_steps.refuse, code=550, reply="No such user")
    dispatching.confirm_posted(letter=letter, posted_on=timezone.localdate(), by=alida)
    assert states(promise) == {"De Waag": "kept", "Stadslijst": "open", "Samenspraak": "kept"}
    assert told(parties[0], "letters.promise_kept") == [
        "Onze belofte “Het rapport” aan De Waag is nagekomen met de brief “Hier zijn wij”"
    ]
    assert [str(party) for party in queries.waiting_for(appeared)] == ["Stadslijst"]


def test_a_covering_letter_that_comes_back_opens_the_promise_again(
    promising, alida, bram, cor, parties, appeared
):
    promise = keep(letter=promising, quote=PROMISE, publication=appeared, by=alida)
    send(promising, alida, bram, cor)
    letter = write_cover(publication=appeared, by=alida)
    cover(letter, alida, bram, cor)
    dispatching.confirm_posted(letter=letter, posted_on=timezone.localdate(), by=alida)
    dispatch = letter.dispatches.get(channel="post")
    dispatching.mark_returned(dispatch=dispatch, returned_on=timezone.localdate(), by=alida)
    assert states(promise)["Samenspraak"] == "open"
    # What somebody noted by hand since is not undone by an envelope.
    dispatching.resend(
        dispatch=letter.dispatches.get(recipient__name="De Waag"),
        point=recipients.drafted_address(
            recipient=letter.recipients.get(name="De Waag"), kind="email", value="bestuur@waag.example"
        ),
        by=alida,
    )
    party = promise.parties.get(organisation=parties[2])
    settle(parties=[party], state="kept", source="afgegeven aan de deur", by=alida)
    commitments.came_back(dispatch, by=alida)
    assert states(promise)["Samenspraak"] == "kept"


def test_a_letter_of_the_past_owes_to_all_it_went_to_and_then_stays(letterhead, alida, parties):
    letter = past.record_past(
        subject="Oude brief", sent_on=DAY, data=one_page(), recipients=parties[:2], by=alida
    )
    promise = keep(letter=letter, quote="U hoort dit najaar van ons.", by=alida)
    assert states(promise) == {"De Waag": "open", "Stadslijst": "open"}
    with pytest.raises(Refused, match="worden beloften bijgehouden"):
        past.remove(letter=letter, by=alida)


def test_a_letter_that_is_put_away_promises_nothing(promising, alida):
    letters.put_away(letter=promising, by=alida)
    with pytest.raises(Refused, match="weggelegd"):
        keep(letter=promising, quote=PROMISE, by=alida)


def test_making_ready_alone_promises_nothing_yet(promising, alida, bram, cor):
    promise = keep(letter=promising, quote=PROMISE, by=alida)
    make_ready(promising, alida, bram, cor)
    assert states(promise) == {}
