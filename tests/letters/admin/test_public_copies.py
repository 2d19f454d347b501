"""A public copy of a message: the words are gone from its bytes, and the message stays as it came."""

import io

import pikepdf
import pytest
from django.urls import reverse

from letters.actions import intake
from letters.models import PublicCopy
from tests.letters.mails import answer
from tests.letters.render.reading import words
from tests.letters.stories import send, told

pytestmark = pytest.mark.django_db

TEXT = (
    "Beste mensen,\n\nWij steunen de oproep. Onze voorzitter Karel Geheim\nis nog ziek. Bel mij op 06-12345678.\n\n"
    "Met groet,\nAnna Bos\nanna@thuis.example\n"
)


@pytest.fixture
def message(letter, alida, bram, cor):
    sent = send(letter, alida, bram, cor)
    return intake.take_in(raw=answer(sent[0], TEXT, subject="Over Karel Geheim"), source="upload", uid="1")[0]


def of(message):
    return reverse("letters:public_copies", args=[message.pk])


def all_bytes(data):
    """The file as it is, and everything in it unpacked."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        return b"".join([data, *streams, str(pdf.docinfo).encode()])


def test_what_is_taken_out_is_in_no_byte_of_the_copy(client, message, alida):
    client.force_login(alida)
    raw = message.raw.read()
    html = client.get(of(message)).content.decode()
    assert "06-12345678\nanna@thuis.example" not in html
    assert "anna@thuis.example\n06-12345678" in html
    passages = "karel geheim\nAnna Bos\n06-12345678\nanna@thuis.example"
    client.post(of(message), {"do": "make", "passages": passages})
    copy = PublicCopy.objects.get()
    data = copy.pdf.read()
    said = words(data)
    assert "Wij steunen de oproep. Onze voorzitter [weggelakt] is nog ziek. Bel mij op [weggelakt]." in said
    assert [
        word for word in ("Karel", "Geheim", "Anna", "Bos", "12345678", "thuis.example") if word in said
    ] == []
    hidden = all_bytes(data)
    assert [
        word for word in (b"Karel", b"Geheim", b"Anna", b"12345678", b"thuis.example") if word in hidden
    ] == []
    assert (copy.blacked_out, copy.made_by, message.raw.read()) == (6, alida, raw)
    assert told(message, "letters.public_copy_made") == [
        "Alida de Test maakte een openbare kopie van het bericht “Over Karel Geheim”; aantal plaatsen weggelakt: 6"
    ]
    page = client.get(of(message)).content.decode()
    assert copy.pdf.sha256 in page
    url = reverse("letters:public_copy", args=[message.pk, copy.pk])
    assert client.get(url).content == data
    assert "1 openbare kopie" in client.get(message.get_absolute_url()).content.decode()


def test_words_that_look_alike_are_asked_about_first(client, letter, alida, bram, cor):
    sent = send(letter, alida, bram, cor)
    raw = answer(sent[0], "Jansen is ziek. Jansens buren helpen.", subject="Zieke")
    message = intake.take_in(raw=raw, source="upload", uid="1")[0]
    client.force_login(alida)
    asked = client.post(of(message), {"do": "make", "passages": "Jansen"})
    assert (asked.status_code, PublicCopy.objects.count()) == (422, 0)
    html = asked.content.decode()
    assert ("Er staan nog woorden die erop lijken: Jansens" in html, 'name="alike_stay"' in html) == (
        True,
        True,
    )
    client.post(of(message), {"do": "make", "passages": "Jansen", "alike_stay": "yes"})
    assert PublicCopy.objects.count() == 1


def test_the_same_copy_is_kept_once(client, message, alida):
    client.force_login(alida)
    for _ in range(2):
        client.post(of(message), {"do": "make", "passages": "Anna Bos", "alike_stay": "yes"})
    assert PublicCopy.objects.count() == 1


def test_words_that_stand_nowhere_are_told_and_what_was_typed_stays(client, message, alida):
    client.force_login(alida)
    response = client.post(of(message), {"do": "make", "passages": "Anna Bos\nPiet Puk"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "“Piet Puk” staat niet in het bericht." in html
    assert "Anna Bos\nPiet Puk</textarea>" in html
    response = client.post(of(message), {"do": "make", "passages": "a"})
    assert "is te kort" in response.content.decode()
    assert PublicCopy.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "seen", "made"), [("alida", 200, 1), ("loes", 200, 0), ("otto", 302, 0), (None, 302, 0)]
)
def test_who_may_read_a_copy_and_who_may_make_one(client, request, message, who, seen, made):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert client.get(of(message)).status_code == seen
    client.post(of(message), {"do": "make", "passages": "Anna Bos", "alike_stay": "yes"})
    assert PublicCopy.objects.count() == made
    if made:
        copy = PublicCopy.objects.get()
        assert client.get(reverse("letters:public_copy", args=[message.pk + 1, copy.pk])).status_code == 404
