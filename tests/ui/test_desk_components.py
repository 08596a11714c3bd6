"""Components of the desk and of records, rendered alone."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from congdoan.ui.forms import DeskForm


def render(component: str, path: str = "/", **context: object) -> str:
    template = engines["django"].get_template(f"ui/components/{component}.html")
    return template.render(context, RequestFactory().get(path))


# --- Fields


def test_a_day_is_typed_as_text_and_the_page_says_how():
    text = render("field", field=DeskForm()["founded"])

    assert 'type="text"' in text
    assert "Ngày/tháng/năm, ví dụ 17/10/2019." in text
    assert 'aria-describedby="id_founded-help id_founded-hint"' in text


@pytest.mark.parametrize("name", ["founded", "members", "name"])
def test_what_was_typed_stays_when_it_is_wrong(name):
    typed = {"founded": "31/02/2019", "members": "mười hai", "name": "Ỗ" * 81}

    text = render("field", field=DeskForm(typed)[name])

    assert f'value="{typed[name]}"' in text
    assert 'aria-invalid="true"' in text
    assert f'id="id_{name}-error"' in text


def test_a_day_that_is_there_is_shown_day_first():
    text = render("field", field=DeskForm(initial={"founded": dt.date(2013, 8, 7)})["founded"])

    assert 'value="07/08/2013"' in text


def test_each_id_that_a_control_names_is_there_once():
    form = DeskForm({"members": "x"})
    for field in form:
        text = render("field", field=field)
        for name in text.partition('aria-describedby="')[2].partition('"')[0].split():
            assert text.count(f'id="{name}"') == 1


def test_several_errors_of_a_field_share_one_id():
    class Form(forms.Form):
        name = forms.CharField(required=False)

        def clean(self) -> None:
            self.add_error("name", "Một.")
            self.add_error("name", "Hai.")

    text = render("field", field=Form({})["name"])

    assert text.count("field__error") == 2
    assert text.count('id="id_name-error"') == 1


def test_a_file_must_be_chosen_again_and_the_page_says_so():
    assert "chọn lại tệp" not in render("field", field=DeskForm()["decision"])
    assert "chọn lại tệp" in render("field", field=DeskForm({})["decision"])


def test_longer_help_stands_beside_the_field_that_has_it():
    text = render("field", field=DeskForm()["members"])

    assert "<details" in text
    assert "Trợ giúp" in text
    assert "chưa thôi sinh hoạt" in text
    assert "<details" not in render("field", field=DeskForm()["name"])


def test_a_group_of_boxes_is_a_fieldset_with_its_help_and_errors():
    text = render("field", field=DeskForm({"topics": "khong-co"})["topics"])

    assert "<legend" in text
    assert 'aria-describedby="id_topics-error"' in text


# --- In whose name


CAPACITIES = [
    {"id": 1, "position": "Chủ tịch", "unit": "Sa Pa", "is_current": True},
    {"id": 2, "position": "Phó Chủ tịch", "unit": "Bát Xát", "is_current": False},
]


def test_an_officer_of_two_units_chooses_by_a_form():
    text = render("capacity_switch", capacities=CAPACITIES, action="/doi/", next="/lam-viec/?a=1")

    assert 'action="/doi/"' in text
    assert 'name="next" value="/lam-viec/?a=1"' in text
    assert text.count('name="capacity"') == 2
    assert text.count("checked") == 1


def test_an_officer_of_one_unit_is_only_told():
    text = render("capacity_switch", capacities=CAPACITIES[:1], action="/doi/")

    assert "Chủ tịch" in text
    assert "<form" not in text


def test_the_desk_shows_no_capacity_to_somebody_without_one():
    template = engines["django"].get_template("ui/desk.html")
    request = RequestFactory().get("/lam-viec/")

    assert "capacity" not in template.render({"request": request})
    assert template.render({"request": request, "desk_capacities": CAPACITIES}).count("<form") == 2


# --- The tree

NODE = {
    "name": "Sa Pa",
    "code": "LC 03",
    "url": "/don-vi/LC.03/",
    "children_url": "/nhanh/LC.03/",
    "count": 0,
}


def test_a_closed_branch_is_a_link_to_the_page_with_it_open():
    text = render("tree", nodes=[NODE])

    assert 'href="?mo=LC%2003"' in text
    assert 'data-tree-toggle="/nhanh/LC.03/"' in text
    assert 'aria-expanded="false"' in text
    assert 'data-part="below" hidden' in text
    assert ">0</span>" in text


def test_an_open_branch_holds_its_children_and_a_leaf_opens_nothing():
    child = {"name": "Suối Lục", "code": "LC.03.001"}
    text = render("tree", nodes=[{**NODE, "is_open": True, "children": [child], "count": None}])

    assert 'aria-expanded="true"' in text
    assert "Suối Lục" in text
    assert text.count("data-tree-toggle") == 1
    assert "tree__count" not in text


def test_the_rest_of_a_long_branch_is_one_link_away():
    text = render("tree_branch", nodes=[NODE], more_url="/nhanh/?tu=50", more_page="?mo=LC", more_count=1239)

    assert 'href="?mo=LC" data-tree-more="/nhanh/?tu=50"' in text
    assert "(còn 1.239)" in text


# --- Others


def test_work_under_way_asks_again_and_work_that_is_over_does_not():
    running = render("progress", label="Đang đọc", done=450, total=45_000, poll_url="/x/", page_url="/y/")
    over = render("progress", label="Xong", done=45_000, total=45_000, state="done")

    assert 'hx-get="/x/" hx-trigger="every 2s"' in running
    assert "450 trên 45.000" in running
    assert '<a href="/y/">Tải lại</a>' in running
    assert "hx-get" not in over
    assert 'role="status"' in over


def test_work_whose_size_is_not_known_has_no_value():
    text = render("progress", label="Đang mở tệp")

    assert "value=" not in text
    assert "Đang chuẩn bị…" in text


def test_a_step_that_is_done_says_so_and_the_current_one_is_marked():
    text = render(
        "steps",
        steps=[{"title": "Chọn", "url": "/1/", "state": "done"}, {"title": "Kiểm", "state": "current"}],
    )

    assert "Đã xong:" in text
    assert text.count('aria-current="step"') == 1


def test_facts_say_what_is_missing():
    text = render("facts_table", facts=[{"label": "Điện thoại", "value": None}])

    assert "chưa có" in text


def test_a_confirmation_lists_what_follows_and_leads_back():
    text = render(
        "confirm",
        title="Xoá?",
        consequences=["Mất <tất cả>"],
        label="Xoá",
        cancel_url="/lui/",
        hidden=[("a", "1")],
    )

    assert "Mất &lt;tất cả&gt;" in text
    assert "btn--danger" in text
    assert 'href="/lui/"' in text
    assert 'name="a" value="1"' in text


def test_a_secret_can_be_read_without_scripts():
    text = render("secret", label="Mã", values=["7F3K-92QD", "M4XB-60RT"])

    assert text.count("<code>") == 2
    assert 'data-copy="7F3K-92QD M4XB-60RT"' in text
    assert "Chỉ hiện một lần" in text


def test_a_new_notice_says_so_in_a_word():
    when = dt.datetime(2026, 11, 24, 8, 32, tzinfo=dt.UTC)
    text = render(
        "notice_list",
        notices=[
            {"title": "A", "when": when, "is_read": False},
            {"title": "B", "when": when, "is_read": True},
        ],
    )

    assert text.count(">Mới<") == 1
    assert "15:32, 24/11/2026" in text


def test_a_timeline_tells_a_day_that_is_not_known_in_words():
    text = render(
        "timeline",
        entries=[
            {"date": dt.date(2025, 7, 1), "title": "Tách", "kind": "planned"},
            {"date_text": "Khoảng 2004", "title": "Lập"},
        ],
    )

    assert '<time datetime="2025-07-01">01/07/2025</time> <span>dự kiến</span>' in text
    assert "Khoảng 2004" in text


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ("added", "Mới"),
        ("removed", "Không còn"),
        ("moved", "Chuyển"),
        ("renamed", "Đổi tên"),
        ("merged", "Sáp nhập"),
        ("split", "Chia tách"),
    ],
)
def test_a_change_is_a_word_before_it_is_a_colour(change, word):
    text = render("compare_trees", before=[{"name": "A", "change": change}], after=[], differences=[])

    assert f"{word}</span>" in text
    assert "Trước và sau không khác nhau." in text


def test_a_comparison_says_how_many_stay_as_they_are():
    text = render(
        "compare_trees", before=[{"name": "A", "unchanged": 1240}], after=[], differences=[{"text": "x"}]
    )

    assert "và 1.240 đơn vị không đổi" in text
    assert "1 thay đổi" in text


def test_the_first_visit_is_a_card_with_one_button_without_scripts():
    text = render("tour", steps=[{"title": "A", "text": "a", "target": ".rail"}], seen_url="/da-xem/")

    assert 'action="/da-xem/"' in text
    assert text.count('type="submit"') == 1


def test_a_search_of_a_list_keeps_the_rest_of_the_address():
    text = render("search_form", value='"x"', kept=[("cap", "co-so")], clear_url="?cap=co-so")

    assert 'name="cap" value="co-so"' in text
    assert 'value="&quot;x&quot;"' in text
    assert "Bỏ tìm" in text
