"""Pages that were saved as HTML: three families of layouts, all invented."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from congdoan.portal.importing import (
    Figure,
    Heading,
    ItemList,
    PageError,
    Paragraph,
    Poll,
    Quote,
    Table,
    parse,
    parse_file,
)
from tests.factories import picture_file

PAGES = Path(__file__).parent / "pages"


@pytest.fixture(scope="module")
def tables():
    return parse_file(PAGES / "table_layout.html")


@pytest.fixture(scope="module")
def article():
    return parse_file(PAGES / "article_element.html")


@pytest.fixture(scope="module")
def soup():
    return parse_file(PAGES / "div_soup.html")


def kinds(page):
    return [type(block) for block in page.blocks]


def test_a_portal_laid_out_in_tables_is_read(tables):
    assert tables.title == "Bếp ăn ca ở xưởng Mây Trắng: bữa cơm có người đi chợ cùng"
    assert tables.lead.startswith("Từ khi tổ công đoàn cử người đi chợ")
    assert tables.breadcrumb == ("Tin tức", "Đời sống công nhân")
    assert (tables.published_at, tables.has_time) == (dt.datetime.fromisoformat("2020-05-06T08:32"), True)
    assert (tables.author, tables.organisation) == ("Giàng A Vừ", "CĐCS xưởng Mây Trắng")
    assert kinds(tables) == [Paragraph, Figure, Paragraph, Paragraph, Table, Heading, ItemList, Paragraph]
    assert tables.captions == ["Tổ đi chợ của chuyền may số hai chọn rau ở sạp quen."]
    assert tables.source_url == "http://congdoan.vidu.example/vi/news/Doi-song/bep-an-ca/"


def test_the_widgets_of_a_portal_laid_out_in_tables_are_offered(tables):
    assert tables.slogan == "Nhà xưởng sạch, bữa ca ngon, người thợ yên lòng."
    assert tables.poll == Poll(
        "Bạn muốn đọc thêm về điều gì?", ("Bữa ăn ca", "Nhà ở cho người thợ", "Lớp học buổi tối")
    )
    assert tables.visits == 1_204_567
    assert [(fact.label, fact.value, fact.as_of) for fact in tables.facts] == [
        ("Diện tích", "1.250,5", ""),
        ("Dân số", "61.300", "2019"),
    ]


def test_a_table_of_data_keeps_its_rows_and_headings(tables):
    (table,) = [block for block in tables.blocks if isinstance(block, Table)]
    assert table.has_head
    assert table.rows == (
        ("Tháng", "Giá suất ăn (đồng)", "Số suất"),
        ("Hai", "18.000", "4.120"),
        ("Ba", "18.500", "4.385"),
    )


def test_a_page_with_an_article_element_and_json_ld_is_read(article):
    assert article.title == "Lớp học buổi tối của thợ mỏ"
    assert article.breadcrumb == ("Tin bài", "Văn hoá, học tập")
    assert article.published_at == dt.datetime.fromisoformat("2021-03-18T09:20:00+07:00")
    assert (article.byline, article.author) == ("Tin, ảnh: Bùi Thế Lâm", "Bùi Thế Lâm")
    assert kinds(article) == [Figure, Paragraph, Heading, Paragraph, Quote, ItemList, Figure, Paragraph]
    assert article.captions == [
        "Tấm bảng do tổ mộc của mỏ đóng từ một cánh cửa cũ. Ảnh: Bùi Thế Lâm",
        "Buổi thi cuối khoá trong nhà ăn.",
    ]
    (numbered,) = [block for block in article.blocks if isinstance(block, ItemList)]
    assert numbered.ordered
    assert len(numbered.items) == 2


def test_a_soup_of_divs_in_windows_1258_is_read(soup):
    assert soup.encoding == "windows-1258"
    assert soup.title == "Sợi dây an toàn của tổ leo cột"
    assert soup.lead.startswith("Một sợi dây đứt mà không ai ngã")
    assert soup.breadcrumb == ("Tin tức", "An toàn lao động")
    assert (soup.published_at, soup.captured_on) == (None, dt.date(2018, 11, 12))
    assert (soup.author, soup.organisation) == ("Sùng Seo Lử", "Công đoàn Điện lực Suối Hoa")
    assert kinds(soup) == [Paragraph, Paragraph, Figure, Paragraph, ItemList, Paragraph]
    assert soup.captions == ["Anh Pó chỉ chỗ sợi dây bục cho cả tổ xem."]


def test_no_break_spaces_and_marks_of_word_are_gone(soup):
    words = " ".join([soup.lead, *(block.text for block in soup.blocks)])
    assert "\u00a0" not in words
    assert "·" not in words
    assert "Sáng mùng ba, tổ leo cột" in words


@pytest.mark.parametrize("name", ["tables", "article", "soup"])
def test_only_emphasis_and_safe_links_are_left_of_the_markup(name, request):
    page = request.getfixturevalue(name)
    html = "".join(
        piece.html
        for block in page.blocks
        for piece in (block.items if isinstance(block, ItemList) else [block])
        if isinstance(piece, Paragraph)
    )
    assert set(re.findall(r"<(\w+)", html)) <= {"b", "i", "a", "br"}
    assert set(re.findall(r" (\w+)=", html)) <= {"href"}
    assert "javascript" not in html
    assert "đọc dòng này" not in html


def test_what_stands_around_an_article_does_not_get_into_it(tables, article, soup):
    for page, foreign in (
        (tables, ["Hội thao mùa hè", "Từ khóa", "In trang", "Bản quyền"]),
        (article, ["Mạng xã hội", "mong có thêm nhiều lớp", "Trồng cây"]),
        (soup, ["Tập huấn sơ cứu", "Lượt xem", "18°C", "VIEWSTATE"]),
    ):
        words = " ".join([page.lead, *(block.text for block in page.blocks)])
        assert len(words) > 500
        assert [text for text in foreign if text in words] == []


def test_pictures_beside_a_saved_page_come_along(tmp_path):
    shutil.copy(PAGES / "table_layout.html", tmp_path / "trang.html")
    (tmp_path / "index_files").mkdir()
    data = picture_file().read()
    (tmp_path / "index_files" / "cho-sang.jpg").write_bytes(data)

    page = parse_file(tmp_path / "trang.html")
    assert page.pictures == {"index_files/cho-sang.jpg": data}
    assert page.missing_pictures == 0
    (figure,) = [block for block in page.blocks if isinstance(block, Figure)]
    assert (figure.src, figure.alt) == ("index_files/cho-sang.jpg", "Ba người bên sạp rau")


@pytest.mark.parametrize(
    "src", ["../bi-mat.jpg", "/etc/bi-mat.jpg", "file:///bi-mat.jpg", "lien-ket.jpg", "..%2Fbi-mat.jpg"]
)
def test_a_page_cannot_reach_files_outside_its_folder(tmp_path, src):
    (tmp_path / "bi-mat.jpg").write_bytes(picture_file().read())
    folder = tmp_path / "trang"
    folder.mkdir()
    (folder / "lien-ket.jpg").symlink_to(tmp_path / "bi-mat.jpg")
    html = (PAGES / "table_layout.html").read_text(encoding="utf-8")
    (folder / "trang.html").write_text(html.replace("index_files/cho-sang.jpg", src), encoding="utf-8")

    page = parse_file(folder / "trang.html")
    assert page.pictures == {}
    assert page.missing_pictures == 1


def test_a_picture_on_another_host_is_not_fetched(article):
    assert article.pictures == {}
    assert article.missing_pictures == 2


def test_a_page_without_running_text_is_refused():
    with pytest.raises(PageError):
        parse(b"<html><body><ul><li><a href='/'>Trang</a></li></ul></body></html>")


@pytest.mark.parametrize("html", ["<div>" * 200_000, "<b>" * 100_000 + "chữ", "<p>a" * 200_000])
def test_a_hostile_page_is_refused_at_once(html):
    with pytest.raises(PageError):
        parse(("<html><body>" + html).encode())


def test_a_page_of_font_tags_and_line_breaks_is_read():
    page = parse_file(PAGES / "font_cells.html")
    assert page.title == "Đại hội công đoàn cơ sở Trường mầm non Hoa Ban nhiệm kỳ mới"
    assert page.lead.startswith("Ngày 10/6, công đoàn cơ sở")
    assert page.category == "Hoạt động công đoàn"
    assert (page.published_on, page.captured_on) == (dt.date(2013, 6, 11), dt.date(2013, 6, 12))
    assert page.author == "Trần Thị Lành"
    assert kinds(page) == [Figure, Paragraph, Paragraph]
    assert page.captions == ["Ban chấp hành mới ra mắt đại hội"]
    assert page.poll == Poll("Theo bạn, trang tin cần gì?", ("Nhiều tin hơn", "Nhiều ảnh hơn"))


def test_paragraphs_and_items_that_are_never_closed_stand_side_by_side():
    first = "Mưa lớn làm trôi cầu tạm ở bản Pho, thợ của ba tổ ra dựng lại ngay trong đêm, người góp tre, người góp dây thép."
    second = "Đến sáng thì cầu đã đi được, tuy chỉ cho người và xe máy. Trưởng bản mời cả tổ bát cháo gà, rồi ai về ca nấy."
    page = parse(
        f"<html><body><h1>Dựng lại cầu bản Pho trong một đêm</h1><div id=c><p>{first}<p>{second}<ul><li>Tre: bốn mươi cây"
        f"<li>Dây thép: hai cuộn</ul><p>{second} Hôm sau, đội xe chở thêm đá.</div></body></html>".encode()
    )
    assert page.lead == first
    assert kinds(page) == [Paragraph, ItemList, Paragraph]
    assert page.blocks[0].text == second
    assert [item.text for item in page.blocks[1].items] == ["Tre: bốn mươi cây", "Dây thép: hai cuộn"]


def test_comments_that_are_never_closed_do_not_keep_the_reader_busy():
    with pytest.raises(PageError):
        parse(b"<html>" + b"<!--" * 100_000)
