"""A published figure as a file: the figure, its units, cells and windows, one row each."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from congdoan.figures.engine.suppressing import SMALL, Cover
from congdoan.figures.engine.windows import Window
from congdoan.figures.queries.one_figure import Told
from congdoan.figures.queries.sources import Behind, Part
from congdoan.reporting.exports.tables import Table, download

TYPES = ("csv", "xlsx", "json")
FIELDS = (
    *("row", "code", "name", "from", "to", "value", "low", "high", "numerator", "denominator"),
    *("reported", "expected", "hidden"),
)
"""Columns of tables, and names in JSON; ``row`` is "figure", "unit", "cell" or "time", ``hidden`` "under_5" or "protected"."""

_HIDDEN = {Cover.SMALL: f"under_{SMALL}", Cover.HIDDEN: "protected"}


def file_of(form: str, told: Told, behind: Behind) -> HttpResponseBase:
    """Return a download: "csv" (UTF-8 with a byte order mark), "xlsx" or "json"."""
    figure, rows = told.figure, list(_rows(told, behind))
    name = f"so-lieu-{figure.pk}"
    if form == "json":
        whole = {
            "id": figure.pk,
            "indicator": figure.indicator.code,
            "unit": figure.unit.code,
            "basis": figure.basis,
            "cell": figure.cell,
            "vintage": figure.vintage,
            "epoch": figure.epoch,
            "as_of": figure.as_of,
            "origin": figure.origin,
            "source": figure.source or None,
            "digest": figure.digest,
            "rows": [dict(zip(FIELDS, map(_plain, row), strict=True)) for row in rows],
        }
        answer = JsonResponse(whole, json_dumps_params={"ensure_ascii": False})
        answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return answer
    return download(Table(_("Số liệu số %(number)s") % {"number": figure.pk}, name, FIELDS, rows), form)


def _plain(value: Any) -> Any:
    """A decimal as a number: JSON has no other."""
    return float(value) if isinstance(value, Decimal) else value


def _rows(told: Told, behind: Behind) -> Iterator[list[Any]]:
    figure = told.figure
    yield [
        "figure",
        figure.unit.code,
        told.unit.shown_name,  # type: ignore[attr-defined]  # named
        figure.start,
        figure.end,
        figure.shown_value,
        figure.low,
        figure.high,
        figure.numerator,
        figure.denominator,
        figure.reported,
        figure.expected,
        None,
    ]
    own = Window(figure.start, figure.end)
    for kind, parts in (("unit", behind.units), ("cell", behind.cells), ("time", behind.points)):
        for part in parts:
            yield _row(kind, part, own)


def _row(kind: str, part: Part, own: Window) -> list[Any]:
    window = part.window if kind == "time" else own
    return [
        kind,
        part.code or None,
        part.name or None,
        window.start,
        window.end,
        part.value,
        None,
        None,
        part.numerator,
        part.denominator,
        part.reported,
        part.expected,
        _HIDDEN.get(part.cover),
    ]
