"""The reports behind one figure: by units one level down, then one by one. Their sum is the figure."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.engine.values import percent, unscaled
from congdoan.reporting.errors import WindowCutsPeriodError
from congdoan.reporting.exports.tables import Table, download
from congdoan.reporting.forms.seeing import CellForm
from congdoan.reporting.models import Indicator
from congdoan.reporting.queries import overview
from congdoan.reporting.queries import sources as queries
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.grids import Grid
from congdoan.reporting.queries.reports import to_review
from congdoan.reporting.queries.scope import SEEING
from congdoan.reporting.views.seeing import words
from congdoan.reporting.views.seeing.links import sources_url
from congdoan.ui import tables

PER_PAGE = 50


@require_safe
@requires(*SEEING)
def sources(request: HttpRequest) -> HttpResponseBase:
    """Show what a figure is the sum of."""
    capacity = capacity_of(request)
    form = CellForm(capacity, request.GET)
    if not form.is_valid():
        raise Http404
    said = form.cleaned_data
    indicator, cell, unit = said["chi-tieu"], said["o"], said["don-vi"]
    start, end = said["tu-ngay"], said["den-ngay"]
    series = queries.series_of(indicator, cell, end)
    if not series:
        raise Http404
    try:
        grid = Grid([unit], [(indicator, cell)], [(start, end)], form.basis, today=capacity.on)
        figure = grid.figures()[unit.pk, 0][indicator.code, cell]
    except WindowCutsPeriodError as error:
        raise Http404 from error
    found = queries.sources(unit, indicator, series, start, end, form.basis)
    found.parts.sort(key=lambda part: (part.period, part.unit))
    parts = [
        part for part in found.parts if part.values[0] is not None or indicator.kind == Indicator.Kind.RATE
    ]
    if request.GET.get("tai") in ("csv", "xlsx"):
        return download(_file(capacity, indicator, parts), request.GET["tai"])
    page: Page[Any] = Paginator(parts, PER_PAGE).get_page(request.GET.get("trang"))
    meaning = overview.meanings([indicator.pk], end).get(indicator.pk)
    part_words = overview.words_of_cell(cell)
    return render(
        request,
        "reporting/seeing/sources.html",
        {
            "crumbs": [
                {"title": _("Số liệu"), "url": reverse("reporting:dashboard")},
                {"title": _("Tra cứu"), "url": reverse("reporting:explorer")},
            ],
            "title": f"{meaning or indicator.code}{': ' if part_words else ''}{part_words}",
            "definition": meaning.definition_words if meaning else "",
            "unit": unit,
            "start": start,
            "end": end,
            "is_as_is": form.basis == "as-is",
            "value": words.value_of(figure),
            "measure": words.unit_words(indicator, meaning),
            "coverage": words.coverage(figure),
            "vintage": words.vintage(figure),
            "as_of": words.as_of(overview.newest_batch()),
            "child_columns": _columns(indicator, _("Đơn vị")),
            "children": _children(figure, found, capacity),
            "sum": _written(indicator, found.total.values),
            "agrees": _agrees(figure, found),
            "columns": [
                *_columns(indicator, _("Đơn vị"))[:-1],
                tables.Column("ky", _("Kỳ")),
                tables.Column("duyet", _("Duyệt lúc"), kind="date"),
            ],
            "rows": _rows(capacity, indicator, list(page)),
            "page": page,
            "files": [{"label": kind.upper(), "url": f"?{_with(request, kind)}"} for kind in ("csv", "xlsx")],
        },
    )


def _with(request: HttpRequest, kind: str) -> str:
    query = request.GET.copy()
    query.pop("trang", None)
    query["tai"] = kind
    return query.urlencode()


def _value(indicator: Indicator, values: tuple[int | None, ...] | list[int]) -> Any:
    """Return a value as people mean it: of a rate, in percent."""
    if indicator.kind == Indicator.Kind.RATE:
        return percent(values[0], values[1]) if len(values) > 1 else None
    return None if values[0] is None else unscaled(values[0], indicator.decimals)


def _written(indicator: Indicator, values: tuple[int | None, ...] | list[int]) -> str | None:
    value = _value(indicator, values)
    return None if value is None else words.number(value, indicator)


def _agrees(figure: Figure, found: queries.Sources) -> bool:
    value = _value(figure.indicator, found.total.values)
    return figure.value is None or value == figure.value


def _columns(indicator: Indicator, first: str) -> list[tables.Column]:
    columns = [tables.Column("don-vi", first), tables.Column("so", _("Số liệu"), kind="number")]
    if indicator.kind == Indicator.Kind.RATE:
        columns += [
            tables.Column("tu-so", _("Tử số"), kind="number"),
            tables.Column("mau-so", _("Mẫu số"), kind="number"),
        ]
    return [*columns, tables.Column("bao-cao", _("Số báo cáo"), kind="number")]


def _cells(indicator: Indicator, values: tuple[int | None, ...] | list[int]) -> list[Any]:
    cells: list[Any] = [_written(indicator, values)]
    if indicator.kind == Indicator.Kind.RATE:
        cells += list(values)
    return cells


def _children(figure: Figure, found: queries.Sources, capacity: Capacity) -> list[dict[str, Any]]:
    """One level down: each unit with its part of the sum, and the way further down."""
    names = queries.names(found.children, figure.end)
    rows = []
    for pk, total in found.children.items():
        one = names[pk]
        is_own = pk == figure.unit.pk
        url = "" if is_own else sources_url(figure, one.code)
        name = one.shown_name  # type: ignore[attr-defined]  # named
        text = _("Báo cáo của chính đơn vị") if is_own else name
        rows.append(
            (
                one.shown_sort_key,  # type: ignore[attr-defined]  # named
                {
                    "url": url,
                    "cells": [
                        {"text": text, "note": one.code},
                        *_cells(figure.indicator, total.values),
                        total.reported,
                    ],
                },
            )
        )
    return [row for _key, row in sorted(rows, key=lambda one: one[0] or "")]


def _rows(capacity: Capacity, indicator: Indicator, parts: list[queries.Part]) -> list[dict[str, Any]]:
    reports = queries.reports_of(parts)
    steps = queries.acceptances(parts)
    names = queries.names({part.unit for part in parts}, capacity.on)
    readable = set(to_review(capacity).filter(pk__in=reports).values_list("pk", flat=True))
    rows = []
    for part in parts:
        report, step = reports[part.report], steps.get(part.report)
        at = timezone.localtime(report.accepted_at) if report.accepted_at else None
        rows.append(
            {
                "url": reverse("reporting:review", args=[report.pk]) if report.pk in readable else "",
                "cells": [
                    {"text": names[part.unit].shown_name, "note": names[part.unit].code},  # type: ignore[attr-defined]  # named
                    *_cells(indicator, part.values),
                    report.period.words,
                    {"text": at, "note": step.mandate_text if step else ""},
                ],
            }
        )
    return rows


def _file(capacity: Capacity, indicator: Indicator, parts: list[queries.Part]) -> Table:
    reports = queries.reports_of(parts)
    steps = queries.acceptances(parts)
    names = queries.names({part.unit for part in parts}, capacity.on)
    is_rate = indicator.kind == Indicator.Kind.RATE
    headers = [_("Mã đơn vị"), _("Đơn vị"), _("Kỳ"), _("Số liệu")]
    headers += [_("Tử số"), _("Mẫu số")] if is_rate else []
    headers += [_("Duyệt lúc"), _("Người duyệt")]
    rows = []
    for part in parts:
        report, step = reports[part.report], steps.get(part.report)
        rows.append(
            [
                names[part.unit].code,
                names[part.unit].shown_name,  # type: ignore[attr-defined]  # named
                report.period.words,
                _value(indicator, part.values),
                *(part.values if is_rate else ()),
                timezone.localtime(report.accepted_at) if report.accepted_at else None,
                step.mandate_text if step else None,
            ]
        )
    return Table(_("Nguồn của số liệu"), "nguon-so-lieu", headers, rows)
