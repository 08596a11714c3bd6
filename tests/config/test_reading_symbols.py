"""``congdoan read-symbols`` and what ``import-page`` says of the documents that a page cites."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from congdoan.config.cli import console
from congdoan.config.cli.main import main
from tests.factories import make_site

LINE = "Theo Nghị quyết số 25- NQ/TW và Chương trình\u00a0993/CTr-LĐLĐ, Nghị quyết 25-NQ/TW.\r\n"


@pytest.fixture(autouse=True)
def _vietnamese_again(monkeypatch: pytest.MonkeyPatch) -> object:
    monkeypatch.delenv("CONGDOAN_LANG", raising=False)
    yield
    console.use_language("vi")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "thư.txt"
    path.write_bytes(LINE.encode())
    return path


def test_symbols_are_printed_with_their_parts_and_places(letter: Path):
    result = CliRunner().invoke(main, ["read-symbols", str(letter), "--json"])
    assert result.exit_code == 0
    first, second, third = json.loads(result.stdout)
    assert first == {
        "text": "25- NQ/TW", "start": 19, "end": 28, "symbol": "25-NQ/TW", "type": "NQ", "issuer": "TW", "number": 25, "year": None,
    }  # fmt: skip
    assert LINE[second["start"] : second["end"]] == second["text"] == "993/CTr-LĐLĐ"
    assert third["symbol"] == first["symbol"]


def test_the_text_is_printed_to_the_letter(letter: Path):
    assert CliRunner().invoke(main, ["read-symbols", str(letter), "--text"]).stdout_bytes == LINE.encode()


def test_without_json_a_table_is_printed(letter: Path):
    output = CliRunner().invoke(main, ["read-symbols", str(letter)]).output
    assert "25- NQ/TW" in output
    assert len(output.splitlines()) == 4


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n")
    result = CliRunner().invoke(main, ["read-symbols", str(path), "--json"])
    assert result.exit_code == 1
    assert "PDF" in result.stderr
    assert result.stdout == ""


@pytest.mark.django_db
def test_an_imported_page_lists_the_documents_that_it_cites_once_each(tmp_path: Path):
    make_site()
    path = tmp_path / "tin.html"
    body = "".join(
        f"<p>{LINE} Công đoàn cơ sở tổ chức học tập cho {at} đoàn viên.</p>" for at in range(11, 19)
    )
    path.write_text(
        f"<html><head><title>Học tập nghị quyết</title></head><body><h1>Học tập nghị quyết của Đảng</h1>{body}</body></html>",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["import-page", str(path), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["documents"] == ["25-NQ/TW", "993/CTr-LĐLĐ"]
