"""A table that was looked at, as a file: CSV or XLSX, numbers as numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import FileResponse

from congdoan.spreadsheets import write_csv, write_table

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_IN_MEMORY = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title and the name of its file."""

    title: str
    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Any]]


def download(table: Table, extension: str) -> FileResponse:
    """Return a table as a download: "csv" or "xlsx"."""
    # The response closes the file when it has been sent.
    stream = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    if extension == "csv":
        write_csv(stream, table.headers, table.rows)
    else:
        write_table(stream, table.headers, table.rows, title=table.title)
    stream.seek(0)
    return FileResponse(
        stream, as_attachment=True, filename=f"{table.name}.{extension}", content_type=TYPES[extension]
    )
