"""Settings come from the environment, and a wrong one is explained in one line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def run(tmp_path, code="", **environment):
    command = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-c", code] if code else []
    return subprocess.run(
        command or [sys.executable, str(ROOT / "manage.py"), "check"],
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
    )


WRONG = [
    ("SMTP_PORT", "twintig", ""),
    ("SMTP_PORT", "99999", "a number from 1 to 65535"),
    ("IMAP_PORT", "0", "a number from 1 to 65535"),
    ("INBOUND_PASSWORD", "te-kort", "at least 16 characters"),
    ("LOCAL_MAILBOX_PORT", "-1", "a number from 1 to 65535"),
    ("SMTP_SECURITY", "misschien", ""),
    ("SMTP_HOST", "mail x", "the name of a machine, such as mail.example.org"),
    ("DEBUG", "soms", ""),
    ("UPLOAD_LIMIT_MB", "veel", ""),
    ("UPLOAD_LIMIT_MB", "-3", "a number from 1 to 1024"),
    ("UPLOAD_LIMIT_MB", "0", "a number from 1 to 1024"),
    ("MAIL_FROM", "a@@b", "one e-mail address, such as post@example.org"),
    ("MAIL_FROM", "", "one e-mail address, such as post@example.org"),
    ("MAIL_ARCHIVE", "nope", "one e-mail address, such as post@example.org"),
    ("S3_ENDPOINT_URL", "nonsense", "look like https://s3.example.org"),
    ("BASE_URL", "ftp://x", "look like https://spreekbuis.example.org"),
    ("BASE_URL", "spreekbuis.nl", "look like https://spreekbuis.example.org"),
    ("BASE_URL", "https://brug.example/post", "look like https://spreekbuis.example.org"),
    ("BASE_URL", "https://brug.example:poort", "look like https://spreekbuis.example.org"),
    ("SECRET_KEY", "kort", "at least 32 characters that nobody can guess"),
    ("REDIS_URL", "http://x", "look like redis://machine:6379/0"),
    ("VAR_DIR", "/etc/passwd", "a folder to keep files in"),
    ("DATABASE_URL", "foo://x", ""),
]


def sentence(done):
    """What was said, which is all that was said."""
    [said] = done.stderr.splitlines()
    return said


@pytest.mark.parametrize(("name", "value", "wanted"), WRONG)
def test_a_wrong_setting_is_named_in_one_sentence(tmp_path, name, value, wanted):
    done = run(tmp_path, **{name: value})
    said = sentence(done)
    assert (done.returncode, name in said, wanted in said) == (1, True, True)


@pytest.mark.parametrize("door", ["cms.wsgi", "cms.asgi"])
def test_a_wrong_setting_is_named_by_a_web_server_too(tmp_path, door):
    done = subprocess.run(
        [sys.executable, "-c", f"import {door}"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "UPLOAD_LIMIT_MB": "0"},
        capture_output=True,
        text=True,
    )
    wanted = "A setting is not right. UPLOAD_LIMIT_MB should be a number from 1 to 1024, not 0."
    assert (done.returncode, sentence(done)) == (3, wanted)


def test_gunicorn_stops_at_a_wrong_setting(tmp_path, free_port):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "cms.wsgi",
            "--bind",
            f"127.0.0.1:{free_port}",
            "--no-control-socket",
        ],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "BASE_URL": "spreekbuis.nl"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3
    assert "BASE_URL should look like https://spreekbuis.example.org." in done.stderr
    assert "Traceback" not in done.stderr


def test_a_password_in_a_wrong_address_is_not_repeated(tmp_path):
    assert "geheim" not in sentence(run(tmp_path, REDIS_URL="http://u:geheim@x"))


def test_what_is_right_is_accepted(tmp_path):
    code = "from django.conf import settings as s; print(s.BASE_URL, s.MAIL_ARCHIVE, s.SMTP['host'], s.REDIS_URL)"
    done = run(
        tmp_path,
        code,
        BASE_URL="http://[::1]:8000/",
        MAIL_ARCHIVE="Archief@Brug.example",
        SMTP_HOST="mail_relay",
        REDIS_URL="unix:///run/redis.sock",
        SECRET_KEY="x" * 32,
    )
    assert done.stdout.split() == [
        "http://[::1]:8000", "Archief@brug.example", "mail_relay", "unix:///run/redis.sock",
    ]  # fmt: skip


def test_without_any_setting_it_runs_on_files_of_its_own(tmp_path):
    code = (
        "from django.conf import settings as s; print(s.DATABASES['default']['ENGINE'], s.SMTP_IS_LOCAL, s.DEBUG,"
        " s.TASKS['default']['BACKEND'])"
    )
    done = run(tmp_path, code)
    assert done.stdout.split() == [
        "django.db.backends.sqlite3",
        "True",
        "False",
        "django_tasks_db.DatabaseBackend",
    ]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_the_environment_alone_moves_everything_elsewhere(tmp_path):
    code = (
        "from django.conf import settings as s; print(s.DATABASES['default']['ENGINE'], s.SMTP['host'], "
        "s.SMTP['security'], s.TASKS['default']['BACKEND'], s.STORAGES['private']['BACKEND'])"
    )
    done = run(
        tmp_path,
        code,
        DATABASE_URL="postgres://u:p@db.example/s",
        SMTP_HOST="mail.example",
        REDIS_URL="redis://r.example",
        S3_BUCKET="emmer",
        BASE_URL="https://brug.example",
        ALLOWED_HOSTS="brug.example",
    )
    assert done.stdout.split() == [
        "django.db.backends.postgresql",
        "mail.example",
        "starttls",
        "django_tasks_rq.RQBackend",
        "storages.backends.s3.S3Storage",
    ]
