"""Reports as programs read them: the list of those that the asker may see, and one with its cells and history."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from congdoan.api.asked_reporting import ReportsAsked
from congdoan.api.errors import FieldError, NoSuchUnitError, RefusedStepError
from congdoan.api.shapes_reporting import ReportDetail
from congdoan.organisation.models import Ancestry, Unit
from congdoan.organisation.models.units import during
from congdoan.organisation.queries import units as units_queries
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.engine.contents import Content
from congdoan.reporting.engine.values import unscaled
from congdoan.reporting.errors import (
    BadValuesError,
    MovedOnError,
    NotReadyError,
    ReportingError,
    WrongStatusError,
)
from congdoan.reporting.models import Entry, Line, Period, Report, ReportVersion, ReviewStep, Sheet
from congdoan.reporting.models.reports import OWED_UNTIL
from congdoan.reporting.queries import filling
from congdoan.reporting.queries import reports as reports_queries
from congdoan.reporting.queries.sheets import Blank, blank

Row = dict[str, Any]
EDITABLE = (Report.Status.OPEN, Report.Status.RETURNED)
_DAY = timedelta(days=1)
_PERIOD = re.compile(r"(\d{4})-([MQHNYT])(\d{1,2})", re.ASCII)
_TYPES = {
    "M": "month",
    "Q": "quarter",
    "H": "half",
    "N": "nine_months",
    "Y": "year",
    "T": "term",
}
_ORDERS = {
    "period": ["period__start", "unit__code", "pk"],
    "unit": ["unit__code", "period__start", "pk"],
    "due_on": ["due_on", "unit__code", "pk"],
    "updated_at": ["updated_at", "pk"],
}


def page(asked: ReportsAsked, capacity: Capacity) -> tuple[int, list[Row]]:
    """Return how many reports are meant, and the rows of one part: a constant number of queries."""
    found = _chosen(asked, capacity)
    first, *rest = _ORDERS[asked.sort.removeprefix("-")]
    name = F(first)
    order = name.desc(nulls_last=True) if asked.sort.startswith("-") else name.asc(nulls_first=True)
    part = with_all(found, capacity).order_by(order, *rest)[asked.offset : asked.offset + asked.limit]
    return found.count(), [row_of(report, capacity) for report in part]


def one(report_id: int, capacity: Capacity) -> Report:
    """Return a report that the capacity may see. Raises ``Report.DoesNotExist`` for all others."""
    return with_all(reports_queries.visible_to(capacity), capacity).get(pk=report_id)


def with_all(reports: QuerySet[Report], capacity: Capacity) -> QuerySet[Report]:
    """Add what a row shows, in the same query."""
    return reports_queries.with_words(reports, capacity.on).select_related(
        "unit__kind", "period", "sheet", "sheet_version", "current", "accepted"
    )


def require(
    report_id: int, capacity: Capacity, allowed: QuerySet[Report], refusal: type[ReportingError]
) -> None:
    """Let those pass who may do something to a report. Raises ``Report.DoesNotExist`` where it is not theirs to see,
    ``refusal`` where they only see it."""
    if allowed.filter(pk=report_id).exists():
        return
    if reports_queries.visible_to(capacity).filter(pk=report_id).exists():
        raise refusal
    raise Report.DoesNotExist


@contextmanager
def standing(report_id: int, capacity: Capacity) -> Iterator[None]:
    """Answer a step that was refused with the report as it stands."""
    try:
        yield
    except (MovedOnError, BadValuesError, NotReadyError, WrongStatusError) as error:
        found = one(report_id, capacity)
        raise RefusedStepError(error, etag_of(found), _dumped(detail(found, capacity))) from error


def _dumped(row: Row) -> Row:
    return ReportDetail(**row).model_dump(mode="json", by_alias=True)


def text_of(value: float | str | None) -> str:
    """Return a value of JSON as a person would type it: 12.5 is "12,5"."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, int):
        return str(value)
    return format(Decimal(repr(value)), "f").replace(".", ",") if math.isfinite(value) else str(value)


def _chosen(asked: ReportsAsked, capacity: Capacity) -> QuerySet[Report]:
    found = reports_queries.visible_to(capacity)
    if asked.unit:
        found = found.filter(unit=_unit("unit", asked.unit))
    if asked.within:
        below = Ancestry.objects.filter(
            during(capacity.on), ancestor=_unit("within", asked.within), end_version=None
        )
        found = found.filter(unit__in=below.values("unit"))
    if asked.period:
        found = found.filter(period__in=periods_with(asked.period))
    if asked.sheet:
        found = found.filter(sheet=sheet_with(asked.sheet))
    if asked.status:
        found = found.filter(status=asked.status)
    if asked.late is not None:
        found = found.alias(owed_until_day=OWED_UNTIL)
        late = Q(first_submitted_at=None, owed_until_day__lt=capacity.on)
        found = found.filter(late if asked.late else ~late)
    return found


def _unit(field: str, code: str) -> Unit:
    unit = Unit.objects.filter(units_queries.coded(code)).only("pk").first()
    if unit is None:
        raise NoSuchUnitError(field, code)
    return unit


def unit_with(code: str) -> Unit:
    """Return a unit by its code. Raises ``FieldError``."""
    unit = Unit.objects.select_related("kind").filter(units_queries.coded(code)).first()
    if unit is None:
        raise NoSuchUnitError("unit", code)
    return unit


