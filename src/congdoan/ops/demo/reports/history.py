"""From six years of values to rows: reports, what was sent, each step, and what counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from congdoan.ops.demo.reports.people import People, Signature
from congdoan.ops.demo.reports.quarters import QUARTERS, Quarter
from congdoan.ops.demo.reports.rows import insert, next_id, reset_sequences, stored
from congdoan.reporting.actions.refreshing import rates
from congdoan.reporting.engine.contents import Content, content_hash
from congdoan.reporting.engine.values import Value
from congdoan.reporting.models import (
    Fact,
    Obligation,
    Period,
    Report,
    ReportVersion,
    ReviewStep,
    Series,
    Sheet,
    SheetVersion,
)

LATE_IN_HUNDRED, RETURNED_IN_THOUSAND = 4, 6
_LATEST = date(2019, 11, 29)
_MISCOUNTED = "propaganda.law.attendances"

_REPORT = (
    *("id", "unit", "period", "sheet", "sheet_version", "status", "due_on", "revision", "is_nil"),
    *("is_correction", "correction_reason", "current", "accepted"),
    *("first_submitted_at", "submitted_at", "accepted_at", "updated_at"),
)
_VERSION = (
    *("id", "report", "number", "sheet_version", "content", "digest", "reason", "client_key", "sent_at"),
    *("sent_by_text", "mandate_id_text", "mandate_text"),
)
_STEP = (
    *("report", "version", "kind", "at", "actor_text", "mandate_id_text", "mandate_text"),
    *("reason", "comments", "gaps", "digest"),
)
_FACT = ("unit", "period", "series", "value", "report")


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it was told: by which unit, to which unit above it, on which quarter, with which values."""

    unit: int
    code: str
    parent: int
    quarter: int
    values: Mapping[str, int | None]


@dataclass(slots=True)
class _Rows:
    reports: list[tuple[Any, ...]] = field(default_factory=list)
    versions: list[tuple[Any, ...]] = field(default_factory=list)
    steps: list[tuple[Any, ...]] = field(default_factory=list)


