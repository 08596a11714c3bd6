"""The PDF: what it says, how it says it to machines, and that nothing in the words is taken for markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2
import pytest

from congdoan.printing import (
    Annex,
    Document,
    Figures,
    Heading,
    Paragraph,
    Picture,
    PictureError,
    Table,
    write_pdf,
)
from tests.printing.documents import HOSTILE, document, figure, hostile, photo


def pages_of(pdf: bytes) -> list[str]:
    """Text of each page; words that were broken are whole again."""
    opened = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded() for page in opened]


def joined(text: str) -> str:
    """Text without spaces and breaks, which depend on where lines end."""
    return re.sub(r"[\s\u200b\ufffe\u0002]+", "", text)


@pytest.fixture(scope="module")
def printed() -> bytes:
    return write_pdf(document())


def test_every_part_of_the_layout_is_there_with_its_diacritics(printed: bytes) -> None:
    text = joined(" ".join(pages_of(printed)))

    for part in (
        "TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM",
        "LIÊN ĐOÀN LAO ĐỘNG TỈNH LÀO CAI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-LĐLĐ",
        "Lào Cai, ngày 05 tháng 01 năm 2020",
        "BÁO CÁO",
        "Căn cứ Điều lệ Công đoàn Việt Nam;",
        "Căn cứ Kế hoạch số 12/KH-LĐLĐ.",
        "I. KẾT QUẢ THỰC HIỆN",
        "13.076,5[1]",
        "6.383[2]",
        "Trên đây là báo cáo năm 2019./.",
        "Nơi nhận:",
        "- Lưu: VT, CSPL.",
        "TM. BAN THƯỜNG VỤ",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nguyễn Thị Ơn",
        "Phụ lục",
        "SỐ LIỆU CỦA BÁO CÁO",
        "(Kèm theo Báo cáo số 05/BC-LĐLĐ ngày 05 tháng 01 năm 2020 của Liên đoàn Lao động tỉnh Lào Cai)",
    ):
        assert joined(part) in text, part


def test_it_says_to_machines_that_it_is_accessible_and_made_for_archives(printed: bytes) -> None:
    assert b"<pdfuaid:part>1</pdfuaid:part>" in printed
    assert b"<pdfaid:part>2</pdfaid:part>" in printed
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in printed
    assert b"vi-VN" in printed
    metadata = pypdfium2.PdfDocument(printed).get_metadata_dict()
    assert metadata["Title"] == "Báo cáo Kết quả hoạt động công đoàn năm 2019"
    assert metadata["Author"] == "Liên đoàn Lao động tỉnh Lào Cai"
    assert metadata["CreationDate"].startswith("D:20200105")


def test_its_only_letters_are_those_it_carries(printed: bytes) -> None:
    names = set(re.findall(rb"/FontName/([A-Z]{6}\+[\w-]+)", printed))

    assert {name.split(b"+")[1] for name in names} == {
        b"Tinos-Regular",
        b"Tinos-Bold",
        b"Tinos-Italic",
        b"Tinos-BoldItalic",
    }
    assert printed.count(b"/FontFile2") >= len(names)


def test_text_in_a_chart_is_text(printed: bytes) -> None:
    assert joined("Người (đoàn viên)") in joined(" ".join(pages_of(printed)))


def test_the_page_number_is_hidden_on_the_first_page_only(printed: bytes) -> None:
    opened = pypdfium2.PdfDocument(printed)

    def in_top_margin(number: int) -> str:
        page = opened[number]
        return str(page.get_textpage().get_text_bounded(bottom=page.get_height() - 55).strip())

    assert in_top_margin(0) == ""
    assert [in_top_margin(number) for number in range(1, len(opened))] == [
        str(number + 1) for number in range(1, len(opened))
    ]


def test_numbers_lead_to_their_figures(printed: bytes) -> None:
    for address in (
        b"https://congdoan.example.vn/so-lieu/1001/",
        b"https://congdoan.example.vn/tin-tuc/nam-truoc/",
    ):
        assert b"/URI(" + address + b")" in printed


def test_the_same_document_gives_the_same_bytes() -> None:
    other = document()

    assert write_pdf(document()) == write_pdf(other)
    assert write_pdf(replace(other, summary="Khác")) != write_pdf(other)


def test_words_that_look_like_markup_are_printed_as_they_are() -> None:
    text = joined(" ".join(pages_of(write_pdf(hostile()))))

    for words in HOSTILE:
        assert text.count(joined(words)) >= 3, words
    assert "root:" not in text


def test_three_hundred_figures_and_a_table_of_all_unions_are_printed_whole() -> None:
    rows = tuple((f"CĐCS Công ty số {n}", f"{n}.289") for n in range(1289))
    made: Document = document(
        annexes=(
            Annex("Số liệu", (Figures(tuple(figure(n) for n in range(1, 301))),)),
            Annex("Công đoàn cơ sở", (Table(("Tên", "Đoàn viên"), rows, numeric=frozenset({1})),)),
        )
    )

    pages = pages_of(write_pdf(made))
    text = joined(" ".join(pages))

    assert all(joined(f"nhóm {n} ") in text and f"{12 + n}.076,5" in text for n in range(1, 301))
    assert all(joined(name) in text and value in text for name, value in rows)
    assert sum("Đã báo" in page for page in pages) > 10, "the header row is repeated"
    assert text.index("PhụlụcI") < text.index("PhụlụcII")


def test_what_is_very_long_stays_on_the_paper() -> None:
    name = "Công đoàn cơ sở " * 60 + "x" * 400
    pdf = write_pdf(document(body=(Paragraph(name), Table(("A", "B", "C"), ((name, name, name),)))))

    opened = pypdfium2.PdfDocument(pdf)
    for page in opened:
        texts = page.get_textpage()
        boxes = [
            texts.get_charbox(at) for at in range(texts.count_chars()) if texts.get_text_range(at, 1) == "x"
        ]
        assert all(right <= page.get_width() - 15 / 25.4 * 72 + 1 for _, _, right, _ in boxes)
    assert joined(" ".join(pages_of(pdf))).count("x" * 400) == 4


def test_captions_headings_and_signatures_never_stand_alone() -> None:
    picture = Picture(photo((1000, 500)), "Hội nghị", "Ảnh chú thích")
    table = Table(("Cột",), (("Ô",),) * 3, "Bảng chú thích")
    for count in range(14, 36):
        filling = (Paragraph("Nội dung"),) * count
        pdf = write_pdf(document(body=(*filling, picture, Heading(1, "Đề mục"), table, *filling), annexes=()))
        pages = [page.strip() for page in pages_of(pdf)]

        assert not any(page.endswith(("Bảng chú thích", "ĐỀ MỤC")) for page in pages)
        assert not any(
            page.removeprefix(str(at)).strip().startswith("Nơi nhận") for at, page in enumerate(pages, 1)
        )
        for page, text in zip(pypdfium2.PdfDocument(pdf), pages, strict=True):
            has_picture = any(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in page.get_objects())
            assert has_picture is ("Ảnh chú thích" in text)


def test_a_letter_has_its_summary_under_its_number_and_no_name_of_its_kind() -> None:
    first = joined(
        pages_of(write_pdf(document(kind="", summary="tổ chức Tháng Công nhân", to=("LĐLĐ các huyện",))))[0]
    )

    assert "V/vtổchứcThángCôngnhân" in first
    assert joined("Kính gửi: LĐLĐ các huyện") in first
    assert "BÁOCÁO" not in first


def test_a_picture_that_is_none_is_refused() -> None:
    with pytest.raises(PictureError):
        write_pdf(document(body=(Picture(b"GIF89a nothing", "x"),)))
