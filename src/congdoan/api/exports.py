"""Units as files: CSV, XLSX, JSON with the same columns and the same names as in the API."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse

from congdoan.spreadsheets import write_csv, write_table

COLUMNS = (
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
MOST_IN_WORKBOOK = 20_000
"""A workbook of more rows keeps a web process busy for too long; CSV has no limit."""

_IN_MEMORY = 4 * 1024 * 1024
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def units_file(form: str, rows: Iterable[dict[str, Any]]) -> FileResponse:
    """Return ``units.csv``, ``units.xlsx`` or ``units.json`` to download. Days are ISO 8601 in CSV, real days in XLSX."""
    stream = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # the answer closes it
    _WRITERS[form](stream, rows)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename=f"units.{form}", content_type=_TYPES[form])


def _cells(rows: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
    for row in rows:
        flat = row | {"territories": "; ".join(place["code"] for place in row["territories"])}
        yield [flat[name] for name in COLUMNS]


def _csv(stream: IO[bytes], rows: Iterable[dict[str, Any]]) -> None:
    write_csv(
        stream,
        COLUMNS,
        (
            [cell.isoformat() if hasattr(cell, "isoformat") else cell for cell in line]
            for line in _cells(rows)
        ),
    )


def _xlsx(stream: IO[bytes], rows: Iterable[dict[str, Any]]) -> None:
    write_table(stream, COLUMNS, _cells(rows), title="units")


def _json(stream: IO[bytes], rows: Iterable[dict[str, Any]]) -> None:
    stream.write(b"[")
    for number, row in enumerate(rows):
        text = json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder)
        stream.write((",\n" if number else "\n").encode() + text.encode())
    stream.write(b"\n]\n")


_WRITERS = {"csv": _csv, "xlsx": _xlsx, "json": _json}
