"""The quick way through a sheet and the real parser find the same; and so does a reader that others wrote."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from congdoan.spreadsheets import Column, SpreadsheetError, read, write_table
from congdoan.spreadsheets import sheets as sheets_module
from congdoan.spreadsheets.plain import take_rows
from congdoan.spreadsheets.sheets import SheetReader
from congdoan.spreadsheets.strings import SharedStrings, clean
from tests.spreadsheets.packages import HEADER, MAIN, package, parts, sheet, strings

in_any_folder = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)

letters = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12
)
entities = st.sampled_from(
    ["&amp;", "&lt;", "&#272;", "&#x1EC7;", "&quot;", "&apos;", "&nbsp;", "&amp", "&#0;"]
)
contents = st.lists(st.one_of(letters.map(escape), entities), max_size=3).map("".join)
cells = st.one_of(
    st.tuples(st.just("n"), contents),
    st.tuples(st.sampled_from(["s", "str", "b", "e", "d", "inlineStr", ""]), contents),
)
bodies = st.sampled_from(
    [
        '<c r="{at}" t="{kind}"><v>{text}</v></c>',
        '<c r="{at}" s="2" t="{kind}"><v>{text}</v></c>',
        '<c r="{at}" t="{kind}" s="2"><v>{text}</v></c>',
        "<c r='{at}' t='{kind}'><v>{text}</v></c>",
        '<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>',
        '<c r="{at}" t="inlineStr"><is><t xml:space="preserve"> {text}</t></is></c>',
        '<c r="{at}" t="inlineStr"><is><r><t>{text}</t></r><r><rPr><b/></rPr><t>!</t></r></is></c>',
        '<c r="{at}" t="inlineStr"><is><t>{text}</t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>',
        '<c r="{at}" s="1"/>',
        '<c r="{at}"><v></v></c>',
        '<c r="{at}" >\n <v>{text}</v>\n</c>',
        '<!-- <c r="A1"/> --><c r="{at}"><v>{text}</v></c>',
        '<c r="{at}" t="str"><v><![CDATA[{text}]]></v></c>',
        '<x:c xmlns:x="' + MAIN + '" r="{at}"><x:v>{text}</x:v></x:c>',
        '<c r="{at}"><f>1</f><v>{text}</v></c>',
        '<c r="{at}" t="str"><v>{text}',
    ]
)
rows_of_bodies = st.lists(
    st.tuples(
        st.sampled_from(["", ' spans="1:3"', ' ht="15" customHeight="1"', " x='1'"]),
        st.lists(st.tuples(bodies, cells), max_size=4),
    ),
    max_size=5,
)


def made(rows: list[tuple[str, list[tuple[str, tuple[str, str]]]]]) -> bytes:
    text = ""
    for number, (attributes, row) in enumerate(rows, 1):
        inner = "".join(
            body.format(at=f"{'ABCD'[column]}{number}", kind=kind, text=content)
            for column, (body, (kind, content)) in enumerate(row)
        )
        text += (
            f'<row r="{number}"{attributes}>{inner}</row>' if inner else f'<row r="{number}"{attributes}/>'
        )
    return sheet(
        text,
        after='<dataValidations><dataValidation><formula1>1</formula1></dataValidation></dataValidations><mergeCells><mergeCell ref="A9:B9"/></mergeCells>',
    ).encode()


def outcome(data: bytes) -> object:
    merged: list[object] = []
    found = []
    try:
        for number, row in SheetReader(lambda *corners: merged.append(corners)).rows(io.BytesIO(data)):
            # A carriage return or a space beside a text differs, and is cleaned away by whoever takes it.
            found.append((number, [(*cell[:3], clean(cell[3])) for cell in row if clean(cell[3])]))
    except SpreadsheetError as error:
        return type(error)
    return [row for row in found if row[1]], merged


@settings(max_examples=300, deadline=None)
@given(rows_of_bodies, st.sampled_from([1, 7, 64, 4096]))
def test_both_ways_through_a_sheet_find_the_same(rows, step):
    data = made(rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets_module, "STEP", step)
        quick = outcome(data)
        patch.setattr(sheets_module, "is_utf8", lambda _: False)
        slow = outcome(data)
    assert quick == slow


def test_what_programs_write_is_taken_the_quick_way():
    excel = b'<row r="2" spans="1:3" x14ac:dyDescent="0.25"><c r="A2" s="1" t="s"><v>0</v></c><c r="B2" s="3"/></row>'
    libre = b'<row r="3" customFormat="false" ht="12.8"><c r="A3" s="0" t="n"><v>1.5</v></c></row>'
    own = b'<row r="4"><c r="A4" t="inlineStr"><is><t>a</t></is></c></row><row r="5" s="1" customFormat="1"/>'
    assert [number for _, number, _ in take_rows(excel + libre + own)] == ["2", "3", "4", "5"]


@pytest.mark.parametrize(
    "item",
    [
        "<si><t>{}</t></si>",
        '<si><t xml:space="preserve"> {} </t></si>',
        "<si><r><rPr><b/></rPr><t>{}</t></r><r><t/></r></si>",
        "<si><t>{}</t><rPh sb='0' eb='1'><t>x</t></rPh></si>",
        "<si>\n<t>{}</t>\n</si>",
        "<!-- --><si><t>{}</t></si>",
    ],
)
def test_shared_texts_are_found_however_they_are_written(item):
    words = ["Hoà Bình", "a < b & c", "", "Nguyễn"]
    data = strings("".join(item.format(escape(word)) for word in words) + "<si/><si><t/></si>")
    with SharedStrings(io.BytesIO(data.encode())) as shared:
        assert [shared[number] for number in range(len(shared))] == [*words, "", ""]
        assert [shared.is_blank(number) for number in (2, 3, 4)] == [True, False, True]


def test_shared_texts_in_another_encoding_are_found():
    data = strings("<si><t>Đoàn</t></si>").replace("UTF-8", "UTF-16").encode("utf-16")
    with SharedStrings(io.BytesIO(data)) as shared:
        assert shared[0] == "Đoàn"


def test_escaped_characters_of_a_workbook_are_read_as_such(tmp_path):
    row = '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><v>x_x005F_x0041_</v></c></row>'
    header = HEADER.replace("</row>", '<c r="B1" t="inlineStr"><is><t>Mã</t></is></c></row>')
    entries = parts(header + row, xl__sharedStrings_xml=strings("<si><t>a_x000D_\nb_xD800_</t></si>"))
    (found,) = read(package(tmp_path / "a.xlsx", entries), (Column("name", "Tên"), Column("code", "Mã")))
    assert found.values == {"name": "a\nb\ufffd", "code": "x_x0041_"}


values = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=20),
    st.integers(-(10**14), 10**14),
    st.dates(dt.date(1906, 1, 1), dt.date(2100, 12, 31)),
)


@in_any_folder
@given(st.lists(st.tuples(values, values, values), min_size=1, max_size=6))
def test_another_reader_agrees_on_what_stands_where(tmp_path: Path, rows):
    path = tmp_path / "a.xlsx"
    headers = ["Một", "Hai", "Ba"]
    with path.open("wb") as stream:
        write_table(stream, headers, rows)

    theirs = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    columns = [Column(header, header) for header in headers]
    try:
        ours = {row.number: row.given for row in read(path, columns)}
    except SpreadsheetError:
        ours = {}

    for number, row in enumerate(theirs[1:], 2):
        for header, value in zip(headers, row, strict=False):
            mine = ours.get(number, {}).get(header, "")
            if isinstance(value, str):
                assert mine == clean(value)
            elif isinstance(value, dt.date):
                assert mine.date() == (value.date() if isinstance(value, dt.datetime) else value)
            else:
                assert float(mine) == value
