"""Typesetting in a new process, for a process that was forked after typst had run."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from typing import TYPE_CHECKING

from crm.typesetting.errors import TypesettingFailed

if TYPE_CHECKING:
    from crm.typesetting.typst import Job

_WORK = """
import pickle, sys
from crm.typesetting.errors import TypesettingError
from crm.typesetting.typst import compile_job
try:
    answer = compile_job(pickle.load(sys.stdin.buffer))
except TypesettingError as error:
    answer = error
pickle.dump(answer, sys.stdout.buffer)
"""


def compile_job(job: Job) -> list[bytes]:
    """The pages of a job, or its ``TypesettingError``, out of a Python process that starts for it."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path or os.getcwd() for path in sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", _WORK],
        input=pickle.dumps(job),
        stdout=subprocess.PIPE,
        env=environment,
        check=False,
    )
    if done.returncode:
        raise TypesettingFailed(f"the process that typesets ended with {done.returncode}")
    answer = pickle.loads(done.stdout)
    if isinstance(answer, Exception):
        raise answer
    pages: list[bytes] = answer
    return pages
