"""What is written is what was given, is never run as a formula, and reads back."""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from congdoan.spreadsheets import (
    Column,
    HeadersError,
    Row,
    read,
    write_csv,
    write_refused,
    write_table,
    write_template,
)
from congdoan.spreadsheets.strings import clean
from tests.vntext.test_encodings import ENCODERS

in_any_folder = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

COLUMNS = (
    Column("code", "Mã đơn vị", "code", required=True, example="007", max_length=20, help="Mã do tỉnh cấp"),
    Column("name", "Tên đơn vị", required=True, example="CĐCS Mẫu"),
    Column("founded", "Ngày thành lập", "date", example="17/10/2019"),
    Column("born", "Năm sinh", "date", year_only=True, example="1985"),
    Column("people", "Số người", "integer", example="1.234"),
    Column(
        "sector",
        "Khối",
        "choice",
        choices={"a": 'Hành chính, "sự nghiệp"', "b": "Sản xuất"},
        example="Sản xuất",
    ),
    Column("sex", "Giới tính", "choice", choices=("Nam", "Nữ"), example="Nữ"),
    Column("phone", "Điện thoại", "phone", example="0912345678"),
    Column("email", "Thư điện tử", "email", example="lan@congdoan.example.vn"),
)


def table_bytes(headers: Sequence[str], rows: Sequence[Sequence[Any]], **more: Any) -> bytes:
    stream = io.BytesIO()
    write_table(stream, headers, rows, **more)
    return stream.getvalue()


def csv_bytes(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    stream = io.BytesIO()
    write_csv(stream, headers, rows)
    return stream.getvalue()


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


texts = st.text(
    st.one_of(
        st.sampled_from("=+-@'\t\n #_x0041; \",\u00a0ơưđĐ"),
        st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]),
    ),
    max_size=20,
)
rows_of_values = st.lists(
    st.tuples(
        texts,
        st.one_of(st.none(), st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))),
        st.one_of(st.none(), st.integers(-(10**15), 10**15)),
        st.one_of(st.none(), st.sampled_from(["a", "b"])),
        st.one_of(st.none(), st.sampled_from(["0912345678", "02143840123"])),
    ),
    min_size=1,
    max_size=6,
)
ROUND = (COLUMNS[1], COLUMNS[2], COLUMNS[4], COLUMNS[5], COLUMNS[7])


@in_any_folder
@given(rows_of_values, st.sampled_from(["xlsx", "csv"]))
def test_what_is_written_reads_back(tmp_path, rows, ending):
    labels = {None: None} | COLUMNS[5].labels
    written = [(*row[:3], labels[row[3]], row[4]) for row in rows]
    make = table_bytes if ending == "xlsx" else csv_bytes
    path = saved(
        tmp_path / f"a.{ending}",
        make([column.marked_title for column in ROUND], [("mốc", *[None] * 4), *written]),
    )

    found = {row.number: row for row in read(path, ROUND)}

    for number, row in enumerate(rows, 3):
        expected = {column.key: value for column, value in zip(ROUND, row, strict=True)}
        expected["name"] = clean(row[0]) or None
        if not any(value is not None for value in expected.values()):
            assert number not in found
            continue
        assert found[number].values == expected
        assert [problem.column_title for problem in found[number].problems] == (
            [] if expected["name"] else ["Tên đơn vị"]
        )


HOSTILE = [
    "=1+1",
    "+84912",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "=cmd|'/c calc'!A0",
    "#N/A",
    " =1",
    "\r=1",
    "'=1",
    "\t0",
]


def test_no_text_ever_becomes_a_formula_or_a_fault(tmp_path):
    path = saved(tmp_path / "a.xlsx", table_bytes(["=A1", "Chữ"], [[text, text] for text in HOSTILE]))
    sheet = load_workbook(path).active
    for row in sheet.iter_rows(min_row=1):
        for cell in row:
            assert cell.data_type == "s"
    assert sheet["A2"].value == "=1+1"
    assert sheet["A2"].quotePrefix


def test_no_text_of_a_csv_begins_like_a_formula(tmp_path):
    data = csv_bytes(["=A1", "Chữ"], [[text, "x"] for text in HOSTILE])
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    for line in lines:
        assert not line[0].lstrip().startswith(("=", "+", "-", "@"))
    columns = (Column("a", "=A1"), Column("b", "Chữ"))
    found = [row.values["a"] for row in read(saved(tmp_path / "a.csv", data), columns)]
    assert found == [clean(text) for text in HOSTILE]


