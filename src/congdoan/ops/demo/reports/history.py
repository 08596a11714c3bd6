"""From six years of values to rows: reports, what was sent, each step, and what counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from congdoan.ops.demo.reports.people import People
from congdoan.ops.demo.reports.quarters import QUARTERS
from congdoan.ops.demo.reports.rows import insert, next_id, reset_sequences, stored
from congdoan.reporting.engine.contents import Content, content_hash
from congdoan.reporting.engine.values import Value
from congdoan.reporting.models import (
    Counting,
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
from congdoan.reporting.queries.counting import rates

LATE_IN_HUNDRED, RETURNED_IN_THOUSAND = 4, 6
_LATEST = date(2019, 11, 29)
_MISCOUNTED = "propaganda.law.attendances"
_REASON = "Lượt người dự tuyên truyền pháp luật cao gấp mười lần kỳ trước. Đề nghị đếm lại."
_REMARK = "Có phải gõ thừa một chữ số 0?"

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
_COUNTING = ("report", "version", "epoch")
_ACCEPTED = _REPORT.index("accepted")


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it was told: by which unit, to which unit above it, on which quarter, with which values."""

    unit: int
    code: str
    parent: int
    quarter: int
    values: Mapping[str, int | None]


class History:
    """Collects the accepted reports of one sheet after the other, then writes all at once.

    ``told`` comes in the order of units and quarters.
    """

    def __init__(self) -> None:
        self.people = People()
        self._random = Random("congdoan demo history")  # noqa: S311  # invented dates, no secret
        self._ids = dict(Series.objects.values_list("key", "pk"))
        self._matched = rates()
        self._next_report, self._next_version = next_id(Report), next_id(ReportVersion)
        self._reports: list[tuple[Any, ...]] = []
        self._versions: list[tuple[Any, ...]] = []
        self._steps: list[tuple[Any, ...]] = []
        self._facts: list[Iterator[tuple[Any, ...]]] = []

    def add(self, sheet: Sheet, told: Sequence[Told]) -> None:
        """Add the reports of one sheet."""
        version = SheetVersion.objects.get(sheet=sheet)
        due = Obligation.objects.filter(sheet=sheet).values_list("due_days", flat=True)[0]
        periods = self._periods(sheet)
        self._facts.append(self._facts_of(told, self._next_report, periods, sheet))
        for one in told:
            sendings = self._sendings(one, due, sheet, version)
            for number, sending in enumerate(sendings, 1):
                self._add_sending(one, sending, number, version)
            first_at, last_at = stored(sendings[0].sent_at), stored(sendings[-1].sent_at)
            decided, last = stored(sendings[-1].decided_at), self._next_version - 1
            due_on = stored(QUARTERS[one.quarter].last_day + timedelta(days=due))
            self._reports.append(
                (
                    *(self._next_report, one.unit, periods[one.quarter].pk, sheet.pk, version.pk),
                    *("accepted", due_on, len(sendings), False, False, "", last, last),
                    *(first_at, last_at, decided, decided),
                )
            )
            self._next_report += 1

    def write(self) -> None:
        """Write what was added.

        Facts come last: while a report waits for its sending, SQLite looks through all facts for each further report.
        """
        insert(Report, _REPORT, self._reports)
        insert(ReportVersion, _VERSION, self._versions)
        insert(ReviewStep, _STEP, self._steps)
        insert(Counting, _COUNTING, ((report[0], report[_ACCEPTED], 0) for report in self._reports))
        insert(Fact, _FACT, chain.from_iterable(self._facts))
        reset_sequences(Report, ReportVersion, ReviewStep)

    @staticmethod
    def _periods(sheet: Sheet) -> list[Period]:
        by_start = {
            period.start: period
            for period in Period.objects.filter(calendar=sheet.calendar_id, type=sheet.period_type)
        }
        return [by_start[quarter.start] for quarter in QUARTERS]

    def _sendings(self, one: Told, due: int, sheet: Sheet, version: SheetVersion) -> list[_Sending]:
        draw, quarter = self._random.random, QUARTERS[one.quarter]
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

    def _add_sending(self, one: Told, sending: _Sending, number: int, version: SheetVersion) -> None:
        pk, report, digest = self._next_version, self._next_report, sending.digest
        self._next_version += 1
        sent_at, decided_at = stored(sending.sent_at), stored(sending.decided_at)
        sender = self.people.of(one.unit, sending.sent_at.date())
        key = stored(UUID(int=pk))
        self._versions.append(
            (pk, report, number, version.pk, sending.content, digest, "", key, sent_at, *sender)
        )
        self._steps.append((report, pk, "submitted", sent_at, *sender, "", "{}", "[]", digest))
        reviewer = self.people.of(one.parent, sending.decided_at.date())
        decision = ("accepted", decided_at, *reviewer, "", "{}")
        if not sending.is_right:
            remark = json.dumps({_MISCOUNTED: _REMARK}, ensure_ascii=False)
            decision = ("returned", decided_at, *reviewer, _REASON, remark)
        self._steps.append((report, pk, *decision, "[]", digest))

    def _facts_of(
        self, told: Iterable[Told], first_id: int, periods: Sequence[Period], sheet: Sheet
    ) -> Iterator[tuple[Any, ...]]:
        """Yield what ``queries.counting.facts_of`` makes of accepted reports, in the order in which the table lies."""
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
