"""The step Text while the committee is asked: it opens to read, and no old window undoes an approval."""

import pytest

from letters.models import Letter
from tests.letters.stories import agree, propose

from .test_text import TEXT, form_of, plain, state_of, url_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alida_in(client, alida):
    client.force_login(alida)
    return client


def test_while_approval_is_asked_the_text_opens_to_read_and_says_what_writing_undoes(
    alida_in, alida, bram, cor, letter
):
    propose(letter, alida)
    page = alida_in.get(url_of(letter))
    assert "form" not in page.context
    assert page.context["what_changing_undoes"] == (
        "De commissie is om akkoord gevraagd. Als je iets verandert, vervalt die vraag."
    )
    agree(letter, bram)
    html = alida_in.get(url_of(letter)).content.decode()
    assert "Bram is al akkoord (1 van 2). Als je iets verandert, vervalt dat." in html
    assert "Wij vragen aandacht voor ontmoeting in de buurt." in html
    page = alida_in.post(url_of(letter), {"do": "take_back"}, follow=True)
    assert ("form" in page.context, Letter.objects.get(pk=letter.pk).state) == (True, "draft")


def test_a_reader_is_offered_no_way_to_write_on(client, alida, bram, loes, letter):
    propose(letter, alida)
    client.force_login(loes)
    assert "take_back" not in client.get(url_of(letter)).content.decode()


@pytest.mark.parametrize("do", ["autosave", "leave"])
def test_a_keystroke_in_an_old_window_undoes_no_approval(alida_in, alida, bram, letter, do):
    form = form_of(letter, do=do, body=state_of(TEXT))
    propose(letter, alida)
    agree(letter, bram)
    answer = alida_in.post(url_of(letter), form)
    assert (answer.status_code, len(answer.json()["problems"])) == (422, 1)
    letter = Letter.objects.get(pk=letter.pk)
    assert (letter.state, plain(letter)) == (
        "proposed",
        "Wij vragen aandacht voor ontmoeting in de buurt.",
    )


@pytest.mark.parametrize("do", ["save", "next", "keep_mine"])
def test_a_button_in_an_old_window_undoes_no_approval_and_keeps_what_was_typed_aside(
    alida_in, alida, bram, letter, do
):
    form = form_of(letter, do=do, body=state_of(TEXT))
    propose(letter, alida)
    response = alida_in.post(url_of(letter), form, follow=True)
    assert ["Verder schrijven" in words for words in words_of(response)] == [True]
    assert Letter.objects.get(pk=letter.pk).state == "proposed"
    assert letter.versions.first().content["body"]["blocks"] == [["p", "Een nieuwe tekst voor de buurt."]]
