"""Claiming and closing the jobs of the schedule: of several workers only one runs a job."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from congdoan.ops.models import ScheduledJob

LEASE = timedelta(seconds=30)
"""How long a claim holds unless its worker renews it."""

FIRST_RETRY = timedelta(seconds=10)


def due(names: Iterable[str]) -> list[str]:
    """Return those of ``names`` that are due and that nobody runs. A job that is new in the settings is due at once."""
    now = timezone.now()
    known = {job.name: job for job in ScheduledJob.objects.filter(name__in=names)}
    for name in set(names) - set(known):
        known[name] = ScheduledJob.objects.get_or_create(name=name, defaults={"next_run": now})[0]
    return [
        name for name in names if known[name].next_run <= now and ((known[name].claimed_until or now) <= now)
    ]


def claim(name: str, *, now: datetime | None = None) -> bool:
    """Take the job ``name`` if it is due and nobody runs it. One conditional update decides between workers."""
    now = now or timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    return bool(
        ScheduledJob.objects.filter(free, name=name, next_run__lte=now).update(claimed_until=now + LEASE)
    )


def renew(names: list[str]) -> None:
    """Keep the claims of jobs that still run."""
    ScheduledJob.objects.filter(name__in=names).update(claimed_until=timezone.now() + LEASE)


def close(name: str, *, every: timedelta, error: str = "") -> None:
    """Give the job back, with the error it ended in.

    However many runs were missed, the next one is ``every`` from now. A failed job is tried again sooner: after 10 s,
    then twice as long each time, never later than ``every``.
    """
    now = timezone.now()
    job = ScheduledJob.objects.get(name=name)
    job.failures = job.failures + 1 if error else 0
    wait = min(every, FIRST_RETRY * 2 ** min(job.failures - 1, 12)) if error else every
    job.next_run = now + wait
    job.last_run = now
    job.last_error = error
    job.claimed_until = None
    job.save()
