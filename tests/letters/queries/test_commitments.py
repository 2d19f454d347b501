"""What a letter seems to promise, how a promise stands, and who is named where."""

import datetime

import pytest

from campaigns.models import Publication
from letters.actions import commitments as actions
from letters.actions import enclosures, letters
from letters.models import Commitment
from letters.queries import commitments
from tests.letters.conftest import BODY

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2025, 11, 10)


def says(letter, *sentences, by):
    body = BODY + "".join(f"<p>{sentence}</p>" for sentence in sentences)
    letters.save_draft(letter=letter, draft_number=letter.draft_number, values={"body": body}, by=by)
    letter.refresh_from_db()
    return letter


PROMISES = {
    "a day": ("Wij sturen u de begroting toe voor 3 november 2025.", "Begroting", datetime.date(2025, 11, 3)),
    "a month": ("In oktober ontvangt u van ons het rapport.", "Rapport", datetime.date(2025, 10, 31)),
    "a month next year": ("In mei ontvangt u van ons het rapport.", "Rapport", datetime.date(2026, 5, 31)),
    "no day": ("Wij sturen u het rapport toe, zodra het beschikbaar is.", "Rapport", None),
    "no such day": ("U krijgt het rapport voor 31 februari 2026.", "Rapport", datetime.date(2026, 2, 28)),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "words", "due_on"), PROMISES.values(), ids=PROMISES)
def test_a_sentence_that_promises_is_proposed_with_its_day(letter, alida, sentence, words, due_on):
    (found,) = commitments.proposed(says(letter, sentence, by=alida))
    assert (found.quote, found.words, found.due_on) == (sentence, words, due_on)


def test_what_asks_or_tells_is_no_promise(letter, alida):
    says(letter, "Kunt u ons laten weten wat u vindt?", "Wij stuurden u het rapport in mei.", by=alida)
    assert commitments.proposed(letter) == []


def test_the_publication_it_is_about_comes_along_and_what_is_kept_track_of_does_not(letter, alida):
    report = Publication.objects.create(title="Rapport Hier zijn wij")
    sentence = "Wij sturen u het rapport toe, zodra het beschikbaar is."
    says(letter, sentence, by=alida)
    enclosures.promise(letter=letter, title="", publication=report, by=alida)
    (found,) = commitments.proposed(letter)
    assert found.publication == report
    actions.keep(letter=letter, quote=found.quote, words=found.words, publication=report, by=alida)
    assert commitments.proposed(letter) == []


def test_who_sees_to_a_promised_enclosure_sees_to_the_promise(letter, alida, bram):
    says(letter, "Wij sturen u het rapport toe, zodra het beschikbaar is.", by=alida)
    enclosures.promise(letter=letter, title="Rapport", minded_by=bram, by=alida)
    (found,) = commitments.proposed(letter)
    assert found.minded_by == bram


@pytest.mark.parametrize(
    ("title", "is_meant"),
    [("Jaarverslag 2025", True), ("Ons jaarverslag", True), ("Begroting 2025", False), ("Het 2025", False)],
)
def test_a_publication_is_tied_to_what_was_promised_in_its_words(letter, parties, alida, title, is_meant):
    made = actions.note(
        side="ours", holder=parties[0], quote="Wij sturen het jaarverslag.", source="telefoon", by=alida
    )
    actions.note(
        side="theirs", holder=parties[0], quote="Ons jaarverslag volgt.", source="telefoon", by=alida
    )
    report = Publication.objects.create(title=title)
    assert commitments.meant(report) == ([made] if is_meant else [])
    actions.change(commitment=made, publication=report, by=alida)
    assert commitments.meant(report) == []


def test_a_text_that_cannot_be_read_proposes_nothing(letter):
    letter.body = '<p><span data-merge="onbekend">x</span></p>'
    letter.save()
    assert commitments.proposed(letter) == []


def promise(**values):
    return Commitment(side="ours", words="Het rapport", made_on=datetime.date(2025, 7, 29), **values)


def published(day):
    return Publication(title="Hier zijn wij", published_on=day)


STANDINGS = {
    "late": (promise(due_on=datetime.date(2025, 11, 9)), "te laat: uiterlijk 9 november 2025", True, False),
    "on the day": (promise(due_on=TODAY), "uiterlijk 10 november 2025", False, False),
    "ripe": (promise(publication=published(TODAY)), "“Hier zijn wij” is er", False, True),
    "not there yet": (promise(publication=published(None)), "zodra “Hier zijn wij” er is", False, False),
    "after something": (promise(event="na het gesprek"), "na het gesprek", False, False),
    "it happened": (
        promise(event="na het gesprek", event_on=datetime.date(2025, 11, 3)),
        "het is zover: na het gesprek (3 november 2025)",
        False,
        True,
    ),
    "open": (promise(), "zonder datum", False, False),
}


@pytest.mark.parametrize(("one", "words", "is_late", "is_ripe"), STANDINGS.values(), ids=STANDINGS)
def test_how_a_promise_stands_is_computed(one, words, is_late, is_ripe):
    found = commitments.standing(one, waiting=2, today=TODAY)
    assert (found.words, found.is_late, found.is_ripe) == (words, is_late, is_ripe)
    done = commitments.standing(one, waiting=0, today=TODAY)
    assert (done.words, done.is_late, done.is_ripe) == ("afgehandeld", False, False)


def noted(holder, words, by, **values):
    said = {"side": "theirs", "quote": words, "source": "telefoon", "made_on": datetime.date(2025, 7, 1)}
    return actions.note(holder=holder, by=by, **said | values)


def test_the_first_day_stands_on_top_and_what_is_dealt_with_apart(parties, alida):
    noted(parties[0], "zonder dag", alida)
    noted(parties[1], "in december", alida, due_on=datetime.date(2025, 12, 1))
    noted(parties[2], "in oktober", alida, due_on=datetime.date(2025, 10, 1))
    done = noted(parties[0], "gedaan", alida)
    actions.settle(parties=list(done.parties.all()), state="kept", source="mail", by=alida)
    assert [str(one) for one in commitments.listed("theirs")] == ["in oktober", "in december", "zonder dag"]
    assert [str(one) for one in commitments.listed("theirs", pending=False)] == ["gedaan"]


def test_what_was_kept_in_part_is_still_to_come(parties, alida):
    half = noted(parties[0], "half", alida)
    actions.settle(parties=list(half.parties.all()), state="partly", source="mail", by=alida)
    assert [(str(one), one.waiting, one.total) for one in commitments.listed("theirs")] == [("half", 1, 1)]


def test_what_came_before_an_organisation_counts_for_it(parties, alida):
    noted(parties[0], "beloofd door wat er eerst was", alida)
    assert not commitments.with_holder(parties[1])
    found = commitments.with_holder(parties[1], before=[parties[0]])
    assert [str(party.commitment) for party in found] == ["beloofd door wat er eerst was"]


def test_the_search_box_finds_a_promise_by_its_sentence(parties, alida, loes, otto):
    one = noted(parties[0], "Wij nemen de vraag mee naar de fractie.", alida)
    for user, found in ((loes, [str(one)]), (otto, [])):
        assert [hit.title for hit in commitments.find("vraag fractie", 5, user)] == found
    assert commitments.find("begroting", 5, loes) == []
