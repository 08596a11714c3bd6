"""The HTML twin: one file that fetches nothing, runs nothing and reads well aloud."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

from congdoan.printing import Heading, Paragraph, write_html
from tests.printing.documents import HOSTILE, document, hostile


@pytest.fixture(scope="module")
def page() -> BeautifulSoup:
    return BeautifulSoup(write_html(document()), "html.parser")


def test_it_is_one_page_with_language_title_and_headings_in_order(page: BeautifulSoup) -> None:
    assert page.html is not None
    assert page.html["lang"] == "vi"
    assert page.title is not None
    assert page.title.get_text() == "Báo cáo Kết quả hoạt động công đoàn năm 2019"
    levels = [int(node.name[1]) for node in page.find_all(re.compile("^h[1-6]$"))]
    assert levels == [1, 2, 3, 2, 2]


def test_a_level_that_was_left_out_is_not_left_out_for_screen_readers() -> None:
    html = write_html(document(body=(Heading(3, "a) Sâu"), Paragraph("x"), Heading(1, "II. Lại"))))

    assert "<h2>a) Sâu</h2>" in html
    assert '<h2 class="capitals">II. Lại</h2>' in html


def test_it_fetches_nothing_and_runs_nothing(page: BeautifulSoup) -> None:
    html = str(page)

    assert page.find_all(["script", "link", "iframe", "object", "svg", "form"]) == []
    assert all(str(node["src"]).startswith("data:image/") for node in page.find_all("img"))
    assert "@import" not in html
    assert "url(" not in html


def test_every_picture_has_words(page: BeautifulSoup) -> None:
    assert [node["alt"] for node in page.find_all("img")][:2] == [
        "Đoàn viên tăng từ 9.000 lên 12.076",
        "Hội nghị người lao động",
    ]


def test_numbers_lead_to_their_figures_and_to_the_annex(page: BeautifulSoup) -> None:
    number = page.find("a", string="13.076,5")

    assert number is not None
    assert number["href"] == "https://congdoan.example.vn/so-lieu/1001/"
    mark = page.find("a", string="[1]")
    assert mark is not None
    assert mark["href"] == "#so-1"
    assert page.find(id="so-1") is not None


def test_tables_name_their_columns(page: BeautifulSoup) -> None:
    heads = [
        [node.get_text() for node in table.select("thead th[scope=col]")] for table in page.find_all("table")
    ]

    assert heads == [
        ["Đơn vị", "Số"],
        ["TT", "Số liệu", "Giá trị", "Đã báo cáo", "Kỳ", "Nguồn", "Mã QR"],
    ]


def test_words_that_look_like_markup_are_shown_as_they_are() -> None:
    html = write_html(hostile())
    page = BeautifulSoup(html, "html.parser")

    assert page.find_all("script") == []
    text = page.get_text()
    for words in HOSTILE:
        assert text.count(words.rstrip(" .;,-")) >= 3, words