def sheet_with(code: str) -> Sheet:
    """Return a sheet by its code. Raises ``FieldError``."""
    sheet = Sheet.objects.filter(code=code).first()
    if sheet is None:
        raise FieldError("sheet", _("Không có biểu mẫu nào mang mã “%(code)s”.") % {"code": code})
    return sheet


def periods_with(code: str) -> QuerySet[Period]:
    """Return the periods with a code like 2019-Q3, one in each calendar. Raises ``FieldError``."""
    found = _PERIOD.fullmatch(code.upper())
    if found is None:
        raise FieldError("period", _("Mã kỳ viết như 2019-Q3, 2026-M11, 2018-Y1."))
    year, letter, number = found.groups()
    return Period.objects.filter(type=_TYPES[letter], year=int(year), number=int(number))


def period_with(code: str, sheet: Sheet) -> Period:
    """Return the period of a sheet's calendar. Raises ``FieldError``."""
    period = periods_with(code).filter(calendar=sheet.calendar_id, type=sheet.period_type).first()
    if period is None:
        raise FieldError("period", _("Biểu mẫu này không có kỳ “%(code)s”.") % {"code": code})
    return period


def row_of(report: Report, capacity: Capacity) -> Row:
    """Return a report as lists give it."""
    sending = report.current
    return {
        "id": report.pk,
        "unit": report.unit.code,
        "unit_name": report.unit_name,  # type: ignore[attr-defined]  # with_words
        "period": report.period.code,
        "start": report.period.start,
        "end": report.period.end - _DAY,
        "sheet": report.sheet.code,
        "sheet_name": str(report.sheet),
        "sheet_version": report.sheet_version.number,
        "status": report.status,
        "due_on": report.due_on,
        "reopened_until": report.reopened_until,
        "late": reports_queries.is_late(report, capacity.on),
        "is_nil": report.is_nil,
        "is_correction": report.is_correction,
        "revision": report.revision,
        "digest": sending.digest if sending else None,
        "etag": etag_of(report),
        "first_submitted_at": report.first_submitted_at,
        "submitted_at": report.submitted_at,
        "accepted_at": report.accepted_at,
        "updated_at": report.updated_at,
    }


def etag_of(report: Report) -> str:
    """Return the tag of a report as HTTP writes it."""
    return f'"{reports_queries.tag_of(report)}"'


def detail(report: Report, capacity: Capacity) -> Row:
    """Return a report with its cells, findings, gaps and history."""
    sheet = blank(report.sheet_version)
    sending = None if report.status in EDITABLE else report.current or report.accepted
    if sending is None:
        entries = {entry.series.key: entry for entry in report.entries.select_related("series")}
        content = filling.content_of(report)
    else:
        entries, content = {}, Content.from_dict(sending.content)
    found = filling.findings(report, content, sheet)
    return row_of(report, capacity) | {
        "cells": _cells(sheet, content, entries),
        "findings": [
            {
                "code": finding.rule.code,
                "severity": finding.rule.severity.value,
                "keys": list(finding.rule.keys),
                "message": filling.sentence(finding, sheet.by_key),
            }
            for finding in found
        ],
        "gaps": [
            {"key": line.series.key, "label": str(line), "required": line.is_required}
            for line in sheet.lines
            if line.series.key not in content.values
        ],
        "history": _history(report),
        "versions": [sending_row(one) for one in report.versions.defer("content").order_by("number")],
    }


def _cells(sheet: Blank, content: Content, entries: Mapping[str, Entry]) -> list[Row]:
    return [
        _cell(line, str(section), content, entries.get(line.series.key))
        for section, lines in sheet.sections
        for line in lines
    ]


def _cell(line: Line, section: str, content: Content, entry: Entry | None) -> Row:
    series = line.series
    value = content.values.get(series.key)
    state = value.state.value if value else "bad" if entry and entry.state == "bad" else "missing"
    number = None
    if value is not None and value.number is not None:
        exact = unscaled(value.number, series.indicator.decimals)
        number = exact if isinstance(exact, int) else float(exact)
    return {
        "key": series.key,
        "indicator": series.indicator.code,
        "cell": series.cell,
        "section": section,
        "label": str(line),
        "required": line.is_required,
        "decimals": series.indicator.decimals,
        "state": state,
        "value": number,
        "typed": entry.typed or None if entry else None,
        "comment": content.comments.get(series.key) or None,
        "revision": entry.revision if entry else 0,
        "source": entry.source or None if entry else None,
    }


def _history(report: Report) -> list[Row]:
    steps = ReviewStep.objects.filter(report=report).order_by("pk")
    return [
        {
            "kind": step.kind,
            "at": step.at,
            "actor": step.actor_text,
            "mandate": step.mandate_text,
            "reason": step.reason or None,
            "comments": step.comments,
            "gaps": step.gaps,
            "version": number,
            "digest": step.digest or None,
        }
        for step in steps.annotate(sending_number=F("version__number"))
        for number in [step.sending_number]
    ]


def sending_row(sending: ReportVersion) -> Row:
    """Return one sending without its content."""
    return {
        "report": sending.report_id,
        "number": sending.number,
        "digest": sending.digest,
        "reason": sending.reason or None,
        "sent_at": sending.sent_at,
        "sent_by": sending.sent_by_text,
        "mandate": sending.mandate_text,
    }
