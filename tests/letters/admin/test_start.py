"""Starting a letter: empty, from an earlier one, from text; and what the editor may insert."""

import datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from lxml import html

from campaigns.models import Fact
from crm.document.tree import Heading, ListBlock
from crm.models import Person, Segment
from letters.models import Letter, StandardText
from letters.queries import contents

pytestmark = pytest.mark.django_db

SEED = Path(__file__).parents[2] / "files" / "seed-letter.txt"
START = "/beheer/brieven/nieuw/"


@pytest.fixture
def alida_in(client, alida, letterhead):
    client.force_login(alida)
    return client


def words_of(response):
    return [str(message) for message in response.context["messages"]]


def test_an_empty_letter_has_a_letterhead_and_a_reference(alida_in, letterhead):
    response = alida_in.post(START, {"do": "empty"})
    letter = Letter.objects.get()
    assert response.url == reverse("letters:text", args=[letter.pk])
    assert (letter.letterhead, letter.body, bool(letter.reference)) == (letterhead, "", True)
    assert alida_in.get(response.url).status_code == 200


def test_pasted_text_becomes_a_letter(alida_in):
    response = alida_in.post(START, {"do": "text", "pasted": SEED.read_text()}, follow=True)
    letter = Letter.objects.get()
    assert letter.salutation == "Beste Partij"
    assert [len(block.items) for block in contents.tree(letter).blocks if isinstance(block, ListBlock)] == [4]
    assert response.redirect_chain == [(reverse("letters:text", args=[letter.pk]), 302)]


def word_file():
    document = docx.Document()
    document.add_heading("Kop", level=1)
    document.add_paragraph("Een alinea.")
    document.sections[0].footer.paragraphs[0].text = "Voettekst"
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def test_a_word_file_becomes_a_letter_and_what_was_left_out_is_said(alida_in):
    upload = SimpleUploadedFile("brief.docx", word_file())
    response = alida_in.post(START, {"do": "text", "file": upload}, follow=True)
    blocks = contents.tree(Letter.objects.get()).blocks
    assert [type(block) for block in blocks] == [Heading, type(blocks[1])]
    messages = [(message.level_tag, str(message)) for message in response.context["messages"]]
    assert [tag for tag, _words in messages] == ["success", "warning"]


