"""Charts for paper, as SVG: what the pages draw, in looks that a black-and-white printer keeps apart.

Where things stand is worked out by ``ui.charts.trend``, so page and paper show the same picture. Text stays text. Series
differ by mark, dash and hatching before they differ by colour; numbers are written as Vietnamese writes them. A missing
value leaves a gap. The table with the same values belongs beside each chart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape

from congdoan.printing.wording import clean
from congdoan.ui.charts import lettering, trend
from congdoan.ui.charts.trend import Series
from congdoan.vntext.numbers import format_decimal

__all__ = ["Series", "bar_chart", "column_chart", "line_chart"]

WIDTH = 720.0
HEIGHT = 280.0
ROW = 24
MOST_WRITTEN = 12
"""Points of a single line that have their values written beside them."""
MOST_SERIES = 4

_COLOURS = ("#0b4a99", "#444444", "#a34100", "#17693a")
_DASHES = ("", "9 4", "3 3", "10 3 2 3")
# One line of hatching each; the first series is filled.
_HATCHES = ("", "M-3 3L3 -3M0 12L12 0M9 15L15 9", "M0 6H12", "M6 0V12")


def line_chart(
    series: Sequence[Series], labels: Sequence[str], *, unit: str = "", places: int | None = None
) -> str:
    """Return one line for each of at most four series over the same labels (periods).

    ``unit`` stands above the axis; values are written with ``places`` decimals, or with as many as they have.
    Raises ``ValueError`` for more series, or for a series that has not one value for each label.
    """
    written = _written(places)
    _check(series, labels)
    chart = trend.layout(series, labels, written=written, width=WIDTH, height=HEIGHT)
    parts = [_axes(chart)]
    for drawn, given in zip(chart.series, series, strict=True):
        colour, dash = _COLOURS[drawn.number - 1], _DASHES[drawn.number - 1]
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        parts += [
            f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2.5"{dashes}/>'
            for path in drawn.paths
        ]
        parts += [_mark(point.x, point.y, drawn.number) for point in drawn.points]
        if len(series) == 1 and len(labels) <= MOST_WRITTEN:
            known = [value for value in given.values if value is not None]
            parts += [
                _text(written(value), point.x, point.y - 9, size=12)
                for value, point in zip(known, drawn.points, strict=True)
            ]
    return _finished(parts, series, unit, chart.width, chart.height, _line_key)


def column_chart(
    series: Sequence[Series], labels: Sequence[str], *, unit: str = "", places: int | None = None
) -> str:
    """Return columns side by side for each label. As ``line_chart`` otherwise."""
    written = _written(places)
    _check(series, labels)
    chart = trend.layout(series, labels, written=written, width=WIDTH, height=HEIGHT, bars=True)
    parts = [_axes(chart)]
    for drawn, given in zip(chart.series, series, strict=True):
        parts += [_bar(bar, drawn.number) for bar in drawn.bars]
        if len(series) == 1 and len(labels) <= MOST_WRITTEN:
            known = [value for value in given.values if value is not None]
            parts += [
                _text(written(value), bar.x + bar.width / 2, bar.y - 5, size=12)
                for value, bar in zip(known, drawn.bars, strict=True)
            ]
    return _finished(parts, series, unit, chart.width, chart.height, _column_key)


def bar_chart(
    rows: Sequence[tuple[str, float | Decimal | None]], *, unit: str = "", places: int | None = None
) -> str:
    """Return one lying bar for each name, such as a unit, with its value at the end; nothing where there is none."""
    written = _written(places)
    values = [None if value is None else float(value) for _, value in rows]
    chart = trend.ranked([clean(name) for name, _ in rows], values, written=written)
    parts = [_text(one.text, one.x, one.y, anchor=one.anchor) for one in (*chart.ticks, *chart.labels)]
    parts += [_bar(bar, 1) for bar in chart.series[0].bars]
    return _finished(parts, (), unit, chart.width, chart.height, _column_key)


def _check(series: Sequence[Series], labels: Sequence[str]) -> None:
    if not 1 <= len(series) <= MOST_SERIES:
        raise ValueError(f"{len(series)} series: from 1 to {MOST_SERIES} can be told apart")
    for one in series:
        if len(one.values) != len(labels):
            raise ValueError(f"series {one.name!r} has {len(one.values)} values for {len(labels)} labels")


def _written(places: int | None) -> Callable[[float], str]:
    def write(value: float) -> str:
        # A step of an axis comes from floating-point sums: 0.30000000000000004.
        exact = Decimal(f"{value:.10g}")
        return format_decimal(exact.normalize() if places is None else exact, places)

    return write


def _axes(chart: trend.Chart) -> str:
    lines = "".join(
        f'<line x1="{chart.left:g}" x2="{chart.right:g}" y1="{y:g}" y2="{y:g}" stroke="{colour}"/>'
        for y, colour in [*((y, "#c8ccd2") for y in chart.grid), (chart.base, "#000")]
    )
    return lines + "".join(
        _text(one.text, one.x, one.y, anchor=one.anchor) for one in (*chart.ticks, *chart.labels)
    )


def _text(text: str, x: float, y: float, *, anchor: str = "middle", size: float = trend.SIZE) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size:g}">{escape(clean(text))}</text>'


def _mark(x: float, y: float, number: int) -> str:
    colour = _COLOURS[number - 1]
    shape = {
        "circle": f'<circle cx="{x:g}" cy="{y:g}" r="4"',
        "square": f'<rect x="{x - 4:g}" y="{y - 4:g}" width="8" height="8"',
        "diamond": f'<path d="M{x:g} {y - 5.5:g}l5.5 5.5l-5.5 5.5l-5.5 -5.5z"',
        "triangle": f'<path d="M{x:g} {y - 5:g}l5 9h-10z"',
    }[trend.MARKS[(number - 1) % len(trend.MARKS)]]
    fill = colour if number % 2 else "#fff"
    return f'{shape} fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'


def _bar(bar: trend.Bar, number: int) -> str:
    colour = _COLOURS[number - 1]
    fill = colour if number == 1 else f"url(#h{number})"
    return (
        f'<rect x="{bar.x:g}" y="{bar.y:g}" width="{bar.width:g}" height="{bar.height:g}" fill="{fill}"'
        f' stroke="{colour}"/>'
    )


def _line_key(x: float, y: float, number: int) -> str:
    colour, dash = _COLOURS[number - 1], _DASHES[number - 1]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    line = f'<line x1="{x:g}" x2="{x + 32:g}" y1="{y:g}" y2="{y:g}" stroke="{colour}" stroke-width="2.5"{dashes}/>'
    return line + _mark(x + 16, y, number)


def _column_key(x: float, y: float, number: int) -> str:
    return _bar(trend.Bar(x, y - 7, 32, 14, ""), number)


def _finished(
    parts: list[str],
    series: Sequence[Series],
    unit: str,
    width: float,
    height: float,
    key: Callable[[float, float, int], str],
) -> str:
    """Put unit and legend above the drawing."""
    above: list[str] = []
    top = 0
    if unit:
        above.append(_text(unit, trend.EDGE, 16, anchor="start", size=13))
        top = ROW
    if len(series) > 1:
        x = trend.EDGE
        top += ROW
        for number, one in enumerate(series, 1):
            name = (lettering.wrap(clean(one.name), 300, trend.SIZE, most=1) or [""])[0]
            room = 44 + lettering.width(name, trend.SIZE) + 20
            if x > trend.EDGE and x + room > width:
                x, top = trend.EDGE, top + ROW
            above.append(key(x, top - 12, number))
            above.append(_text(name, x + 40, top - 7, anchor="start"))
            x += round(room)
    whole = height + top
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {whole:g}" width="{width:g}" height="{whole:g}"'
        " font-family=\"Tinos, 'Times New Roman', 'Liberation Serif', serif\" fill=\"#000\">"
        f"{_hatching(len(series))}{''.join(above)}"
        f'<g transform="translate(0 {top})">{"".join(parts)}</g></svg>'
    )


def _hatching(count: int) -> str:
    """Patterns for the columns of the second series and on."""
    if count < 2:
        return ""
    made = "".join(
        f'<pattern id="h{number}" width="12" height="12" patternUnits="userSpaceOnUse"><rect width="12" height="12"'
        f' fill="#fff"/><path d="{_HATCHES[number - 1]}" stroke="{_COLOURS[number - 1]}" stroke-width="2.5"/></pattern>'
        for number in range(2, count + 1)
    )
    return f"<defs>{made}</defs>"
