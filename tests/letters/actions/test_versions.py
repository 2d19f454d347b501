"""Earlier versions: a text kept aside, and one taken up again."""

import datetime

import pytest

from crm.actions.action import Refused
from letters.actions import enclosures, letters, versions
from letters.models import Letter, LetterState
from letters.queries import contents
from tests.letters.stories import make_ready, propose, told

pytestmark = pytest.mark.django_db


def save(letter, by, **values):
    return letters.save_draft(letter=letter, draft_number=letter.draft_number, values=values, by=by)


@pytest.fixture
def rewritten(letter, alida, bram):
    """A letter with a first version, of which everything was written anew since."""
    letters.set_signatories(letter=letter, names=[("Anna de Vries", "voorzitter")], by=alida)
    letters.make_version(letter=letter, by=alida)
    letter = save(
        letter,
        bram,
        subject="Anders",
        salutation="Beste mensen",
        body="<p>Iets <b>anders</b>.</p>",
        closing="Groet",
        sign_off="Namens ons",
        dated_on=datetime.date(2025, 9, 1),
    )
    letters.set_signatories(letter=letter, names=[("Bo", "")], by=bram)
    enclosures.promise(letter=letter, title="Rapport", by=bram)
    return letter


def test_a_text_is_kept_aside_without_touching_the_letter(letter, alida, bram):
    before = contents.content(letter)
    version = versions.keep_aside(letter=letter, values={"subject": "Van Bram", "body": "<p>X.</p>"}, by=bram)
    assert (version.content["subject"], version.made_by) == ("Van Bram", bram)
    letter.refresh_from_db()
    assert (contents.content(letter), list(letter.authors.all())) == (before, [alida])


def test_what_cannot_be_a_letter_is_not_kept_aside(letter, bram):
    with pytest.raises(Refused):
        versions.keep_aside(letter=letter, values={"body": "<script>alert(1)</script>"}, by=bram)
    assert letter.versions.count() == 0


def test_a_text_is_kept_aside_also_when_the_letter_can_no_longer_change(letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    versions.keep_aside(letter=letter, values={"subject": "Van Bram"}, by=bram)
    assert letter.versions.first().content["subject"] == "Van Bram"
    assert letter.frozen_version.content["subject"] == "Ontmoeten in de buurt"


def test_the_words_of_a_version_come_back_and_the_rest_stays(rewritten, alida):
    first = rewritten.versions.get(number=1)
    letter = versions.take_up_again(version=first, by=alida)
    now = contents.content(letter).data
    assert [name for name in now if now[name] != first.content[name]] == ["enclosures"]
    assert told(letter, "letters.version_taken_up") == ["Alida de Test nam versie 1 weer op"]


def test_what_stood_there_before_is_kept_as_a_version(rewritten, alida):
    before = contents.content(rewritten)
    versions.take_up_again(version=rewritten.versions.get(number=1), by=alida)
    assert rewritten.versions.first().content_hash == before.hash


def test_the_letter_that_comes_back_is_the_one_to_write_on_in(rewritten, alida):
    letter = versions.take_up_again(version=rewritten.versions.get(number=1), by=alida)
    assert letter.draft_number == Letter.objects.get(pk=letter.pk).draft_number
    assert save(letter, alida, subject="Verder").subject == "Verder"


def test_taking_up_a_version_voids_an_approval(rewritten, alida, cor):
    propose(rewritten, alida)
    letter = versions.take_up_again(version=rewritten.versions.get(number=1), by=alida)
    assert letter.state == LetterState.DRAFT
    assert told(letter, "letters.approval_voided") != []


def test_a_version_of_a_letter_that_is_ready_stays_what_it_is(rewritten, alida, bram, cor):
    make_ready(rewritten, alida, bram, cor)
    count = rewritten.versions.count()
    with pytest.raises(Refused, match="klaar om te versturen"):
        versions.take_up_again(version=rewritten.versions.get(number=1), by=alida)
    assert rewritten.versions.count() == count


def test_a_version_that_cannot_be_read_changes_nothing(rewritten, alida):
    first = rewritten.versions.get(number=1)
    first.content["body"] = {"form": 99, "blocks": []}
    first.save()
    with pytest.raises(Refused, match="Kies een andere"):
        versions.take_up_again(version=first, by=alida)
    assert (Letter.objects.get(pk=rewritten.pk).subject, rewritten.versions.count()) == ("Anders", 1)
