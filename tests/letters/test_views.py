"""Deciding by a personal link, and letters on the public site."""

import pytest
from django.urls import reverse

from crm.models import ContactPoint, OutgoingMessage, OutgoingState
from letters.actions import approvals, dispatching, enclosures
from letters.actions import letters as actions
from letters.models import Letter, LetterState
from letters.queries import approvals as queries
from tests.letters.admin.samples import one_page
from tests.letters.render.reading import words as printed
from tests.letters.stories import all_becomes_different, make_ready, propose

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(letter, alida, bram):
    round_ = propose(letter, alida)
    return round_, reverse("letters_public:decide", args=[approvals.link_for(round_, bram)])


def test_looking_does_not_use_the_link_up(client, asked):
    _round, url = asked
    assert [client.get(url).status_code, client.head(url).status_code, client.get(url).status_code] == [
        200,
        200,
        200,
    ]


def test_agreeing_without_signing_in(client, asked):
    round_, url = asked
    page = client.get(url)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    answer = client.post(url, {"do": "approve", "content_hash": page.context["content_hash"]})
    assert (answer.status_code, queries.standing(round_).approved) == (200, 1)
    assert client.get(url).status_code == 410


def test_a_remark_at_a_paragraph(client, asked, bram):
    round_, url = asked
    content_hash = client.get(url).context["content_hash"]
    client.post(
        url, {"do": "remark", "content_hash": content_hash, "remark": "Noem de huur", "paragraph": "2"}
    )
    (remark,) = queries.standing(round_).remarks
    assert (remark.user, remark.paragraph, remark.remark, remark.by_link) == (bram, 2, "Noem de huur", True)


def test_an_empty_remark_is_explained_and_the_link_still_works(client, asked):
    _round, url = asked
    content_hash = client.get(url).context["content_hash"]
    assert client.post(url, {"do": "remark", "content_hash": content_hash, "remark": " "}).status_code == 409
    assert client.get(url).status_code == 200


def test_a_letter_that_changed_must_be_read_again(client, asked, letter, alida):
    round_, url = asked
    content_hash = client.get(url).context["content_hash"]
    Letter.objects.filter(pk=letter.pk).update(subject="Iets anders")
    answer = client.post(url, {"do": "approve", "content_hash": content_hash})
    assert (answer.status_code, queries.standing(round_).approved) == (409, 0)


def test_a_token_that_was_never_given_leads_nowhere(client, asked):
    assert client.get(reverse("letters_public:decide", args=["verzonnen"])).status_code == 410
    assert client.get(reverse("letters_public:decide_pdf", args=["verzonnen"])).status_code == 404


def test_the_letter_behind_the_link_is_a_pdf(client, asked):
    answer = client.get(asked[1] + "brief.pdf")
    assert answer.content[:5] == b"%PDF-"


def test_the_page_shows_all_that_is_agreed_on(client, letter, alida, bram, cor):
    enclosure = enclosures.add(letter=letter, title="Jaarverslag", data=one_page(), by=alida)
    actions.set_signatories(letter=letter, names=[("Anna Bos", "voorzitter")], by=alida)
    letter.recipients.filter(organisation__name="De Waag").update(own_paragraph="Jullie wijk telt mee.")
    letter.refresh_from_db()
    round_ = propose(letter, alida)
    url = reverse("letters_public:decide", args=[approvals.link_for(round_, bram)])
    html = client.get(url).content.decode()
    shown = [
        "29 juli 2025",
        "Geachte",
        letter.closing,
        "De commissie van het Netwerk De Brug",
        "Anna Bos, voorzitter",
        "Jaarverslag (PDF)",
        "Aan 4 ontvangers",
        "Samenspraak (PDF)",
        "Jullie wijk telt mee.",
    ]
    assert [words for words in shown if words not in html] == []
    pdf = url + "brief.pdf"
    assert client.get(f"{pdf}?bijlage={enclosure.pk}").content == enclosure.file.read()
    texts = [printed(client.get(f"{pdf}?aan={number}").content) for number in (1, 2)]
    assert texts[0] != texts[1]
    wrong = ("aan=0", "aan=5", "aan=x", "bijlage=0", "bijlage=x")
    assert [client.get(f"{pdf}?{what}").status_code for what in wrong] == [404] * 5


