"""Checks that the Dutch catalogue is complete: every text in the code is there, translated, and not a guess."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("crm", "campaigns", "letters", "cms")


def problems(room: str) -> list[str]:
    """What is missing, empty or fuzzy in the catalogue of one room."""
    path = ROOT / room / "locale" / "nl" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return [f"{room}: no Dutch catalogue; run make messages"]
    with path.open("rb") as file:
        kept = read_po(file, locale="nl")
    found = []
    for message in kept:
        if not message.id:
            continue
        texts = message.string if isinstance(message.string, list | tuple) else [message.string]
        if not all(texts):
            found.append(f"{room}: not translated: {message.id!r}")
        elif message.fuzzy:
            found.append(f"{room}: a guess: {message.id!r}")
    known = {(message.context, message.id) for message in kept if message.id}
    found += [f"{room}: not in the catalogue: {key[1]!r}" for key in sorted(collected(room) - known, key=str)]
    return found


def collected(room: str) -> set[tuple[str | None, object]]:
    """The texts that the code of a room marks for translation, by gettext's own tools."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / room
        shutil.copytree(ROOT / room, copy, ignore=shutil.ignore_patterns("locale", "__pycache__", "static"))
        (copy / "locale").mkdir()
        subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "makemessages", "--locale", "nl", "--verbosity", "0"],
            cwd=copy,
            check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        made = copy / "locale" / "nl" / "LC_MESSAGES" / "django.po"
        if not made.exists():
            return set()
        with made.open("rb") as file:
            return {(message.context, message.id) for message in read_po(file, locale="nl") if message.id}


def main() -> int:
    """Print every problem; 1 when there is any."""
    if shutil.which("msgmerge") is None:
        print(
            "gettext is missing, so the catalogues were not compared with the code. On Debian: apt install gettext"
        )
        return 1 if os.environ.get("TEST_REQUIRE_EVERYTHING") else 0
    found = [problem for room in ROOMS for problem in problems(room)]
    print("\n".join(found) or "The Dutch catalogues are complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
