"""Engines that build all totals from the facts in one go, and check those that are kept up to date by differences.

One expression (``expression``) says what a total is; Ibis writes it for DuckDB, Spark and ClickHouse. It shares nothing with
``engine.summing``, which counts the differences: what both find is right, where they differ one of them is wrong.
"""

from congdoan.reporting.engines.errors import EngineError, Fault
from congdoan.reporting.engines.expression import Basis
from congdoan.reporting.engines.running import ENGINES, Opened, Totals, open_engine
from congdoan.reporting.engines.tables import SCHEMAS, TOTALS, Tables

__all__ = [
    "ENGINES",
    "SCHEMAS",
    "TOTALS",
    "Basis",
    "EngineError",
    "Fault",
    "Opened",
    "Tables",
    "Totals",
    "open_engine",
]
