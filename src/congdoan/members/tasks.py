"""Work of the register in the background. Run by ``settings.SCHEDULE``."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from congdoan.members.actions import headcounts

SETTLED_AFTER_DAYS = 10
"""Entries of the last days of a month come late; its counts are frozen after so many days."""


def freeze_headcounts() -> None:
    """Freeze the counts of the month before, once it has settled."""
    today = timezone.localdate()
    if today.day > SETTLED_AFTER_DAYS:
        headcounts.freeze((today.replace(day=1) - timedelta(days=1)).replace(day=1))
