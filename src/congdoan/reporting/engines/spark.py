"""Spark, on this machine or on a cluster, for installations that check a whole country: install ``requirements/spark.lock``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

from congdoan.reporting.engines.errors import EngineError, Fault
from congdoan.reporting.engines.tables import SCHEMAS, Tables


class Spark:
    """A session that knows the tables as views."""

    def __init__(self, session: Any) -> None:
        self._session = session

    def run(self, statement: str) -> Iterator[pa.RecordBatch]:
        """Run one statement and yield its rows."""
        try:
            yield from self._session.sql(statement).toArrow().to_batches()
        except Exception as error:  # whatever the cluster says
            raise EngineError("spark", Fault.FAILED, str(error).splitlines()[0]) from error


def opened(tables: Tables, address: str, folder: Path) -> Iterator[Spark]:
    """Start a session on the master ``address`` ("local[2]", "local-cluster[2,1,1024]", "spark://host:7077")."""
    if not address:
        raise EngineError("spark", Fault.NO_ADDRESS, "SPARK_MASTER")
    try:
        from pyspark.sql import (
            SparkSession,
        )  # optional: a few hundred megabytes that most installations never need
    except ImportError as error:
        raise EngineError("spark", Fault.NOT_INSTALLED, "requirements/spark.lock") from error
    # Workers run this very interpreter, not whatever is called python3 there.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        session = (
            SparkSession.builder.master(address)
            .appName("congdoan totals")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.local.dir", str(folder / "local"))
            .getOrCreate()
        )
    except Exception as error:  # no Java, no master, no memory: whatever it says
        raise EngineError("spark", Fault.FAILED, str(error).splitlines()[0]) from error
    try:
        for name, table in tables.small.items():
            session.createDataFrame(table).createOrReplaceTempView(name)
        if address.startswith("local"):
            with parquet.ParquetWriter(folder / "facts.parquet", SCHEMAS["facts"]) as file:
                for batch in tables.facts:
                    file.write_batch(batch)
            session.read.parquet(str(folder / "facts.parquet")).createOrReplaceTempView("facts")
        else:
            # Other machines do not see this one's files.
            facts = pa.Table.from_batches(tables.facts, SCHEMAS["facts"])
            session.createDataFrame(facts).createOrReplaceTempView("facts")
        yield Spark(session)
    finally:
        session.stop()
