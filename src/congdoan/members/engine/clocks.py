"""The clocks of the law on personal data: until when a request is acknowledged and carried out. Plain dates.

Working days are Monday to Friday without public holidays; all other periods are calendar days, the stricter reading. A
holiday that the list does not know yet only makes a clock end earlier, never later.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

CONTENT = Path(__file__).resolve().parent.parent / "content" / "holidays.toml"
ACKNOWLEDGE_WORKING_DAYS = 2
DAYS = {
    "access": 10,
    "correction": 10,
    "deletion": 20,
    "restriction": 15,
    "objection": 15,
    "withdrawal": 15,
}
"""Kind of request → calendar days from its receipt."""
LONGEST_EXTENSION = 15
_SATURDAY = 5


def parse_holidays(text: str) -> frozenset[date]:
    """Return the days of a list of public holidays. Raises ``ValueError`` when a period ends before it begins."""
    days: set[date] = set()
    for entry in tomllib.loads(text)["holiday"]:
        first, last = entry["from"], entry.get("to", entry["from"])
        if last < first:
            raise ValueError(f"the holiday {entry['name']} ends before it begins")
        days.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    return frozenset(days)


HOLIDAYS = parse_holidays(CONTENT.read_text(encoding="utf-8"))
"""The public holidays that are known."""


def is_working_day(day: date, holidays: Collection[date] = HOLIDAYS) -> bool:
    """Say whether offices work on ``day``."""
    return day.weekday() < _SATURDAY and day not in holidays


def acknowledge_by(received: date, holidays: Collection[date] = HOLIDAYS) -> date:
    """Return the second working day after ``received``."""
    day, left = received, ACKNOWLEDGE_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, holidays)
    return day


def due(kind: str, received: date) -> date:
    """Return the last day to carry out a request of ``kind``. Raises ``KeyError`` for a kind the law does not know."""
    return received + timedelta(days=DAYS[kind])


def extended(due_on: date, days: int, *, before: int = 0) -> date:
    """Return the day after an extension. ``before`` is what was added already: only one extension is possible.

    Raises ``ValueError`` for a second one or one that is too long.
    """
    if before:
        raise ValueError("a request is extended once")
    if not 1 <= days <= LONGEST_EXTENSION:
        raise ValueError(f"an extension has 1 to {LONGEST_EXTENSION} days")
    return due_on + timedelta(days=days)
