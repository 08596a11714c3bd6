"""The steps of a report as programs take them: only where it still stands as the program saw it, so that nobody's work is
overwritten by a request that was late or sent twice."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db import transaction

from congdoan.organisation.models import Ancestry, Unit
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.filling import Saved, lock_to_fill, save_cells
from congdoan.reporting.actions.queueing import enqueue
from congdoan.reporting.actions.reviewing import accept, lock_to_review, return_report, submit
from congdoan.reporting.errors import MovedOnError, NotOwedError, UnknownCellError, WrongStatusError
from congdoan.reporting.models import Obligation, Period, Report, ReportVersion, Sheet
from congdoan.reporting.queries.reports import tag_of, to_enter
from congdoan.reporting.queries.sheets import blank, version_for


@transaction.atomic
def save_if_unchanged(
    report_id: int,
    typed: Mapping[str, str],
    comments: Mapping[str, str],
    *,
    tags: Collection[str],
    by: Capacity,
) -> Saved:
    """Save cells where the report still has one of ``tags``. Raises ``MovedOnError`` with nothing written where it has not;
    else as ``save_cells``."""
    report = lock_to_fill(report_id, by)
    if tag_of(report) not in tags:
        raise MovedOnError
    return save_cells(report_id, typed, by=by, comments=comments)


@transaction.atomic
def submit_if_unchanged(
    report_id: int, *, tags: Collection[str] = (), client_key: uuid.UUID | None = None, by: Capacity
) -> ReportVersion:
    """Send a report, where ``tags`` are given only as it was read. A sending made with the same key before is the answer."""
    if client_key and (before := _sent(report_id, client_key, by)):
        return before
    try:
        if tags and tag_of(lock_to_fill(report_id, by)) not in tags:
            raise MovedOnError
        return submit(report_id, by=by, client_key=client_key)
    except WrongStatusError:
        # The same request may have been under way twice: the second waited for the row and now finds it sent.
        if client_key and (before := _sent(report_id, client_key, by)):
            return before
        raise


def _sent(report_id: int, client_key: uuid.UUID, by: Capacity) -> ReportVersion | None:
    mine = to_enter(by).filter(pk=report_id)
    return ReportVersion.objects.filter(client_key=client_key, report__in=mine).first()


@transaction.atomic
def accept_if_unchanged(
    report_id: int, *, tags: Collection[str] = (), digest: str = "", by: Capacity
) -> Report:
    """Accept the sending that was read: by its digest, or by the tag of the report. Raises ``MovedOnError`` for another one."""
    report = lock_to_review(report_id, by)
    if tags and tag_of(report) not in tags:
        raise MovedOnError
    if digest and (report.current is None or report.current.digest != digest):
        raise MovedOnError
    return accept(report_id, by=by, digest=digest)


@transaction.atomic
def return_if_unchanged(
    report_id: int,
    *,
    reason: str,
    comments: Mapping[str, str],
    tags: Collection[str] = (),
    by: Capacity,
) -> Report:
    """Return a report with a reason; comments must be about cells that its sheet has."""
    report = lock_to_review(report_id, by)
    if tags and tag_of(report) not in tags:
        raise MovedOnError
    if comments:
        lines = blank(report.sheet_version).by_key
        if unknown := sorted(key for key in comments if key not in lines):
            raise UnknownCellError(unknown)
    return return_report(report_id, reason=reason, comments=comments, by=by)


@transaction.atomic
def open_report(unit: Unit, period: Period, sheet: Sheet, *, by: Capacity) -> tuple[Report, bool]:
    """Return the report of a unit, opened now if it is owed and was not yet there; and whether it is new.

    Raises ``Report.DoesNotExist`` where the unit is not in the capacity's reach, ``NotOwedError`` where nobody asked for it.
    """
    if found := to_enter(by).filter(unit=unit, period=period, sheet=sheet).first():
        return found, False
    if not _may_fill_for(unit, by):
        raise Report.DoesNotExist
    obligation = _obligation(unit, period, sheet, by.on)
    version = version_for(sheet, period.start)
    if obligation is None or version is None:
        raise NotOwedError
    new = Report(
        unit=unit,
        period=period,
        sheet=sheet,
        sheet_version=version,
        due_on=period.end - timedelta(days=1) + timedelta(days=obligation.due_days),
    )
    # Another request may open it at the same moment: the constraint keeps one, and both get that.
    Report.objects.bulk_create([new], ignore_conflicts=True)
    opened = to_enter(by).get(unit=unit, period=period, sheet=sheet)
    enqueue([opened.pk])
    return opened, True


def _may_fill_for(unit: Unit, by: Capacity) -> bool:
    return any(reaches(by, right, unit.pk) for right in (Right.ENTER_REPORTS, Right.SIGN_REPORTS))


def _obligation(unit: Unit, period: Period, sheet: Sheet, today: date) -> Obligation | None:
    """Return by what the unit owes the sheet for the period: as in ``opening.open_reports``."""
    if (period.calendar_id, period.type) != (sheet.calendar_id, sheet.period_type) or period.start > today:
        return None
    day = min(period.end - timedelta(days=1), today)
    owed = Obligation.objects.filter(
        sheet=sheet,
        kind=unit.kind_id,
        valid_from__lte=period.start,
        top__in=Ancestry.objects.filter(during(day), unit=unit, end_version=None).values("ancestor"),
    )
    return next(
        (one for one in owed.order_by("pk") if one.valid_to is None or period.start < one.valid_to), None
    )
