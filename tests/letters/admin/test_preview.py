"""The real page beside the editor, per recipient, and the problem in words in its place."""

import base64
import re

import pytest
from django.db import transaction
from django.urls import reverse

from crm.typesetting.pdf import check_pdf
from letters.actions import letters
from letters.render import letters as printer
from tests.letters.stories import make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def alida_in(client, alida):
    client.force_login(alida)
    return client


def fragment(client, letter, query=""):
    return client.get(reverse("letters:preview", args=[letter.pk]) + query)


def images(response):
    found = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"\s+alt="([^"]+)"', response.content.decode())
    return [(base64.b64decode(data)[:4], alt) for data, alt in found]


def test_the_page_is_an_image_with_words_for_who_cannot_see_it(alida_in, letter):
    response = fragment(alida_in, letter)
    shown = images(response)
    assert [data for data, _alt in shown] == [b"<svg"]
    assert re.findall(r"\d+", shown[0][1]) == ["1", "1"]
    assert "<html" not in response.content.decode()


BROWSING = [
    ("", 1, "De Waag", None, 2),
    ("?recipient=", 1, "De Waag", None, 2),
    ("?recipient=2", 2, "Stadslijst", 1, 3),
    ("?recipient=4", 4, "Zonder Adres", 3, None),
    ("?recipient=99", 4, "Zonder Adres", 3, None),
    ("?recipient=-1", 1, "De Waag", None, 2),
    ("?recipient=x", 1, "De Waag", None, 2),
    ("?recipient=99999999999999999999", 1, "De Waag", None, 2),
]


@pytest.mark.parametrize(("query", "number", "name", "previous", "following"), BROWSING)
def test_one_browses_over_the_recipients(alida_in, letter, query, number, name, previous, following):
    place = fragment(alida_in, letter, query).context["place"]
    assert (place.number, place.total, place.recipient.name) == (number, 4, name)
    assert (place.previous, place.next) == (previous, following)


def test_every_recipient_has_a_page_of_its_own(alida_in, letter):
    first, second = (fragment(alida_in, letter, f"?recipient={number}").context["pages"] for number in (1, 2))
    assert first != second


def test_without_recipients_there_is_a_sample(alida_in, alida, letterhead):
    letter = letters.start(by=alida, subject="Nieuw", body="<p>Dag.</p>", letterhead=letterhead)
    response = fragment(alida_in, letter)
    assert response.context["place"].total == 0
    assert len(images(response)) == 1


PROBLEMS = {
    "no subject": {"subject": ""},
    "a character that no typeface has": {"body": "<p>Dag \U00010384</p>"},
}


@pytest.mark.parametrize("values", PROBLEMS.values(), ids=PROBLEMS.keys())
def test_what_keeps_the_page_from_being_made_is_said_in_its_place(alida_in, letter, values):
    type(letter).objects.filter(pk=letter.pk).update(**values)
    response = fragment(alida_in, letter)
    assert images(response) == []
    assert response.context["problem"].endswith(".")
    assert response.context["problem"] in response.content.decode()
    assert reverse("letters:pdf", args=[letter.pk]) not in response.content.decode()
    answer = alida_in.get(reverse("letters:pdf", args=[letter.pk]))
    assert (answer.status_code, answer.content.decode()) == (409, response.context["problem"])


def test_the_pdf_is_that_of_the_recipient_and_opens_in_the_browser(alida_in, letter):
    response = alida_in.get(reverse("letters:pdf", args=[letter.pk]) + "?recipient=2")
    assert check_pdf(response.content).pages == 1
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="{letter.reference} Stadslijst.pdf"'


def test_a_name_with_a_line_end_and_a_slash_makes_a_safe_file_name(alida_in, letter):
    letter.recipients.filter(position=1).update(name='Waag/\n"Noord"')
    response = alida_in.get(reverse("letters:pdf", args=[letter.pk]))
    assert response["Content-Disposition"] == f'inline; filename="{letter.reference} Waag- \\"Noord\\".pdf"'


def test_of_a_letter_that_is_fixed_the_pdf_is_what_was_fixed(alida_in, alida, bram, cor, letter):
    dispatches = make_ready(letter, alida, bram, cor)
    letter.recipients.update(name="Heet nu anders")
    response = alida_in.get(reverse("letters:pdf", args=[letter.pk]))
    assert response.content == dispatches[0].pdf.read()
    gap = fragment(alida_in, letter, "?recipient=4")
    assert (images(gap), gap.context["has_pdf"]) == ([], False)
    assert alida_in.get(reverse("letters:pdf", args=[letter.pk]) + "?recipient=4").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_pages_are_made_outside_any_transaction(alida_in, letter, monkeypatch):
    seen = []
    for name in ("preview", "render"):
        real = getattr(printer, name)
        monkeypatch.setattr(
            printer,
            name,
            lambda page, real=real: (seen.append(transaction.get_connection().in_atomic_block), real(page))[
                1
            ],
        )
    fragment(alida_in, letter)
    alida_in.get(reverse("letters:pdf", args=[letter.pk]))
    assert seen == [False, False]
