"""``congdoan read-figures`` keeps the promise of its contract."""

import json
from pathlib import Path

from click.testing import CliRunner

from congdoan.config.cli.main import main


def test_figures_are_printed_as_json_with_offsets_of_the_printed_text(tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.txt"
    file.write_bytes("Năm 2019\r\ncó 12.076 buổi tuyên truyền pháp luật.\r\n".encode())

    printed = CliRunner().invoke(main, ["read-figures", str(file), "--json"])
    text = CliRunner().invoke(main, ["read-figures", str(file), "--text"]).stdout_bytes.decode()

    assert printed.exit_code == 0, printed.output
    [figure] = json.loads(printed.output)
    assert text.encode() == file.read_bytes()
    assert text[figure["start"] : figure["end"]] == figure["text"] == "12.076 buổi tuyên truyền"
    assert (figure["value"], figure["unit"], figure["indicator"]) == (
        12076,
        "sessions",
        "propaganda.law.sessions",
    )


def test_a_table_is_printed_for_people(tmp_path: Path) -> None:
    file = tmp_path / "bao-cao.txt"
    file.write_text("Có 12 buổi tuyên truyền.", "utf-8")

    result = CliRunner().invoke(main, ["read-figures", str(file)])

    assert result.exit_code == 0
    assert "Số liệu" in result.output
    assert "12 buổi" in result.output


def test_a_file_that_holds_no_text_is_refused_with_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "anh.txt"
    file.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR")

    result = CliRunner().invoke(main, ["read-figures", str(file), "--json"])

    assert result.exit_code == 1
    assert "Traceback" not in result.output
    assert result.output.strip()


def test_a_file_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["read-figures", str(tmp_path / "x.txt")]).exit_code == 2
