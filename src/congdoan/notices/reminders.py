"""Reminders before due days: apps register what falls due and for whom; the scheduled job makes notices of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from congdoan.accounts.models import User

DAYS_BEFORE = (7, 1)
"""Days before the due day on which a person is reminded, unless a source says otherwise."""

LATE = "late"


@dataclass(frozen=True, slots=True)
class Due:
    """Something that ``user`` owes. ``key`` names the thing within its source and stays the same until it is done."""

    user: User
    key: str
    due_on: dt.date
    title: str
    url: str


Source = Callable[[dt.date], Iterable[Due]]


@dataclass(frozen=True, slots=True)
class Reminder:
    """A source of what falls due and when it reminds."""

    name: str
    source: Source
    days_before: tuple[int, ...]

    def stage(self, due_on: dt.date, today: dt.date) -> str | None:
        """Return which reminder is the one for ``today``: "7", "1", "late"; ``None`` while the day is far.

        After a pause of the worker only the reminder that fits the day is given, not those that were missed.
        """
        left = (due_on - today).days
        if left < 0:
            return LATE
        reached = [days for days in self.days_before if left <= days]
        return str(min(reached)) if reached else None


_sources: dict[str, Reminder] = {}


def register(name: str, source: Source, *, days_before: tuple[int, ...] = DAYS_BEFORE) -> None:
    """Add a source. Given a day, it yields everything that is not done and is due soon after it, or was due before it.

    What it no longer yields counts as done: its reminders are withdrawn, and nobody is mailed about them.
    """
    if ":" in name:
        raise ValueError(f"the name of a source of reminders holds no colon: {name!r}")
    if name in _sources and _sources[name].source is not source:
        raise ValueError(f"there is already a source {name!r} of reminders")
    _sources[name] = Reminder(name, source, tuple(sorted(days_before)))


def registered() -> list[Reminder]:
    """Return all sources by name."""
    return [_sources[name] for name in sorted(_sources)]
