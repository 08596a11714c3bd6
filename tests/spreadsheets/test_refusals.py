"""Files that somebody made to do harm, or that are no tables of values, are refused with a reason, at little cost."""

from __future__ import annotations

import contextlib
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from congdoan.spreadsheets import (
    ActiveContentError,
    CellError,
    Column,
    DamagedError,
    EmptyFileError,
    EncryptedError,
    NotSpreadsheetError,
    SheetNotFoundError,
    SpreadsheetError,
    TooLargeError,
    ZipBombError,
    inspect,
    read,
)
from tests.spreadsheets import packages
from tests.spreadsheets.packages import (
    HEADER,
    MAIN,
    deflated,
    package,
    parts,
    raw_zip,
    sheet,
    strings,
    swelling,
)

COLUMNS = (Column("name", "Tên", required=True), Column("code", "Mã", kind="code"))
A_ROW = '<row r="2"><c r="A2" t="inlineStr"><is><t>Một</t></is></c></row>'
PLAIN = HEADER + A_ROW
MODEST = 30 * 2**20
"""No refusal may take more memory than this."""


def refused(path: Path, kind: type[SpreadsheetError], said: str = "") -> SpreadsheetError:
    """Assert that looking at the file and reading it are refused alike, soon, and without filling the memory."""
    began = time.monotonic()
    tracemalloc.start()
    try:
        with pytest.raises(kind) as looked_at:
            inspect(path)
        with pytest.raises(kind) as was_read:
            read(path, COLUMNS)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert type(looked_at.value) is type(was_read.value) is kind
    assert said in looked_at.value.user_message
    assert peak < MODEST
    assert time.monotonic() - began < 30
    return looked_at.value


def test_the_plain_workbook_that_the_others_are_made_from_is_read(tmp_path):
    path = package(tmp_path / "a.xlsx", parts(PLAIN))
    inspect(path)
    assert [row.values["name"] for row in read(path, COLUMNS)] == ["Một"]


# What is no spreadsheet.


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xls", "a.xlsb", "a.ods", "a.csv"])
def test_a_name_that_does_not_fit_is_refused(tmp_path, name):
    refused(package(tmp_path / name, parts(PLAIN)), NotSpreadsheetError)


def test_text_with_the_name_of_a_workbook_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_text("Tên;Mã\nMột;1\n", encoding="utf-8")
    refused(path, NotSpreadsheetError, ".xlsx")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_web_page_with_the_name_of_a_table_is_refused(tmp_path, encoding):
    for name in ("a.xlsx", "a.csv"):
        path = tmp_path / name
        path.write_bytes("\n <HTML><table><tr><td>Tên</td></tr></table>".encode(encoding))
        refused(path, NotSpreadsheetError, "HTML")


def test_an_old_workbook_with_a_new_name_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096) + "Workbook".encode("utf-16-le"))
    refused(path, NotSpreadsheetError, ".xls")


def test_a_locked_workbook_is_told_apart_from_an_old_one(tmp_path):
    path = tmp_path / "a.xlsx"
    # The name may straddle two steps of reading.
    filling = bytes(2**20 - 8 - 10)
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + filling + "EncryptedPackage".encode("utf-16-le") + bytes(99)
    )
    refused(path, EncryptedError, "mật khẩu")


def test_another_package_with_the_name_of_a_workbook_is_refused(tmp_path):
    document = parts(PLAIN)
    refused(
        package(tmp_path / "a.xlsx", {name.replace("xl/", "word/"): data for name, data in document.items()}),
        NotSpreadsheetError,
    )
    refused(package(tmp_path / "b.xlsx", {"readme.txt": "x"}), NotSpreadsheetError)
    refused(
        package(tmp_path / "c.xlsx", {"mimetype": "x", "content.xml": "<x/>"}), NotSpreadsheetError, ".ods"
    )


