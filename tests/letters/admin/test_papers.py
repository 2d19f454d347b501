"""The page behind the QR code: photos of an answer on paper, filed from a phone."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from lxml import html

from letters.models import Paper
from letters.queries import scanning
from tests.crm.admin.pages import errors, said, text
from tests.crm.typesetting.photos import photo
from tests.letters.admin.samples import one_page
from tests.letters.stories import arrive

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(letter, alida, bram, cor):
    return arrive(letter, alida, bram, cor, at=timezone.now() - datetime.timedelta(days=9))[0]


def here(name, dispatch, *more):
    return reverse(f"letters:{name}", args=[dispatch.letter_id, dispatch.recipient_id, *more])


@pytest.fixture
def alida_in(client, alida):
    client.force_login(alida)
    return client


def image(name="foto.jpg", **values):
    return SimpleUploadedFile(name, photo(**values), content_type="image/jpeg")


def scanned(dispatch):
    """The path in the code on the letter to one recipient."""
    return scanning.address(dispatch.letter, dispatch.recipient).removeprefix("http://localhost:8000")


def test_scanned_without_being_signed_in_one_signs_in_and_comes_back(client, sent, alida):
    alida.set_password("een-lang-wachtwoord")
    alida.save()
    page = client.get(scanned(sent), follow=True)
    sign_in = page.redirect_chain[-1][0]
    assert sign_in.startswith("/beheer/login/?next=")
    values = {"username": "alida", "password": "een-lang-wachtwoord", "next": here("paper", sent)}
    assert here("paper", sent) in sign_in
    assert client.post(sign_in, values).headers["Location"] == here("paper", sent)


def test_the_field_opens_the_camera_and_takes_several(alida_in, sent):
    page = html.fromstring(alida_in.get(scanned(sent), follow=True).content.decode())
    [camera] = page.xpath('//input[@name="photos"]')
    assert {name: camera.get(name) for name in ("type", "accept", "capture")} == {
        "type": "file",
        "accept": "image/*,application/pdf",
        "capture": "environment",
    }
    assert "multiple" in camera.attrib
    [form] = page.xpath('//form[@id="formulier"]')
    assert form.get("enctype") == "multipart/form-data"


def test_photos_become_one_answer_in_the_thread(alida_in, sent):
    files = {"photos": [image(), image(colour="red")], "chosen": [SimpleUploadedFile("scan.pdf", one_page())]}
    done = alida_in.post(here("paper", sent), files, follow=True)
    assert said(done) == ["Het is bewaard. Zeg nu hieronder wat het antwoord is."]
    paper = Paper.objects.get()
    assert done.redirect_chain[-1][0].endswith(f"#papier-{paper.pk}")
    assert paper.pages == 3
    assert "De Waag op papier" in text(done)
    assert "Wij zijn aan zet, sinds vandaag: lees hun antwoord." in text(done)
    shown = alida_in.get(here("paper_pages", sent, paper.pk))
    assert (shown.headers["Content-Type"], shown.content) == ("application/pdf", paper.file.read())
    assert b"Spookfoon" not in shown.content


def test_what_is_wrong_is_said_on_the_page(alida_in, sent, settings):
    page = alida_in.post(here("paper", sent), {"came_on": "vandaag"})
    assert (page.status_code, errors(page)) == (422, {"photos": "Maak een foto, of kies een bestand."})
    page = alida_in.post(here("paper", sent), {"photos": SimpleUploadedFile("x.jpg", b"hallo")})
    assert "Dit bestand is geen foto of PDF" in text(page)
    settings.UPLOAD_LIMIT_MB = 1
    page = alida_in.post(here("paper", sent), {"photos": SimpleUploadedFile("x.jpg", b"x" * 1_100_000)})
    assert "groter dan 1 MB" in text(page)
    assert not Paper.objects.exists()


def test_from_the_code_of_the_whole_letter_one_chooses_from_whom_it_is(alida_in, sent):
    page = alida_in.get(scanning.address(sent.letter).removeprefix("http://localhost:8000"), follow=True)
    assert "Van wie is het papier?" in text(page)
    assert f'href="{here("paper", sent)}"' in page.content.decode()


def test_filed_by_mistake_it_is_taken_away(alida_in, sent):
    alida_in.post(here("paper", sent), {"photos": image()})
    done = alida_in.post(
        here("thread", sent), {"do": "take_paper", "paper": Paper.objects.get().pk}, follow=True
    )
    assert said(done)[-1] == "Het papier is weggehaald. Bewaar het waar het wel hoort."
    assert not Paper.objects.exists()


def test_a_reader_reads_the_pages_and_files_none(client, alida_in, sent, loes, otto):
    alida_in.post(here("paper", sent), {"photos": image()})
    pages = here("paper_pages", sent, Paper.objects.get().pk)
    client.force_login(loes)
    assert client.get(pages).status_code == 200
    assert client.get(here("paper", sent)).status_code in (302, 403)
    client.post(here("paper", sent), {"photos": image(colour="red")})
    assert Paper.objects.count() == 1
    client.force_login(otto)
    assert client.get(pages).status_code in (302, 404)


def test_pages_are_found_only_with_their_own_letter(alida_in, sent):
    alida_in.post(here("paper", sent), {"photos": image()})
    other = sent.letter.recipients.exclude(pk=sent.recipient_id).first()
    url = reverse("letters:paper_pages", args=[sent.letter_id, other.pk, Paper.objects.get().pk])
    assert alida_in.get(url).status_code == 404
