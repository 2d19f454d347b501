"""The order of rooms and layers, as written in pyproject.toml."""

import ast
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parent.parent


def test_every_import_goes_down():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == 0


def test_every_file_can_be_read_in_one_sitting():
    files = [
        path
        for room in ("crm", "campaigns", "letters", "cms", "tests")
        for path in (ROOT / room).rglob("*.py")
    ]
    long = [
        str(path)
        for path in files
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > 400
    ]
    assert long == []


def test_every_test_module_opens_with_what_it_tests():
    files = sorted((ROOT / "tests").rglob("*.py"))
    silent = [str(path) for path in files if not ast.get_docstring(ast.parse(path.read_text()))]
    assert silent == []


# Granting permissions follows the roles as they are now; Django names the other two in what it makes.
TODAYS_CODE = {"cms.roles", "crm.models.network", "crm.models.outgoing"}


def test_a_migration_does_what_it_did_on_its_day():
    """A migration that calls our code of today does something else, or nothing, once that code changes."""
    ours = ("crm.", "campaigns.", "letters.", "cms.")
    used = set()
    for path in ROOT.glob("*/migrations/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            used |= {name for name in names if name.startswith(ours)}
    assert used == TODAYS_CODE
