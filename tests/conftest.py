"""What every test may use: the named cast, a private folder for files, and which real parts are present."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.db import connection, connections

REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")
CHROMIUM = shutil.which("chromium") or ""


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((parts.hostname or "127.0.0.1", parts.port or 0)) == 0


# Which marker needs which part of the machine, and how to get it.
PARTS: dict[str, tuple[Callable[[], bool], str]] = {
    "imap": (lambda: bool(shutil.which("dovecot")), "Dovecot (on Debian: apt install dovecot-imapd)"),
    "browser": (lambda: bool(CHROMIUM), "Chromium (on Debian: apt install chromium)"),
    "redis": (lambda: _listens(REDIS_URL), "Redis (TEST_REDIS_URL, by default on this machine)"),
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs an absent part, and say so; where everything is required, that is an error."""
    _bring_back_what_migrations_made(items)
    absent = {mark: how for mark, (is_there, how) in PARTS.items() if not is_there()}
    left_out = [item for item in items if any(item.get_closest_marker(mark) for mark in absent)]
    if not left_out:
        return
    missing = " and ".join(sorted(absent.values()))
    if os.environ.get("TEST_REQUIRE_EVERYTHING"):
        raise pytest.UsageError(f"{len(left_out)} tests need {missing}.")
    config.stash[LEFT_OUT] = f"{len(left_out)} tests were left out: they need {missing}."
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def _bring_back_what_migrations_made(items: list[pytest.Item]) -> None:
    """A test that commits empties the tables afterwards. Roles, home page and content types must be there again for
    the next one, and the ways to bring them back do not mix: so all such tests take the same one."""
    for item in items:
        for marker in item.iter_markers("django_db"):
            if marker.kwargs.get("transaction"):
                marker.kwargs["serialized_rollback"] = True


LEFT_OUT = pytest.StashKey[str]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out."""
    if LEFT_OUT in config.stash:
        terminalreporter.write_line(config.stash[LEFT_OUT])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test server keeps no connection behind: it would hold on to the database that is thrown away at the end.
    SQLite is a file, as users have it: in memory all threads of a test server would share one connection."""
    for each in connections.all():
        each.settings_dict["CONN_MAX_AGE"] = 0
        if each.vendor == "sqlite":
            each.settings_dict["TEST"]["NAME"] = tmp_path_factory.mktemp("database") / "test.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A browser may still be fetching something when the last test ends: PostgreSQL drops no database in use."""
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def redis_url() -> str:
    """A Redis of this machine that tests may fill and empty."""
    return REDIS_URL


@pytest.fixture(autouse=True)
def private_folders(tmp_path: Path, settings) -> None:
    """Files of a test live in its own folder; static files are found without a manifest."""
    stores = {name: dict(store) for name, store in settings.STORAGES.items()}
    for name in ("default", "private"):
        stores[name] = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {**stores[name].get("OPTIONS", {}), "location": tmp_path / name},
        }
    stores["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = stores
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    settings.LOCAL_MAILBOX = tmp_path / "mailbox"
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": settings.QUEUES}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def free_port() -> int:
    """A port on the loopback address that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
