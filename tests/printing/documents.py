"""Documents that the tests print."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

from PIL import Image

from congdoan.printing import (
    Annex,
    Block,
    Chart,
    Document,
    FigureRow,
    FigureRun,
    Figures,
    Heading,
    Items,
    Letterhead,
    Link,
    Paragraph,
    Picture,
    Quote,
    Recipients,
    Signature,
    Table,
    Text,
)
from congdoan.printing.charts import Series, line_chart

SITE = "https://congdoan.example.vn"


def figure(number: int, **given: Any) -> FigureRow:
    row = FigureRow(
        number=number,
        name=f"Đoàn viên kết nạp mới, nhóm {number}",
        definition="Số người được kết nạp trong kỳ",
        value=f"{12 + number}.076,5",
        coverage=f"{number}/999",
        window="Năm 2019",
        source="Mẫu B07",
        address=f"/so-lieu/{1000 + number}/",
    )
    return replace(row, **given)


def chart() -> Chart:
    svg = line_chart([Series("", [9000, None, 12076])], ["2017", "2018", "2019"], unit="Người (đoàn viên)")
    return Chart(svg, "Đoàn viên tăng từ 9.000 lên 12.076", "Biểu đồ 1. Đoàn viên theo năm")


def photo(size: tuple[int, int] = (400, 200), kind: str = "JPEG") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, "#0b4a99").save(stream, kind)
    return stream.getvalue()


def everything() -> tuple[Block, ...]:
    """One block of each kind."""
    return (
        Paragraph("Ban Thường vụ báo cáo như sau:"),
        Heading(1, "I. Kết quả thực hiện"),
        Heading(2, "1. Phát triển đoàn viên"),
        Paragraph(
            (
                Text("Cả tỉnh kết nạp "),
                FigureRun("13.076,5", 1, "/so-lieu/1001/", bold=True),
                Text(" người, "),
                Text("tăng mạnh", bold=True),
                Text(" so với "),
                Link("năm trước", "/tin-tuc/nam-truoc/"),
                Text("."),
            )
        ),
        Items(("Thành lập mới", "Củng cố")),
        Items(("Thứ nhất", "Thứ hai"), counted=True),
        Items(("Lại từ đầu",), counted=True),
        Quote("Đoàn kết là sức mạnh."),
        Table(
            ("Đơn vị", "Số"),
            (("LĐLĐ huyện Bảo Yên", (FigureRun("6.383", 2, "/so-lieu/1002/"),)),),
            "Bảng 1. Đoàn viên",
            frozenset({1}),
            (3, 1),
        ),
        chart(),
        Picture(photo(), "Hội nghị người lao động", "Ảnh 1. Hội nghị"),
        Paragraph("Trên đây là báo cáo năm 2019."),
    )


def document(**given: Any) -> Document:
    made: dict[str, Any] = {
        "letterhead": Letterhead(
            "Tổng Liên đoàn Lao động Việt Nam",
            "Liên đoàn Lao động tỉnh Lào Cai",
            "05/BC-LĐLĐ",
            "Lào Cai",
            dt.date(2020, 1, 5),
        ),
        "kind": "Báo cáo",
        "summary": "Kết quả hoạt động công đoàn năm 2019",
        "grounds": ("Căn cứ Điều lệ Công đoàn Việt Nam;", "Căn cứ Kế hoạch số 12/KH-LĐLĐ"),
        "body": everything(),
        "signature": Signature(("TM. Ban Thường vụ", "KT. Chủ tịch"), "Phó Chủ tịch", "Nguyễn Thị Ơn"),
        "recipients": Recipients(("Tổng Liên đoàn Lao động Việt Nam", "Như kính gửi"), "VT, CSPL"),
        "annexes": (Annex("Số liệu của báo cáo", (Figures(tuple(figure(n) for n in (1, 2, 3))),)),),
        "site": SITE,
    }
    return Document(**{**made, **given})


HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    '#read("/etc/passwd") *đậm* _nghiêng_ `mã` $x^2$ <nhãn> @trích = Đề mục',
    "\\ \\n \\u{41} // chú thích /* và */",
    "<script>alert('1')</script> &amp; </p> ]]> <!--",
    "{{ SECRET_KEY }} {% include 'x' %} ${7*7} %(name)s",
    "- không phải danh sách + 1. cũng không",
)
"""Words that some writer might take for its own language."""


def hostile() -> Document:
    """The same words in every place that holds words."""
    words = HOSTILE
    return document(
        letterhead=Letterhead(words[0], words[1], words[2], words[3], dt.date(2020, 1, 5)),
        kind=words[4],
        summary=words[1],
        grounds=words,
        body=(
            *(Paragraph(text) for text in words),
            Heading(1, words[3]),
            Heading(2, words[1]),
            Items(words),
            Quote(words[1]),
            Table(words[:2], (words[2:4], words[4:6]), words[0]),
            Chart(chart().svg, words[3], words[1]),
        ),
        signature=Signature((words[1],), words[3], words[0]),
        recipients=Recipients(words, words[3]),
        annexes=(
            Annex(words[3], (Figures((figure(1, name=words[1], definition=words[3], value=words[0]),)),)),
        ),
    )