def test_an_empty_file_and_an_empty_sheet_are_told_apart(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    assert "Tệp trống" in refused(path, EmptyFileError).user_message
    assert "Trang tính trống" in refused(package(tmp_path / "b.xlsx", parts("")), EmptyFileError).user_message
    blank = '<row r="1"><c r="A1" t="inlineStr"><is><t>  </t></is></c><c r="B1" s="1"/></row>'
    refused(package(tmp_path / "c.xlsx", parts(blank)), EmptyFileError)


# What is too large.


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    refused(path, TooLargeError, "200 MB")


def test_a_gigabyte_in_a_small_package_is_refused(tmp_path):
    stream, size = swelling(b"<x>", b" " * 2**20, 1024)
    path = raw_zip(
        tmp_path / "a.xlsx",
        [
            ("[Content_Types].xml", *deflated(packages.CONTENT_TYPES.encode())),
            ("xl/worksheets/sheet1.xml", stream, size, 0),
        ],
    )
    assert path.stat().st_size < 2 * 2**20
    refused(path, ZipBombError)


def test_a_gigabyte_that_declares_to_be_little_stops_where_it_said(tmp_path):
    rows = sheet(PLAIN).encode()
    stream, _ = swelling(rows[:-12], b" " * 2**20, 1024)
    entries = [
        (name, *deflated(data.encode())) for name, data in parts(PLAIN).items() if "sheet1" not in name
    ]
    path = raw_zip(tmp_path / "a.xlsx", [*entries, ("xl/worksheets/sheet1.xml", stream, len(rows), 0)])
    refused(path, DamagedError)


def test_entries_that_share_their_bytes_are_refused(tmp_path):
    path = package(tmp_path / "a.xlsx", parts(PLAIN) | {"xl/media/a": bytes(range(256)) * 400})
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02", data.rindex(b"xl/media/a") - 60)
    entry = data[start : data.rindex(b"PK\x05\x06")]
    copies = b"".join(entry.replace(b"xl/media/a", f"xl/media/{n}".encode()) for n in "bcdefghijk" * 20)
    end = bytearray(data[data.rindex(b"PK\x05\x06") :])
    count = int.from_bytes(end[8:10], "little") + 200
    end[8:12] = count.to_bytes(2, "little") * 2
    end[12:16] = (int.from_bytes(end[12:16], "little") + len(copies)).to_bytes(4, "little")
    path.write_bytes(data[: data.rindex(b"PK\x05\x06")] + copies + bytes(end))
    refused(path, ZipBombError)


def test_a_package_of_thousands_of_entries_is_refused(tmp_path):
    refused(
        package(tmp_path / "a.xlsx", parts(PLAIN) | {f"xl/media/{n}": b"" for n in range(2000)}), ZipBombError
    )


def test_a_package_within_the_package_is_refused(tmp_path):
    inner = package(tmp_path / "inner.xlsx", parts(PLAIN)).read_bytes()
    refused(package(tmp_path / "a.xlsx", parts(PLAIN) | {"xl/media/image1.png": inner}), ZipBombError)


def test_sixteen_thousand_columns_are_refused(tmp_path):
    cells = "".join(f'<c t="inlineStr"><is><t>Cột {n}</t></is></c>' for n in range(16_384))
    refused(package(tmp_path / "a.xlsx", parts(f'<row r="1">{cells}</row>')), TooLargeError, "16.384 cột")
    one_too_far = f'<row r="1">{cells}<c/></row>'
    refused(package(tmp_path / "b.xlsx", parts(one_too_far)), DamagedError)


def test_a_million_formatted_rows_without_a_value_are_passed_over(tmp_path):
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(3, 1_048_577))
    path = package(tmp_path / "a.xlsx", parts(PLAIN + empty))
    began = time.monotonic()
    assert [row.number for row in read(path, COLUMNS)] == [2]
    assert time.monotonic() - began < 30


def test_a_cell_at_the_far_corner_costs_nothing(tmp_path):
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    (_, last) = read(package(tmp_path / "a.xlsx", parts(PLAIN + corner)), COLUMNS)
    assert "XFD1048576" in last.problems[-1].text


def test_millions_of_shared_texts_are_refused(tmp_path):
    stream, size = swelling(strings("").removesuffix("</sst>").encode(), b"<si><t>a</t></si>" * 20_000, 300)
    entries = [(name, *deflated(data.encode())) for name, data in parts(PLAIN).items()]
    path = raw_zip(tmp_path / "a.xlsx", [*entries, ("xl/sharedStrings.xml", stream, size, 0)])
    began = time.monotonic()
    with pytest.raises((TooLargeError, ZipBombError)):
        inspect(path)
    assert time.monotonic() - began < 60


