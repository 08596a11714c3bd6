"""Reports that one may see, fill, or review; and who reviews whom."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from congdoan.organisation.models import Placement
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import covers, within
from congdoan.organisation.queries.units import name_on
from congdoan.organisation.rights import Right
from congdoan.reporting.models import Report


def with_words(reports: QuerySet[Report], day: date) -> QuerySet[Report]:
    """Add what a list shows of each report: ``unit_name`` on a day, period, sheet."""
    return reports.select_related("unit__kind", "period", "sheet").annotate(unit_name=name_on(day, "unit"))


def visible_to(capacity: Capacity) -> QuerySet[Report]:
    """Return the reports that the capacity may read: those it fills, signs or reviews. Others do not exist for it."""
    return Report.objects.filter(
        within(capacity, Right.ENTER_REPORTS)
        | within(capacity, Right.REVIEW_REPORTS)
        | within(capacity, Right.SIGN_REPORTS)
    )


def to_enter(capacity: Capacity) -> QuerySet[Report]:
    """Return the reports that the capacity may fill and send."""
    return Report.objects.filter(within(capacity, Right.ENTER_REPORTS) | within(capacity, Right.SIGN_REPORTS))


def to_review(capacity: Capacity) -> QuerySet[Report]:
    """Return the reports of the units below the capacity's own. Nobody reviews their own unit."""
    return Report.objects.filter(within(capacity, Right.REVIEW_REPORTS))


def one_to_enter(capacity: Capacity, pk: int) -> QuerySet[Report]:
    """Return one report if the capacity may fill and send it."""
    return Report.objects.filter(
        covers(capacity, Right.ENTER_REPORTS) | covers(capacity, Right.SIGN_REPORTS), pk=pk
    )


def one_to_review(capacity: Capacity, pk: int) -> QuerySet[Report]:
    """Return one report if it is of a unit below the capacity's own."""
    return Report.objects.filter(covers(capacity, Right.REVIEW_REPORTS), pk=pk)


def directly_below(capacity: Capacity) -> Q:
    """Return the condition for reports of units right below the capacity's unit today: its own inbox."""
    if capacity.unit is None:
        return Q(pk__in=())
    return Q(unit__in=Placement.objects.filter(during(capacity.on), parent=capacity.unit).values("unit"))


def is_late(report: Report, today: date) -> bool:
    """Say whether the report should have been sent by now and was not."""
    return report.first_submitted_at is None and today > report.owed_until


def tag_of(report: Report) -> str:
    """Return what names the report's cells and state as they are now: another tag, another content (ETag)."""
    digest = report.current.digest[:16] if report.current else "-"
    return f"{report.pk}.{report.revision}.{report.status}.{digest}"


def previous(report: Report) -> Report | None:
    """Return the same unit's report of the period before, on the same sheet."""
    return (
        Report.objects.filter(
            unit=report.unit_id, sheet=report.sheet_id, period__start__lt=report.period.start
        )
        .select_related("accepted", "current", "period")
        .order_by("-period__start")
        .first()
    )
