"""The scheduler: runs what ``settings.SCHEDULE`` names when it is due, beside the queue, in the background worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import close_old_connections, connections
from django.utils.module_loading import import_string

from congdoan.ops.actions import jobs

TICK = 0.5
"""Seconds between two looks at what is due."""

SELDOM = timedelta(seconds=5)
"""Jobs due more often than this are run by every worker and keep no record; they must bear that."""

RETRY = 10.0

Schedule = dict[str, tuple[str, timedelta]]


class Scheduler(threading.Thread):
    """A thread that claims due jobs and runs each in a small pool; no job stops another or the worker."""

    def __init__(self, schedule: Schedule | None = None, *, tick: float = TICK) -> None:
        super().__init__(name="scheduler", daemon=True)
        self.schedule: Schedule = settings.SCHEDULE if schedule is None else schedule
        self.tick = tick
        # What is done every few seconds may be done by every worker; a record of it would write more than it does.
        self.frequent = {name: entry for name, entry in self.schedule.items() if entry[1] < SELDOM}
        self.recorded = {name: entry for name, entry in self.schedule.items() if entry[1] >= SELDOM}
        self._frequent_due = dict.fromkeys(self.frequent, 0.0)
        self._stopping = threading.Event()
        self._running: set[str] = set()
        self._lock = threading.Lock()

    def stop(self, timeout: float = 30) -> None:
        """Start nothing more and wait up to ``timeout`` seconds for what runs."""
        self._stopping.set()
        self.join(timeout)

    def run(self) -> None:
        """Look for due jobs until stopped."""
        with ThreadPoolExecutor(max_workers=2, thread_name_prefix="job") as pool:
            ticks = 0
            while not self._stopping.is_set():
                try:
                    self._start_due(pool)
                    self._do_frequent()
                    if ticks % 20 == 0 and self._running:
                        jobs.renew(sorted(self._running))
                except Exception:  # noqa: BLE001  # a database that is away comes back
                    structlog.get_logger(__name__).exception("scheduler could not look for due jobs")
                close_old_connections()
                ticks += 1
                self._stopping.wait(self.tick)
        connections.close_all()

    def _start_due(self, pool: ThreadPoolExecutor) -> None:
        for name in jobs.due(self.recorded):
            if name in self._running or not jobs.claim(name):
                continue
            with self._lock:
                self._running.add(name)
            pool.submit(self._run, name, *self.schedule[name])

    def _do_frequent(self) -> None:
        for name, (path, every) in self.frequent.items():
            if time.monotonic() < self._frequent_due[name]:
                continue
            self._frequent_due[name] = time.monotonic() + every.total_seconds()
            try:
                _callable(path)()
            except Exception:  # noqa: BLE001  # logged and tried again
                structlog.get_logger(__name__).exception("scheduled job failed", job=name)
                self._frequent_due[name] = time.monotonic() + RETRY

    def _run(self, name: str, path: str, every: timedelta) -> None:
        error = ""
        try:
            _callable(path)()
        except Exception as problem:  # noqa: BLE001  # logged, kept with the job, and tried again
            error = f"{type(problem).__name__}: {problem}"[:2000]
            structlog.get_logger(__name__).exception("scheduled job failed", job=name)
        try:
            jobs.close(name, every=every, error=error)
        except Exception:  # noqa: BLE001  # the claim runs out and the job is due again
            structlog.get_logger(__name__).exception("scheduled job could not be closed", job=name)
        finally:
            with self._lock:
                self._running.discard(name)
            connections.close_all()


def _callable(path: str) -> Callable[[], Any]:
    """Return the function at ``path``; of a background task, the function inside it."""
    found = import_string(path)
    call: Callable[[], Any] = getattr(found, "call", found)
    return call