def test_numbers_stay_numbers_and_days_days(tmp_path):
    moment = dt.datetime(2019, 10, 17, 8, 30, tzinfo=dt.UTC)
    row = [5, Decimal("6383.9"), -2.5, dt.date(2019, 10, 17), moment, True, None, ""]
    sheet = load_workbook(
        saved(tmp_path / "a.xlsx", table_bytes(list("abcdefgh"), [row], title="Số: liệu/2019"))
    ).active
    cells = sheet[2]
    assert [cell.value for cell in cells[:3]] == [5, 6383.9, -2.5]
    assert (cells[3].is_date, cells[3].number_format, cells[3].value.date()) == (
        True,
        "dd/mm/yyyy",
        dt.date(2019, 10, 17),
    )
    assert cells[4].value == moment.replace(tzinfo=None)
    assert cells[5].value is True
    assert sheet.title == "Số liệu 2019"
    assert sheet.freeze_panes == "A2"


def test_a_number_that_excel_would_round_is_written_as_text(tmp_path):
    row = [12345678901234567, Decimal("1234567.8901234567"), Decimal("NaN")]
    (found,) = read(
        saved(tmp_path / "a.xlsx", table_bytes(["a", "b", "c"], [row])), [Column(key, key) for key in "abc"]
    )
    assert found.values == {"a": "12345678901234567", "b": "1234567.8901234567", "c": "NaN"}


def test_a_text_longer_than_a_cell_is_cut_where_it_can_be_seen(tmp_path):
    (found,) = read(saved(tmp_path / "a.xlsx", table_bytes(["a"], [["ộ" * 40_000]])), [Column("a", "a")])
    assert (len(found.values["a"]), found.values["a"][-2:]) == (32_767, "ộ…")


def test_characters_that_no_workbook_holds_are_left_out(tmp_path):
    path = saved(tmp_path / "a.xlsx", table_bytes(["a\x00"], [["b\x0bc\ud800\uffff"]]))
    assert [cell.value for (cell,) in load_workbook(path).active.iter_rows()] == ["a", "bc"]


def test_a_csv_has_numbers_and_days_as_they_are_read_again():
    rows = [[5, Decimal("1E+3"), Decimal("-0.50"), dt.date(2019, 1, 2), None, True, -1.5]]
    assert csv_bytes(["a"], rows).decode("utf-8-sig").splitlines()[1] == "5,1000,-0.5,02/01/2019,,True,-1.5"


def test_the_same_table_is_the_same_bytes_at_any_hour(monkeypatch):
    def all_bytes() -> list[bytes]:
        template = io.BytesIO()
        write_template(template, COLUMNS, title="Đơn vị", notes=["Ghi chú"])
        return [
            table_bytes(["a"], [["b", dt.date(2019, 1, 2)]]),
            csv_bytes(["a"], [["b"]]),
            template.getvalue(),
        ]

    before = all_bytes()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(now + 86_400))
    assert all_bytes() == before


def test_a_table_goes_to_a_stream_that_only_takes_bytes(tmp_path):
    class Sink:
        def __init__(self) -> None:
            self.data = b""

        def write(self, data: bytes) -> int:
            self.data += bytes(data)
            return len(data)

        def flush(self) -> None:
            pass

    for write, ending in ((write_table, "xlsx"), (write_csv, "csv")):
        sink = Sink()
        write(sink, ["Tên"], [["Một"]])
        assert [
            row.values["n"] for row in read(saved(tmp_path / f"a.{ending}", sink.data), [Column("n", "Tên")])
        ] == ["Một"]


# Templates.


@pytest.fixture
def template(tmp_path):
    with (tmp_path / "mau.xlsx").open("wb") as stream:
        write_template(stream, COLUMNS, title="Đơn vị", notes=["Mỗi dòng là một đơn vị."])
    return tmp_path / "mau.xlsx"


def test_the_examples_that_a_template_gives_are_accepted(template):
    book = load_workbook(template)
    for number, column in enumerate(COLUMNS, 1):
        book.worksheets[0].cell(2, number, column.example)
    book.save(template)

    (row,) = read(template, COLUMNS)

    assert row.problems == []
    assert row.values == {
        "code": "007",
        "name": "CĐCS Mẫu",
        "founded": dt.date(2019, 10, 17),
        "born": 1985,
        "people": 1234,
        "sector": "b",
        "sex": "Nữ",
        "phone": "0912345678",
        "email": "lan@congdoan.example.vn",
    }


