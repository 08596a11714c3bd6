"""Work of the register in the background. Run by ``settings.SCHEDULE``."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from congdoan.members.actions import headcounts, imports

SETTLED_AFTER_DAYS = 10
"""Entries of the last days of a month come late; its counts are frozen after so many days."""


def freeze_headcounts() -> None:
    """Freeze the counts of the month before, once it has settled."""
    today = timezone.localdate()
    if today.day > SETTLED_AFTER_DAYS:
        headcounts.freeze((today.replace(day=1) - timedelta(days=1)).replace(day=1))


@task()
def run_import(run_id: int) -> None:
    """Check or write a list of members, from where it stands; queued again when the worker was killed."""
    imports.work(run_id)


def tidy_imports() -> int:
    """Let go of lists and refused rows that nobody came for."""
    return imports.tidy()
