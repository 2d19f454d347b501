"""With ``REDIS_URL`` alone, tasks go through a real Redis to a worker of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.redis
def test_a_task_travels_through_redis(tmp_path, redis_url):
    def manage(*arguments):
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "REDIS_URL": redis_url},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("migrate", "--verbosity", "0")
    manage(
        "shell",
        "--no-imports",
        "-c",
        "from letters import tasks; print(tasks.ask_by_mail.enqueue(round_id=999).id)",
    )
    code = "import django_rq; print(django_rq.get_queue('spreekbuis').count)"
    assert manage("shell", "--no-imports", "-c", code).strip() == "1"
    manage("rqworker", "--burst", "spreekbuis")
    assert manage("shell", "--no-imports", "-c", code).strip() == "0"
