"""Windows of days and what they are compared with. First and last day are both inside."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """From a day to a day, both inside. Raises ``ValueError`` when it ends before it starts."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"{self.start} is after {self.end}")

    def __str__(self) -> str:
        return f"{self.start.isoformat()}..{self.end.isoformat()}"

    @classmethod
    def parse(cls, text: str) -> Window:
        """Read "2013-10-01..2019-09-30". Raises ``ValueError``."""
        start, _dots, end = text.partition("..")
        return cls(date.fromisoformat(start), date.fromisoformat(end))

    @property
    def months(self) -> int | None:
        """How many whole months the window has; ``None`` when it does not run from the first of a month to the last of one, or
        from the 15th to the 14th."""
        after = self.end + DAY
        if self.start.day != after.day or self.start.day > 28:
            return None
        return (after.year - self.start.year) * 12 + after.month - self.start.month

    def shifted(self, months: int) -> Window:
        """Return the window some months later (earlier: negative); days that a month lacks become its last."""
        after = self.end + DAY
        return Window(_plus(self.start, months), _plus(after, months) - DAY)

    @property
    def previous(self) -> Window:
        """The window of the same length right before."""
        if self.months:
            return self.shifted(-self.months)
        length = self.end - self.start + DAY
        return Window(self.start - length, self.start - DAY)

    @property
    def year_before(self) -> Window:
        """The same window a year earlier (cùng kỳ)."""
        return self.shifted(-12)


def _plus(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
