"""Several people at the same moment on PostgreSQL: a thread of one's own, and waiting until the database says that somebody waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Answer = TypeVar("Answer")
PATIENCE = 15
"""Seconds."""


def wait_until_somebody_is_blocked() -> None:
    """Return once a statement waits for a lock. Sleeping would prove nothing."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("the second one never waited")


def in_thread(work: Callable[[], Answer]) -> Answer:
    """Do ``work`` and give the thread's connection back."""
    try:
        return work()
    finally:
        connection.close()


def attempt(pool: ThreadPoolExecutor, work: Callable[[], Answer]) -> Future[Answer]:
    """Start ``work`` in a thread with a connection of its own."""
    return pool.submit(in_thread, work)
