"""The queue of background tasks, as far as django-tasks leaves it to us."""

from __future__ import annotations

import os
import socket
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

MAX_ATTEMPTS = 3
"""A task that took this many workers down with it is not given to another."""

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=60)


def worker_id() -> str:
    """Return a name for this process's worker that says on which machine and in which process it runs."""
    return f"{_host()}/{os.getpid()}/{get_random_string(8)}"


def has_work() -> bool:
    """Say whether a task waits to be done."""
    return DBTaskResult.objects.ready().exists()


@transaction.atomic
def release_abandoned() -> int:
    """Queue again what workers of this machine left half done when they died. Returns how many tasks.

    django-tasks would keep them as running for ever. A task whose worker died three times is marked as failed.
    """
    released = 0
    for task in DBTaskResult.objects.running().select_for_update():
        last_worker = task.worker_ids[-1] if task.worker_ids else ""
        if not _is_dead(last_worker):
            continue
        if len(task.worker_ids) >= MAX_ATTEMPTS:
            task.status = TaskResultStatus.FAILED
            task.finished_at = timezone.now()
            task.traceback = "its worker died each time"
        else:
            task.status = TaskResultStatus.READY
            task.started_at = None
        task.save()
        released += 1
    return released


def prune() -> int:
    """Forget tasks done a week ago and tasks failed two months ago. Returns how many."""
    now = timezone.now()
    done = DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE).delete()[0]
    failed = DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED).delete()[0]
    return done + failed


def failed_lately() -> int:
    """Return how many tasks failed in the last seven days."""
    return DBTaskResult.objects.failed().filter(finished_at__gte=timezone.now() - timedelta(days=7)).count()


def _host() -> str:
    return socket.gethostname()[:30]


def _is_dead(worker: str) -> bool:
    host, _slash, rest = worker.partition("/")
    process = rest.partition("/")[0]
    if host != _host() or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return int(process) == os.getpid()  # a new process that got the old one's number
