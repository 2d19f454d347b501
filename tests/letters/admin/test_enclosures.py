"""What goes along with a letter or is promised for later, on the step Text."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from campaigns.models import Publication
from letters.actions import letters
from letters.models import Letter

from .samples import one_page
from .test_text import form_of, url_of, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alida_in(client, alida):
    client.force_login(alida)
    return client


def test_an_enclosure_goes_along_and_can_be_taken_off_while_the_text_is_kept(alida_in, letter):
    form = form_of(letter, do="enclose", subject="Met bijlage", enclosure_title="Jaarverslag 2024")
    form["enclosure_file"] = SimpleUploadedFile("verslag.pdf", one_page())
    alida_in.post(url_of(letter), form)
    enclosure = letter.enclosures.get()
    assert (enclosure.title, enclosure.pages) == ("Jaarverslag 2024", 1)
    letter.refresh_from_db()
    assert letter.subject == "Met bijlage"
    page = alida_in.get(url_of(letter)).content.decode()
    assert f"?enclosure={enclosure.pk}" in page
    alida_in.post(f"{url_of(letter)}?enclosure={enclosure.pk}", form_of(letter, do="remove_enclosure"))
    assert not letter.enclosures.exists()


def test_an_enclosure_of_another_letter_cannot_be_taken_off_from_here(alida_in, alida, letter):
    other = letters.start(by=alida, subject="Ander")
    enclosure = other.enclosures.create(title="Rapport", is_promised=True)
    response = alida_in.post(
        f"{url_of(letter)}?enclosure={enclosure.pk}", form_of(letter, do="remove_enclosure")
    )
    assert response.status_code == 404
    assert other.enclosures.count() == 1


BAD_UPLOADS = {
    "no file": None,
    "a text that says it is a PDF": SimpleUploadedFile("verslag.pdf", b"Dit is gewoon tekst."),
    "half a PDF": SimpleUploadedFile("verslag.pdf", b"%PDF-1.7\n1 0 obj\n"),
    "an empty file": SimpleUploadedFile("leeg.pdf", b""),
}


@pytest.mark.parametrize("upload", BAD_UPLOADS.values(), ids=BAD_UPLOADS.keys())
def test_a_file_that_cannot_go_along_is_refused_in_words_and_the_text_is_kept(alida_in, letter, upload):
    form = form_of(letter, do="enclose", subject="Bewaard") | ({"enclosure_file": upload} if upload else {})
    response = alida_in.post(url_of(letter), form, follow=True)
    assert len(words_of(response)) == 1
    assert not letter.enclosures.exists()
    assert Letter.objects.get(pk=letter.pk).subject == "Bewaard"


def test_a_file_that_is_too_large_is_refused_with_the_limit(alida_in, letter, settings):
    settings.UPLOAD_LIMIT_MB = 1
    form = form_of(
        letter, do="enclose", enclosure_file=SimpleUploadedFile("groot.pdf", b"%PDF-" + b"0" * 1_100_000)
    )
    response = alida_in.post(url_of(letter), form, follow=True)
    assert [("1 MB" in words) for words in words_of(response)] == [True]


def test_something_can_be_promised_in_own_words_or_as_a_publication(alida_in, letter):
    planned = Publication.objects.create(title="Hier zijn wij")
    alida_in.post(url_of(letter), form_of(letter, do="promise", promised_title="Een rapport"))
    letter.refresh_from_db()
    alida_in.post(url_of(letter), form_of(letter, do="promise", promised_publication=planned.pk))
    assert [(e.title, e.publication, e.is_promised) for e in letter.enclosures.all()] == [
        ("Een rapport", None, True),
        ("Hier zijn wij", planned, True),
    ]


def test_who_sees_to_a_promise_is_chosen_with_it_or_later_and_shown(alida_in, letter, bram, otto):
    form = form_of(letter, do="promise", promised_title="Een rapport", minded_by=bram.pk)
    alida_in.post(url_of(letter), form)
    made = letter.enclosures.get()
    assert made.minded_by == bram
    assert "komt later; Bram de Test bewaakt het" in alida_in.get(url_of(letter)).content.decode()
    letter.refresh_from_db()
    for chosen, minder in ((otto.pk, bram), ("", None), ("x", None), (bram.pk, bram)):
        form = form_of(letter, do="mind", subject="Bewaard") | {f"minded_by_{made.pk}": chosen}
        response = alida_in.post(f"{url_of(letter)}?enclosure={made.pk}", form, follow=True)
        letter.refresh_from_db()
        assert (letter.enclosures.get().minded_by, len(words_of(response))) == (minder, 1)
    assert letter.subject == "Bewaard"


def test_what_the_last_look_asks_to_promise_is_text_and_no_more(alida_in, letter):
    page = alida_in.get(f"{url_of(letter)}?promise=%22%3E%3Cscript%3E%00{'x' * 300}").content.decode()
    assert 'value="&quot;&gt;&lt;script&gt;' + "x" * 190 + '"' in page
