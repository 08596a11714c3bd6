"""DuckDB, in this process: the engine that every installation has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from congdoan.reporting.engines.errors import EngineError, Fault
from congdoan.reporting.engines.tables import SCHEMAS, Tables

MEMORY = "1GB"
"""What DuckDB may hold; beyond it writes to the folder."""

ROWS = 100_000


class Duck:
    """A database in a file of its own, gone afterwards."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def run(self, statement: str) -> Iterator[pa.RecordBatch]:
        """Run one statement and yield its rows."""
        try:
            yield from self._connection.sql(statement).to_arrow_reader(ROWS)
        except duckdb.Error as error:
            raise EngineError("duckdb", Fault.FAILED, str(error).splitlines()[0]) from error


def opened(tables: Tables, address: str, folder: Path) -> Iterator[Duck]:
    """Fill a database with the tables: the facts as they come, compressed, so that memory stays bounded."""
    connection = duckdb.connect(
        str(folder / "totals.duckdb"),
        config={
            "memory_limit": MEMORY,
            "temp_directory": str(folder / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "preserve_insertion_order": "false",
        },
    )
    try:
        for name, table in tables.small.items():
            connection.register("given", table)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608  # names of our tables
            connection.unregister("given")
        connection.register("given", SCHEMAS["facts"].empty_table())
        connection.execute("CREATE TABLE facts AS SELECT * FROM given")
        connection.unregister("given")
        for batch in tables.facts:
            connection.register("given", pa.Table.from_batches([batch]))
            connection.execute("INSERT INTO facts SELECT * FROM given")
            connection.unregister("given")
        yield Duck(connection)
    finally:
        connection.close()
