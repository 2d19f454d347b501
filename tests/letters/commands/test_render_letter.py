"""The PDFs of a letter as files, by a reference as people type it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from letters.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(letter):
    """The letter of the guides."""
    Letter.objects.filter(pk=letter.pk).update(reference="2025-014 K")
    return letter


@pytest.mark.parametrize("typed", ["2025-014 K", "2025-014", "2025-014 k", "2025-14", " 2025-014k "])
def test_a_letter_is_found_by_its_reference_as_people_type_it(typed, known, tmp_path):
    call_command("render_letter", typed, output=tmp_path / "pdf")
    assert {path.read_bytes()[:5] for path in (tmp_path / "pdf").iterdir()} == {b"%PDF-"}


@pytest.mark.parametrize("typed", ["2025-014 C", "2025-015", "brief"])
def test_another_reference_is_that_of_no_letter(typed, known):
    with pytest.raises(CommandError, match="Er is geen brief met kenmerk"):
        call_command("render_letter", typed)


@pytest.mark.parametrize("place", ["there", "there/in"])
def test_a_place_that_is_no_folder_is_refused_in_words(place, known, tmp_path):
    (tmp_path / "there").write_text("a file")
    with pytest.raises(
        CommandError, match=r"kunnen we niets bewaren: .*\. Kies een andere map met --output\.$"
    ):
        call_command("render_letter", "2025-014", output=tmp_path / place)


def test_without_tables_it_says_what_to_run_first(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(CommandError, match=r"manage\.py migrate$"):
        call_command("render_letter", "2025-014")
