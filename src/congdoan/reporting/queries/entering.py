"""What a unit has to report: what waits, what was sent, and one report with all its screen needs."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.units import named
from congdoan.reporting.models import Report, ReportVersion, ReviewStep
from congdoan.reporting.models.reports import OWED_UNTIL
from congdoan.reporting.queries.reports import to_enter, visible_to, with_words


def units_with_reports(capacity: Capacity) -> list[Unit]:
    """Return the units that the capacity reports for, by name."""
    reporting = to_enter(capacity).order_by().values("unit")
    units = named(Unit.objects.filter(pk__in=reporting), capacity.on)
    return list(units.order_by("shown_sort_key", "pk"))  # type: ignore[misc]  # ``named`` adds it


def waiting(capacity: Capacity, unit: Unit | None = None) -> QuerySet[Report]:
    """Return what is to be filled or mended and whose period has begun: returned and late ones first, by due day."""
    found = to_enter(capacity).filter(status__in=Report.UNFINISHED, period__start__lte=capacity.on)
    found = found.filter(unit=unit) if unit else found
    return (
        with_words(found, capacity.on)
        .annotate(due=OWED_UNTIL)
        .order_by("due", "period__start", "unit__code", "pk")
    )


def sent(capacity: Capacity, unit: Unit | None = None, year: int | None = None) -> QuerySet[Report]:
    """Return what was sent, the newest period first."""
    found = to_enter(capacity).exclude(status__in=Report.UNFINISHED)
    if unit:
        found = found.filter(unit=unit)
    if year:
        found = found.filter(period__year=year)
    return (
        with_words(found, capacity.on).annotate(due=OWED_UNTIL).order_by("-period__start", "unit__code", "pk")
    )


def years(capacity: Capacity) -> list[int]:
    """Return the years of what was sent, the newest first."""
    return list(
        to_enter(capacity)
        .exclude(status__in=Report.UNFINISHED)
        .order_by("-period__year")
        .values_list("period__year", flat=True)
        .distinct()
    )


def to_fill(capacity: Capacity, pk: int) -> Report | None:
    """Return one report that the capacity may fill, whatever its state; ``None`` for a stranger's."""
    return _one(to_enter(capacity), capacity.on, pk)


def to_read(capacity: Capacity, pk: int) -> Report | None:
    """Return one report that the capacity may read."""
    return _one(visible_to(capacity), capacity.on, pk)


def _one(reports: QuerySet[Report], day: date, pk: int) -> Report | None:
    back = ReviewStep.objects.filter(report=OuterRef("pk"), kind=ReviewStep.Kind.RETURNED).order_by("-pk")
    return (
        with_words(reports, day)
        .select_related("sheet_version", "current", "accepted")
        .annotate(
            due=OWED_UNTIL,
            back_reason=Subquery(back.values("reason")[:1]),
            back_comments=Subquery(back.values("comments")[:1]),
        )
        .filter(pk=pk)
        .first()
    )


def history(report: Report) -> tuple[list[ReportVersion], list[ReviewStep]]:
    """Return every sending and every step of a report, in order."""
    return (
        list(report.versions.select_related("sheet_version").order_by("number")),
        list(report.steps.select_related("version").order_by("pk")),
    )


def last_return(report: Report) -> tuple[str, dict[str, str]]:
    """Return why a report that lies here returned was sent back, and the comments on its cells; nothing for all others.

    ``report`` comes from ``to_fill`` or ``to_read``, which read both along with it.
    """
    if report.status != Report.Status.RETURNED:
        return "", {}
    comments: dict[str, str] = report.back_comments or {}  # type: ignore[attr-defined]  # the query adds it
    return report.back_reason or "", comments  # type: ignore[attr-defined]  # the query adds it
