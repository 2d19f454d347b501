"""What a form says beside a field that was left empty."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from crm.admin.remarks import RemarkingForm


class Questions(RemarkingForm, forms.Form):
    name = forms.CharField(label="Naam van de groep")
    count = forms.IntegerField(label="Hoeveel")
    way = forms.ChoiceField(label="Hoe", choices=[("post", "Post")])
    file = forms.FileField(label="De pdf")
    own = forms.CharField(error_messages={"required": "Zeg eens iets."})


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "nl",
            {
                "name": ["Vul nog in: “Naam van de groep”."],
                "count": ["Vul nog in: “Hoeveel”."],
                "way": ["Kies nog iets bij “Hoe”."],
                "file": ["Kies nog een bestand bij “De pdf”."],
                "own": ["Zeg eens iets."],
            },
        ),
        (
            "en",
            {
                "name": ["Fill in “Naam van de groep”."],
                "count": ["Fill in “Hoeveel”."],
                "way": ["Choose something under “Hoe”."],
                "file": ["Choose a file under “De pdf”."],
                "own": ["Zeg eens iets."],
            },
        ),
    ],
)
def test_an_empty_field_is_named(language, expected):
    with override(language):
        assert dict(Questions({}).errors) == expected


def test_only_what_is_empty_gets_other_words():
    form = Questions(
        {"name": "Raad", "count": "veel", "way": "duif", "own": "Ja"},
        {"file": SimpleUploadedFile("a.pdf", b"")},
    )
    with override("nl"):
        assert dict(form.errors) == {
            "count": ["Dit is geen heel getal. Schrijf het in cijfers, zoals 45."],
            "way": ["“duif” staat niet in de lijst. Kies iets uit de lijst."],
            "file": ["Dit bestand is leeg. Kies een ander bestand."],
        }


def test_a_file_is_asked_for_again_when_something_else_is_wrong():
    files = {"file": SimpleUploadedFile("a.pdf", b"%PDF")}
    whole = {"name": "Raad", "count": "3", "way": "post", "own": "Ja"}
    with override("nl"):
        form, right = Questions({**whole, "name": ""}, files), Questions(whole, files)
        assert (form.is_valid(), form["file"].help_text) == (
            False,
            "Kies het bestand opnieuw: je browser onthoudt het niet.",
        )
        assert (right.is_valid(), right["file"].help_text) == (True, "")