class History:
    """Writes the accepted reports of one sheet after the other. ``told`` comes in the order of units and quarters."""

    def __init__(self) -> None:
        self.people = People()
        self._random = Random("congdoan demo history")  # noqa: S311  # invented dates, no secret
        self._ids = dict(Series.objects.values_list("key", "pk"))
        self._matched = rates()

    def write(self, sheet: Sheet, told: Sequence[Told]) -> int:
        """Write the reports of one sheet; return how many."""
        version = SheetVersion.objects.get(sheet=sheet)
        due = Obligation.objects.filter(sheet=sheet).values_list("due_days", flat=True)[0]
        periods = self._periods(sheet)
        rows = _Rows()
        first_id, version_id = next_id(Report), next_id(ReportVersion)
        for report_id, one in enumerate(told, first_id):
            quarter, period = QUARTERS[one.quarter], periods[one.quarter]
            due_on = quarter.last_day + timedelta(days=due)
            sendings = self._sendings(one, quarter, due, sheet, version)
            for number, sending in enumerate(sendings):
                self._add_sending(rows, one, sending, report_id, version_id + number, number, version)
            last = version_id + len(sendings) - 1
            first_at, last_at = stored(sendings[0].sent_at), stored(sendings[-1].sent_at)
            decided = stored(sendings[-1].decided_at)
            rows.reports.append(
                (
                    report_id,
                    one.unit,
                    period.pk,
                    sheet.pk,
                    version.pk,
                    "accepted",
                    stored(due_on),
                    len(sendings),
                    False,
                    False,
                    "",
                    last,
                    last,
                    first_at,
                    last_at,
                    decided,
                    decided,
                )
            )
            version_id += len(sendings)
        insert(Report, _REPORT, rows.reports)
        insert(ReportVersion, _VERSION, rows.versions)
        insert(ReviewStep, _STEP, rows.steps)
        insert(Fact, _FACT, self._facts(told, first_id, periods, sheet))
        reset_sequences(Report, ReportVersion, ReviewStep)
        return len(rows.reports)

    @staticmethod
    def _periods(sheet: Sheet) -> list[Period]:
        by_start = {
            period.start: period
            for period in Period.objects.filter(calendar=sheet.calendar_id, type=sheet.period_type)
        }
        return [by_start[quarter.start] for quarter in QUARTERS]

    def _sendings(
        self, one: Told, quarter: Quarter, due: int, sheet: Sheet, version: SheetVersion
    ) -> list[_Sending]:
        draw = self._random.random
        is_late = draw() * 100 < LATE_IN_HUNDRED
        days = due + 1 + int(draw() * 16) if is_late else 1 + int(draw() * due)
        values = dict(one.values)
        contents = [values]
        if draw() * 1000 < RETURNED_IN_THOUSAND and (values.get(_MISCOUNTED) or 0) > 0:
            contents.insert(0, values | {_MISCOUNTED: 10 * (values[_MISCOUNTED] or 0)})
        found: list[_Sending] = []
        previous, day = "", quarter.last_day + timedelta(days=days)
        for content in contents:
            sent_at = _at(day, draw())
            day = min(day + timedelta(days=1 + int(draw() * 6)), _LATEST)
            whole = Content({key: Value(number) for key, number in content.items()})
            previous = content_hash(
                whole,
                unit=one.code,
                sheet=sheet.code,
                version=version.number,
                period=f"{quarter.year}-Q{quarter.number}",
                previous=previous,
            )
            text = json.dumps(whole.to_dict(), ensure_ascii=False)
            found.append(_Sending(text, previous, sent_at, _at(day, draw()), content is values))
            day = min(day + timedelta(days=1 + int(draw() * 3)), _LATEST)
        return found

    def _add_sending(
        self,
        rows: _Rows,
        one: Told,
        sending: _Sending,
        report: int,
        pk: int,
        number: int,
        version: SheetVersion,
    ) -> None:
        sent_at, decided_at = stored(sending.sent_at), stored(sending.decided_at)
        sender = self.people.of(one.unit, sending.sent_at.date())
        rows.versions.append(
            (
                pk,
                report,
                number + 1,
                version.pk,
                sending.content,
                sending.digest,
                "",
                stored(UUID(int=pk)),
                sent_at,
                *sender,
            )
        )
        rows.steps.append((report, pk, "submitted", sent_at, *sender, "", "{}", "[]", sending.digest))
        reviewer: Signature = self.people.of(one.parent, sending.decided_at.date())
        kind, reason, comments = "accepted", "", "{}"
        if not sending.is_right:
            kind, reason = (
                "returned",
                "Lượt người dự tuyên truyền pháp luật cao gấp mười lần kỳ trước. Đề nghị đếm lại.",
            )
            comments = json.dumps({_MISCOUNTED: "Có phải gõ thừa một chữ số 0?"}, ensure_ascii=False)
        rows.steps.append((report, pk, kind, decided_at, *reviewer, reason, comments, "[]", sending.digest))

    def _facts(
        self, told: Iterable[Told], first_id: int, periods: Sequence[Period], sheet: Sheet
    ) -> Iterator[tuple[Any, ...]]:
        """Yield what ``refreshing.facts_of`` makes of accepted reports, in the order in which the table lies."""
        for report, one in enumerate(told, first_id):
            values, period = one.values, periods[one.quarter].pk
            found = {self._ids[key]: value for key, value in values.items()}
            for numerator, denominator, first, second in self._matched:
                above, below = values.get(numerator), values.get(denominator)
                if above is not None and below is not None:
                    found[first], found[second] = above, below
            found[sheet.coverage_id] = 1
            for series in sorted(found):
                yield one.unit, period, series, found[series], report


@dataclass(frozen=True, slots=True)
class _Sending:
    content: str
    digest: str
    sent_at: datetime
    decided_at: datetime
    is_right: bool


def _at(day: date, luck: float) -> datetime:
    """Return a moment of the working day."""
    return timezone.make_aware(datetime.combine(day, time(7, 30)) + timedelta(minutes=int(luck * 570)))
