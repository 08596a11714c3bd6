"""The six years as numbered quarters: 0 is the fourth quarter of 2013, 23 the third of 2019."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_FIRST_YEAR, _FIRST_NUMBER, _COUNT = 2013, 4, 24


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter: from ``start`` to before ``end``; ``number`` within its year."""

    year: int
    number: int

    @property
    def start(self) -> date:
        """The first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        """The day after the last."""
        return date(self.year + 1, 1, 1) if self.number == 4 else date(self.year, 3 * self.number + 1, 1)

    @property
    def last_day(self) -> date:
        """The last day."""
        return self.end - timedelta(days=1)


QUARTERS = tuple(
    Quarter(year, number)
    for year, number in (
        (_FIRST_YEAR + (_FIRST_NUMBER - 1 + index) // 4, (_FIRST_NUMBER - 1 + index) % 4 + 1)
        for index in range(_COUNT)
    )
)
