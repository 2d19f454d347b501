"""How the last look reads on the command line."""

import pytest
from django.core.management import call_command

from crm.checking.findings import Finding, Severity
from letters.management.commands import preflight

pytestmark = pytest.mark.django_db


@pytest.fixture
def look(monkeypatch, tmp_path, capsys):
    """What is printed for these findings."""

    def printed(*findings):
        letter = tmp_path / "brief.txt"
        letter.write_text("Beste buur,\n\nDag.\n")
        monkeypatch.setattr(preflight, "examine", lambda _text: findings)
        with pytest.raises(SystemExit):
            call_command("preflight", str(letter))
        return capsys.readouterr().out.splitlines()

    return printed


def test_a_finding_without_a_quote_is_printed_as_its_advice(look):
    assert look(Finding("empty", Severity.BLOCK, (), "Schrijf de brief eerst.", None)) == [
        "!! Schrijf de brief eerst."
    ]


def test_a_finding_with_a_quote_shows_where_it_stands(look):
    assert look(Finding("name", Severity.BLOCK, ("Jan",), "Kijk de naam na.", None, line=3)) == [
        "!! regel 3: “Jan”",
        "      Kijk de naam na.",
    ]
