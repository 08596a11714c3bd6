"""The DOCX: named styles, page, tables and pictures that word processors and screen readers understand."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from congdoan.printing import Annex, Figures, Layout, Table, write_docx
from tests.printing.documents import HOSTILE, document, figure, hostile

# Children in the order that the schema (ECMA-376, part 1, annex A) wants, as far as we write them.
ORDERS = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr spacing ind jc outlineLvl",
    "w:rPr": "rStyle rFonts b bCs i iCs caps color sz szCs vertAlign lang",
    "w:tblPr": "tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "w:tblCellMar": "top left bottom right",
    "w:tc": "tcPr p",
    "w:tr": "trPr tc",
    "w:tbl": "tblPr tblGrid tr",
    "w:hyperlink": "r",
}


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def everything_written(made: Any) -> str:
    return "".join(node.text or "" for node in made.element.iter(qn("w:t")))


@pytest.fixture(scope="module")
def content() -> bytes:
    return write_docx(document())


@pytest.fixture(scope="module")
def made(content: bytes) -> Any:
    return opened(content)


def test_paragraphs_have_named_styles(made: Any) -> None:
    styles = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs]

    for expected in (
        ("Title", "BÁO CÁO"),
        ("Trích yếu", "Kết quả hoạt động công đoàn năm 2019"),
        ("Căn cứ", "Căn cứ Kế hoạch số 12/KH-LĐLĐ."),
        ("Heading 1", "I. Kết quả thực hiện"),
        ("Heading 2", "1. Phát triển đoàn viên"),
        ("Body Text", "Cả tỉnh kết nạp 13.076,5[1] người, tăng mạnh so với năm trước."),
        ("Body Text", "Trên đây là báo cáo năm 2019./."),
        ("List Bullet", "Thành lập mới"),
        ("Quote", "Đoàn kết là sức mạnh."),
        ("Caption", "Bảng 1. Đoàn viên"),
        ("Phụ lục", "Phụ lục"),
        ("Tên phụ lục", "SỐ LIỆU CỦA BÁO CÁO"),
    ):
        assert expected in styles


def test_styles_have_plain_identifiers_of_their_own(made: Any) -> None:
    ids = [style.style_id for style in made.styles]

    assert "CoQuanBanHanh" in ids
    assert all(one.isascii() for one in ids)
    assert len(set(ids)) == len(ids)


def test_letterhead_and_signature_are_tables_of_the_decrees_widths(made: Any) -> None:
    head, signature = made.tables[0], made.tables[2]

    assert [round(column.width / Mm(1)) for column in head.columns] == [63, 102]
    assert [[cell.text.split("\n") for cell in row.cells] for row in head.rows] == [
        [
            ["TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", "LIÊN ĐOÀN LAO ĐỘNG TỈNH LÀO CAI", ""],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", ""],
        ],
        [["Số: 05/BC-LĐLĐ"], ["Lào Cai, ngày 05 tháng 01 năm 2020"]],
    ]
    assert [round(column.width / Mm(1)) for column in signature.columns] == [58, 107]
    assert [paragraph.style.name for paragraph in signature.cell(0, 0).paragraphs] == [
        "Nơi nhận",
        *["Danh sách nơi nhận"] * 3,
    ]
    assert signature.cell(0, 1).text.split("\n") == [
        "TM. BAN THƯỜNG VỤ",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Thị Ơn",
    ]
    for table in (head, signature):
        borders = table._tbl.tblPr.find(qn("w:tblBorders"))
        assert {side.get(qn("w:val")) for side in borders} == {"nil"}


def test_the_page_is_a4_with_the_decrees_margins_and_its_number_in_the_top_one(made: Any) -> None:
    section = made.sections[0]

    assert [round(one / Mm(1)) for one in (section.page_width, section.page_height)] == [210, 297]
    assert [round(one / Mm(1)) for one in (section.top_margin, section.bottom_margin)] == [20, 20]
    assert [round(one / Mm(1)) for one in (section.left_margin, section.right_margin)] == [30, 15]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert [node.text for node in section.header._element.iter(qn("w:instrText"))] == ["PAGE"]


def test_letters_are_times_new_roman_and_the_language_is_vietnamese(made: Any) -> None:
    body = made.styles["Body Text"]

    assert body.font.name == "Times New Roman"
    assert body.font.size == Pt(14)
    assert round(body.paragraph_format.first_line_indent / Mm(1), 1) == 12.7
    assert [node.get(qn("w:val")) for node in made.styles.element.iter(qn("w:lang"))] == ["vi-VN"]
    assert made.core_properties.language == "vi-VN"
    assert made.core_properties.title == "Báo cáo Kết quả hoạt động công đoàn năm 2019"


def test_sizes_are_settings() -> None:
    made = opened(write_docx(document(), Layout(body=13, left=35)))

    assert made.styles["Body Text"].font.size == Pt(13)
    assert round(made.sections[0].left_margin / Mm(1)) == 35


def test_numbers_lead_to_their_figures_and_to_the_annex(made: Any) -> None:
    links = list(made.element.iter(qn("w:hyperlink")))
    targets = {made.part.rels[link.get(qn("r:id"))].target_ref for link in links if link.get(qn("r:id"))}
    anchors = {link.get(qn("w:anchor")) for link in links} - {None}

    assert "https://congdoan.example.vn/so-lieu/1001/" in targets
    assert anchors == {"so_1", "so_2"}
    assert anchors < {node.get(qn("w:name")) for node in made.element.iter(qn("w:bookmarkStart"))}


def test_pictures_have_words_and_a_chart_is_a_drawing_with_a_picture_to_fall_back_on(
    content: bytes, made: Any
) -> None:
    names = [node.get("descr") for node in made.element.iter(qn("wp:docPr"))]
    ids = [node.get("id") for node in made.element.iter(qn("wp:docPr"))]

    assert names[:3] == [
        "Đoàn viên tăng từ 9.000 lên 12.076",
        "Hội nghị người lao động",
        "Mã QR dẫn đến số liệu 1",
    ]
    assert len(set(ids)) == len(ids) == 5
    drawing = next(node for node in made.element.iter() if str(node.tag).endswith("}svgBlip"))
    svg = made.part.related_parts[drawing.get(qn("r:embed"))]
    assert "đoàn viên" in svg.blob.decode()
    assert svg.content_type == "image/svg+xml"
    picture = made.part.related_parts[drawing.getparent().getparent().getparent().get(qn("r:embed"))]
    assert picture.blob.startswith(b"\x89PNG")
    assert b"image/svg+xml" in parts(content)["[Content_Types].xml"]


def test_each_table_repeats_its_header_row(made: Any) -> None:
    for table, has_head in zip(made.tables, (False, True, False, True), strict=True):
        first = table._tbl.tr_lst[0]
        assert (first.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None) is has_head


def test_each_counted_list_begins_at_one(made: Any) -> None:
    numbers = [
        paragraph._p.pPr.numPr.numId.val
        for paragraph in made.paragraphs
        if paragraph.style.name == "List Number"
    ]

    assert numbers[0] == numbers[1] != numbers[2]
    root = made.part.numbering_part.element
    for number in set(numbers):
        start = root.find(f"{qn('w:num')}[@{qn('w:numId')}='{number}']//{qn('w:startOverride')}")
        assert start.get(qn("w:val")) == "1"


@pytest.mark.parametrize("parent", ORDERS)
def test_parts_stand_in_the_order_of_the_schema(made: Any, parent: str) -> None:
    places = {qn(f"w:{name}"): place for place, name in enumerate(ORDERS[parent].split())}
    seen = 0
    for root in (made.element, made.sections[0].header._element):
        for node in root.iter(qn(parent)):
            found = [places[child.tag] for child in node]
            assert all(one <= other for one, other in pairwise(found)), [child.tag for child in node]
            seen += 1
    assert seen


def test_the_same_document_gives_the_same_bytes(content: bytes) -> None:
    assert write_docx(document()) == content


def test_words_that_look_like_markup_are_written_as_they_are() -> None:
    content = write_docx(hostile())
    text = everything_written(opened(content))

    for words in HOSTILE:
        assert text.count(words.rstrip(" .;,-")) >= 3, words
    for name, part in parts(content).items():
        if name.endswith(".xml"):
            assert b"<script" not in part, name


def test_three_hundred_figures_and_a_table_of_all_unions_are_written_whole() -> None:
    rows = tuple((f"CĐCS Công ty số {n}", f"{n}.289") for n in range(1289))
    made = opened(
        write_docx(
            document(
                annexes=(
                    Annex("Số liệu", (Figures(tuple(figure(n) for n in range(1, 301)), codes=False),)),
                    Annex("Công đoàn cơ sở", (Table(("Tên", "Đoàn viên"), rows),)),
                )
            )
        )
    )

    assert len(made.tables[3]._tbl.tr_lst) == 301
    assert [
        tuple(node.text for node in row.iter(qn("w:t"))) for row in made.tables[4]._tbl.tr_lst[1:]
    ] == list(rows)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice Writer (soffice) is not installed")
def test_a_word_processor_opens_it(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(content)

    for kind in ("pdf", "txt:Text (encoded):UTF8"):
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
                *("--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "report.docx")),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )

    text = (tmp_path / "report.txt").read_text(encoding="utf-8-sig")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Trên đây là báo cáo năm 2019./." in text
    assert "3\nĐoàn viên kết nạp mới, nhóm 3" in text
    pages = list(pypdfium2.PdfDocument(tmp_path / "report.pdf"))
    top = [page.get_textpage().get_text_bounded(bottom=page.get_height() - 50).strip() for page in pages]
    assert top == ["", *(str(number) for number in range(2, len(pages) + 1))]
