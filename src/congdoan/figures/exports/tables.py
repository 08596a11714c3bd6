"""Blocks of several figures as tables and charts for paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.html import strip_tags

from congdoan.figures import tabulating, wording
from congdoan.figures.engine.specs import Spec
from congdoan.figures.exports.texts import Place
from congdoan.figures.queries.showing import PageFigures, Shown
from congdoan.printing import Block, Chart, Paragraph, Table, Text
from congdoan.printing.charts import MOST_SERIES, Series, bar_chart, column_chart, line_chart
from congdoan.printing.document import Words


def blocks_of(block: Any, value: Any, figures: PageFigures, place: Place) -> Iterator[Block]:
    """Return the table of a block of figures, its chart where it has one, and its source."""
    asking: tabulating.Asking = block.asking(value)
    if not asking.rows:
        return
    table = tabulating.table_of(asking, figures, value.get("caption") or "")
    specs = tabulating.specs_of(asking, figures.scope)
    if table.rows:
        yield Table(
            (table.first, *table.head),
            tuple(
                (name, *_cells(cells, asking, specs, at, place))
                for at, (name, cells) in enumerate(table.rows)
            ),
            caption=table.caption,
            numeric=frozenset(range(1, len(table.head) + 1)),
            widths=(2.0, *([1.0] * len(table.head))),
        )
    if table.chart is not None:
        yield _chart(asking, table, specs, figures)
    yield Paragraph((Text(table.source, italic=True),))


def _cells(
    cells: list[Any], asking: tabulating.Asking, specs: list[Spec], at: int, place: Place
) -> Iterator[Words]:
    for column, cell in enumerate(cells):
        number = _spec_at(asking, at, column)
        yield (place(specs[number]),) if number is not None and number < len(specs) else strip_tags(cell)


def _spec_at(asking: tabulating.Asking, row: int, column: int) -> int | None:
    """Return which of the block's figures stands in a cell; ``None`` for words that compare."""
    width = len(asking.rows)
    if asking.kind != tabulating.LIST:
        return row * width + column
    return row + width * column if column < 2 else None


def _chart(
    asking: tabulating.Asking, table: tabulating.Table, specs: list[Spec], figures: PageFigures
) -> Chart:
    shown = [figures.of(spec)[0] for spec in specs]
    names = [name for name, _cells in table.rows]
    width = len(asking.rows)
    alt = f"{table.chart_title}. {table.caption}"
    if asking.kind in (tabulating.LIST, tabulating.UNITS):
        step = 1 if asking.kind == tabulating.LIST else width
        values = [_number(one) for one in shown[: step * len(names) : step]]
        return Chart(bar_chart(list(zip(names, values, strict=True))), alt, table.chart_title)
    measures = [next((_measure(one) for one in shown[at::width] if one), "") for at in range(width)]
    same = [at for at in range(width) if measures[at] == measures[0]][:MOST_SERIES]
    series = [
        Series(table.head[at] if len(same) > 1 else "", [_number(one) for one in shown[at::width]])
        for at in same
    ]
    draw: Callable[..., str] = column_chart if asking.chart == "bars" else line_chart
    return Chart(draw(series, names, unit=measures[0]), alt, table.chart_title)


def _number(shown: Shown | None) -> float | None:
    return None if shown is None or shown.value is None else float(shown.value)


def _measure(shown: Shown) -> str:
    return "%" if wording.is_percent(shown) else wording.measure(shown)