def test_one_endless_shared_text_is_refused(tmp_path):
    for text in ("<si><t>" + "a" * 40_000 + "</t></si>", "<si><r><t>" + "a" * 40_000 + "</t></r></si>"):
        entries = parts(PLAIN, xl__sharedStrings_xml=strings(text))
        refused(package(tmp_path / "a.xlsx", entries), DamagedError)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="str"><v>{}</v></c>',
        '<c r="B2" t="inlineStr"><is><t>{}</t></is></c>',
        '<c r="B2" t="inlineStr"><is><r><t>{}</t></r></is></c>',
    ],
)
def test_one_endless_cell_is_refused_with_its_name(tmp_path, cell):
    row = f'<row r="2">{cell.format("x" * 2_000_000)}</row>'
    refused(package(tmp_path / "a.xlsx", parts(HEADER + row)), CellError, "Ô B2")


def test_an_endless_tag_and_endless_depth_are_refused(tmp_path):
    tag = f'<row r="2"><c r="A2" x="{"y" * 3_000_000}"/></row>'
    refused(package(tmp_path / "a.xlsx", parts(HEADER + tag)), DamagedError)
    deep = "<a>" * 200_000 + "</a>" * 200_000
    for rows in (
        PLAIN + deep,
        f'{HEADER}<row r="2"><c r="A2" t="inlineStr"><is><r>{deep}</r></is></c></row>',
    ):
        refused(package(tmp_path / "b.xlsx", parts(rows)), DamagedError)
    refused(package(tmp_path / "c.xlsx", parts(PLAIN, xl__sharedStrings_xml=strings(deep))), DamagedError)
    refused(package(tmp_path / "d.xlsx", parts(PLAIN, xl__styles_xml=f"<x>{deep}</x>")), DamagedError)


# What would act by itself.


def test_macros_are_refused_by_part_type_and_name(tmp_path):
    types = packages.CONTENT_TYPES.replace(
        "application/xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    refused(
        package(tmp_path / "a.xlsx", parts(PLAIN) | {"[Content_Types].xml": types}),
        ActiveContentError,
        "macro",
    )
    for name in ("xl/vbaProject.bin", "XL/VBAPROJECT.BIN", "xl\\vbaProject.bin", "xl/macrosheets/sheet1.xml"):
        refused(package(tmp_path / "b.xlsx", parts(PLAIN) | {name: b"\xd0\xcf"}), ActiveContentError, "macro")
    refused(package(tmp_path / "c.xlsm", parts(PLAIN)), ActiveContentError, "macro")


@pytest.mark.parametrize(
    "name",
    ["xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/queryTable1.xml"],
)
def test_links_to_other_files_and_dde_are_refused(tmp_path, name):
    refused(package(tmp_path / "a.xlsx", parts(PLAIN) | {name: "<x/>"}), ActiveContentError, "liên kết")


def test_what_is_fetched_from_outside_is_refused_but_a_link_in_a_cell_is_not(tmp_path):
    def relation(kind: str) -> dict[str, str | bytes]:
        text = (
            f'<Relationships xmlns="{packages.PACKAGE}/relationships"><Relationship Id="x" '
            f'Type="{packages.OFFICE}/{kind}" Target="https://example.vn/" TargetMode="External"/></Relationships>'
        )
        return parts(PLAIN) | {"xl/worksheets/_rels/sheet1.xml.rels": text}

    refused(package(tmp_path / "a.xlsx", relation("image")), ActiveContentError, "liên kết")
    inspect(package(tmp_path / "b.xlsx", relation("hyperlink")))


@pytest.mark.parametrize(
    "name", ["xl/embeddings/oleObject1.bin", "xl/activeX/activeX1.xml", "xl/ctrlProps/c.xml"]
)
def test_embedded_objects_are_refused(tmp_path, name):
    refused(package(tmp_path / "a.xlsx", parts(PLAIN) | {name: "<x/>"}), ActiveContentError, "nhúng")


# What is no table of values.


def of_plain(text: str) -> str:
    return HEADER + A_ROW + f'<row r="5"><c r="A5"><v>1</v></c>{text}</row>'