def test_each_choice_that_a_template_offers_is_accepted(template):
    book = load_workbook(template)
    table, choices = book.worksheets[0], book["Danh mục"]
    offered = {
        next(iter(rule.sqref.ranges)).min_col: rule.formula1 for rule in table.data_validations.dataValidation
    }
    assert offered == {6: "'Danh mục'!$A$2:$A$3", 7: "'Danh mục'!$B$2:$B$3"}
    labels = [[cell.value for cell in column] for column in choices.iter_cols(min_row=2)]
    for number in range(2):
        table.append(["1", "Một", None, None, None, labels[0][number], labels[1][number]])
    book.save(template)
    assert [(row.values["sector"], row.values["sex"]) for row in read(template, COLUMNS)] == [
        ("a", "Nam"),
        ("b", "Nữ"),
    ]


def test_a_template_explains_each_column_and_keeps_leading_zeros(template):
    book = load_workbook(template)
    table, guide = book.worksheets[:2]
    assert (table.title, guide.title, table.freeze_panes) == ("Đơn vị", "Hướng dẫn", "A2")
    assert [table["A1"].value, table["C1"].value] == ["Mã đơn vị (*)", "Ngày thành lập"]
    assert table.column_dimensions["A"].number_format == table.column_dimensions["H"].number_format == "@"
    assert table.column_dimensions["C"].number_format == "dd/mm/yyyy"
    lines = {row[0].value: [cell.value for cell in row] for row in guide.iter_rows()}
    assert "Mỗi dòng là một đơn vị." in lines
    assert lines["Mã đơn vị (*)"][1:] == [
        "Có",
        "Mã do tỉnh cấp",
        "Mã, ghi đủ cả số 0 ở đầu, nhiều nhất 20 ký tự",
        "007",
    ]
    assert "1985" in lines["Năm sinh"][3]


def test_a_template_speaks_the_language_of_its_reader(tmp_path):
    stream = io.BytesIO()
    write_template(stream, COLUMNS, title="Units", translate=lambda sentence: f"en {sentence}")
    assert load_workbook(stream).sheetnames == ["Units", "en Hướng dẫn", "en Danh mục"]


# Refused rows.


def refused_file(path: Path, columns: Sequence[Column], rows: Sequence[Row], **more: Any) -> Path:
    with path.open("wb") as stream:
        write_refused(stream, columns, rows, **more)
    return path


def test_refused_rows_come_back_as_they_were_with_reasons_that_fit_the_new_file(tmp_path):
    rows = [
        ["001", "Một", dt.date(2019, 1, 2), 1985, 5, "Sản xuất", "Nam", "0912345678", "a@b.vn"],
        ["002", "Hai", "31/02/2019", "1986", "năm", "Lạ", "nu", 912345678, "sai"],
        ["003", None, None, dt.date(1905, 6, 9)],
    ]
    headers = ["STT", *(column.title for column in COLUMNS)]
    path = saved(tmp_path / "a.xlsx", table_bytes(headers, [[n, *row] for n, row in enumerate(rows, 1)]))
    refused = [row for row in read(path, COLUMNS) if row.problems]
    assert "(ô D3)" in refused[0].problems[0].text

    back = refused_file(tmp_path / "b.xlsx", COLUMNS, refused)

    sheet = load_workbook(back).active
    assert sheet.cell(1, 10).value == "Lý do"
    reasons = sheet.cell(2, 10).value.split("\n")
    assert reasons[0] == "Ngày 31/02/2019 không có thật (ô C2)."
    assert len(reasons) == 4
    assert sheet.cell(3, 10).value == "Thiếu “Tên đơn vị” (ô B3)."
    again = list(read(back, COLUMNS))
    assert [row.values["sex"] for row in again] == ["Nữ", None]
    assert [row.given["phone"] for row in again[:1]] == [Decimal(912345678)]
    sheet["C2"], sheet["E2"], sheet["F2"], sheet["I2"], sheet["B3"] = (
        "28/02/2019",
        5,
        "Sản xuất",
        "a@b.vn",
        "Ba",
    )
    sheet.parent.save(back)
    assert [row.problems for row in read(back, COLUMNS)] == [[], []]


def test_a_year_that_excel_took_for_a_day_comes_back_as_a_year(tmp_path):
    columns = (Column("born", "Năm sinh", "date"), Column("name", "Tên"))
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["Năm sinh", "Tên"])
    book.active.append([1985, "Lan"])
    book.active["A2"].number_format = "dd/mm/yyyy"
    book.save(tmp_path / "a.xlsx")
    refused = list(read(tmp_path / "a.xlsx", columns))
    assert "Chỉ có năm 1985 (ô A2)" in refused[0].problems[0].text
    back = refused_file(tmp_path / "b.xlsx", columns, refused)
    assert load_workbook(back).active["A2"].value == 1985


