"""The queue of what must be counted anew. Rows are added in the transaction of the change; the worker takes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from congdoan.organisation.models import Ancestry, TreeVersion
from congdoan.organisation.queries.forest import chunks
from congdoan.reporting.models import Counted, Dirty, Report
from congdoan.reporting.queries import maps


def enqueue(reports: Iterable[int]) -> None:
    """Ask the worker to count reports anew. Never touches rows that several reports share, so it waits for nobody."""
    now = timezone.now()
    Dirty.objects.bulk_create([Dirty(report_id=pk, since=now) for pk in reports], batch_size=2_000)


def tree_changed(version: TreeVersion) -> None:
    """Queue one report of each unit whose place changed, or that got its first unit below it: the worker moves all its
    contributions."""
    changed = Ancestry.objects.filter(
        Q(first_version=version.number) | Q(end_version=version.number), tree=version.tree_id
    )
    first_below = set(
        changed.filter(first_version=version.number, depth__gt=0).values_list("ancestor", flat=True)
    ) - maps.nodes(version.number - 1)
    _enqueue_units(Report.objects.filter(unit__in=changed.values("unit")))
    for some in chunks(first_below):
        _enqueue_units(Report.objects.filter(unit__in=some))


def left_behind() -> int:
    """Queue the units that were counted by an older tree than the one that holds; return how many.

    A batch that read the tree while a reorganisation was being written may have counted units that the reorganisation
    could not see yet. The caller holds the clock's lock.
    """
    newer = Ancestry.objects.filter(
        Q(first_version__gt=OuterRef("tree_version")) | Q(end_version__gt=OuterRef("tree_version")),
        unit=OuterRef("unit"),
    )
    below = Ancestry.objects.filter(ancestor=OuterRef("unit"), depth__gt=0)
    units = Counted.objects.filter(
        Exists(newer)
        | Exists(below.filter(first_version__gt=OuterRef("tree_version")))
        & ~Exists(below.filter(first_version__lte=OuterRef("tree_version")))
    )
    return _enqueue_units(Report.objects.filter(unit__in=units.values("unit")))


def _enqueue_units(reports: QuerySet[Report]) -> int:
    first = [row["first"] for row in reports.order_by().values("unit").annotate(first=Min("pk"))]
    enqueue(first)
    return len(first)


def queued() -> tuple[int, datetime | None]:
    """Return how many changes wait to be counted, and since when the oldest does."""
    found = Dirty.objects.aggregate(count=Count("pk"), oldest=Min("since"))
    return found["count"], found["oldest"]
