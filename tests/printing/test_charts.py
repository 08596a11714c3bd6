"""Charts for paper: real text, Vietnamese numbers, looks that do not depend on colour."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from congdoan.printing.charts import Series, bar_chart, column_chart, line_chart
from congdoan.printing.pdf import picture_of

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_axis_and_values_are_written_as_vietnamese_writes_them() -> None:
    found = texts(line_chart([Series("", [9000, 12076])], ["2018", "2019"], unit="Người"))

    assert {"Người", "15.000", "10.000", "9.000", "12.076", "2018", "2019"} <= set(found)
    assert {"0,5", "0,3"} <= set(texts(line_chart([Series("", [0.1, 0.3, 0.5])], ["a", "b", "c"])))


def test_a_missing_value_leaves_a_gap_and_is_not_zero() -> None:
    svg = line_chart([Series("", [1000, 2000, None, 3000, 4000])], list("abcde"))

    assert len(re.findall(r'<path d="M[^"]*" fill="none"', svg)) == 2
    assert svg.count("<circle") == 4


def test_series_differ_without_colour() -> None:
    names = ["Một", "Hai", "Ba", "Bốn"]
    series = [Series(name, [n, n + 1.0]) for n, name in enumerate(names)]

    lines, columns = line_chart(series, ["a", "b"]), column_chart(series, ["a", "b"])

    assert len(set(re.findall(r'stroke-dasharray="([^"]*)"', lines))) == 3
    assert len(set(re.findall(r"url\(#(h\d)\)", columns))) == 3
    assert set(names) <= set(texts(lines)) & set(texts(columns))


def test_a_bar_has_its_value_at_its_end_and_an_unknown_one_has_none() -> None:
    found = texts(bar_chart([("LĐLĐ huyện Sa Pa", Decimal("1289.5")), ("LĐLĐ huyện Bát Xát", None)]))

    assert found == ["LĐLĐ huyện Sa Pa", "LĐLĐ huyện Bát Xát", "1.289,5"]


def test_names_are_escaped_and_too_many_series_are_refused() -> None:
    assert "<script>" in texts(bar_chart([("<script>", 1)]))[0]
    with pytest.raises(ValueError, match="5 series"):
        line_chart([Series(str(n), [1]) for n in range(5)], ["a"])
    with pytest.raises(ValueError, match="1 values for 2 labels"):
        line_chart([Series("x", [1])], ["a", "b"])


def test_the_picture_for_old_readers_shows_the_text() -> None:
    without = re.sub(r"<text.*?</text>", "", svg := bar_chart([("Nguyễn Ơn", 1)]))

    assert picture_of(svg).startswith(b"\x89PNG")
    assert picture_of(svg) != picture_of(without)
