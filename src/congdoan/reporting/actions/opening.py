"""Periods come, and with them the reports that are owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from congdoan.organisation.models import Ancestry
from congdoan.organisation.models.units import during
from congdoan.reporting.actions import refreshing
from congdoan.reporting.actions.queueing import enqueue
from congdoan.reporting.engine.periods import PER_YEAR, PeriodType, spans_of
from congdoan.reporting.models import Calendar, Obligation, Period, Report, Sheet
from congdoan.reporting.queries.sheets import version_for


def lay_calendars(years: Iterable[int]) -> int:
    """Make the periods of all calendars for some years; return how many are new. Stocks that still hold are carried into them."""
    years = list(years)
    wanted = {
        (calendar.pk, kind.value, span.year, span.number): span
        for calendar in Calendar.objects.all()
        for kind in (PeriodType(kind) for kind in PER_YEAR)
        for year in years
        for span in spans_of(kind, year, calendar.start_day)
    }
    if not wanted.keys() - _laid(years).keys():
        return 0
    with transaction.atomic():
        clock = refreshing.lock()
        before = _laid(years)
        Period.objects.bulk_create(
            [
                Period(
                    calendar_id=calendar, type=kind, year=year, number=number, start=span.start, end=span.end
                )
                for (calendar, kind, year, number), span in wanted.items()
                if (calendar, kind, year, number) not in before
            ],
            batch_size=500,
        )
        new = set(_laid(years).values()) - set(before.values())
        refreshing.carry_into(clock, new)
    return len(new)


def _laid(years: Iterable[int]) -> dict[tuple[int, str, int, int], int]:
    rows = Period.objects.filter(year__in=years).values_list("calendar_id", "type", "year", "number", "pk")
    return {(calendar, kind, year, number): pk for calendar, kind, year, number, pk in rows}


def lock_sheets() -> None:
    """Wait for a version of a sheet that is just being published, and keep others waiting: no report opens on the version before."""
    list(Sheet.objects.select_for_update().order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def open_reports(today: date) -> int:
    """Make the reports of every obligation whose period has begun; return how many are new. Safe to repeat.

    A unit owes a period on whose last day, or today if that is earlier, it lives below the obligation's unit.
    """
    lock_sheets()
    new: list[Report] = []
    for obligation in Obligation.objects.select_related("sheet__calendar").filter(valid_from__lte=today):
        sheet = obligation.sheet
        periods = Period.objects.filter(
            calendar=sheet.calendar,
            type=sheet.period_type,
            start__gte=obligation.valid_from,
            start__lte=today,
        )
        if obligation.valid_to:
            periods = periods.filter(start__lt=obligation.valid_to)
        # What began long ago was opened then; a unit founded since owes what is still under way.
        for period in periods.filter(end__gt=today - timedelta(days=1)) | periods.exclude(
            pk__in=Report.objects.filter(sheet=sheet).values("period")
        ):
            new += _owed(obligation, period, min(period.end - timedelta(days=1), today))
    before = Report.objects.count()
    Report.objects.bulk_create(new, ignore_conflicts=True, batch_size=1_000)
    made = Report.objects.count() - before
    if made:
        keys = {(report.unit_id, report.period_id, report.sheet_id) for report in new}
        periods_of = {period for _unit, period, _sheet in keys}
        enqueue(
            pk
            for pk, unit, period, sheet in Report.objects.filter(
                period__in=periods_of, current=None, status=Report.Status.OPEN
            ).values_list("pk", "unit_id", "period_id", "sheet_id")
            if (unit, period, sheet) in keys
        )
    return made


def _owed(obligation: Obligation, period: Period, day: date) -> list[Report]:
    version = version_for(obligation.sheet, period.start)
    if version is None:
        return []
    units = Ancestry.objects.filter(
        during(day), ancestor=obligation.top_id, end_version=None, unit__kind=obligation.kind_id
    ).values_list("unit_id", flat=True)
    known = set(
        Report.objects.filter(period=period, sheet=obligation.sheet_id).values_list("unit_id", flat=True)
    )
    due = period.end - timedelta(days=1) + timedelta(days=obligation.due_days)
    return [
        Report(unit_id=unit, period=period, sheet_id=obligation.sheet_id, sheet_version=version, due_on=due)
        for unit in units
        if unit not in known
    ]
