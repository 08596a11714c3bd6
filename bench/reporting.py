"""Six years of a province's figures: the report read from totals, the rebuild, accepting, and how soon totals are right.

A process of its own (``bench.province``) fills an empty database with 1,289 unions × 150 indicators × 72 months, of which
60 % are filled. With ``BENCH_TEN=1`` also ten times as much on SQLite (some minutes and five gigabytes).
"""

from __future__ import annotations

import os
from typing import Any

from bench.organisation import measure, scratch_postgresql
from bench.results import Result, at_least, at_most
from bench.site import DemoSite

READ_MS, TIMES_FASTER, GROWTH = 10, 100, 1.5
REBUILD_S, FRESH_MS = 30, 2_000
ALONE, TOGETHER = 100, 300


def run(site: DemoSite) -> list[Result]:
    """Measure on each database that this machine has."""
    one = measure(site, "", "bench.province", "1")
    results = _results("sqlite", one)
    if os.environ.get("BENCH_TEN"):
        ten = measure(site, "", "bench.province", "10")
        results += [
            at_most("reporting-sqlite-ten-times-growth", ten["read"]["p50"] / one["read"]["p50"],
                    "times the six-year report takes with ten times the data", GROWTH, one=one["read"], ten=ten["read"]),
            at_most("reporting-sqlite-ten-times-read-p99", ten["read"]["p99"], "ms: the six-year report, ten times the data",
                    READ_MS, **ten["read"], values=ten["values"], scan_ms=ten["scan_ms"], rebuild_s=ten["rebuild_s"],
                    rebuild_peak_mb=ten["rebuild_peak_mb"]),
        ]  # fmt: skip
    with scratch_postgresql() as url:
        if url:
            results += _results("postgresql", measure(site, url, "bench.province", "1"))
    return results


def _results(database: str, found: dict[str, Any]) -> list[Result]:
    name = f"reporting-{database}"
    of = {"values": found["values"], "units": found["units"]}
    results = [
        at_most(f"{name}-read-p50", found["read"]["p50"], "ms: 60 figures over six years, from totals", READ_MS, **of),
        at_most(f"{name}-read-p99", found["read"]["p99"], "ms: the same", READ_MS, **found["read"], **of),
        at_least(f"{name}-times-faster-than-facts", found["scan_ms"] / found["read"]["p50"],
                 "times faster than the same sums over facts", TIMES_FASTER, scan_ms=found["scan_ms"]),
        at_most(f"{name}-rebuild", found["rebuild_s"], "s: all totals, both bases, with DuckDB", REBUILD_S,
                totals=found["totals"], peak_mb=found["rebuild_peak_mb"], **of),
        at_most(f"{name}-fresh-p99", found["fresh_ms"]["p99"], "ms from accepting to the totals, at 20 reports a second",
                FRESH_MS, **found["fresh_ms"]),
    ]  # fmt: skip
    if "together" in found:
        results += [
            at_least(f"{name}-accept-8-officers", found["together"]["per_second"], "reports of 150 values accepted a second",
                     TOGETHER, alone=found["accept"], **found["together"]),
            at_most(f"{name}-accept-failures", found["together"]["failed"], "deadlocks and other failures", 0),
        ]  # fmt: skip
    else:
        results.append(
            at_least(f"{name}-accept", found["accept"], "reports of 150 values accepted a second", ALONE)
        )
    return results
