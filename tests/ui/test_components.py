"""Components, rendered alone."""

from __future__ import annotations

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

STORY = {
    "title": "Ỗ & Ậ",
    "url": "/tin-tuc/a/b/",
    "lead": "Sapo",
    "picture": None,
    "category": "Đời sống",
    "language": "vi",
}
POLL = {
    "slug": "a",
    "question": "Việc gì trước?",
    "options": [
        {"id": 1, "text": "Tiền lương", "votes": 1289, "percent": 62},
        {"id": 2, "text": "Bữa ăn", "votes": 790, "percent": 38},
    ],
    "total": 2079,
    "vote_url": "/tham-gia/a/bo-phieu/",
    "is_open": True,
}


def render(component: str, path: str = "/", **context: object) -> str:
    template = engines["django"].get_template(f"ui/components/{component}.html")
    return template.render(context, RequestFactory().get(path))


@pytest.mark.parametrize("component", ["article_card", "lead_story", "story_row"])
def test_a_story_links_once_for_those_who_hear_the_page(component):
    text = render(component, story=STORY)

    assert text.count("<a ") == 2
    assert text.count('tabindex="-1" aria-hidden="true"') == 1
    assert "Ỗ &amp; Ậ" in text
    assert "picture--empty" in text


def test_a_story_without_lead_category_or_date_has_no_empty_lines():
    text = render("article_card", story={"title": "A", "url": "/"}, with_lead=True)

    assert "story__lead" not in text
    assert "meta" not in text


@pytest.mark.parametrize("kind", ["info", "success", "warning", "error"])
def test_an_alert_says_its_kind_in_a_word(kind):
    words = {"info": "Thông tin", "success": "Đã xong", "warning": "Lưu ý", "error": "Có lỗi"}

    assert words[kind] in render("alert", kind=kind, text="x")


def test_a_status_is_a_word_before_it_is_a_colour():
    assert "Quá hạn</span>" in render("status_label", status="late", label="Quá hạn")


def test_the_pager_keeps_the_other_words_of_the_address():
    text = render("pager", "/tim-kiem/?q=l%C6%B0%C6%A1ng&trang=2", page=Paginator(range(70), 10).page(2))

    assert "Trang 2 trên 7" in text
    assert 'href="?q=l%C6%B0%C6%A1ng&amp;trang=1"' in text
    assert 'href="?q=l%C6%B0%C6%A1ng&amp;trang=3"' in text


def test_one_page_needs_no_pager():
    assert render("pager", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_the_ends_of_a_list_lead_nowhere_further():
    assert 'rel="prev"' not in render("pager", page=Paginator(range(30), 10).page(1))
    assert 'rel="next"' not in render("pager", page=Paginator(range(30), 10).page(3))


def test_an_open_poll_asks_and_a_closed_one_tells():
    asked = render("poll", poll=POLL)
    told = render("poll", poll={**POLL, "is_open": False})

    assert asked.count('type="radio"') == 2
    assert 'action="/tham-gia/a/bo-phieu/"' in asked
    assert "1.289 lượt, 62 %" in told
    assert "<form" not in told
    assert "Đã đóng" in told


def test_results_of_a_poll_without_votes_are_drawn():
    empty = {**POLL, "total": 0, "options": [{"id": 1, "text": "A", "votes": 0, "percent": 0}]}

    assert 'max="1" value="0"' in render("poll", poll=empty, show="results")


def test_facts_say_their_year_and_source():
    fact = {
        "shown_label": "Diện tích",
        "value": "6.383,9",
        "shown_unit": "km²",
        "as_of": "2019",
        "source": "Niên giám",
    }

    text = render("fact_list", facts=[fact])

    assert "<b>6.383,9</b> km²" in text
    assert "2019 · Niên giám" in text


def test_a_table_scrolls_in_a_box_that_the_keyboard_reaches():
    text = render("table", caption="Đoàn viên", headers=["Đơn vị"], rows=[["Sa Pa"]])

    assert 'role="region" tabindex="0" aria-label="Đoàn viên"' in text
    assert '<th scope="col">Đơn vị</th>' in text


def test_the_search_box_keeps_what_was_searched():
    assert 'value="&quot;lương&quot;"' in render("search_box", value='"lương"')


def test_the_menu_marks_where_one_is_and_opens_without_scripts():
    entry = {"title": "Tin tức", "url": "/tin-tuc/", "is_current": True}
    entry["children"] = [
        {"title": "Nữ công", "url": "/tin-tuc/nu-cong/", "is_current": False, "children": []}
    ]

    text = engines["django"].get_template("ui/shell/menu.html").render({"menu": [entry]})

    assert "is-current" in text
    assert "<details" in text
    assert "Mục con của Tin tức" in text
