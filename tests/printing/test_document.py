"""What a document is, and what it cannot be."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest

from congdoan.printing import (
    Annex,
    Chart,
    FigureRun,
    Figures,
    Heading,
    Items,
    Layout,
    Link,
    Paragraph,
    PictureError,
    Recipients,
    Signature,
    Table,
    Text,
    wording,
    write_docx,
    write_html,
    write_pdf,
)
from congdoan.printing.document import closed, runs_of
from congdoan.printing.pictures import prepared
from tests.printing.documents import document, figure, photo


def words_of(block: object) -> str:
    return "".join(run.text for run in runs_of(block))  # type: ignore[arg-type]  # a block


def test_the_body_ends_with_its_sign_in_the_last_words() -> None:
    assert words_of(closed((Paragraph("Trân trọng báo cáo."),))[-1]) == "Trân trọng báo cáo./."
    assert words_of(closed((Paragraph((Text("Đạt "), Text("66%", bold=True))),))[-1]) == "Đạt 66%./."
    assert words_of(closed((Items(("Một;", "Hai;")),))[-1]) == "Một;Hai./."
    assert words_of(closed((Paragraph("Đã có./."),))[-1]) == "Đã có./."


def test_a_body_that_ends_with_a_table_gets_the_sign_below_it() -> None:
    table = Table(("A",), (("1",),))

    assert closed((table,)) == (table, Paragraph("./."))
    assert closed(()) == (Paragraph("./."),)


def test_grounds_recipients_and_signature_get_the_signs_of_the_decree() -> None:
    given = document(
        grounds=("Căn cứ Luật A.", "Căn cứ Luật B"),
        recipients=Recipients(("Như trên;", "- Ban Tổ chức"), "VT"),
        signature=Signature(("TM. Ban Thường vụ",), "Chủ tịch", "Nguyễn Văn An"),
    )

    assert wording.ground_lines(given) == ["Căn cứ Luật A;", "Căn cứ Luật B."]
    assert wording.recipient_lines(given.recipients) == ["- Như trên;", "- Ban Tổ chức;", "- Lưu: VT."]
    assert wording.signature_lines(given.signature) == ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (dt.date(2020, 1, 5), "Lào Cai, ngày 05 tháng 01 năm 2020"),
        (dt.date(2020, 3, 12), "Lào Cai, ngày 12 tháng 3 năm 2020"),
    ],
)
def test_place_and_date_are_written_as_the_decree_wants(day: dt.date, line: str) -> None:
    given = document()

    assert wording.place_line(replace(given, letterhead=replace(given.letterhead, day=day))) == line


def test_one_annex_has_no_number_and_two_have_roman_ones() -> None:
    assert wording.annex_number(1, 1) == "Phụ lục"
    assert [wording.annex_number(n, 4) for n in (1, 4)] == ["Phụ lục I", "Phụ lục IV"]


def test_a_number_that_no_table_of_figures_explains_is_refused() -> None:
    stray = Paragraph((FigureRun("7", 99, "/so-lieu/99/"),))

    with pytest.raises(ValueError, match="figure 99"):
        document(body=(stray,))
    assert document(body=(stray,), annexes=()).explains(99) is False


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example", "/a b", "so-lieu/1/"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    for make in (
        lambda: Link("x", address),
        lambda: FigureRun("1", 1, address),
        lambda: figure(1, address=address),
    ):
        with pytest.raises(ValueError, match="no address"):
            make()


def test_a_figure_that_was_not_published_leads_to_its_entry_alone() -> None:
    given = document(
        body=(Paragraph((FigureRun("7.777", 1, ""),)),),
        annexes=(Annex("Số liệu", (Figures((figure(1, address=""), figure(2))),)),),
    )

    html, word = write_html(given), write_docx(given)

    assert '7.777<sup><a href="#so-1">[1]</a></sup>' in html
    assert "số liệu 1" not in html
    assert "Mã QR dẫn đến số liệu 2" in html
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        text = package.read("word/document.xml").decode()
    assert "Mã QR dẫn đến số liệu 1" not in text
    assert "Mã QR dẫn đến số liệu 2" in text
    assert b"/so-lieu/1002/)" in write_pdf(given)
    assert b"/so-lieu/1001/)" not in write_pdf(given)
    with pytest.raises(ValueError, match="no address"):
        Link("x", "")


def test_an_address_of_the_site_needs_the_site() -> None:
    with pytest.raises(ValueError, match="without its site"):
        document(site="")


@pytest.mark.parametrize(
    "make",
    [
        lambda: Heading(4, "x"),
        lambda: Table((), ()),
        lambda: Table(("A", "B"), (("1",),)),
        lambda: Table(("A", "B"), (), widths=(1.0,)),
        lambda: Chart("<svg/>", " "),
        lambda: Layout(body=12),
        lambda: Layout(left=20),
    ],
    ids=["level", "no columns", "short row", "widths", "no words for a picture", "letter", "margin"],
)
def test_what_cannot_be_printed_cannot_be_built(make: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        make()  # type: ignore[operator]  # a function


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        '<image href="https://elsewhere.example/x.png"/>',
        '<rect onload="x()"/>',
        "<style>@import 'x'</style>",
        '<rect fill="url(https://elsewhere.example/#a)"/>',
        "<foreignObject/>",
        '<rect style="fill: url(//elsewhere.example)"/>',
        "<rect>",
    ],
)
def test_a_drawing_that_runs_or_fetches_something_is_refused(inside: str) -> None:
    assert Chart('<svg><rect fill="url(#h2)"/><text>onload="x" href url(x) &lt;script></text></svg>', "x").svg

    with pytest.raises(ValueError, match="a drawing"):
        Chart(f"<svg>{inside}</svg>", "x")


def test_words_are_cleaned_of_what_no_file_may_hold_or_would_turn_them_around() -> None:
    assert wording.clean("a\x00b\u202ec\nd\ud800") == "abc d"
    assert wording.clean("Nguye\u0302\u0303n") == "Nguyễn"


def test_a_letter_that_the_font_lacks_becomes_a_box_and_long_words_may_break() -> None:
    assert wording.printable("Tốt 👍") == "Tốt □"
    assert wording.printable("Trưởng ban Ω ≥ 5 €") == "Trưởng ban Ω ≥ 5 €"
    assert wording.printable("x" * 30).replace("\u200b", "") == "x" * 30
    assert "\u200b" in wording.printable("x" * 30)


def test_pictures_are_made_upright_smaller_and_free_of_what_the_camera_wrote() -> None:
    made = prepared(photo((4000, 1000)))

    assert (made.kind, made.width, made.height) == ("jpg", 1900, 475)
    assert prepared(photo(kind="WEBP")).kind == "jpg"
    with pytest.raises(PictureError):
        prepared(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    with pytest.raises(PictureError):
        prepared(photo()[:300])
