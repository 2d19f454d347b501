"""Finding a message by a word in it."""

import pytest

from crm.queries import search
from letters.actions import intake, placing
from letters.models import IncomingMessage
from letters.queries import incoming
from tests.letters.mails import answer, mail
from tests.letters.stories import send

pytestmark = pytest.mark.django_db

LONG = "Wij bespraken uw brief. " * 60
TEXT = (
    f"{LONG}Over de buurtbibliothéék zijn wij het eens.\n\n"
    "Op di 29 jul 2025 om 20:14 schreef Netwerk <a@b.example>:\n> Een tuinhuis voor iedereen\n"
)


@pytest.fixture
def message(letter, alida, bram, cor):
    sent = send(letter, alida, bram, cor)
    return intake.take_in(raw=answer(sent[0], TEXT), source="upload", uid="1")[0]


def found(text, user):
    return [(group.label, [hit.url for hit in group.hits]) for group in search.grouped(text, user=user)]


def test_a_word_deep_in_an_answer_finds_it(message, alida):
    expected = [("Binnengekomen", [message.get_absolute_url()])]
    assert found("Buurtbibliotheek", alida) == expected
    assert found("bibliotheek eens", alida) == expected
    assert found("bibliotheek oneens", alida) == []
    (hit,) = incoming.find("bibliotheek", 5, alida)
    assert hit.subtitle.endswith("De Waag")


def test_what_they_quote_of_us_finds_nothing(message, alida):
    assert incoming.find("tuinhuis", 5, alida) == []


def test_what_came_in_before_messages_had_words_is_found_after_a_day(message, alida):
    IncomingMessage.objects.update(search_text="")
    assert incoming.find("bibliotheek", 5, alida) == []
    assert (intake.make_findable(), intake.make_findable()) == (1, 0)
    assert len(incoming.find("bibliotheek", 5, alida)) == 1


def test_who_may_not_read_messages_finds_none(message, otto, loes):
    assert found("buurtbibliotheek", otto) == []
    assert len(incoming.find("buurtbibliotheek", 5, loes)) == 1


def test_spam_is_not_found_and_the_newest_comes_first(message, alida):
    intake.take_in(raw=mail("Buurtbibliotheek te koop", X_Spam_Flag="YES"), source="upload", uid="2")
    newest, _ = intake.take_in(
        raw=mail("Nog over de buurtbibliotheek", subject="Vraag"), source="upload", uid="3"
    )
    assert [hit.pk for hit in incoming.find("buurtbibliotheek", 5, alida)] == [newest.pk, message.pk]
    placing.set_aside(message=newest, by=alida)
    assert len(incoming.find("buurtbibliotheek", 5, alida)) == 2


def test_thirty_messages_cost_as_many_queries_as_one(message, alida, django_assert_num_queries):
    alida.has_perm("letters.view_incomingmessage")
    with django_assert_num_queries(3):
        incoming.find("buurtbibliotheek", 40, alida)
    for number in range(30):
        intake.take_in(
            raw=mail(f"Buurtbibliotheek {number}", subject=f"Vraag {number}"),
            source="upload",
            uid=f"m{number}",
        )
    with django_assert_num_queries(3):
        assert len(incoming.find("buurtbibliotheek", 40, alida)) == 31
