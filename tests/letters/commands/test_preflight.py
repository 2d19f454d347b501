"""The last look from the command line: with what the database knows, and without any."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from campaigns.models import Fact
from crm.models import Network
from letters.preflight.run import examine
from tests.letters.conftest import DAY
from tests.letters.preflight.drafts import SEED, seed

ROOT = Path(__file__).parents[3]
LETTER = (
    "Betreft: ons netwerk\n\nGeacht bestuur van D66,\n\nWij zijn stadsdropen voor ruim 4.000 Amsterdammers.\n"
)


@pytest.fixture
def path(tmp_path):
    written = tmp_path / "brief.txt"
    written.write_text(LETTER, "utf-8")
    return written


def codes(path, *options):
    """What it finds, by code, and what it exits with."""
    out = StringIO()
    try:
        call_command("preflight", str(path), "--json", *options, stdout=out)
        code = 0
    except SystemExit as exited:
        code = exited.code
    return [row["code"] for row in json.loads(out.getvalue())], code


@pytest.fixture
def network(db):
    network = Network.load()
    network.own_words = "stadsdorp\nstadsdorpen\nNetwerk Amsterdamse Stadsdorpen"
    network.save()
    return network


def test_the_words_of_the_network_are_known(path, network):
    assert codes(path) == (["near_miss", "figure_without_source"], 0)


def test_looking_makes_no_network(path, db):
    Network.objects.all().delete()
    assert codes(path) == (["figure_without_source"], 0)
    assert Network.objects.count() == 0


def test_the_fact_cabinet_is_asked_on_request_alone(path, network):
    Fact.objects.create(key="bereik", words="ruim 4.000 Amsterdammers", as_of_on=DAY, source="telling")
    assert codes(path) == (["near_miss", "figure_without_source"], 0)
    assert codes(path, "--with-facts") == (["near_miss"], 0)


def test_the_seed_letter_is_complete_beside_facts_and_own_words(network):
    Fact.objects.create(key="bereik", words="ruim 15.000 Amsterdammers", as_of_on=DAY, source="telling")
    out = StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("preflight", str(SEED), "--json", stdout=out)
    assert json.loads(out.getvalue()) == [finding.as_row() for finding in examine(seed())]


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        ((), 0, "Waar komt 4.000 vandaan?"),
        (("--with-facts",), 2, "There is no database with facts here."),
        (("--help",), 0, "default: not"),
    ],
)
def test_it_works_where_there_is_no_database(path, tmp_path, options, code, said):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/no/such.db",
        "VAR_DIR": str(tmp_path / "var"),
    }
    command = [sys.executable, "manage.py", "preflight", str(path), *options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, said in " ".join((done.stdout + done.stderr).split())) == (code, True)
