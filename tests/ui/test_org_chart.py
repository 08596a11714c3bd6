"""The organisation as a picture: every box has its place, its lines fit, and nothing overlaps."""

from __future__ import annotations

import unicodedata
from itertools import combinations
from pathlib import Path

import pytest
from django.template import engines
from django.utils import translation
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from congdoan.ui.charts import lettering
from congdoan.ui.charts.org_chart import BOX, PADDING, TITLE_SIZE, TITLE_WEIGHT, Box, Node, layout
from congdoan.ui.charts.widths import LETTERS

FONTS = Path(lettering.__file__).parents[1] / "static" / "ui" / "fonts"
LONG = "Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Khai thác khoáng sản"

titles = st.text("aĐỗữ mW-.", min_size=1, max_size=60)
trees = st.recursive(
    st.builds(Node, titles),
    lambda below: st.builds(Node, titles, children=st.lists(below, max_size=5)),
    max_leaves=20,
)


def count(node: Node) -> int:
    return 1 + sum(map(count, node.children))


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@given(st.lists(trees, min_size=1, max_size=3))
def test_every_body_has_one_box_inside_the_picture_and_none_covers_another(tops):
    chart = layout(tops)

    assert len(chart.boxes) == sum(map(count, tops))
    assert not [pair for pair in combinations(chart.boxes, 2) if overlap(*pair)]
    for box in chart.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= chart.width
        assert box.y + box.height <= chart.height


@given(trees)
def test_what_is_below_stands_below(top):
    places = {id(box.node): box for box in layout([top]).boxes}

    def look(node: Node) -> None:
        for child in node.children:
            assert places[id(child)].y >= places[id(node)].y + places[id(node)].height
            look(child)

    look(top)


@given(trees)
def test_every_line_of_text_stays_in_its_box(top):
    for box in layout([top]).boxes:
        for line in box.title:
            assert lettering.width(line.text, TITLE_SIZE, TITLE_WEIGHT) <= BOX - 2 * PADDING
            assert box.y < line.y < box.y + box.height


def test_boxes_come_in_the_order_in_which_a_list_would_name_them():
    top = Node("a", children=[Node("b", children=[Node("c"), Node("d")]), Node("e")])

    assert [box.node.title for box in layout([top]).boxes] == ["a", "b", "c", "d", "e"]


def test_many_leaves_stand_in_even_columns():
    boxes = layout([Node("a", children=[Node(str(number)) for number in range(10)])]).boxes[1:]

    assert sorted({box.x for box in boxes}) == sorted({boxes[0].x, boxes[5].x})
    assert [box.x for box in boxes] == [boxes[0].x] * 5 + [boxes[5].x] * 5


def test_nothing_makes_an_empty_picture():
    chart = layout([])

    assert (chart.width, chart.height, chart.boxes) == (0, 0, ())


def test_a_title_that_is_too_long_ends_in_an_ellipsis_and_keeps_its_beginning():
    lines = lettering.wrap(LONG * 3, 168, 15, 700)

    assert len(lines) == 4
    assert lines[0].startswith("Công đoàn cơ sở")
    assert lines[-1].endswith("…")


def test_a_title_that_fits_loses_no_word():
    assert " ".join(lettering.wrap(LONG, 300, 15, 700)) == LONG


@pytest.mark.parametrize("weight", sorted(LETTERS))
def test_no_letter_is_wider_than_the_table_says(weight):
    font = TTFont(FONTS / f"be-vietnam-pro-{weight}.woff2")
    em, advances = font["head"].unitsPerEm, font["hmtx"]

    too_narrow = [
        chr(code)
        for code, glyph in font.getBestCmap().items()
        if not unicodedata.combining(chr(code))
        and lettering.width(chr(code), 1, weight) < advances[glyph][0] / em - 1e-9
    ]

    assert too_narrow == []


def render(node: Node) -> str:
    template = engines["django"].get_template("ui/components/org_chart.html")
    return template.render({"chart": layout([node]), "title": "Sơ đồ", "desc": "Một đơn vị"})


def test_a_picture_with_links_hides_none_of_them_from_those_who_hear_it():
    with_link, without = render(Node("a", url="/a/")), render(Node("a"))

    assert 'role="group"' in with_link
    assert '<a class="org-chart__box" href="/a/">' in with_link
    assert 'role="img"' in without


def test_numbers_of_the_picture_are_written_for_machines():
    with translation.override("vi"):
        text = render(Node("a", children=[Node("b"), Node(LONG), Node("c")]))

    assert 'viewBox="0 0 216.0 ' in text
    assert "," not in text[text.index("<g class") : text.index("</g>")]