BAD = {
    "nothing": {},
    "blank": {"pasted": "  \n "},
    "a PDF": {"file": SimpleUploadedFile("brief.docx", b"%PDF-1.7")},
    "a picture": {"file": SimpleUploadedFile("brief.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 50)},
    "a zip that is no Word file": {"file": SimpleUploadedFile("brief.docx", b"PK\x03\x04" + b"0" * 50)},
    "an old Word file": {"file": SimpleUploadedFile("brief.doc", b"\xd0\xcf\x11\xe0" + b"0" * 50)},
    "an empty file": {"file": SimpleUploadedFile("leeg.txt", b"")},
    "far too much": {"pasted": "woord " * 100_000},
}


@pytest.mark.parametrize("values", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_a_letter_is_refused_in_words_and_what_was_pasted_stays(alida_in, values):
    response = alida_in.post(START, {"do": "text", **values})
    assert response.status_code == 200
    assert len(words_of(response)) == 1
    assert not Letter.objects.exists()
    assert response.context["pasted"] == values.get("pasted", "")


def test_a_file_that_is_too_large_is_not_read(alida_in, settings):
    settings.UPLOAD_LIMIT_MB = 1
    upload = SimpleUploadedFile("brief.txt", b"a" * 1_100_000)
    response = alida_in.post(START, {"do": "text", "file": upload})
    assert ["1 MB" in words for words in words_of(response)] == [True]


def test_an_earlier_letter_gives_its_words_not_its_recipients(alida_in, letter):
    page = alida_in.get(START)
    assert [earlier.pk for earlier in page.context["earlier"]] == [letter.pk]
    response = alida_in.post(START, {"do": "earlier", "earlier": letter.pk})
    fresh = Letter.objects.get(started_from=letter)
    assert response.url == reverse("letters:text", args=[fresh.pk])
    assert (fresh.subject, fresh.recipients.count()) == (letter.subject, 0)


@pytest.mark.parametrize("query", ["?q=ontmoeten buurt", "?from={pk}", ""])
def test_an_earlier_letter_is_found(alida_in, letter, query):
    alida_in.post(START, {"do": "empty"})
    found = alida_in.get(START + query.format(pk=letter.pk)).context["earlier"]
    assert [earlier.pk for earlier in found if earlier.subject] == [letter.pk]
    assert len(found) == (1 if query else 2)


@pytest.mark.parametrize("earlier", ["", "x", "999999"])
def test_an_earlier_letter_that_is_not_there_is_no_crash(alida_in, earlier):
    assert alida_in.post(START, {"do": "earlier", "earlier": earlier}).status_code in (200, 404)
    assert not Letter.objects.exists()


def test_without_a_letterhead_the_way_to_make_one_is_said(client, alida):
    client.force_login(alida)
    response = client.post(START, {"do": "empty"})
    assert len(words_of(response)) == 1


@pytest.mark.parametrize(("who", "door"), [("loes", "wagtailadmin_home"), ("otto", "wagtailadmin_login")])
def test_who_may_not_write_cannot_start(client, request, letterhead, who, door):
    client.force_login(request.getfixturevalue(who))
    for response in (client.get(START), client.post(START, {"do": "empty"})):
        assert (response.status_code, response.url.partition("?")[0]) == (302, reverse(door))
    assert not Letter.objects.exists()


def test_the_editor_gets_facts_with_source_and_date_and_texts_as_its_own_content(client, loes):
    Fact.objects.create(
        key="bereik", words="36 dorpen", as_of_on=datetime.date(2024, 12, 31), source="Jaarverslag"
    )
    StandardText.objects.create(
        title="Wat is het?", body='<p>Voor <span data-merge="organisatie">organisatie</span>.</p>'
    )
    client.force_login(loes)
    answer = client.get(reverse("letters:words")).json()
    assert [(fact["key"], fact["label"]) for fact in answer["facts"]] == [("bereik", "36 dorpen")]
    assert "31 december 2024" in answer["facts"][0]["note"]
    text = answer["standard_texts"][0]
    assert text["label"] == "Wat is het?"
    assert text["content"]["entityMap"]["0"]["data"] == {"field": "organisatie"}


@pytest.mark.parametrize("kind", ["organisation", "person", "segment"])
def test_from_somebodys_own_page_a_letter_begins_with_them_on_the_list(
    client, letterhead, alida, parties, kind
):
    anna = Person.objects.create(given_name="Anna", family_name="Bos")
    group = Segment.objects.create(name="Partijen", criteria={"kind": ["party"]})
    whom = {"organisation": parties[0], "person": anna, "segment": group}[kind]
    client.force_login(alida)
    address = f"{reverse('letters:start')}?{kind}={whom.pk}"
    assert address in client.get(whom.get_absolute_url()).content.decode()
    assert f"Voor {whom}" in client.get(address).content.decode()
    client.post(address, {"do": "empty"})
    names = {"organisation": ["De Waag"], "person": ["Anna Bos"], "segment": sorted(map(str, parties))}[kind]
    assert sorted(Letter.objects.get().recipients.values_list("name", flat=True)) == names


def test_who_was_ticked_in_a_list_is_on_the_list_of_recipients(client, letterhead, alida, parties):
    client.force_login(alida)
    page = html.fromstring(client.get(reverse("crm:organisation_list")).content.decode())
    boxes = {
        " ".join(box.getparent().text_content().split()): (box.name, box.get("value"))
        for box in page.xpath('//input[@type="checkbox" and @form="met-deze"]')
    }
    [button] = page.xpath('//form[@id="met-deze"]//button')
    assert (button.text_content(), button.get("formaction")) == ("Schrijf deze een brief", START)
    ticked = [boxes[f"Vink aan: {party.listed_name}"] for party in parties[:2]]
    address = f"{START}?{urlencode([('ticked', 'yes'), *ticked])}"
    begun = client.get(address)
    words = f"Voor {parties[0]} en {parties[1]}: deze 2 staan dan meteen op de lijst van ontvangers."
    assert words in " ".join(begun.content.decode().split())
    kept = html.fromstring(begun.content.decode()).xpath('//form[@role="search"]//input[@type="hidden"]')
    assert [(field.name, field.get("value")) for field in kept] == ticked
    client.post(address, {"do": "empty"})
    recipients = Letter.objects.get().recipients
    assert sorted(recipients.values_list("organisation", flat=True)) == sorted(
        party.pk for party in parties[:2]
    )


def test_people_can_be_ticked_as_well(client, letterhead, alida):
    anna, bea = (Person.objects.create(given_name=name, family_name="Bos") for name in ("Anna", "Bea"))
    client.force_login(alida)
    client.post(f"{START}?ticked=yes&person={anna.pk}&person={bea.pk}", {"do": "empty"})
    recipients = Letter.objects.get().recipients
    assert sorted(recipients.values_list("name", flat=True)) == ["Anna Bos", "Bea Bos"]


def test_who_ticked_nobody_is_told_so(client, letterhead, alida):
    client.force_login(alida)
    assert "Je vinkte niemand aan." in client.get(f"{START}?ticked=yes").content.decode()
    assert "Je vinkte niemand aan." not in client.get(START).content.decode()


@pytest.mark.parametrize("who", ["loes", "otto"])
def test_who_may_not_write_ticks_nobody(client, request, parties, who):
    client.force_login(request.getfixturevalue(who))
    for address in ("crm:organisation_list", "crm:person_list"):
        assert "met-deze" not in client.get(reverse(address)).content.decode()


@pytest.mark.parametrize(
    "who", ["organisation=0", "organisation=x", "person=99999999999999999999", "segment="]
)
def test_who_does_not_exist_is_left_out(client, letterhead, alida, who):
    client.force_login(alida)
    client.post(f"{reverse('letters:start')}?{who}", {"do": "empty"})
    assert Letter.objects.get().recipients.count() == 0
