"""The explorer: indicators × units × periods × breakdown, as a table and a chart. The address holds the whole query."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.units import children
from congdoan.reporting.errors import WindowCutsPeriodError
from congdoan.reporting.exports.tables import Table, download
from congdoan.reporting.forms.seeing import MOST_WINDOWS, WHOLE, ExplorerForm
from congdoan.reporting.models import Indicator, IndicatorVersion
from congdoan.reporting.queries import overview
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.grids import Grid, Window
from congdoan.reporting.queries.scope import SEEING
from congdoan.reporting.views.seeing import words
from congdoan.reporting.views.seeing.links import sources_url, written
from congdoan.ui.charts import trend

PER_PAGE = 25
"""Units of one page; a file holds all."""
MOST_LINES = 6
MOST_BARS = 30


@dataclass(slots=True)
class Asked:
    """What the address asks for, worked out."""

    unit: Unit
    units: list[Unit]
    indicators: list[Indicator]
    meanings: dict[int, IndicatorVersion]
    windows: list[Window]
    labels: list[str]
    basis: str
    page: Page[Any] | None = None
    wanted: list[tuple[Indicator, str]] = field(default_factory=list)
    cell_names: dict[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table."""

    unit: Unit
    indicator: Indicator
    cell: str
    name: str
    measure: str
    figures: list[Figure | None]


@require_safe
@requires(*SEEING)
def explorer(request: HttpRequest) -> HttpResponseBase:
    """Answer a question about figures with a table and a chart, or with a file."""
    capacity = capacity_of(request)
    form = ExplorerForm(capacity, _data(request, capacity), auto_id="hoi-%s")
    is_asked = "chi-tieu" in request.GET
    context: dict[str, Any] = {
        "form": form,
        "as_of": words.as_of(overview.newest_batch()),
        "is_asked": is_asked,
    }
    if is_asked and form.is_valid():
        try:
            extension = request.GET.get("tai", "")
            asked = _asked(request, capacity, form, whole=extension in ("csv", "xlsx"))
            lines = _lines(asked, capacity.on)
        except WindowCutsPeriodError as error:
            context["problem"] = error.user_message
        else:
            if extension in ("csv", "xlsx"):
                return download(_file(asked, lines), extension)
            context |= _table(asked, lines) | {"asked": asked, "files": _files(request), "page": asked.page}
    return render(request, "reporting/seeing/explorer.html", context)


def _data(request: HttpRequest, capacity: Capacity) -> Any:
    """Return what the address says; what it leaves out is the own unit, the last year, by quarter."""
    data = request.GET.copy()
    start, end = overview.usual_window(capacity.on)
    usual = {
        "don-vi": capacity.unit.code if capacity.unit else "",
        "tu-ngay": written(start),
        "den-ngay": written(end),
        "theo": "quarter",
    }
    for name, value in usual.items():
        if not data.get(name):
            data[name] = value
    if "chi-tieu" not in data and (first := overview.indicators_seen(capacity).first()):
        data["chi-tieu"] = first.code
    return data


def _asked(request: HttpRequest, capacity: Capacity, form: ExplorerForm, *, whole: bool) -> Asked:
    said = form.cleaned_data
    unit, indicators = said["don-vi"], list(said["chi-tieu"])
    start, end = said["tu-ngay"], said["den-ngay"]
    if said["theo"] == WHOLE:
        spans = [(start, end, _("%(first)s – %(last)s") % {"first": written(start), "last": written(end)})]
    else:
        spans = overview.split(indicators, start, end, said["theo"])
        if len(spans) > MOST_WINDOWS:
            form.add_error(
                "theo", _("Bảng có quá nhiều cột. Hãy chọn khoảng ngắn hơn hoặc chia theo kỳ dài hơn.")
            )
            spans = spans[-MOST_WINDOWS:]
    units, page = [unit], None
    if said["cap-duoi"]:
        below = children(unit, capacity.on)
        page = Paginator(below, 100_000 if whole else PER_PAGE).get_page(request.GET.get("trang"))
        units += list(page)
    asked = Asked(
        unit=unit,
        units=units,
        indicators=indicators,
        meanings=overview.meanings([one.pk for one in indicators], end),
        windows=[(first, last) for first, last, _words in spans],
        labels=[label for _first, _last, label in spans],
        basis=form.basis,
        page=page,
    )
    _cut(asked, said["phan-to"])
    return asked


def _cut(asked: Asked, breakdown: str) -> None:
    """Say which cells are wanted: the whole of each indicator, and its parts."""
    cells = overview.cells_of([one.pk for one in asked.indicators], breakdown) if breakdown else {}
    for indicator in asked.indicators:
        asked.wanted.append((indicator, ""))
        for cell, name in cells.get(indicator.pk, []):
            asked.wanted.append((indicator, cell))
            asked.cell_names[indicator.pk, cell] = name


