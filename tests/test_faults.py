"""The fault tests leave nothing out in silence, and read a mailbox both ways."""

import sys
from types import SimpleNamespace

import pytest

from tests.faults import __main__ as faults


@pytest.fixture
def runs(monkeypatch):
    """What would be run, on a machine that has everything; each holds."""
    ran = []

    def run(command, **given):
        ran.append(" ".join(command[2:]).removeprefix("tests.faults."))
        return SimpleNamespace(returncode=0)

    monkeypatch.setattr(faults.subprocess, "run", run)
    monkeypatch.setattr(faults, "DOVECOT", "/usr/sbin/dovecot")
    monkeypatch.setattr(faults, "postgresql_is_here", lambda: True)
    monkeypatch.setattr(sys, "argv", ["faults"])
    monkeypatch.delenv("TEST_REQUIRE_EVERYTHING", raising=False)
    return ran


def test_the_mailbox_is_read_with_and_without_moving_on_both_databases(runs):
    assert faults.main() == 0
    assert runs == [
        "outbox --database sqlite",
        "outbox --database postgresql",
        "intake --database sqlite",
        "intake --database postgresql",
        "intake --moving --database sqlite",
        "intake --moving --database postgresql",
    ]


@pytest.mark.parametrize(("required", "code"), [("", 0), ("1", 1)])
def test_what_is_away_is_named_and_fails_where_everything_is_required(
    runs, monkeypatch, capsys, required, code
):
    monkeypatch.setattr(faults, "DOVECOT", "")
    monkeypatch.setattr(faults, "postgresql_is_here", lambda: False)
    monkeypatch.setenv("TEST_REQUIRE_EVERYTHING", required)
    assert faults.main() == code
    assert runs == ["outbox --database sqlite"]
    assert capsys.readouterr().out.splitlines() == [
        "NOT RUN: everything on PostgreSQL: it does not answer (see POSTGRESQL_URL).",
        "NOT RUN: the intake: it needs Dovecot (on Debian: apt install dovecot-imapd).",
    ]


def test_one_that_does_not_hold_fails_the_lot_and_the_others_still_run(runs, monkeypatch):
    def run(command, **given):
        runs.append(command)
        return SimpleNamespace(returncode=int("--moving" not in command))

    monkeypatch.setattr(faults.subprocess, "run", run)
    assert faults.main() == 1
    assert len(runs) == 6
