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
