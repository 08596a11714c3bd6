"""Running the expression: open an engine on the tables, ask for each basis, close it again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Protocol

import ibis.backends.sql.compilers as compilers
import pyarrow as pa

from congdoan.reporting.engines import expression
from congdoan.reporting.engines.errors import EngineError, Fault
from congdoan.reporting.engines.expression import Basis
from congdoan.reporting.engines.tables import TOTALS, Tables

Totals = Iterable[pa.RecordBatch]
"""Rows in the order of their keys; may be read more than once."""


class Engine(Protocol):
    """An engine that has been given the tables."""

    def run(self, statement: str) -> Iterator[pa.RecordBatch]:
        """Run one statement and yield its rows."""


Opener = Callable[[Tables, str, Path], Iterator[Engine]]

ENGINES: Mapping[str, tuple[str, str]] = {
    # name: module with opened(tables, address, folder), dialect
    "duckdb": ("congdoan.reporting.engines.duck", "duckdb"),
    "spark": ("congdoan.reporting.engines.spark", "pyspark"),
    "clickhouse": ("congdoan.reporting.engines.clickhouse", "clickhouse"),
}


def statement(basis: Basis, dialect: str) -> str:
    """Return the expression in an engine's own words: whole numbers of 64 bits, in the order of the key."""
    compiler = getattr(compilers, dialect).compiler
    inner = compiler.to_sqlglot(expression.totals(basis)).sql(dialect=compiler.dialect)
    columns = ", ".join(f"CAST({name} AS BIGINT) AS {name}" for name in TOTALS.names)
    return f"SELECT {columns} FROM ({inner}) AS sums ORDER BY {', '.join(TOTALS.names[:3])}"  # noqa: S608  # our own names


class Opened:
    """Tables in an engine, ready to be summed."""

    def __init__(self, engine: Engine, dialect: str, folder: Path) -> None:
        self._engine, self._dialect, self._folder = engine, dialect, folder

    def totals(self, basis: Basis) -> Totals:
        """Sum everything now; the rows lie in a file until the engine is closed."""
        path = self._folder / f"{basis}.arrow"
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, TOTALS) as file:
            for batch in self._engine.run(statement(basis, self._dialect)):
                file.write_batch(batch.cast(TOTALS))
        return _Kept(path)


class _Kept:
    """Rows in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        with pa.memory_map(str(self._path)) as source:
            reader = pa.ipc.open_file(source)
            for index in range(reader.num_record_batches):
                yield reader.get_batch(index)


@contextmanager
def open_engine(
    name: str, tables: Tables, *, address: str = "", folder: Path | None = None
) -> Iterator[Opened]:
    """Put the tables into an engine and give it. ``address``: of Spark's master or ClickHouse; ``folder``: for what does not
    fit into memory. Raises ``EngineError`` for an engine that is not there."""
    if name not in ENGINES:
        raise EngineError(name, Fault.UNKNOWN, ", ".join(ENGINES))
    module, dialect = ENGINES[name]
    opened = contextmanager(import_module(module).opened)
    with (
        tempfile.TemporaryDirectory(prefix="totals-", dir=folder) as scratch,
        opened(tables, address, Path(scratch)) as engine,
    ):
        yield Opened(engine, dialect, Path(scratch))
