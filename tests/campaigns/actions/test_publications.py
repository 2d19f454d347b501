"""Adding, changing and removing publications and their files."""

import datetime

import pytest

from campaigns.actions import publications
from campaigns.models import Publication
from crm.actions.action import Refused
from crm.actions.changing import AlreadyThere, Overtaken, version
from crm.models import FrozenFile, TimelineEntry
from tests.campaigns.factories import PublicationFactory, pdf, today

pytestmark = pytest.mark.django_db
TOMORROW = datetime.timedelta(days=1)
DAY = datetime.date(2025, 4, 15)


def refused(verb, **values):
    """What is wrong, by field."""
    with pytest.raises(Refused) as caught:
        verb(**values)
    return caught.value.errors


def lines(record):
    return [str(entry) for entry in TimelineEntry.objects.about(record)]


def test_a_publication_that_is_to_come_needs_only_its_title(alida):
    publications.add(publication=Publication(title=" Hier  zijn wij! "), by=alida)
    kept = Publication.objects.get()
    assert (kept.title, kept.file, kept.pages) == ("Hier zijn wij!", None, 0)
    assert lines(kept) == ["Alida de Test voegde de publicatie “Hier zijn wij!” toe"]


def test_a_pdf_is_kept_byte_for_byte_and_its_pages_are_counted(alida):
    publications.add(publication=Publication(title="Jaarverslag", published_on=DAY), data=pdf(3), by=alida)
    kept = Publication.objects.get()
    assert (kept.pages, kept.file.read(), kept.file.media_type) == (3, pdf(3), "application/pdf")
    assert lines(kept) == [
        "Alida de Test voegde de pdf van “Jaarverslag” toe (pagina’s: 3)",
        "Alida de Test voegde de publicatie “Jaarverslag” toe",
    ]


def test_a_pdf_may_lie_ready_before_the_day(alida):
    later = today() + TOMORROW
    publications.add(publication=Publication(title="Rapport", planned_on=later), data=pdf(), by=alida)
    kept = Publication.objects.get()
    assert (kept.planned_on, kept.published_on, kept.pages) == (later, None, 1)


YEAR = "Kijk het jaar na: klopt {}?"
NO_PDF = "Hier staat een dag, maar de pdf is er niet. Voeg de pdf toe, of laat deze dag nog leeg."
BAD = {
    "no title": ({"title": " "}, None, {"title": "Geef de publicatie een titel."}),
    "a day without the file": ({"published_on": DAY}, None, {"published_on": NO_PDF}),
    "appeared tomorrow": (
        {"published_on": today() + TOMORROW},
        pdf(),
        {"published_on": "Deze dag moet nog komen. Vul hem in bij “Verwacht op”."},
    ),
    "expected in another age": (
        {"planned_on": datetime.date(2205, 11, 1)},
        None,
        {"planned_on": YEAR.format(2205)},
    ),
    "appeared in another age": (
        {"published_on": datetime.date(1024, 11, 1)},
        pdf(),
        {"published_on": YEAR.format(1024)},
    ),
    "text": (
        {},
        b"Dit is tekst.",
        {"file": "Dit bestand is geen PDF. Sla het op als PDF en voeg het opnieuw toe."},
    ),
    "an empty file": (
        {},
        b"",
        {"file": "Dit bestand is geen PDF. Sla het op als PDF en voeg het opnieuw toe."},
    ),
}


@pytest.mark.parametrize(("values", "data", "errors"), BAD.values(), ids=BAD)
def test_what_cannot_be_kept_is_refused_beside_its_field(alida, values, data, errors):
    new = Publication(**{"title": "Rapport", **values})
    assert refused(publications.add, publication=new, data=data, by=alida) == errors
    counts = [model.objects.count() for model in (Publication, TimelineEntry, FrozenFile)]
    assert counts == [0, 0, 0]


def test_half_a_pdf_is_refused_with_a_way_out(alida):
    errors = refused(publications.add, publication=Publication(title="R"), data=pdf(4)[:300], by=alida)
    assert list(errors) == ["file"]
    assert "beschadigd" in errors["file"]


def test_a_file_beyond_the_limit_is_refused(alida, settings):
    settings.UPLOAD_LIMIT_MB = 1
    data = b"%PDF-" + b"0" * 1_100_000
    errors = refused(publications.add, publication=Publication(title="R"), data=data, by=alida)
    assert list(errors) == ["file"]
    assert errors["file"].startswith("Dit bestand is groter dan 1 MB. Maak het kleiner")


@pytest.mark.parametrize("title", ["Jaarverslag 2024", "jaarverslag  2024"])
def test_two_publications_of_one_title_would_be_mixed_up(alida, title):
    there = PublicationFactory(title="Jaarverslag 2024")
    with pytest.raises(AlreadyThere) as caught:
        publications.add(publication=Publication(title=title), by=alida)
    assert caught.value.existing == there
    assert str(caught.value) == (
        "Er is al een publicatie “Jaarverslag 2024”. Wijzig die, of geef deze een andere titel."
    )
    assert Publication.objects.count() == 1


def test_the_file_of_a_planned_publication_is_put_in_later(alida):
    kept = PublicationFactory(title="Hier zijn wij!", late=True)
    kept.published_on = DAY
    publications.change(publication=kept, data=pdf(2), by=alida)
    kept.refresh_from_db()
    assert (kept.pages, kept.planned_on, kept.published_on) == (2, datetime.date(2025, 11, 1), DAY)
    assert lines(kept) == [
        "Alida de Test voegde de pdf van “Hier zijn wij!” toe (pagina’s: 2)",
        "Alida de Test wijzigde de publicatie “Hier zijn wij!”: verschenen op: “15 april 2025”",
    ]


def test_another_title_keeps_the_file_and_another_file_keeps_the_old_bytes(alida):
    kept = PublicationFactory(there=True)
    old = kept.file
    kept.title = "Verslag"
    publications.change(publication=kept, by=alida)
    publications.change(publication=Publication.objects.get(), data=pdf(5), by=alida)
    kept.refresh_from_db()
    assert (kept.title, kept.pages, kept.file.read()) == ("Verslag", 5, pdf(5))
    assert old.read() == pdf(2)
    assert len(lines(kept)) == 2


def test_a_change_of_nothing_leaves_no_line(alida):
    kept = PublicationFactory(there=True)
    publications.change(publication=kept, by=alida)
    assert lines(kept) == []


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(alida, ida):
    kept = PublicationFactory(title="Rapport")
    seen = version(kept)
    kept.planned_on = today()
    publications.change(publication=kept, seen=seen, by=ida)
    with pytest.raises(Overtaken):
        publications.change(publication=kept, data=pdf(), seen=seen, by=alida)
    assert FrozenFile.objects.count() == 0


def test_a_removed_publication_leaves_the_bytes_for_whatever_used_them(alida):
    kept = PublicationFactory(title="Rapport", there=True)
    pk, file = kept.pk, kept.file
    publications.remove(publication=kept, by=alida)
    assert lines(Publication(pk=pk)) == ["Alida de Test verwijderde de publicatie “Rapport”"]
    assert file.read() == pdf(2)
