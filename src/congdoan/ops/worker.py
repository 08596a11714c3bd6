"""The background worker of ``congdoan serve``: the queue of tasks, the schedule, the search outbox, and the totals of reports."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

import structlog
from django.db import OperationalError, close_old_connections, connections
from django_tasks_db.management.commands.db_worker import Worker

from congdoan.ops.actions import installation, queue
from congdoan.ops.refresher import Refresher
from congdoan.ops.schedule import Scheduler

INTERVAL = 0.5
"""Seconds between two looks into the queue."""


class QueueWorker(Worker):
    """django-tasks' worker, which looks before it locks, stops at once when idle, and outlives a database that is away."""

    def __init__(self, stopping: threading.Event) -> None:
        super().__init__(
            queue_names=["default"],
            interval=INTERVAL,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=queue.worker_id(),
            excluded_queue_names=[],
        )
        self.stopping = stopping

    def stop(self) -> None:
        """Finish the task under way, take no other."""
        self.running = False
        self.stopping.set()

    def run(self) -> None:
        """Work until stopped."""
        while self.running:
            try:
                # Taking the next task locks the database against every writer, so look first.
                if queue.has_work():
                    super().run()
            except OperationalError:
                structlog.get_logger(__name__).exception("the queue cannot be read")
                connections.close_all()
            close_old_connections()
            self.stopping.wait(INTERVAL)


def is_set_up() -> bool:
    """Say whether the database is there and no migration waits."""
    return not installation.pending_migrations()


def run(*, supervisor: int | None = None) -> None:
    """Work until SIGTERM or SIGINT, then finish what is under way.

    With ``supervisor``, a process id, also stop when that process is no longer the parent.
    """
    done = threading.Event()
    worker = QueueWorker(done)
    scheduler, refresher = Scheduler(), Refresher()

    def stop(signum: int, frame: FrameType | None) -> None:
        worker.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if abandoned := queue.release_abandoned():
        structlog.get_logger(__name__).warning(
            "tasks of a worker that died are queued again", tasks=abandoned
        )

    def watch() -> None:
        while not done.wait(1):
            if supervisor is not None and os.getppid() != supervisor:
                os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="watch", daemon=True).start()
    scheduler.start()
    refresher.start()
    structlog.get_logger(__name__).info("worker started")
    try:
        worker.run()
    finally:
        done.set()
        scheduler.stop()
        refresher.stop()
        close_old_connections()
    structlog.get_logger(__name__).info("worker stopped")
