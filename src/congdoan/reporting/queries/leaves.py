"""Sums of units that nobody stands below: no totals are kept for them, their own facts say the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import timedelta

from congdoan.reporting.engine.summing import Amount, Fact, contributions_as_was
from congdoan.reporting.models import Fact as StoredFact
from congdoan.reporting.queries import maps


def amounts_of(
    units: Collection[int], series: Iterable[int], periods: Iterable[int]
) -> dict[int, dict[tuple[int, int], Amount]]:
    """Return unit → (series, period) → amount, for periods of every length: flows are summed, stocks are carried on.

    The arithmetic is that of the totals, with the unit itself as the only one above it.
    """
    found: dict[int, dict[tuple[int, int], Amount]] = {unit: {} for unit in units}
    series, wanted = set(series), set(periods)
    if not units or not series or not wanted:
        return found
    calendar, natures = maps.calendar(), maps.natures()
    slots = [calendar.slots[pk] for pk in wanted]
    reach = timedelta(days=max((natures[pk].stale_days for pk in series if natures[pk].stock), default=0))
    rows = StoredFact.objects.filter(
        unit__in=units,
        series__in=series,
        period__start__gte=min(slot.start for slot in slots) - reach,
        period__end__lte=max(slot.end for slot in slots),
    )
    facts: dict[int, list[Fact]] = {unit: [] for unit in units}
    for unit, period, one, value in rows.values_list("unit", "period", "series", "value"):
        facts[unit].append(Fact(period, one, value))
    links = maps.links(units, maps.tree_version())
    for unit in units:
        own = [link for link in links[unit] if link.itself]
        for key, amount in contributions_as_was(facts[unit], own, natures, calendar).items():
            if key.period in wanted:
                found[unit][key.series, key.period] = amount
    return found
