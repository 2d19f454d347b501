"""Starting the project as a program: a setting that is not right ends it in one sentence, without a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Final, TypeVar

from environs import EnvError

A = TypeVar("A")
# By this code gunicorn knows that a new worker would fare no better, and stops.
_CANNOT_START: Final = 3


def start(make: Callable[[], A]) -> A:
    """What ``make`` gives, with the settings of the project; leaves with the sentence when one is wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
    try:
        return make()
    except EnvError as error:
        sys.stderr.write(f"A setting is not right. {error}\n")
        sys.exit(_CANNOT_START)