def test_only_letters_that_were_made_public_stand_on_the_site(client, letter, alida):
    url = reverse("letters_public:letter", args=[letter.reference])
    assert client.get(url).status_code == 404
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.DISPATCHED)
    letter.refresh_from_db()
    assert client.get(url).status_code == 404
    actions.set_public(letter=letter, public=True, by=alida)
    page = client.get(url).content.decode()
    assert ("Ontmoeten in de buurt" in page, "waag.example" in page) == (True, False)
    assert client.get(url + "brief.pdf").content[:5] == b"%PDF-"
    assert "Ontmoeten in de buurt" in client.get("/").content.decode()
    actions.set_public(letter=letter, public=False, by=alida)
    assert client.get(url).status_code == 404


def test_the_site_names_the_organisations_that_the_letter_left_for(client, letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    dispatching.send(letter=letter, by=alida)
    letter.refresh_from_db()
    first = letter.dispatches.filter(channel="email").order_by("number")[0]
    OutgoingMessage.objects.filter(pk=first.outgoing_id).update(state=OutgoingState.ACCEPTED)
    actions.set_public(letter=letter, public=True, by=alida)
    page = client.get(reverse("letters_public:letter", args=[letter.reference])).content.decode()
    names = ["De Waag", "Stadslijst", "Samenspraak", "Zonder Adres"]
    assert [name for name in names if name in page] == [first.recipient.name]


def test_a_link_that_has_had_its_day_says_why(client, asked, letter, alida, bram, cor):
    round_, url = asked
    content_hash = client.get(url).context["content_hash"]
    client.post(url, {"do": "approve", "content_hash": content_hash})
    other = reverse("letters_public:decide", args=[approvals.link_for(round_, cor)])
    assert "Je hebt al geantwoord, dank je wel" in client.get(url).content.decode()
    approvals.take_back(letter=letter, by=alida)
    page = client.get(other)
    assert (page.status_code, "Deze brief wordt nog veranderd" in page.content.decode()) == (410, True)
    assert client.get(other + "brief.pdf").status_code == 404


def test_who_left_the_committee_reads_nothing_more(client, asked, bram):
    bram.is_active = False
    bram.save()
    assert client.get(asked[1]).status_code == 410


def test_the_public_copy_stays_what_was_agreed(client, letter, alida, bram, cor):
    make_ready(letter, alida, bram, cor)
    dispatching.send(letter=letter, by=alida)
    letter.refresh_from_db()
    actions.set_public(letter=letter, public=True, by=alida)
    url = reverse("letters_public:letter", args=[letter.reference])
    pdf = client.get(url + "brief.pdf").content
    all_becomes_different()
    assert client.get(url + "brief.pdf").content == pdf
    page = client.get(url).content.decode()
    assert ["Met vriendelijke groet," in page, "De groeten" in page] == [True, False]


# Addresses that somebody typed long ago, before they were checked.

ODD = {
    "no postcode": {"postcode": "12345"},
    "blanks in it": {"postcode": "10 12 A"},
    "abroad": {"postcode": "B-1000", "country": "België"},
    "no town": {"town": " "},
    "endless": {"street": "n" * 200, "town": "w" * 100, "attention": "m" * 120},
    "many lines": {"street": "\n".join(f"Regel {number}" for number in range(9))},
}


@pytest.mark.parametrize("values", ODD.values(), ids=ODD)
def test_an_odd_address_breaks_no_page(client, letter, alida, bram, parties, values):
    ContactPoint.objects.filter(organisation=parties[2]).update(**values)
    round_ = propose(letter, alida)
    url = reverse("letters_public:decide", args=[approvals.link_for(round_, bram)])
    assert client.get(url).status_code == 200
    client.force_login(alida)
    pages = [
        url + "brief.pdf?aan=3",
        reverse("letters:pdf", args=[letter.pk]) + "?recipient=3",
        reverse("letters:docx", args=[letter.pk]) + "?recipient=3",
        reverse("letters:recipients", args=[letter.pk]),
    ]
    assert [client.get(page).status_code for page in pages] == [200] * 4
    assert client.get(pages[0]).content.startswith(b"%PDF-")
    preview = client.get(reverse("letters:preview", args=[letter.pk]) + "?recipient=3")
    assert (preview.context["problem"], preview.context["pages"] != []) == ("", True)


def test_what_cannot_be_printed_is_said_to_who_must_agree(client, asked, parties):
    ContactPoint.objects.filter(organisation=parties[2]).update(street="Kade 🌷")
    answer = client.get(asked[1] + "brief.pdf?aan=3")
    assert (answer.status_code, answer["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith("Het teken 🌷 kunnen we niet afdrukken.")
