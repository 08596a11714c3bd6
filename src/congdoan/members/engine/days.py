"""Which days can be, for a membership."""

from __future__ import annotations

from datetime import date, timedelta

AHEAD = timedelta(days=60)
"""A decision may take effect so long after today."""

YOUNGEST = 13
"""Nobody works before: a birth date that says so is a slip."""


def is_too_far_ahead(day: date, today: date) -> bool:
    """Say whether a day lies further ahead than decisions reach."""
    return day > today + AHEAD


def is_too_young(born: date, day: date) -> bool:
    """Say whether somebody born then could not be a member on ``day``."""
    return born.year + YOUNGEST > day.year
