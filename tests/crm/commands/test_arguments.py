"""What commands say to an argument or a database they cannot work with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def run(tmp_path, *arguments):
    """A command on a database without tables."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mailbox", "--port", "80000"], "--port: moet een heel getal van 0 tot en met 65535 zijn"),
        (["deliver", "--workers", "x"], "--workers: moet een heel getal zijn, 1 of meer"),
        (["deliver", "--workers", "0"], "--workers: moet een heel getal zijn, 1 of meer"),
        (["demo", "--port", "-1"], "--port: moet een heel getal van 1 tot en met 65535 zijn"),
    ],
)
def test_a_number_out_of_bounds_is_refused_in_words(tmp_path, arguments, words):
    done = run(tmp_path, *arguments)
    assert (done.returncode, done.stderr.strip().endswith(words)) == (2, True)


@pytest.mark.parametrize("arguments", [["deliver", "--once"], ["deliver"], ["render_letter", "2025-014"]])
def test_without_tables_a_command_says_what_to_run_first(tmp_path, arguments):
    done = run(tmp_path, *arguments)
    wanted = "CommandError: De database heeft nog geen tabellen. Voer eerst uit: manage.py migrate"
    assert (done.returncode, done.stderr.strip()) == (1, wanted)
