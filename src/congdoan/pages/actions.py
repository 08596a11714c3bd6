"""Writes of the pages app: counted visits, and tidying up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from congdoan.pages.models import OnlineVisitors, Purge, VisitDay

KEEP_PURGES = timedelta(days=1)
KEEP_ONLINE = timedelta(hours=1)


@transaction.atomic
def add_visits(visits: Mapping[date, int]) -> None:
    """Add counted visits to their days, in one transaction: all of them or none."""
    for day, number in sorted(visits.items()):
        if not number or VisitDay.objects.filter(day=day).update(visits=F("visits") + number):
            continue
        try:
            with transaction.atomic():
                VisitDay.objects.create(day=day, visits=number)
        except IntegrityError:  # another process was the first to write this day
            VisitDay.objects.filter(day=day).update(visits=F("visits") + number)


def report_online(process: str, visitors: int) -> None:
    """Note how many visitors ``process`` sees now; nothing about any of them."""
    OnlineVisitors.objects.update_or_create(
        process=process, defaults={"visitors": visitors, "seen_at": timezone.now()}
    )


def leave_online(process: str) -> None:
    """Forget a process that ends."""
    OnlineVisitors.objects.filter(process=process).delete()


def prune() -> int:
    """Delete notes that every process has long read, and processes that are gone; returns how many rows."""
    now = timezone.now()
    purges, _ = Purge.objects.filter(at__lt=now - KEEP_PURGES).delete()
    processes, _ = OnlineVisitors.objects.filter(seen_at__lt=now - KEEP_ONLINE).delete()
    return purges + processes
