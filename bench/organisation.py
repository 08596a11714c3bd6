"""The tree of a whole country: opening a branch, searching, ancestors, and what scope costs.

A process of its own (``bench.country``) plants first a province of 1,289 units, then the rest up to 125,000, in an empty
database, through the action that set-up and imports use. On SQLite always, on PostgreSQL too where one answers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bench.results import CannotRunError, Result, at_least, at_most
from bench.site import DemoSite

SERVER = "postgres://postgres@127.0.0.1:5432"
BRANCH_MS = SEARCH_MS = 50
ANCESTORS_MS = 10
GROWTH = 2.0
ROWS_A_SECOND = 1_000


def run(site: DemoSite) -> list[Result]:
    """Measure on each database that this machine has."""
    results = _results("sqlite", measure(site, "", "bench.country"))
    with scratch_postgresql() as url:
        if url:
            results += _results("postgresql", measure(site, url, "bench.country"))
    return results


def measure(site: DemoSite, url: str, module: str, *arguments: str) -> dict[str, Any]:
    """Run a module in a process of its own, on a database of its own; return the JSON of its last line."""
    folder = site.folder / f"{module.rpartition('.')[2]}-{uuid.uuid4().hex[:8]}"
    folder.mkdir()
    env = {
        "DATA_DIR": str(folder),
        "SECRET_KEY": "only-for-a-benchmark-" + "x" * 40,
        "DJANGO_SETTINGS_MODULE": "congdoan.config.settings",
        "LOG_LEVEL": "ERROR",
    } | ({"DATABASE_URL": url} if url else {})
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env={**os.environ, **env}, capture_output=True, text=True
    )
    if done.returncode:
        raise CannotRunError(f"exit {done.returncode}: {done.stderr[-2000:]}")
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def _results(database: str, found: dict[str, Any]) -> list[Result]:
    small, large = found["small"], found["large"]
    name = f"organisation-{database}"
    of = {"units": large["units"]}
    return [
        at_least(f"{name}-planting", found["planted_per_second"], "units planted a second", ROWS_A_SECOND,
                 seconds=found["planting_s"], peak_mb=found["peak_mb"], **of),
        at_most(f"{name}-branch-query-p99", large["branch_query"]["p99"], "ms: units below one on a day, read",
                BRANCH_MS, **large["branch_query"], **of),
        at_most(f"{name}-branch-p50", large["branch"]["p50"], "ms: first branch on a day, whole request", BRANCH_MS, **of),
        at_most(f"{name}-branch-p99", large["branch"]["p99"], "ms: first branch on a day, whole request", BRANCH_MS,
                **large["branch"], **of),
        at_most(f"{name}-search-p99", large["search"]["p99"], "ms: search without diacritics, 20 units and their number",
                SEARCH_MS, **large["search"], **of),
        at_most(f"{name}-search-one-word-p50", large["one_word"]["p50"],
                "ms: the same for one word, which up to a quarter of all names hold", SEARCH_MS, **large["one_word"], **of),
        at_most(f"{name}-ancestors-p99", large["ancestors"]["p99"], "ms: ancestors of a unit on a day, with names",
                ANCESTORS_MS, **large["ancestors"], **of),
        at_most(f"{name}-ancestors-queries", large["ancestors_queries"], "queries for the ancestors of a unit on a day", 1,
                plan=large["ancestors_plan"]),
        at_most(f"{name}-ancestors-scans", large["ancestors_scans"], "tables of the tree read without an index", 0,
                plan=large["ancestors_plan"]),
        at_most(f"{name}-scope-queries", large["scope_queries"] - large["plain_queries"],
                "queries that scope adds to a page", 1, with_scope=large["scope_queries"], without=large["plain_queries"]),
        at_most(f"{name}-scope-growth", large["scope"]["p50"] / small["scope"]["p50"],
                "times a page of one province's rows takes at 125,000 units, against 1,289", GROWTH,
                small=small["scope"], large=large["scope"]),
    ]  # fmt: skip


@contextmanager
def scratch_postgresql() -> Iterator[str]:
    """Give an empty database that is gone afterwards; nothing where no server answers."""
    try:
        import psycopg

        server = psycopg.connect(f"{SERVER}/postgres", autocommit=True, connect_timeout=2)
    except Exception:  # noqa: BLE001  # whatever keeps it from answering
        print("   no PostgreSQL answers; SQLite alone", flush=True)
        yield ""
        return
    name = f"bench_organisation_{uuid.uuid4().hex[:8]}"
    with server:
        server.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{SERVER}/{name}"
    finally:
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as again:
            again.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
