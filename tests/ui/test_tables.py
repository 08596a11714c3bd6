"""Tables of the desk: sorting by the address, cells as people read them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.template import engines
from django.test import RequestFactory

from congdoan.ui import tables
from congdoan.ui.tables import Cell, Column
from congdoan.ui.templatetags.ui import shown

COLUMNS = [Column("ten", "Đơn vị"), Column("so", "Đoàn viên", "number"), Column("ghi", "Ghi chú")]
FIELDS = {"ten": "name", "so": "members"}


def sorting(address: str, default: str = "ten") -> tuple[dict[str, Column], str]:
    columns, order = tables.sort(RequestFactory().get(address), COLUMNS, FIELDS, default)
    return {column.key: column for column in columns}, order


def render(**context: object) -> str:
    return engines["django"].get_template("ui/components/data_table.html").render(context)


def test_a_table_starts_in_its_own_order_and_says_so():
    columns, order = sorting("/", default="-so")

    assert order == "-members"
    assert (columns["so"].sorted, columns["ten"].sorted) == ("desc", "")


def test_the_head_of_the_sorted_column_turns_the_order_round_and_others_begin_ascending():
    columns, order = sorting("/?sap-xep=ten")

    assert order == "name"
    assert columns["ten"].sort_url == "?sap-xep=-ten"
    assert columns["so"].sort_url == "?sap-xep=so"
    assert columns["ghi"].sort_url == ""


def test_another_order_keeps_the_search_and_begins_at_the_first_page():
    columns, _order = sorting("/?q=s%E1%BB%91&trang=7&sap-xep=-so")

    assert columns["so"].sort_url == "?q=s%E1%BB%91&sap-xep=so"


@pytest.mark.parametrize("wanted", ["password", "--ten", "name", "-", ""])
def test_an_order_that_is_not_offered_is_the_default(wanted):
    _columns, order = sorting(f"/?sap-xep={wanted}", default="so")

    assert order == "members"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12076, "12.076"),
        (Decimal("6383.9"), "6.383,9"),
        (0, "0"),
        (dt.date(2019, 10, 17), "17/10/2019"),
        (True, "Có"),
        (False, "Không"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_a_value_is_written_as_people_read_it(value, expected):
    assert shown(value) == expected


@pytest.mark.parametrize("value", [None, "", "  "])
def test_what_is_missing_is_said_and_is_not_zero(value):
    assert "chưa có" in shown(value)
    assert "0" not in shown(value)


def test_a_cell_names_its_column_for_a_phone_and_numbers_stand_in_line():
    text = render(
        caption="Đơn vị",
        columns=COLUMNS,
        rows=[
            {"url": "/a/", "cells": ["Sa Pa", 1289, {"text": "Quá hạn", "status": "late"}], "status": "late"}
        ],
    )

    assert '<th scope="row" role="rowheader"><a href="/a/">Sa Pa</a></th>' in text
    assert 'data-label="Đoàn viên" class="number"' in text
    assert ">1.289<" in text
    assert 'class="is-late"' in text
    assert "Quá hạn</span>" in text


def test_a_sorted_head_says_its_order_to_those_who_hear_it():
    columns, _order = sorting("/?sap-xep=-so")
    text = render(caption="x", columns=list(columns.values()), rows=[{"cells": ["a", 1, ""]}])

    assert text.count("aria-sort") == 1
    assert 'aria-sort="descending"' in text


def test_rows_can_be_chosen_one_by_one():
    text = render(
        caption="x",
        columns=COLUMNS,
        choose="chon",
        rows=[{"id": 7, "cells": ["a", 1, ""], "is_chosen": True}],
    )

    assert 'name="chon" value="7" checked' in text
    assert "Chọn dòng 1" in text


def test_an_empty_table_speaks():
    text = render(caption="x", columns=COLUMNS, rows=[], empty_title="Chưa có đơn vị nào.")

    assert "Chưa có đơn vị nào." in text
    assert "<table" not in text


def test_a_row_with_too_few_cells_is_a_fault_and_not_a_shift():
    with pytest.raises(ValueError, match="zip"):
        list(tables.under(COLUMNS, ["a", Cell(1)]))