def _lines(asked: Asked, today: date) -> list[Line]:
    figures = Grid(asked.units, asked.wanted, asked.windows, asked.basis, today=today).figures()
    lines = []
    for unit in asked.units:
        for indicator, cell in asked.wanted:
            meaning = asked.meanings.get(indicator.pk)
            part = asked.cell_names.get((indicator.pk, cell), "")
            name = str(meaning or indicator.code)
            lines.append(
                Line(
                    unit,
                    indicator,
                    cell,
                    f"{name}: {part}" if part else name,
                    words.unit_words(indicator, meaning),
                    [figures[unit.pk, at].get((indicator.code, cell)) for at in range(len(asked.windows))],
                )
            )
    return lines


def _table(asked: Asked, lines: list[Line]) -> dict[str, Any]:
    many_units, many_wanted = len(asked.units) > 1, len(asked.wanted) > 1
    rows = [
        {
            "name": _row_name(line, many_units=many_units, many_wanted=many_wanted),
            "note": _row_note(line, many_units=many_units, many_wanted=many_wanted),
            "cells": [
                {
                    "text": words.value_of(figure),
                    "url": sources_url(figure),
                    "note": words.coverage(figure),
                    "label": label,
                }
                for figure, label in zip(line.figures, asked.labels, strict=True)
            ],
        }
        for line in lines
    ]
    return {"labels": asked.labels, "rows": rows, **_chart(asked, lines)}


def _row_name(line: Line, *, many_units: bool, many_wanted: bool) -> str:
    return str(line.unit.shown_name) if many_units and not many_wanted else line.name  # type: ignore[attr-defined]  # named


def _row_note(line: Line, *, many_units: bool, many_wanted: bool) -> str:
    unit = str(line.unit.shown_name) if many_units and many_wanted else ""  # type: ignore[attr-defined]  # named
    return ", ".join(part for part in (unit, line.measure) if part)


def _chart(asked: Asked, lines: list[Line]) -> dict[str, Any]:
    """Lines over the periods, of the rows that share a scale; bars where there is one period and several rows."""
    first = asked.indicators[0]
    same = [line for line in lines if line.indicator == first]

    def value(figure: Figure | None) -> float | None:
        return None if figure is None or figure.value is None else float(figure.value)

    def write(level: float) -> str:
        return words.axis(level, first)

    # The whole would dwarf its parts.
    parts = [line for line in same if line.unit != asked.unit or line.cell] or same
    if len(asked.windows) > 1:
        shown = parts[:MOST_LINES]
        series = [
            trend.Series(_series_name(line, asked), [value(one) for one in line.figures]) for line in shown
        ]
        labels, bars = asked.labels, len(series) == 1 and len(asked.windows) <= 12
    else:
        shown = parts[:MOST_BARS]
        series = [trend.Series("", [value(line.figures[0]) for line in shown])]
        labels, bars = [_series_name(line, asked) for line in shown], False
    if len(shown) < 2 and len(asked.windows) < 2:
        return {}
    if not any(value is not None for one in series for value in one.values):
        return {}
    meaning = asked.meanings.get(first.pk)
    unit = words.unit_words(first, meaning)
    title = str(meaning or first.code)
    return {
        "chart": trend.layout(series, labels, written=write, bars=bars)
        if len(asked.windows) > 1
        else trend.ranked(labels, series[0].values, written=write),
        "chart_title": f"{title} ({unit})" if unit else title,
        "chart_is_part": len(shown) < len(parts) and len(asked.windows) > 1,
        "chart_others": len(asked.indicators) > 1,
    }


def _series_name(line: Line, asked: Asked) -> str:
    unit = str(line.unit.shown_short_name or line.unit.shown_name)  # type: ignore[attr-defined]  # named
    part = asked.cell_names.get((line.indicator.pk, line.cell), "")
    if len(asked.units) > 1:
        return f"{unit}: {part}" if part else unit
    return part or _("Tổng số")


def _files(request: HttpRequest) -> list[dict[str, str]]:
    found = []
    for kind in ("csv", "xlsx"):
        query = request.GET.copy()
        query.pop("trang", None)
        query["tai"] = kind
        found.append({"label": kind.upper(), "url": f"?{query.urlencode()}"})
    return found


def _file(asked: Asked, lines: list[Line]) -> Table:
    headers = [_("Mã đơn vị"), _("Đơn vị"), _("Mã chỉ tiêu"), _("Chỉ tiêu"), _("Ô"), _("Đơn vị tính")]
    for label in asked.labels:
        headers += [
            label,
            _("%(period)s: số báo cáo") % {"period": label},
            _("%(period)s: phải có") % {"period": label},
        ]
    rows = []
    for line in lines:
        row: list[Any] = [
            line.unit.code,
            line.unit.shown_name,  # type: ignore[attr-defined]  # named
            line.indicator.code,
            line.name,
            line.cell,
            line.measure or ("%" if line.indicator.kind == Indicator.Kind.RATE else ""),
        ]
        for figure in line.figures:
            row += [figure.value, figure.reported, figure.expected] if figure else [None, None, None]
        rows.append(row)
    return Table(_("Số liệu"), "so-lieu", headers, rows)
