"""Requests as fast as a server answers, by wrk (https://github.com/wg/wrk)."""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bench.processes import CLIENT_CORE, cpu_seconds, pin
from bench.results import CannotRunError

_SCRIPT = """
local requests, turn = {}, 0
init = function(args)
  for _, path in ipairs(args) do
    table.insert(requests, wrk.format("GET", path, {
      ["Host"] = "127.0.0.1", ["Accept-Encoding"] = "gzip, deflate, br",
      ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" }))
  end
end
request = function()
  turn = turn % #requests + 1
  return requests[turn]
end
{pause}
done = function(summary, latency, requests)
  io.write(string.format(
    'JSON{"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "errors": %d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """One run. Times of answers in milliseconds; ``cpu`` is the server's processor time per request in µs."""

    per_second: float
    p50: float
    p99: float
    cpu: float


def require_wrk() -> None:
    """Raise ``CannotRunError`` when wrk is missing."""
    if shutil.which("wrk") is None:
        raise CannotRunError("wrk is missing; on Debian: apt install wrk")


def load(
    base: str,
    paths: Sequence[str],
    *,
    connections: int,
    seconds: float,
    server: int,
    folder: Path,
    pause: int = 0,
) -> Load:
    """Ask ``base`` for ``paths`` in turn over keep-alive ``connections``, as fast as it answers.

    With ``pause`` each connection rests so many milliseconds after an answer: readers, not a load test.
    Raises ``CannotRunError`` on any error.
    """
    script = folder / "turns.lua"
    script.write_text(_SCRIPT.replace("{pause}", f"delay = function() return {pause} end" if pause else ""))
    before = cpu_seconds(server)
    output = subprocess.run(
        [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "--timeout",
            "10s",
            "-s",
            str(script),
            base,
            "--",
            *paths,
        ],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=partial(pin, CLIENT_CORE),
    ).stdout
    used = cpu_seconds(server) - before
    found = re.search(r"JSON(\{.*\})", output)
    if found is None:
        raise CannotRunError(f"wrk said: {output}")
    summary = json.loads(found[1])
    if summary["errors"] or not summary["requests"]:
        raise CannotRunError(f"{base} failed under load: {summary}")
    return Load(
        per_second=summary["requests"] / summary["microseconds"] * 1e6,
        p50=summary["p50"] / 1000,
        p99=summary["p99"] / 1000,
        cpu=used / summary["requests"] * 1e6,
    )


def median(loads: Sequence[Load], field: str) -> float:
    """Return the median of one number over several runs."""
    return statistics.median(getattr(each, field) for each in loads)


def described(loads: Sequence[Load]) -> dict[str, object]:
    """Return the runs for the detail of a result."""
    return {
        "requests per second": [round(each.per_second) for each in loads],
        "p99 ms": [round(each.p99, 2) for each in loads],
        "server cpu µs per request": [round(each.cpu, 1) for each in loads],
    }
