"""The code on a letter: printed where the letterhead says so, and it leads to the thread of that one recipient."""

import pytest

from letters.queries import contents, printing, scanning
from letters.render.letters import render, values
from tests.letters.render.qr_reading import read
from tests.letters.render.reading import tags, words
from tests.letters.stories import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def with_code(letter):
    letter.letterhead.prints_qr = True
    letter.letterhead.save()
    return letter


def pages(letter):
    return [contents.Layout.of(letter).page(recipient) for recipient in letter.recipients.all()]


def test_without_the_setting_nothing_is_printed_and_nothing_agreed_lapses(letter):
    assert [page.scan_at for page in pages(letter)] == [""] * 4
    assert "qr" not in contents.content(letter).data["letterhead"]


def test_each_recipient_has_a_code_of_its_own(with_code, settings):
    recipients = list(with_code.recipients.all())
    read_back = [read(values(page)["qr"]) for page in pages(with_code)]
    assert read_back == [
        f"{settings.BASE_URL}/papier/{with_code.pk}/{recipient.pk}/" for recipient in recipients
    ]


def test_the_page_has_the_code_as_a_picture_with_words_for_it(with_code):
    [first, *_others] = pages(with_code)
    data = render(first)
    assert "/Figure" in tags(data)
    assert words(data).count("Kenmerk") == 1


def test_switching_it_on_is_part_of_what_the_committee_agrees_on(letter):
    before = contents.content(letter).hash
    letter.letterhead.prints_qr = True
    assert contents.content(letter).hash != before
    letter.letterhead.prints_qr = False
    assert contents.content(letter).hash == before


def test_the_public_copy_has_no_code(with_code):
    assert contents.Layout.of(with_code).sample(public_copy=True).scan_at == ""
    assert contents.Layout.of(with_code).sample().scan_at == scanning.address(with_code)


def test_our_own_copy_always_has_one_that_leads_to_the_letter(client, letter, alida, bram, cor, settings):
    client.force_login(alida)
    address = f"/beheer/brieven/{letter.pk}/archief.pdf"
    assert client.get(address).status_code == 404
    send(letter, alida, bram, cor)
    letter.refresh_from_db()
    copy = contents.Layout.of(letter).file_copy()
    assert read(values(copy)["qr"]) == f"{settings.BASE_URL}/papier/{letter.pk}/"
    answer = client.get(address)
    assert f"Archief {letter.reference}.pdf".replace("/", "-") in answer["Content-Disposition"]
    assert "Exemplaar voor ons archief aan 4 ontvangers" in " ".join(words(answer.content).split())


def test_our_own_copy_of_a_letter_to_one_is_theirs(letter):
    letter.recipients.exclude(pk=letter.recipients.first().pk).delete()
    [only] = letter.recipients.all()
    layout = contents.Layout.of(letter)
    assert layout.file_copy().address_lines == layout.page(only).address_lines


def test_the_stack_to_print_has_one_on_its_cover(letter, alida, bram, cor):
    waiting = [one for one in send(letter, alida, bram, cor) if one.channel == "post"]
    data = printing.stack(letter, waiting, duplex=False)
    assert "Scan deze code met je telefoon" in words(data, page=1)
