"""Many rows of one table at once: far more than the usual way of writing them could take in a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection, models

_AT_ONCE = 20_000


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows with the values of ``fields``; JSON is given as text. No signals, no defaults, no checks but the database's."""
    columns = [_column(model, name) for name in fields]
    names = ", ".join(columns)
    table = connection.ops.quote_name(model._meta.db_table)  # noqa: SLF001  # Django documents it as public
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        for some in _chunks(rows):
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", some)  # noqa: S608  # names of our models


def _column(model: type[models.Model], name: str) -> str:
    field = model._meta.get_field(name)  # noqa: SLF001  # Django documents it as public
    if not isinstance(field, models.Field) or field.column is None:
        raise TypeError(f"{name} has no column of its own")
    return connection.ops.quote_name(field.column)


def _chunks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    rest = iter(rows)
    while some := list(islice(rest, _AT_ONCE)):
        yield some


def stored(value: datetime | date | UUID) -> Any:
    """Return a moment, day or UUID as the database stores it."""
    if connection.vendor == "postgresql":
        return value
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value)


def next_id(model: type[models.Model]) -> int:
    """Return the first id that no row has."""
    last = model._default_manager.aggregate(last=models.Max("pk"))["last"]  # noqa: SLF001  # Django documents it as public
    return int(last or 0) + 1


def reset_sequences(*written: type[models.Model]) -> None:
    """Let the database go on counting after ids that were given by hand."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(statement)
