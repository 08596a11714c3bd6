"""ClickHouse, over its own HTTP: a read copy that is thrown away afterwards, never the source."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyarrow as pa
import requests

from congdoan.reporting.engines.errors import EngineError, Fault
from congdoan.reporting.engines.tables import SCHEMAS, Tables

TYPES = {pa.int32(): "Int32", pa.int64(): "Int64", pa.bool_(): "Bool"}
SECONDS = 3_600
NULLABLE = {("facts", "value")}


class ClickHouse:
    """A database of its own on a server, dropped at the end."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.url = f"{parts.scheme}://{parts.hostname}:{parts.port or 8123}/"
        self.database = f"congdoan_totals_{uuid.uuid4().hex[:12]}"
        self._http = requests.Session()
        self._http.trust_env = False
        if parts.username:
            self._http.headers["X-ClickHouse-User"] = unquote(parts.username)
            self._http.headers["X-ClickHouse-Key"] = unquote(parts.password or "")

    def send(self, statement: str, body: bytes | None = None, *, at_home: bool = True) -> requests.Response:
        """Send one statement; with ``body``, the rows that it inserts."""
        settings = {"query": statement} | ({"database": self.database} if at_home else {})
        try:
            answer = self._http.post(self.url, params=settings, data=body or b"", timeout=SECONDS)
        except requests.RequestException as error:
            raise EngineError("clickhouse", Fault.FAILED, str(error)[:300]) from error
        if not answer.ok:
            raise EngineError("clickhouse", Fault.FAILED, answer.text.strip()[:300])
        return answer

    def put(self, name: str, batch: pa.RecordBatch) -> None:
        """Add rows to a table."""
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, SCHEMAS[name]) as stream:
            stream.write_batch(batch)
        self.send(f"INSERT INTO {name} FORMAT ArrowStream", sink.getvalue().to_pybytes())  # our own names

    def make(self, name: str) -> None:
        """Make an empty table."""
        columns = ", ".join(
            f"{one.name} "
            + (f"Nullable({TYPES[one.type]})" if (name, one.name) in NULLABLE else TYPES[one.type])
            for one in SCHEMAS[name]
        )
        first = SCHEMAS[name].names[0]
        self.send(f"CREATE TABLE {name} ({columns}) ENGINE = MergeTree ORDER BY {first}")

    def run(self, statement: str) -> Iterator[pa.RecordBatch]:
        """Run one statement and yield its rows."""
        yield from pa.ipc.open_stream(self.send(f"{statement} FORMAT ArrowStream").content)


def opened(tables: Tables, address: str, folder: Path) -> Iterator[ClickHouse]:
    """Make a database on the server ``address`` ("http://user:password@host:8123") and fill it."""
    if not address:
        raise EngineError("clickhouse", Fault.NO_ADDRESS, "CLICKHOUSE_URL")
    server = ClickHouse(address)
    server.send(f"CREATE DATABASE {server.database}", at_home=False)
    try:
        for name in SCHEMAS:
            server.make(name)
        for name, table in tables.small.items():
            for batch in table.to_batches():
                server.put(name, batch)
        for batch in tables.facts:
            server.put("facts", batch)
        yield server
    finally:
        server.send(f"DROP DATABASE {server.database}", at_home=False)
