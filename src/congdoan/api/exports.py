"""Rows as files: CSV, XLSX, JSON with the same columns and the same names as in the API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse
from django.utils.translation import gettext as _

from congdoan.figures.engine.suppressing import SMALL
from congdoan.spreadsheets import write_csv, write_table

UNITS = (
    "code",
    "kind",
    "name",
    "short_name",
    "name_en",
    "parent",
    "founded_on",
    "ended_on",
    "sector",
    "ownership_type",
    "territories",
    "level",
    "address",
    "phone",
    "email",
)
INDICATORS = (
    "code",
    "kind",
    "name",
    "name_en",
    "definition",
    "definition_en",
    "measure_unit",
    "measure_unit_en",
    "source",
    "topic",
    "topic_en",
    "decimals",
    "is_money",
    "is_public",
    "is_sensitive",
    "numerator",
    "denominator",
    "cells",
    "breakdowns",
    "totals_public",
)
FIGURES = (
    "indicator",
    "unit",
    "from",
    "to",
    "basis",
    "cell",
    "value",
    "numerator",
    "denominator",
    "reported",
    "expected",
    "inapplicable",
    "vintage",
    "epoch",
    "as_of",
    "low",
    "high",
    "source",
    "suppressed",
)
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON = "application/json"
MOST_IN_WORKBOOK = 20_000
"""A workbook of more rows keeps a web process busy for too long; CSV has no limit."""

_IN_MEMORY = 4 * 1024 * 1024
_TYPES = {"csv": f"{CSV}; charset=utf-8", "xlsx": XLSX, "json": JSON}
Row = dict[str, Any]


def units_file(form: str, rows: Iterable[Row]) -> FileResponse:
    """Return ``units.csv``, ``units.xlsx`` or ``units.json`` to download. Days are ISO 8601 in CSV, real days in XLSX."""
    return _file("units", form, UNITS, rows)


def indicators_file(form: str, rows: Iterable[Row]) -> FileResponse:
    """Return the catalogue to download. In tables, cells and breakdowns stand in one column each."""
    return _file("indicators", form, INDICATORS, rows)


def figures_file(form: str, rows: Iterable[Row]) -> FileResponse:
    """Return computed figures to download."""
    renamed = ({_NAMES.get(name, name): value for name, value in row.items()} for row in rows)
    return _file("figures", form, FIGURES, renamed if form == "json" else map(_said, renamed))


def _said(row: Row) -> Row:
    """Say in a table what JSON says by ``hidden``."""
    return row | {"value": _("dưới %(small)s") % {"small": SMALL}} if row["hidden"] == "under_5" else row


_NAMES = {"start": "from", "end": "to"}


def _file(name: str, form: str, columns: Sequence[str], rows: Iterable[Row]) -> FileResponse:
    stream = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # the answer closes it
    if form == "json":
        _json(stream, rows)
    elif form == "xlsx":
        write_table(stream, columns, _lines(columns, rows), title=name)
    else:
        _csv(stream, columns, rows)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"{name}.{form}", content_type=_TYPES[form])


def _lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[list[Any]]:
    for row in rows:
        yield [_flat(row[name]) for name in columns]


def _flat(value: Any) -> Any:
    """A list in one cell: the codes of what it holds."""
    if not isinstance(value, list):
        return value
    return "; ".join(str(each["code"] if "code" in each else each["key"]) for each in value)


def _csv(stream: IO[bytes], columns: Sequence[str], rows: Iterable[Row]) -> None:
    lines = (
        [cell.isoformat() if hasattr(cell, "isoformat") else cell for cell in line]
        for line in _lines(columns, rows)
    )
    write_csv(stream, columns, lines)


def _json(stream: IO[bytes], rows: Iterable[Row]) -> None:
    stream.write(b"[")
    for number, row in enumerate(rows):
        text = json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder)
        stream.write((",\n" if number else "\n").encode() + text.encode())
    stream.write(b"\n]\n")
