"""How soon a published change is everywhere, and whether publishing makes pages slow.

Two web processes on one database, each with a port of its own so that each can be asked. An editor in a third
process publishes an article under a new title; both web processes are asked again and again until they show it.
Times run from the commit.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit

from bench.load import Load, load, require_wrk
from bench.processes import CLIENT_CORE, pin, require_cores
from bench.results import Result, at_most
from bench.site import DemoSite

CHANGES = 8
PATIENCE = 5.0
FIRST, ELSEWHERE = 0.3, 2.0
BURST_SECONDS, BURST_CONNECTIONS, BURST_PAUSE = 6, 32, 50
"""About six hundred requests a second, as after a message to all members."""
BURST_P99 = 50
QUIET_AFTER = 2.0


def run(site: DemoSite) -> list[Result]:
    """Measure."""
    require_cores()
    require_wrk()
    article = site.article()
    others = article["others"][:10]
    first_paths = [article["path"], article["category"], "/"]
    with ExitStack() as stack:
        servers = [site.server(core=None) for _ in range(2)]
        pids = [stack.enter_context(server.process) for server in servers]
        bases = [server.base for server in servers]
        editor = stack.enter_context(_Editor(site, article["pk"]))
        for base in bases:
            for path in (*first_paths, *others):
                _ask(base, path)

        first: list[float] = []
        elsewhere: list[float] = []
        for number in range(CHANGES):
            title = f"{article['title']} ({number})"
            committed = editor.publish(title)
            jobs = [(base, path) for base in bases for path in first_paths]
            first.append(max(_seen_after(jobs, title, committed)))
            elsewhere.append(max(_seen_after([(b, p) for b in bases for p in others], title, committed)))
            time.sleep(QUIET_AFTER)

        quiet, burst = _burst(site, editor, bases[0], pids[0], [*first_paths, *others], article["title"])
        editor.publish(article["title"])
    return [
        at_most(
            "freshness-page-category-front",
            max(first),
            "s from commit until both processes show it (worst of all changes)",
            FIRST,
            median=round(statistics.median(first), 3),
            all=[round(each, 3) for each in first],
        ),
        at_most(
            "freshness-other-pages",
            max(elsewhere),
            "s from commit until ten other pages show it in both processes (worst of all changes)",
            ELSEWHERE,
            median=round(statistics.median(elsewhere), 3),
            all=[round(each, 3) for each in elsewhere],
        ),
        at_most(
            "freshness-burst-p99",
            burst.p99,
            f"ms at 600 requests a second while five changes are published in {BURST_SECONDS} s",
            BURST_P99,
            p50=burst.p50,
            without_changes={"p50": quiet.p50, "p99": quiet.p99},
            requests_per_second=[round(quiet.per_second), round(burst.per_second)],
        ),
    ]


def _burst(
    site: DemoSite, editor: _Editor, base: str, pid: int, paths: Sequence[str], title: str
) -> tuple[Load, Load]:
    """Return the load of readers in quiet, and while an editor publishes five times."""

    def read() -> Load:
        return load(
            base,
            paths,
            connections=BURST_CONNECTIONS,
            seconds=BURST_SECONDS,
            server=pid,
            folder=site.folder,
            pause=BURST_PAUSE,
        )

    def publish() -> None:
        for number in range(5):
            editor.publish(f"{title} [{number}]")
            time.sleep(BURST_SECONDS / 6)

    quiet = read()
    publishing = threading.Thread(target=publish)
    publishing.start()
    burst = read()
    publishing.join()
    return quiet, burst


def _seen_after(jobs: Sequence[tuple[str, str]], title: str, committed: float) -> list[float]:
    """Return for each page the seconds from ``committed`` until it shows ``title``."""

    def watch(job: tuple[str, str]) -> float:
        base, path = job
        while True:
            asked = time.time()
            if title in _ask(base, path):
                return max(0.0, asked - committed)
            if asked - committed > PATIENCE:
                return PATIENCE
            time.sleep(0.02)

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(watch, jobs))


def _ask(base: str, path: str) -> str:
    address = urlsplit(base)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


class _Editor:
    """The process that publishes."""

    def __init__(self, site: DemoSite, pk: int) -> None:
        self._command = [sys.executable, "-m", "bench.editor", "publish", str(pk)]
        self._env = {**os.environ, **site.env}

    def __enter__(self) -> _Editor:
        self._process = subprocess.Popen(
            self._command,
            env=self._env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: pin(CLIENT_CORE),
        )
        self._line()
        return self

    def __exit__(self, *error: object) -> None:
        self._process.terminate()
        self._process.communicate()

    def publish(self, title: str) -> float:
        """Publish under ``title`` and return the time of the commit."""
        assert self._process.stdin is not None
        self._process.stdin.write(title + "\n")
        self._process.stdin.flush()
        return float(json.loads(self._line())["committed"])

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()
