"""The thread that keeps totals fresh: it looks every moment whether reports wait to be counted, and counts them in batches."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import structlog
from django.db import close_old_connections, connections
from django.utils import timezone

from congdoan.reporting.actions import announcing, refreshing

PAUSE = 0.3
"""Seconds between two looks. Looking locks nothing, so an idle site is never in anybody's way."""

TREE_PAUSE = 5.0
"""Seconds between two looks whether the tree or the day has changed."""

TELL_PAUSE = 3.0
"""Seconds between two times that public pages are rendered anew because totals moved on, however many batches there are."""

RETRY = 10.0
"""Seconds to wait after something failed: a database that is away comes back."""


class Refresher(threading.Thread):
    """Counts queued reports until stopped, and builds the totals as-is anew beside it when the tree has changed.

    Each batch is one transaction: a process that dies in the middle leaves the batch in the queue.
    """

    def __init__(self, *, pause: float = PAUSE, tree_pause: float = TREE_PAUSE) -> None:
        super().__init__(name="refresher", daemon=True)
        self.pause, self.tree_pause = pause, tree_pause
        self._stopping = threading.Event()
        self._tree_due = 0.0
        self._tell_due = 0.0
        self._told: int | None = None
        self._rebuild: Future[None] | None = None

    def stop(self, timeout: float = 30) -> None:
        """Finish the batch under way and take no other; wait up to ``timeout`` seconds."""
        self._stopping.set()
        self.join(timeout)

    def run(self) -> None:
        """Count until stopped."""
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="as-is") as pool:
            while not self._stopping.is_set():
                wait = self.pause
                try:
                    while not self._stopping.is_set() and refreshing.refresh_all(most_batches=1):
                        self._tell_readers()
                    self._tell_readers()
                    self._follow_tree(pool)
                except Exception:  # noqa: BLE001  # logged and tried again; the queue keeps what is not counted
                    structlog.get_logger(__name__).exception("totals could not be refreshed")
                    connections.close_all()
                    wait = RETRY
                close_old_connections()
                self._stopping.wait(wait)
        connections.close_all()

    def _tell_readers(self) -> None:
        if time.monotonic() < self._tell_due:
            return
        told = announcing.announce(self._told)
        if told != self._told:
            self._told, self._tell_due = told, time.monotonic() + TELL_PAUSE

    def _follow_tree(self, pool: ThreadPoolExecutor) -> None:
        if time.monotonic() < self._tree_due or (self._rebuild and not self._rebuild.done()):
            return
        self._tree_due = time.monotonic() + self.tree_pause
        if refreshing.follow_tree(timezone.localdate()):
            self._rebuild = pool.submit(self._build_as_is)

    def _build_as_is(self) -> None:
        from congdoan.reporting.actions import rebuilding  # a hundred megabytes, seldom needed

        try:
            rebuilding.rebuild_as_is(timezone.localdate())
        except Exception:  # noqa: BLE001  # logged and tried again; the totals as they were stay readable
            structlog.get_logger(__name__).exception("totals as-is could not be built")
            self._tree_due = time.monotonic() + RETRY
        finally:
            connections.close_all()
