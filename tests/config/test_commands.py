"""The command line: languages, exit codes, refusals."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from congdoan.config.cli import console
from congdoan.config.cli.main import COMMANDS, main

KEY = "only-for-tests-" + "k" * 50


def congdoan(*arguments: str, data: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SECRET_KEY", "DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE")
    }
    return subprocess.run(
        [sys.executable, "-m", "congdoan", *arguments],
        env=kept | {"DATA_DIR": str(data), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(autouse=True)
def _vietnamese_again(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.delenv("CONGDOAN_LANG", raising=False)
    yield
    console.use_language("vi")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(name: str):
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 3


def test_the_overview_lists_the_commands_of_the_contract():
    output = CliRunner().invoke(main, ["--help"]).output
    for name in ("setup", "serve", "demo-users", "import-page", "check", "backup", "restore"):
        assert name in output
    assert "worker" not in output.split("Commands")[-1]


@pytest.mark.parametrize(
    "arguments", [["nothing"], ["setup", "--nothing"], ["backup"], ["--lang", "fr", "setup"]]
)
def test_wrong_use_ends_with_two(arguments: list[str]):
    assert CliRunner().invoke(main, arguments).exit_code == 2


def test_help_needs_no_settings_and_creates_nothing(tmp_path: Path):
    done = congdoan("--help", data=tmp_path / "var")
    assert done.returncode == 0
    assert not (tmp_path / "var").exists()


def test_without_a_key_the_start_is_refused_in_a_sentence(tmp_path: Path):
    done = congdoan("check", data=tmp_path / "var")
    assert done.returncode == 1
    assert "SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_setting_that_cannot_be_read_is_named(tmp_path: Path):
    done = congdoan("check", data=tmp_path / "var", SECRET_KEY=KEY, DEBUG="maybe")
    assert done.returncode == 1
    assert "DEBUG" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_away_is_a_sentence(tmp_path: Path):
    done = congdoan(
        "setup", data=tmp_path / "var", SECRET_KEY=KEY, DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing"
    )
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_demo_users_are_refused_outside_the_demonstration(tmp_path: Path):
    done = congdoan("demo-users", "--json", data=tmp_path / "var", SECRET_KEY=KEY)
    assert done.returncode == 1
    assert "setup --demo" in done.stderr
    assert done.stdout == ""


def test_demo_users_have_the_roles_of_the_contract_and_the_same_passwords_each_time(tmp_path: Path):
    (tmp_path / "demo.json").write_text(json.dumps({"secret_key": KEY}), encoding="utf-8")
    first = json.loads(congdoan("demo-users", "--json", data=tmp_path).stdout)
    again = json.loads(congdoan("demo-users", "--json", data=tmp_path).stdout)
    assert first == again
    assert [user["role"] for user in first[:9]] == [
        "admin", "editor", "approver", "statistics", "leader", "middle", "chair", "deputy", "member",
    ]  # fmt: skip
    assert all(
        set(user) == {"username", "password", "totp_secret", "token", "role", "unit"} for user in first
    )
    assert len({user["password"] for user in first}) == len(first)

    (tmp_path / "demo.json").write_text(json.dumps({"secret_key": KEY + "2"}), encoding="utf-8")
    other = json.loads(congdoan("demo-users", "--json", data=tmp_path).stdout)
    assert {user["password"] for user in other}.isdisjoint({user["password"] for user in first})


def test_check_lists_what_is_wrong_with_an_installation_that_was_never_set_up(tmp_path: Path):
    done = congdoan("check", "--json", data=tmp_path / "var", SECRET_KEY=KEY)
    assert done.returncode == 1
    findings = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert set(findings) == {
        "settings", "database", "migrations", "storage", "mail", "clock", "jobs", "search", "fields", "static", "totals",
    }  # fmt: skip
    assert findings["migrations"]["state"] == "failed"
    assert findings["storage"]["state"] in ("ok", "warning")
    assert all(finding["detail"] for finding in findings.values())


def test_messages_come_in_english_when_asked(tmp_path: Path):
    vietnamese = congdoan("demo-users", data=tmp_path / "var", SECRET_KEY=KEY).stderr
    english = congdoan("--lang", "en", "demo-users", data=tmp_path / "var", SECRET_KEY=KEY).stderr
    assert vietnamese != english
    assert "demonstration" in english
