"""Calendars and periods. A calendar says on which day a month begins; all longer periods follow from it.

Administrative month: from the 15th of the month before to the 14th (Circular 09/2019/TT-NHNN); statistical month: the
calendar month (Circular 02/2019/TT-BTC). Periods are half-open ranges of days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)


class PeriodType(StrEnum):
    """Length of a period."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"
    TERM = "term"


MONTHS = {
    PeriodType.MONTH: 1,
    PeriodType.QUARTER: 3,
    PeriodType.HALF: 6,
    PeriodType.NINE_MONTHS: 9,
    PeriodType.YEAR: 12,
}
"""Months of each type; a term has dates of its own."""

PER_YEAR = {
    PeriodType.MONTH: 12,
    PeriodType.QUARTER: 4,
    PeriodType.HALF: 2,
    PeriodType.NINE_MONTHS: 1,
    PeriodType.YEAR: 1,
}

TILING = (PeriodType.YEAR, PeriodType.HALF, PeriodType.QUARTER, PeriodType.MONTH)
"""Types that nest without gaps, the longest first. Nine months overlap a half-year and so never take part in a sum of periods."""


class WindowError(ValueError):
    """A window cuts through a period: its figure cannot be told without guessing."""

    def __init__(self, start: date, end: date, nearest: tuple[date, date] | None = None) -> None:
        super().__init__(f"no whole periods make up {start}–{end}")
        self.start, self.end, self.nearest = start, end, nearest


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A period: its type, its year and its number within the year, from ``start`` to before ``end``."""

    start: date
    end: date
    type: PeriodType
    year: int
    number: int

    @property
    def last_day(self) -> date:
        """The last day of the period."""
        return self.end - DAY

    def holds(self, other: Span) -> bool:
        """Say whether ``other`` lies within this period."""
        return self.start <= other.start and other.end <= self.end


def month_start(year: int, month: int, start_day: int) -> date:
    """Return the first day of a month (1–12, or beyond: 13 is January of the next year) of a calendar."""
    years, index = divmod(month - 1, 12)
    year, month = year + years, index + 1
    if start_day == 1:
        return date(year, month, 1)
    return date(year - 1, 12, start_day) if month == 1 else date(year, month - 1, start_day)


def span(kind: PeriodType, year: int, number: int, start_day: int = 1) -> Span:
    """Return one period. Raises ``ValueError`` for a number that the year does not have."""
    if kind not in MONTHS or not 1 <= number <= PER_YEAR[kind]:
        raise ValueError(f"no {kind} number {number}")
    length = MONTHS[kind]
    first = (number - 1) * length + 1
    return Span(
        month_start(year, first, start_day), month_start(year, first + length, start_day), kind, year, number
    )


def spans_of(kind: PeriodType, year: int, start_day: int = 1) -> Iterator[Span]:
    """Yield the periods of one type in a year."""
    for number in range(1, PER_YEAR[kind] + 1):
        yield span(kind, year, number, start_day)


def tile(start: date, end: date, available: Iterable[Span]) -> list[Span]:
    """Cut [start, end) into the fewest whole periods of ``available``, in order.

    Raises ``WindowError`` where the window begins or ends within a period: a partial overlap is never prorated.
    """
    from_day: dict[date, list[Span]] = {}
    for period in available:
        if start <= period.start and period.end <= end and period.type in TILING:
            from_day.setdefault(period.start, []).append(period)
    found: list[Span] = []
    day = start
    while day < end:
        if day not in from_day:
            raise WindowError(start, end)
        longest = max(from_day[day], key=lambda period: period.end)
        found.append(longest)
        day = longest.end
    return found
