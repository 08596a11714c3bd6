"""The queue of what must be counted anew. Rows are added in the transaction of the change; the worker takes them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Min, Q
from django.utils import timezone

from congdoan.organisation.models import Ancestry, TreeVersion
from congdoan.reporting.models import Counted, Dirty, Report


def enqueue(reports: Iterable[int]) -> None:
    """Ask the worker to count reports anew. Never touches rows that several reports share, so it waits for nobody."""
    now = timezone.now()
    Dirty.objects.bulk_create([Dirty(report_id=pk, since=now) for pk in reports], batch_size=2_000)


def tree_changed(version: TreeVersion) -> None:
    """Queue one report of each counted unit whose place changed: the worker moves all its contributions."""
    moved = Ancestry.objects.filter(
        Q(first_version=version.number) | Q(end_version=version.number), tree=version.tree_id
    )
    counted = Counted.objects.filter(unit__in=moved.values("unit")).values("unit")
    first = Report.objects.filter(unit__in=counted).values("unit").annotate(first=Min("pk"))
    enqueue(row["first"] for row in first)