def test_a_rule_beyond_the_file_is_told_like_any_other(tmp_path):
    columns = (Column("name", "Tên"), Column("code", "Mã", "code"))
    path = saved(tmp_path / "a.xlsx", table_bytes(["Mã", "Tên"], [["1", "Một"]]))
    (row,) = read(path, columns)
    row.refuse("code", "Đơn vị %(code)s đã giải thể (ô %(cell)s).", code="1")
    assert (row.problems[0].text, row.problems[0].column_title) == ("Đơn vị 1 đã giải thể (ô A2).", "Mã")
    back = load_workbook(refused_file(tmp_path / "b.xlsx", columns, [row])).active
    assert back["C2"].value == "Đơn vị 1 đã giải thể (ô B2)."


def test_columns_that_the_file_did_not_have_are_not_added_to_what_comes_back(tmp_path):
    path = saved(tmp_path / "a.xlsx", table_bytes(["Tên đơn vị", "Mã đơn vị"], [["Một", None]]))
    back = refused_file(tmp_path / "b.xlsx", COLUMNS, list(read(path, COLUMNS)))
    assert [cell.value for cell in load_workbook(back).active[1]] == [
        "Mã đơn vị (*)",
        "Tên đơn vị (*)",
        "Lý do",
    ]


def test_a_table_with_reasons_of_its_own_keeps_them(tmp_path):
    columns = (Column("name", "Tên", required=True), Column("reason", "Lý do"))
    path = saved(tmp_path / "a.xlsx", table_bytes(["Tên", "Lý do"], [[None, "Nghỉ hưu"]]))
    back = refused_file(tmp_path / "b.xlsx", columns, list(read(path, columns)))
    (again,) = read(back, columns)
    assert again.values["reason"] == "Nghỉ hưu"
    assert load_workbook(back).active["C1"].value == "Lý do bị từ chối"


def test_reasons_under_a_title_in_another_language_are_passed_over_when_named(tmp_path):
    english = {"Lý do": "Reason"}
    columns = (Column("name", "Tên", required=True), Column("code", "Mã"))
    path = saved(tmp_path / "a.xlsx", table_bytes(["Tên", "Mã"], [[None, "1"]]))
    back = refused_file(
        tmp_path / "b.xlsx",
        columns,
        list(read(path, columns)),
        translate=lambda text: english.get(text, text),
    )
    with pytest.raises(HeadersError):
        read(back, columns)
    (row,) = read(back, columns, ignored=["Reason"])
    assert row.given == {"code": "1"}


# CSV.

LINES = "Mã đơn vị;Tên đơn vị\r\n007;Công đoàn cơ sở Trường Tiểu học Lê Văn Tám\r\n\r\n008;Nghiệp đoàn vận tải thuỷ nội địa\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "windows-1258", "tcvn3"])
def test_delimited_text_is_read_in_the_encodings_that_programs_write(tmp_path, encoding):
    data = ENCODERS[encoding](LINES) if encoding in ENCODERS else LINES.encode(encoding)
    found = read(saved(tmp_path / "a.csv", data), COLUMNS)
    assert [(row.number, row.values["code"], row.values["name"]) for row in found] == [
        (2, "007", "Công đoàn cơ sở Trường Tiểu học Lê Văn Tám"),
        (4, "008", "Nghiệp đoàn vận tải thuỷ nội địa"),
    ]


def test_a_declared_separator_and_lines_within_a_cell_are_understood(tmp_path):
    text = 'sep=|\nMã đơn vị|Tên đơn vị\n1|"Một\nhai; ba, bốn"\n2|Hai\n'
    rows = list(read(saved(tmp_path / "a.csv", text.encode()), COLUMNS))
    assert [(row.number, row.values["name"]) for row in rows] == [(3, "Một\nhai; ba, bốn"), (4, "Hai")]


def test_a_title_above_the_table_does_not_hide_its_separator(tmp_path):
    text = "Danh sách, năm 2019\n\nMã đơn vị;Tên đơn vị;Số người\n1;Một;5\n"
    (row,) = read(saved(tmp_path / "a.csv", text.encode()), COLUMNS)
    assert (row.number, row.values["people"]) == (4, 5)
