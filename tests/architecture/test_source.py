"""What the source itself must keep to."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.db import connection

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "src" / "congdoan"
LONGEST = 400
DUMPING_GROUNDS = {"utils", "helpers", "services", "common", "misc", "tools"}
UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|coming soon|sắp ra mắt", re.IGNORECASE
)
FOREIGN = re.compile(
    r"(?<![\w.])/(work|root|home/\w+|Users/\w+|tmp/w)/|\bpypi\.org|registry\.npmjs\.org|files\.pythonhosted"
)


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    return [
        PROJECT / name for name in done.stdout.decode().split("\0") if name and (PROJECT / name).is_file()
    ]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def relative(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def test_no_module_grew_past_its_length():
    too_long = {relative(path): len(text_of(path).splitlines()) for path in modules()}
    assert {name: lines for name, lines in too_long.items() if lines > LONGEST} == {}


def test_no_module_is_a_dumping_ground():
    assert [relative(path) for path in modules() if {path.stem, path.parent.name} & DUMPING_GROUNDS] == []


def test_every_module_says_what_it_is():
    silent = [
        relative(path)
        for path in modules()
        if text_of(path).strip() and not ast.get_docstring(ast.parse(text_of(path)))
    ]
    assert silent == []


def test_nothing_is_left_unfinished():
    # This file names the words that it looks for.
    unfinished = [
        f"{relative(path)}: {match.group()}"
        for path in tracked()
        if path != Path(__file__)
        and path.suffix in (".py", ".html", ".js", ".scss", ".md", ".toml", ".typ")
        and not {"vendor", "static"} & set(path.parts)
        for match in [UNFINISHED.search(text_of(path))]
        if match
    ]
    assert unfinished == []


def test_no_file_names_a_machine_or_a_registry():
    named = [
        f"{relative(path)}: {match.group()}"
        for path in tracked()
        if path != Path(__file__) and "vendor" not in path.parts
        for match in [FOREIGN.search(text_of(path))]
        if match
    ]
    assert named == []


def test_the_locks_name_versions_and_hashes_and_no_host():
    for path in sorted((PROJECT / "requirements").glob("*.lock")):
        text = text_of(path)
        assert "://" not in text
        assert "index-url" not in text
        assert re.search(r"^\S+==\S+.*\\$", text, re.MULTILINE)
        assert "--hash=sha256:" in text


def test_the_translations_are_looked_at_by_make_check():
    assert "tools/translations.py check" in (PROJECT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.django_db
def test_the_database_checks_itself_without_functions_of_ours() -> None:
    """SQLite runs the checks of a table when it verifies a backup, without Django at hand."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has its own functions")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        needing = [name for name, sql in cursor.fetchall() if re.search(r"\bdjango_\w+\(", sql)]
    assert needing == []
