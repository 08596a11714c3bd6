"""For every input: only errors of its own, parts that say where they stand, and no word of an article lost."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from congdoan.portal.importing import PageError, parse
from congdoan.portal.importing.html import parse_html
from congdoan.portal.importing.plain import parse_text
from congdoan.vntext import VntextError, nfc

PHRASES = """công đoàn viên tổ thợ mỏ bến xưởng ngày tháng Ảnh: Đồng chí phát biểu 17/10/2019 12.076 (LĐLĐ tỉnh) “nét đẹp”
 » > - • . , : ?"""
WORDS = st.sampled_from(PHRASES.split())
LINES = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
SPECIAL = st.sampled_from(
    ["Bình chọn", "Thời tiết", "Các tin khác", "Thông tin truy cập", "  • 315120", "Liên kếtDiện tích: 1,5 Km2", "Tin tức » Mỏ", "",
     "\u00a0", "a\tb", "c\td", "- một", "- hai", "Lê Minh(Tổ mỏ)", "Tin, ảnh: Lê Minh", "I. PHẦN MỘT"]
)  # fmt: skip
TEXTS = st.lists(LINES | SPECIAL, max_size=25).map("\n".join)
TAGS = st.sampled_from(
    ["<p>", "</p>", "<div class='content'>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<br>", "<li>", "<ul>", "<b>", "</i>", "<h1>",
     "<figure>", "<figcaption>", "<img src='a.jpg'>", "<![if x]>", "<!--", "-->", "<script>", "&nbsp;", "&#7841;", "<a href='javascript:x'>", "<"]
)  # fmt: skip
PAGES = st.lists(LINES | TAGS, max_size=40).map("".join)


def words(text):
    return re.findall(r"\w+", nfc(text))


@given(
    st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
def test_any_bytes_are_read_or_refused(data):
    told = "read"
    try:
        parse(data)
    except VntextError as error:
        told = error.user_message
    assert told


@settings(max_examples=200)
@given(TEXTS | st.text(max_size=600))
def test_no_word_of_a_text_is_lost(text):
    try:
        page = parse_text(nfc(text))
    except PageError:
        return
    assert all(page.text[part.start : part.end] == part.text for part in page.parts)
    whole = [
        part for part in page.parts if part.role not in ("breadcrumb_item", "byline_author", "byline_org")
    ]
    # Joined: a heading that was stuck to a fact ends inside what was one word.
    assert "".join(words("\n".join(part.text for part in whole))) == "".join(words(text))
    assert all(first.end <= second.start for first, second in pairwise(whole))


@settings(max_examples=200)
@given(TEXTS)
def test_every_word_of_an_article_stands_in_a_block(text):
    try:
        page = parse_text(nfc(text))
    except PageError:
        return
    inside = [
        part
        for part in page.parts
        if part.zone == "article"
        and part.role in ("lead", "caption", "body", "conclusion", "heading", "list_item", "table_row")
    ]
    stored = " ".join([page.lead, *(block.text for block in page.blocks)])
    # Sorted: a picture's caption may stand above the lead.
    assert sorted(words(stored)) == sorted(words("\n".join(part.text for part in inside)))


@settings(max_examples=150)
@given(PAGES | st.text(max_size=600))
def test_any_html_is_read_or_refused(html):
    try:
        page = parse_html("<html><body>" + html, lambda name: None)
    except PageError:
        return
    assert page.title
    assert all(page.text[part.start : part.end] == part.text for part in page.parts)
    assert "<script" not in str(page.blocks)
