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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_PORT", "twintig"),
        ("SMTP_SECURITY", "misschien"),
        ("DEBUG", "soms"),
        ("UPLOAD_LIMIT_MB", "veel"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(tmp_path, name, value):
    done = run(tmp_path, **{name: value})
    assert done.returncode == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


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
