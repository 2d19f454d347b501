"""``manage.py deliver`` as it runs: processes, signals, and what it leaves behind."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.crm.outbox import mail_server, queued
from tests.crm.own_database import OwnDatabase
from tests.servers.smtp import Fault

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 120


@pytest.fixture
def server(settings):
    with mail_server(settings) as server:
        yield server


@pytest.fixture
def started() -> Iterator[list[subprocess.Popen]]:
    """Processes that are gone when the test is."""
    processes: list[subprocess.Popen] = []
    yield processes
    for process in processes:
        process.kill()
        process.communicate()


@pytest.fixture
def deliver(tmp_path, started) -> Callable[..., tuple[subprocess.Popen, OwnDatabase]]:
    """Starts the command on the database of the test."""

    def start(*options: str) -> tuple[subprocess.Popen, OwnDatabase]:
        database = OwnDatabase(tmp_path)
        process = database.start("manage.py", "deliver", *options)
        started.append(process)
        return process, database

    return start


def until(what: Callable[[], object]) -> None:
    """Wait for something that happens in another process."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not what():
        assert time.monotonic() < end, "It did not happen in time."
        time.sleep(0.05)


def children(process: subprocess.Popen) -> list[int]:
    text = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(pid) for pid in text.split()]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_delivers_with_several_workers_and_stops_when_asked(server, deliver):
    rows = queued(8)
    process, database = deliver("--workers", "2")
    until(lambda: database.states() == ["accepted"] * 8)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert sorted(kept.message_id for kept in server.kept) == sorted(row.message_id for row in rows)
    assert all(row.key in output for row in rows)
    assert "raad.example" not in output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_finishes_its_message_and_gives_back_the_rest(server, deliver, number):
    server.plan.delay = 1
    busy = []
    server.plan.on_data = lambda: busy.append(1)
    queued(3)
    process, database = deliver()
    until(lambda: busy)
    process.send_signal(number)
    process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
    assert database.states() == ["accepted", "queued", "queued"]
    assert len(server.kept) == 1


def test_a_worker_that_is_killed_is_replaced_and_what_it_held_is_taken_over_at_once(server, deliver):
    server.script.append(Fault.SILENT_KEPT)
    queued(3)
    process, database = deliver()
    until(lambda: "in_transfer" in database.states())
    worker = children(process)[0]
    os.kill(worker, signal.SIGKILL)
    until(lambda: database.states() == ["uncertain", "accepted", "accepted"])
    assert len(server.kept) == 3


def test_workers_do_not_outlive_the_process_that_watches_them(server, deliver):
    queued(1)
    process, database = deliver()
    until(lambda: database.states() == ["accepted"])
    pids = children(process)
    assert len(pids) == 2
    process.kill()
    process.wait()
    until(lambda: not any(is_alive(pid) for pid in pids))


def test_once_with_several_workers_leaves_nothing_and_ends_well(server, deliver):
    queued(25)
    process, database = deliver("--once", "--workers", "3")
    output, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, database.states()) == (0, ["accepted"] * 25)
    assert "25" in output.splitlines()[-1]
    assert len({kept.message_id for kept in server.kept}) == len(server.kept) == 25


def test_once_without_a_mail_server_fails_and_says_why(server, deliver):
    queued(2)
    server.stop()
    process, database = deliver("--once", "--workers", "2")
    output, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert (process.returncode, database.states()) == (1, ["queued", "queued"])
    assert "2" in output.splitlines()[-1]


def test_nothing_to_do_is_no_failure(server, capsys):
    call_command("deliver", once=True)
    assert server.kept == []


@pytest.mark.parametrize("option", ["--workers=0", "--idle=0", "--workers=two"])
def test_senseless_numbers_are_refused(option):
    with pytest.raises(CommandError):
        call_command("deliver", option)


def test_the_signals_of_the_caller_are_put_back(server):
    before = signal.getsignal(signal.SIGTERM)
    call_command("deliver", once=True, verbosity=0)
    assert signal.getsignal(signal.SIGTERM) is before
