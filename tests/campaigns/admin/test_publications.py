"""The publications, as Alida uses them."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from campaigns.models import Publication
from tests.campaigns.factories import PublicationFactory, pdf, today
from tests.crm.admin.pages import alert, errors, form, link, main, rows, text

pytestmark = pytest.mark.django_db
LIST, ADD = "/beheer/publicaties/", "/beheer/publicaties/new/"
FILLED_IN = {"title": "Jaarverslag 2024", "planned_on": "", "published_on": ""}


def edit(publication):
    return reverse("publicaties:edit", args=[publication.pk])


def inspect(publication):
    return reverse("publicaties:inspect", args=[publication.pk])


def file(data=None, name="verslag.pdf"):
    return {"upload": SimpleUploadedFile(name, pdf(2) if data is None else data, "application/pdf")}


def test_a_publication_that_is_to_come_is_added_and_stands_first(member):
    PublicationFactory(title="Jaarverslag 2023", there=True)
    response = member.post(ADD, FILLED_IN | {"title": "Hier zijn wij!"}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Bewaard: Hier zijn wij!." in response.content.decode()
    assert rows(response) == ["Hier zijn wij!", "Jaarverslag 2023"]
    assert "Hier zijn wij! Moet nog komen. Vul in wanneer je die verwacht." in text(response)


def test_a_publication_with_its_pdf_can_be_read_again(member):
    member.post(ADD, FILLED_IN | {"published_on": "15-4-2025"} | file())
    kept = Publication.objects.get()
    assert (kept.pages, kept.published_on) == (2, datetime.date(2025, 4, 15))
    page = member.get(inspect(kept))
    assert "Verschenen op 15 april 2025, 2 bladzijden." in text(page)
    read = member.get(link(page, "Open de pdf"))
    assert (read["Content-Type"], read["Content-Disposition"], read.content) == (
        "application/pdf", 'inline; filename="jaarverslag-2024.pdf"', pdf(2),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("title", "name"), [('"; a\r\nb: c', "a-b-c"), ("日本", "publicatie"), ("../geheim", "geheim")]
)
def test_no_title_breaks_the_name_of_the_file(member, title, name):
    kept = PublicationFactory(title=title, there=True)
    response = member.get(reverse("publicaties:pdf", args=[kept.pk]))
    assert response["Content-Disposition"] == f'inline; filename="{name}.pdf"'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"Dit is tekst.", "Dit bestand is geen PDF. Sla het op als PDF en voeg het opnieuw toe."),
        (
            b"PK\x03\x04 een Word-bestand",
            "Dit bestand is geen PDF. Sla het op als PDF en voeg het opnieuw toe.",
        ),
        (b"%PDF-1.7 afgebroken", "beschadigd"),
        (b"", "Dit bestand is leeg. Kies een ander bestand."),
        (b"%PDF-" + b"0" * 1_100_000, "Dit bestand is groter dan 1 MB."),
    ],
    ids=["text", "Word", "broken", "empty", "too large"],
)
def test_a_bad_file_is_refused_beside_its_field_and_the_rest_stays(member, settings, data, words):
    settings.UPLOAD_LIMIT_MB = 1
    response = member.post(ADD, FILLED_IN | file(data))
    found = errors(response)
    assert list(found) == ["upload"]
    assert words in found["upload"]
    assert form(response)["title"] == "Jaarverslag 2024"
    assert not Publication.objects.exists()


def test_after_a_refusal_the_form_says_that_the_file_must_be_chosen_again(member):
    response = member.post(ADD, FILLED_IN | {"title": ""} | file())
    assert errors(response) == {"title": "Geef de publicatie een titel."}
    assert "Kies het bestand opnieuw: je browser onthoudt het niet." in text(response)


INCONSISTENT = {
    "appeared without a file": (
        {"published_on": "15-4-2025"},
        {
            "published_on": "Hier staat een dag, maar de pdf is er niet. Voeg de pdf toe, of laat deze dag nog leeg."
        },
    ),
    "appeared in the future": (
        {"published_on": (today() + datetime.timedelta(days=9)).isoformat()},
        {"published_on": "Deze dag moet nog komen. Vul hem in bij “Verwacht op”."},
    ),
    "expected in another century": (
        {"planned_on": "1-11-2205"},
        {"planned_on": "Kijk het jaar na: klopt 2205?"},
    ),
}


@pytest.mark.parametrize(("typed", "found"), INCONSISTENT.values(), ids=INCONSISTENT)
def test_days_that_contradict_each_other_are_refused_with_a_way_out(member, typed, found):
    response = member.post(ADD, FILLED_IN | typed)
    assert alert(response) == "Er is nog niets bewaard. Kijk bij de velden met een opmerking."
    assert errors(response) == found
    assert not Publication.objects.exists()


def test_what_appeared_earlier_than_it_was_expected_is_no_contradiction(member):
    member.post(ADD, FILLED_IN | {"planned_on": "1-11-2025", "published_on": "15-4-2025"} | file())
    kept = Publication.objects.get()
    assert (kept.planned_on.month, kept.published_on.month) == (11, 4)


@pytest.mark.parametrize("typed", ["ooit", "31-2-2025", "15-4"])
@pytest.mark.parametrize("field", ["planned_on", "published_on"])
def test_a_day_that_is_none_is_refused(member, field, typed):
    response = member.post(ADD, FILLED_IN | {field: typed})
    assert list(errors(response)) == [field]
    assert form(response)[field] == typed


def test_a_late_publication_says_so_in_the_list_and_on_its_page(member):
    kept = PublicationFactory(title="Hier zijn wij!", late=True)
    words = "Verwacht op 1 november 2025. Die dag is voorbij: voeg de pdf toe, of kies een andere dag."
    assert (words in text(member.get(LIST)), words in text(member.get(inspect(kept)))) == (True, True)


def test_its_file_is_added_when_it_is_there_and_the_page_tells_what_happened(member):
    kept = PublicationFactory(title="Hier zijn wij!", late=True)
    filled_in = form(member.get(edit(kept)))
    assert filled_in["planned_on"] == "1-11-2025"
    member.post(edit(kept), filled_in | {"published_on": "15-4-2025"} | file())
    page = text(member.get(inspect(kept)))
    assert "Verschenen op 15 april 2025, 2 bladzijden." in page
    assert "Alida de Test voegde de pdf van “Hier zijn wij!” toe (pagina’s: 2)" in page
    assert "Alida de Test wijzigde de publicatie “Hier zijn wij!”: verschenen op: “15 april 2025”" in page


def test_the_form_says_which_file_there_is_and_saving_without_another_keeps_it(member):
    kept = PublicationFactory(title="Verslag", there=True)
    page = member.get(edit(kept))
    assert "Er is al een bestand, met 2 bladzijden. Kies een ander om het te vervangen." in text(page)
    member.post(edit(kept), form(page) | {"title": "Jaarverslag"})
    changed = Publication.objects.get()
    assert (changed.title, changed.pages, changed.file_id) == ("Jaarverslag", 2, kept.file_id)


def test_a_title_that_is_taken_is_one_press_away(member):
    there = PublicationFactory(title="Jaarverslag 2024")
    response = member.post(ADD, FILLED_IN)
    assert alert(response).startswith("Er is al een publicatie “Jaarverslag 2024”. Wijzig die, of geef deze")
    assert link(response, "Open “Jaarverslag 2024”") == edit(there)


def test_a_reader_reads_the_pdf_and_changes_nothing(reader):
    kept = PublicationFactory(there=True)
    page = reader.get(inspect(kept))
    assert [a.text_content().strip() for a in main(page).xpath(".//a")] == ["Publicaties", "Open de pdf"]


def test_removing_says_before_what_it_does_and_after_that_it_was_done(member):
    kept = PublicationFactory(title="Rapport", there=True)
    asked = member.get(link(member.get(inspect(kept)), "Verwijder"))
    assert text(asked) == (
        "“Rapport” verwijderen? De publicatie verdwijnt voorgoed, met de pdf. Wat al bij een brief zat, blijft bij die "
        "brief. Ja, verwijder Nee, laat staan"
    )
    done = member.post(reverse("publicaties:delete", args=[kept.pk]), follow=True)
    assert "Verwijderd: Rapport." in done.content.decode()
    assert not Publication.objects.exists()
