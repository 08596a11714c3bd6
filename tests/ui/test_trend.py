"""A small chart: round levels, gaps for what is missing, names that have room."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from congdoan.ui.charts import trend


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [
        (0, 700, [0, 200, 400, 600, 800]),
        (0, 0, [0, 0.25, 0.5, 0.75, 1]),
        (-30, 50, [-40, -20, 0, 20, 40, 60]),
    ],
)
def test_levels_are_round_and_enclose_the_values(low, high, levels):
    assert trend.steps(low, high) == pytest.approx(levels)


def test_a_missing_value_leaves_a_gap_and_is_no_zero():
    labels = ["I", "II", "III", "IV", "V"]
    chart = trend.layout([trend.Series("a", [1, 2, None, 4, 5])], labels)
    assert len(chart.series[0].paths) == 2
    assert len(chart.series[0].points) == 4
    assert max(point.y for point in chart.series[0].points) < chart.base


def test_every_label_and_bar_lies_inside_the_picture():
    labels = [f"Quý III/{year}" for year in range(2000, 2024)]
    chart = trend.layout([trend.Series("a", list(range(24)))], labels, bars=True)
    assert chart.labels[-1].text == "Quý III/2023"
    assert chart.labels[-1].x + 40 <= chart.width
    assert all(bar.x >= chart.left and bar.x + bar.width <= chart.right for bar in chart.series[0].bars)
    ranked = trend.ranked(["Công đoàn cơ sở Trường Phổ thông dân tộc nội trú", "B"], [5, None])
    assert ranked.ticks[0].text.endswith("…")
    assert len(ranked.series[0].bars) == 1


def test_the_picture_says_its_numbers_in_words():
    chart = trend.layout(
        [trend.Series("Sa Pa", [1000]), trend.Series("Bát Xát", [2])],
        ["2019"],
        written=lambda level: f"{level:.0f}",
    )
    drawn = render_to_string("ui/components/trend.html", {"chart": chart, "title": "Buổi", "id": "t"})
    assert "Sa Pa, 2019: 1000" in drawn
    assert "style=" not in drawn
    assert 'role="img"' in drawn
