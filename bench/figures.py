"""Figures in text: the report page, its print, replaying what was published, and reading a long text.

A process of its own (``bench.spine``) measures inside the demonstration's installation, on SQLite.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

from bench.results import CannotRunError, Result, at_most
from bench.site import DemoSite

PAGE_MS, PAGE_QUERIES, PRINT_MS = 100, 30, 1_000
REPLAY_S, READ_MS = 10, 1_000


def run(site: DemoSite) -> list[Result]:
    """Measure on the demonstration."""
    site.ensure()
    done = subprocess.run(
        [sys.executable, "-m", "bench.spine"], env={**os.environ, **site.env}, capture_output=True, text=True
    )
    if done.returncode:
        raise CannotRunError(f"exit {done.returncode}: {done.stderr[-2000:]}")
    found = json.loads(done.stdout.splitlines()[-1])
    of = {"figures": found["page"]["figures"]}
    return [
        at_most("figures-page-p50", found["page"]["p50"], "ms: the report page, not from the cache", PAGE_MS,
                p99=found["page"]["p99"], **of),
        at_most("figures-page-queries", found["page"]["queries"], "queries of the report page", PAGE_QUERIES, **of),
        at_most("figures-docx", found["docx"]["p50"], "ms: the report as DOCX", PRINT_MS, **found["docx"], **of),
        at_most("figures-pdf", found["pdf"]["p50"], "ms: the report as PDF", PRINT_MS, **found["pdf"], **of),
        at_most("figures-replay", found["replay"]["s"], "s: replay of the published figures", REPLAY_S, **found["replay"]),
        at_most("figures-replay-after-corrections", found["replay_touched"]["s"],
                "s: the same after reports behind them were corrected", REPLAY_S, **found["replay_touched"]),
        at_most("figures-reading", found["reading"]["ms"], "ms: reading a text of 50 pages", READ_MS, **found["reading"]),
    ]  # fmt: skip
