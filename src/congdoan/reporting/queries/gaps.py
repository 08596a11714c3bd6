"""How far rates are from what was aimed at: which target a window is compared with."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal

from congdoan.reporting.models import Indicator, Target

DAY = timedelta(days=1)

Aims = dict[tuple[int, int], list[Target]]
"""Targets by (unit, rate)."""


def subject_of(indicator: Indicator) -> Indicator:
    """Return the indicator whose reports give the figure: of a gap its rate, else itself."""
    return indicator.rate if indicator.rate is not None else indicator


def aims(units: Collection[int], rates: Collection[int]) -> Aims:
    """Return the targets that units have for rates as a whole, in one query; none where no rate is asked for."""
    found: Aims = {}
    if rates:
        for target in Target.objects.filter(
            unit__in=units, series__indicator__in=rates, series__cell=""
        ).select_related("series"):
            found.setdefault((target.unit_id, target.series.indicator_id), []).append(target)
    return found


def aim_for(known: Iterable[Target], start: date, end: date) -> Target | None:
    """Return the target that [start, end], both inside, is compared with: the one for just these days, else the one for the
    shortest time around them. A level that is set for a term holds for each of its quarters; what lies partly outside of
    every target has none."""
    around = [one for one in known if one.start <= start and end < one.end]
    return min(around, key=lambda one: (one.end - one.start, -one.start.toordinal(), one.pk), default=None)


def points(rate: Decimal | int | None, target: Target | None) -> Decimal | None:
    """Return rate − target in percentage points, with two decimals; ``None`` where one of them is missing."""
    if rate is None or target is None:
        return None
    return Decimal(rate) - Decimal(target.value).scaleb(-2)


def newest_window(known: Iterable[Target], last: date) -> tuple[date, date] | None:
    """Return the days of the newest target that had begun by ``last``, up to ``last`` while it still runs."""
    begun = [one for one in known if one.start <= last]
    newest = max(begun, key=lambda one: (one.end, one.start), default=None)
    return (newest.start, min(newest.end - DAY, last)) if newest else None