@pytest.mark.parametrize(
    "formula",
    [
        "<f>1+1</f><v>2</v>",
        "<f/>",
        '<f t="shared" si="0"/><v>2</v>',
        "<v>2</v><f>1+1</f>",
        "<!-- --><f>1</f>",
        "<is><r><t>a</t></r></is><f>1</f>",
        '<x:f xmlns:x="' + MAIN + '">1</x:f>',
        '<f xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main">1</f>',
    ],
)
def test_a_formula_is_found_however_it_is_written(tmp_path, formula):
    rows = of_plain(f'<c r="C5">{formula}</c>')
    error = refused(package(tmp_path / "a.xlsx", parts(rows)), CellError)
    assert error.user_message == "Ô C5 có công thức. Hãy dán lại thành giá trị."


def test_the_first_formula_is_named(tmp_path):
    rows = (
        of_plain('<c r="D5"><f>1</f></c><c r="E5"><f>1</f></c>') + '<row r="6"><c r="A6"><f>1</f></c></row>'
    )
    refused(package(tmp_path / "a.xlsx", parts(rows)), CellError, "Ô D5")


def test_rules_and_formats_that_carry_expressions_are_no_formulas(tmp_path):
    after = (
        '<conditionalFormatting sqref="A1"><cfRule type="expression"><formula>1</formula></cfRule></conditionalFormatting>'
        '<dataValidations><dataValidation type="list"><formula1>"a,b"</formula1></dataValidation></dataValidations>'
    )
    inspect(package(tmp_path / "a.xlsx", parts(sheet(PLAIN, after=after))))


@pytest.mark.parametrize(
    ("merged", "named"), [(["A5:B6"], "A5"), (["C9:D9", "B3:B4", "D3:E3"], "B3"), (["A1:A2"], "A1")]
)
def test_the_first_merged_cell_in_the_table_is_named(tmp_path, merged, named):
    after = "<mergeCells>" + "".join(f'<mergeCell ref="{ref}"/>' for ref in merged) + "</mergeCells>"
    refused(package(tmp_path / "a.xlsx", parts(sheet(PLAIN, after=after))), CellError, f"Ô {named} được gộp")


# What is broken, or meant to be read differently by different programs.


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE worksheet SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE worksheet [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        "<!DOCTYPE worksheet>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_whichever_part(tmp_path, document, encoding):
    for name in (
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/theme.xml",
    ):
        whole = str(parts(PLAIN).get(name, "<x/>")).split("?>\n")[-1]
        data = f'<?xml version="1.0" encoding="{encoding}"?>{document}{whole}'.encode(encoding)
        refused(package(tmp_path / "a.xlsx", parts(PLAIN) | {name: data}), DamagedError)


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "xl/../../x", "..\\x", "C:\\x"])
def test_names_that_lead_out_of_the_package_are_refused(tmp_path, name):
    refused(package(tmp_path / "a.xlsx", parts(PLAIN) | {name: b"x"}), DamagedError)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(tmp_path):
    for other in ("xl/worksheets/sheet1.xml", "XL/Worksheets/Sheet1.XML", "xl\\worksheets\\sheet1.xml"):
        path = package(tmp_path / "a.xlsx", parts(PLAIN))
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(other, sheet(PLAIN))
        refused(path, DamagedError)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="2"/>',
        '<row r="3"/><row r="2"/>',
        '<row r="0"/>',
        '<row r="1048577"/>',
        '<row r="x"/>',
        '<row r="2"><c r="A2"/><c r="A2"/></row>',
        '<row r="2"><c r="B2"/><c r="A2"/></row>',
        '<row r="2"><c r="A3"/></row>',
        '<row r="2"><c r="XFE2"/></row>',
        '<row r="2"><c r="AAAA2"/></row>',
        '<row r="2"><c r="2"/></row>',
        '<row r="2"><c r="a2"/></row>',
        '<row r="2"><row r="3"/></row>',
        '<row r="2"><c r="A2"><c r="B2"/></c></row>',
        '<c r="A2"/>',
        '<row r="2"><c r="A2" t="s"><v>0</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>',
        '<row r="2"><c r="A2" t="s"><v>x</v></c></row>',
        '<row r="2"><c r="A2"><v>&nothing;</v></c></row>',
        '<row r="2"><c r="A2"><v>&#0;</v></c></row>',
        '<row r="2"><c r="A2"><v>&amp</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c>',
    ],
)
def test_a_sheet_that_contradicts_itself_is_refused(tmp_path, rows):
    refused(package(tmp_path / "a.xlsx", parts(HEADER + rows)), DamagedError)


