"""Tables are read as people make them, and refused as a whole where they cannot be trusted."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from congdoan.spreadsheets import (
    Column,
    SpreadsheetError,
    Tally,
    read,
    write_csv,
    write_refused,
    write_table,
    write_template,
)

COLUMNS = (
    Column("code", "Mã đơn vị", kind="code", required=True, example="LC-SP-001", aliases=("Mã số",)),
    Column("name", "Tên đơn vị", required=True, max_length=40),
    Column("founded", "Ngày thành lập", kind="date"),
    Column("people", "Số người", kind="integer"),
    Column(
        "sector", "Khối", kind="choice", choices={"a": "Hành chính sự nghiệp", "b": "Sản xuất kinh doanh"}
    ),
    Column("phone", "Điện thoại", kind="phone"),
    Column("email", "Thư điện tử", kind="email"),
)
HEADERS = [column.title for column in COLUMNS]


def table(path: Path, *rows: list[object], headers: list[str] = HEADERS) -> Path:
    with path.open("wb") as stream:
        write_table(stream, headers, rows)
    return path


def workbook(path: Path, change: object = None) -> Path:
    """A plain workbook by openpyxl, changed by ``change(sheet)`` before it is saved."""
    book = Workbook()
    book.active.append(HEADERS)
    book.active.append(["LC-1", "Một", "17/10/2019", 5, "Hành chính sự nghiệp", "0912 345 678", "a@b.vn"])
    if change:
        change(book.active)
    book.save(path)
    return path


def repacked(path: Path, **entries: bytes) -> Path:
    """The same package with entries added or replaced (``__`` stands for ``/``)."""
    with zipfile.ZipFile(path) as source:
        kept = {entry.filename: source.read(entry) for entry in source.infolist()}
    kept |= {name.replace("__", "/"): data for name, data in entries.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in kept.items():
            target.writestr(name, data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SpreadsheetError) as refused:
        list(read(path, COLUMNS))
    return refused.value.user_message


def test_a_row_becomes_values_by_its_columns(tmp_path):
    path = table(
        tmp_path / "a.xlsx",
        ["007", "Sa Pa", dt.date(2019, 10, 17), 1234, "san xuat kinh doanh", "912345678", "A@B.vn"],
    )

    (row,) = read(path, COLUMNS)

    assert row.problems == []
    assert row.number == 2
    assert row.values["code"] == "007"
    assert row.values["founded"] == dt.date(2019, 10, 17)
    assert row.values["people"] == 1234
    assert row.values["sector"] == "b"
    assert row.values["phone"].lstrip("0") == "912345678"


@pytest.mark.parametrize(
    "written",
    [
        "17/10/2019",
        "17-10-2019",
        "17.10.19",
        "2019-10-17",
        dt.date(2019, 10, 17),
        dt.datetime(2019, 10, 17, 8),  # noqa: DTZ001  # a sheet knows no zone
    ],
)
def test_a_day_is_read_in_the_ways_people_write_it(tmp_path, written):
    (row,) = read(table(tmp_path / "a.xlsx", ["1", "Một", written]), COLUMNS)
    assert row.values["founded"] == dt.date(2019, 10, 17)


def test_titles_are_known_without_diacritics_marks_and_in_any_composition(tmp_path):
    headers = ["MA SO", unicodedata.normalize("NFD", "Tên đơn vị (*)"), "  ngày\nthành lập "]
    (row,) = read(table(tmp_path / "a.xlsx", ["1", "Một", "01/02/2019"], headers=headers), COLUMNS)
    assert row.values["founded"] == dt.date(2019, 2, 1)


def test_text_comes_out_composed_and_trimmed(tmp_path):
    (row,) = read(
        table(tmp_path / "a.xlsx", ["1", unicodedata.normalize("NFD", "  Thủy\u00a0 điện ")]), COLUMNS
    )
    assert row.values["name"] == "Thủy điện"


@pytest.mark.parametrize(
    ("place", "written", "said"),
    [
        (2, "31/02/2019", "Ngày 31/02/2019 không có thật (ô C2)."),
        (3, "nhiều", "“nhiều” không phải là số nguyên (ô D2)."),
        (4, "Khối lạ", "không có trong danh mục (ô E2)"),
        (1, "x" * 41, "Dài 41 ký tự, nhiều nhất là 40 (ô B2)."),
        (0, "", "Thiếu “Mã đơn vị” (ô A2)."),
        (6, "khong-phai-thu", "ô G2"),
    ],
)
def test_what_cannot_be_used_is_said_with_its_cell(tmp_path, place, written, said):
    cells: list[object] = ["1", "Một", "", "", "", "", ""]
    cells[place] = written
    (row,) = read(table(tmp_path / "a.xlsx", cells), COLUMNS)
    assert any(said in problem.text for problem in row.problems), [problem.text for problem in row.problems]


def test_blank_rows_are_passed_over_and_numbers_stay_those_of_the_sheet(tmp_path):
    rows = list(read(table(tmp_path / "a.xlsx", ["1", "Một"], ["", " "], ["2", "Hai"]), COLUMNS))
    assert [row.number for row in rows] == [2, 4]


def test_reading_goes_on_where_it_stopped(tmp_path):
    reading = read(table(tmp_path / "a.xlsx", *([str(n), f"Tên {n}"] for n in range(10))), COLUMNS)
    assert [row.values["code"] for row in reading.after(9)] == ["8", "9"]
    assert len(reading) == 10


def test_all_that_is_wrong_with_the_header_row_is_said_at_once(tmp_path):
    said = refusal(
        table(tmp_path / "a.xlsx", ["x", "y", "z"], headers=["Tên đơn vị", "Cột lạ", "Ten don vi"])
    )
    assert "Thiếu cột “Mã đơn vị”" in said
    assert "Cột lạ" in said
    assert "có hai lần" in said


def test_a_form_may_begin_with_a_letterhead(tmp_path):
    book = Workbook()
    book.active.append(["LIÊN ĐOÀN LAO ĐỘNG"])
    book.active.append([])
    book.active.append(["STT", *HEADERS])
    book.active.append([1, "LC-1", "Một"])
    book.active.merge_cells("A1:D1")
    book.save(tmp_path / "a.xlsx")
    (row,) = read(tmp_path / "a.xlsx", COLUMNS)
    assert row.values["code"] == "LC-1"


def test_a_formula_is_refused_with_its_cell(tmp_path):
    assert "C2" in refusal(workbook(tmp_path / "a.xlsx", lambda sheet: sheet.__setitem__("C2", "=TODAY()")))


def test_merged_cells_in_the_table_are_refused_with_their_cell(tmp_path):
    assert "Ô A2" in refusal(workbook(tmp_path / "a.xlsx", lambda sheet: sheet.merge_cells("A2:B2")))


def test_macros_are_refused_whatever_the_name(tmp_path):
    path = repacked(workbook(tmp_path / "a.xlsx"), xl__vbaProject=b"x")
    path = repacked(path, **{"xl/vbaProject.bin": b"\xd0\xcf"})
    assert "macro" in refusal(path)


def test_a_package_that_swells_is_refused(tmp_path):
    path = repacked(workbook(tmp_path / "a.xlsx"), xl__media__a=b"\0" * (300 * 2**20))
    assert path.stat().st_size < 2**20
    assert "quá lớn" in refusal(path)


def test_a_file_of_200_mb_is_refused_unread(tmp_path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(200 * 2**20)
    assert "200 MB" in refusal(path)


def test_a_document_type_is_refused(tmp_path):
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet/>'
    assert "hỏng" in refusal(repacked(workbook(tmp_path / "a.xlsx"), **{"xl/worksheets/sheet1.xml": evil}))


def test_links_to_other_files_are_refused(tmp_path):
    assert refusal(repacked(workbook(tmp_path / "a.xlsx"), **{"xl/externalLinks/externalLink1.xml": b"<x/>"}))


def test_a_truncated_file_is_refused(tmp_path):
    path = workbook(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:2000])
    assert "hỏng" in refusal(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "trống"),
        (b"<html><table></table></html>", "trang web"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "định dạng bảng tính khác"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (b"%PDF-1.4", "không phải là bảng tính"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(tmp_path, content, said):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert said in refusal(path)


def test_a_table_without_rows_is_refused(tmp_path):
    assert "chưa có dòng dữ liệu" in refusal(table(tmp_path / "a.xlsx"))


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "utf-16"])
def test_text_files_are_read_in_their_usual_forms(tmp_path, separator, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes(f"Mã đơn vị{separator}Tên đơn vị\n007{separator}Thủy điện\n".encode(encoding))
    (row,) = read(path, COLUMNS)
    assert (row.values["code"], row.values["name"]) == ("007", "Thủy điện")


def test_the_template_filled_in_reads_back(tmp_path):
    from openpyxl import load_workbook

    path = tmp_path / "mau.xlsx"
    with path.open("wb") as stream:
        write_template(stream, COLUMNS, title="Đơn vị: 2019/2020 [mẫu]", notes=["Điền từ dòng 2."])
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["Mã đơn vị (*)", "Tên đơn vị (*)"]
    assert "LC-SP-001" in [cell.value for row in book.worksheets[1] for cell in row]
    for column, value in enumerate(
        ["007", "Một", dt.date(2019, 1, 2), 5, "Hành chính sự nghiệp", "0912345678", "a@b.vn"], 1
    ):
        sheet.cell(2, column, value)
    book.save(path)
    (row,) = read(path, COLUMNS)
    assert (row.problems, row.values["code"], row.values["sector"]) == ([], "007", "a")


def test_refused_rows_come_back_with_reasons_and_can_be_mended(tmp_path):
    rows = list(
        read(table(tmp_path / "a.xlsx", ["1", "Một", "31/02/2019"], ["2", "Hai"], ["", "Ba"]), COLUMNS)
    )
    refused = [row for row in rows if row.problems]
    path = tmp_path / "b.xlsx"
    with path.open("wb") as stream:
        write_refused(stream, COLUMNS, refused)

    again = list(read(path, COLUMNS))
    assert [row.values["name"] for row in again] == ["Một", "Ba"]
    assert "ô C2" in again[0].problems[0].text


def test_nothing_that_is_written_is_a_formula(tmp_path):
    from openpyxl import load_workbook

    path = table(tmp_path / "a.xlsx", ["=1+1", "+84", "@x"])
    assert [cell.data_type for cell in load_workbook(path).active[2]][:3] == ["s", "s", "s"]
    stream = io.BytesIO()
    write_csv(stream, ["a"], [["=cmd()"], ["-1+1"]])
    assert stream.getvalue().decode("utf-8-sig").splitlines()[1:] == ["'=cmd()", "'-1+1"]


TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 10**12), TEXT, st.dates(dt.date(1901, 1, 1), dt.date(2099, 1, 1))),
        min_size=1,
        max_size=8,
    )
)
def test_what_is_written_reads_back(tmp_path, rows):
    from congdoan.spreadsheets.strings import clean

    columns = (Column("n", "Số", kind="integer"), Column("t", "Chữ"), Column("d", "Ngày", kind="date"))
    path = tmp_path / "a.xlsx"
    with path.open("wb") as stream:
        write_table(stream, [column.title for column in columns], rows)
    again = [(row.values["n"], row.values["t"] or "", row.values["d"]) for row in read(path, columns)]
    assert again == [(number, clean(text), day) for number, text, day in rows]


def test_a_tally_loses_no_row():
    assert Tally(created=3, updated=2, refused=1).read == 6
