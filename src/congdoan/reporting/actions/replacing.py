"""Writing very many totals at once, as each database takes them fastest."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pyarrow as pa
from django.db import connection
from pyarrow import csv

TABLE = "reporting_total"
COLUMNS = "basis, unit_id, period_id, series_id, value, reported, inapplicable, epoch"


def remove_totals(basis: int) -> None:
    """Remove all of one basis. The caller holds the clock's lock."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE basis = %s", [basis])  # noqa: S608  # our own names


def replace_totals(basis: int, totals: Iterable[pa.RecordBatch], epoch: int) -> None:
    """Put totals, in the order of their keys, in the place of all of one basis. The caller holds the clock's lock."""
    remove_totals(basis)
    if connection.vendor == "postgresql":
        _copy(basis, totals, epoch)
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {TABLE} ({COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",  # noqa: S608  # our own names
            _rows(basis, totals, epoch),  # type: ignore[arg-type]  # any iterable will do
        )


def _rows(basis: int, totals: Iterable[pa.RecordBatch], epoch: int) -> Iterator[tuple[int, ...]]:
    for batch in totals:
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield (basis, *row, epoch)


def _copy(basis: int, totals: Iterable[pa.RecordBatch], epoch: int) -> None:
    options = csv.WriteOptions(include_header=False)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {TABLE} ({COLUMNS}) FROM STDIN (FORMAT csv)") as copy,
    ):
        for batch in totals:
            count = batch.num_rows
            columns = [pa.array([basis] * count), *batch.columns, pa.array([epoch] * count)]
            sink = io.BytesIO()
            csv.write_csv(pa.table(columns, names=COLUMNS.split(", ")), sink, options)
            copy.write(sink.getvalue())