def test_bytes_that_are_no_text_are_refused(tmp_path):
    data = sheet(PLAIN).encode().replace("Một".encode(), b"M\xff\xfet")
    refused(package(tmp_path / "a.xlsx", parts(data)), DamagedError)


def test_a_package_cut_off_anywhere_is_refused_in_words(tmp_path):
    whole = package(tmp_path / "a.xlsx", parts(PLAIN)).read_bytes()
    for end in range(5, len(whole), 61):
        path = tmp_path / "b.xlsx"
        path.write_bytes(whole[:end])
        with pytest.raises(SpreadsheetError):
            inspect(path)


def test_a_package_with_any_byte_turned_is_read_or_refused_in_words(tmp_path):
    whole = package(tmp_path / "a.xlsx", parts(PLAIN)).read_bytes()
    path = tmp_path / "b.xlsx"
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        # Whatever else is raised fails the test.
        with contextlib.suppress(SpreadsheetError):
            list(read(path, COLUMNS))


def test_a_locked_entry_and_a_strange_compression_are_refused(tmp_path):
    path = package(tmp_path / "a.xlsx", parts(PLAIN))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    refused(path, EncryptedError)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_LZMA) as archive:
        for name, text in parts(PLAIN).items():
            archive.writestr(name, text)
    refused(tmp_path / "b.xlsx", DamagedError)


# Sheets.


def two_sheets(state: str = "visible") -> dict[str, str | bytes]:
    book = packages.BOOK.replace(
        "<sheets>", f'<sheets><sheet name="Ẩn" sheetId="2" state="{state}" r:id="h"/>'
    )
    relations = packages.BOOK_RELATIONS.replace(
        "</Relationships>",
        f'<Relationship Id="h" Type="{packages.OFFICE}/worksheet" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    )
    other = sheet(HEADER + A_ROW.replace("Một", "Hai"))
    return parts(PLAIN) | {
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": relations,
        "xl/worksheets/sheet2.xml": other,
    }


def names(path: Path, sheet: str | None = None) -> list[str]:
    return [row.values["name"] for row in read(path, COLUMNS, sheet=sheet)]


def test_the_first_visible_sheet_is_read_unless_one_is_named(tmp_path):
    path = package(tmp_path / "a.xlsx", two_sheets(state="hidden"))
    assert names(path) == ["Một"]
    assert names(path, "AN") == ["Hai"]
    assert names(package(tmp_path / "b.xlsx", two_sheets())) == ["Hai"]
    with pytest.raises(SheetNotFoundError, match="no sheet") as missing:
        read(path, COLUMNS, sheet="Đơn vị")
    assert "“Ẩn”, “Bảng”" in missing.value.user_message


def test_a_workbook_of_hidden_sheets_says_so(tmp_path):
    hidden = packages.BOOK.replace('r:id="s"', 'r:id="s" state="veryHidden"')
    refused(
        package(tmp_path / "a.xlsx", parts(PLAIN) | {"xl/workbook.xml": hidden}), SheetNotFoundError, "bỏ ẩn"
    )


def test_reading_uses_the_same_little_memory_for_any_number_of_rows(tmp_path):
    def rows(count: int) -> str:
        return HEADER + "".join(
            f'<row r="{n}"><c r="A{n}" t="s"><v>{n % 500}</v></c></row>' for n in range(2, count)
        )

    texts = strings("".join(f"<si><t>Nguyễn Thị {n}</t></si>" for n in range(500)))
    peak: Callable[[Path], int] = peak_of_reading
    few, many = (
        peak(package(tmp_path / f"{count}.xlsx", parts(rows(count), xl__sharedStrings_xml=texts)))
        for count in (3_000, 20_000)
    )
    assert many < few + 2**20


def peak_of_reading(path: Path) -> int:
    tracemalloc.start()
    try:
        for _ in read(path, COLUMNS):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
