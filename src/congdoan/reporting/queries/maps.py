"""What the summing needs to know of the tree, the calendar and the series, read into plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Q

from congdoan.organisation.models import Ancestry
from congdoan.organisation.models import Heir as StoredHeir
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.forest import chunks, newest_version, union_tree
from congdoan.reporting.engine.periods import TILING, PeriodType
from congdoan.reporting.engine.summing import Calendar, Heir, Link, Nature, Slot
from congdoan.reporting.models import Indicator, IndicatorVersion, Period, Series


def calendar() -> Calendar:
    """Read all periods: their chains, and the longer ones that each is part of."""
    chains: dict[tuple[int, str], int] = {}
    slots: list[Slot] = []
    by_year: dict[tuple[int, int], list[Period]] = defaultdict(list)
    for period in Period.objects.all():
        chain = chains.setdefault((period.calendar_id, period.type), len(chains))
        slots.append(Slot(period.pk, period.start, period.end, chain))
        by_year[period.calendar_id, period.year].append(period)
    parents: dict[int, list[int]] = {}
    for periods in by_year.values():
        for period in periods:
            parents[period.pk] = [
                other.pk
                for other in periods
                if other.pk != period.pk
                and PeriodType(other.type) in TILING
                and PeriodType(period.type) in TILING
                and other.start <= period.start
                and period.end <= other.end
            ]
    return Calendar(slots, parents)


def natures(day: date | None = None) -> dict[int, Nature]:
    """Return how each series adds up, by id; a stock by the newest version of its indicator."""
    stale = dict(IndicatorVersion.objects.order_by("number").values_list("indicator", "stale_days"))
    return {
        pk: Nature(
            stock=kind == Indicator.Kind.STOCK,
            stale_days=stale.get(indicator, 0),
            additive=kind != Indicator.Kind.DISTINCT,
        )
        for pk, indicator, kind in Series.objects.values_list("pk", "indicator", "indicator__kind")
    }


def tree_version() -> int:
    """Return the number of the newest version of the union's tree."""
    return newest_version(union_tree())


def links(units: Collection[int], version: int) -> dict[int, list[Link]]:
    """Return, for each unit, above whom it stood when, as a version of the tree knows it."""
    found: dict[int, list[Link]] = {unit: [] for unit in units}
    known = known_by(version)
    for some in chunks(units):
        rows = Ancestry.objects.filter(known, unit__in=some)
        for unit, ancestor, depth, start, end in rows.values_list(
            "unit", "ancestor", "depth", "valid_from", "valid_to"
        ):
            found[unit].append(Link(ancestor, start, end, depth == 0))
    return found


def nodes(version: int) -> set[int]:
    """Return the units that somebody has ever stood below, as a version knows it: those whose totals are kept."""
    return set(
        Ancestry.objects.filter(depth__gt=0, first_version__lte=version)
        .values_list("ancestor", flat=True)
        .distinct()
    )


def heirs(units: Collection[int], day: date, *, version: int | None = None) -> dict[int, list[Heir]]:
    """Return who stands for each unit on a day, by a version of the tree (the newest): itself while it lives, else its heirs."""
    known = known_by(version) if version else Q(end_version=None)
    above: dict[int, list[int]] = defaultdict(list)
    standing: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for some in chunks(units):
        for unit, heir, share in StoredHeir.objects.filter(during(day), known, unit__in=some).values_list(
            "unit", "heir", "share"
        ):
            standing[unit].append((heir, share))
    everybody = {*units, *(heir for found in standing.values() for heir, _share in found)}
    for some in chunks(everybody):
        for unit, ancestor in Ancestry.objects.filter(during(day), known, unit__in=some).values_list(
            "unit", "ancestor"
        ):
            above[unit].append(ancestor)
    found: dict[int, list[Heir]] = {}
    for unit in units:
        if above[unit]:
            found[unit] = [Heir(unit, 1_000_000, tuple(above[unit]))]
        else:
            found[unit] = [
                Heir(heir, share, tuple(above[heir])) for heir, share in sorted(standing[unit]) if above[heir]
            ]
    return found


def known_by(version: int) -> Q:
    """Return the condition of rows of the tree that a version knew."""
    return Q(first_version__lte=version) & (Q(end_version=None) | Q(end_version__gt=version))


def inheriting(day: date) -> set[int]:
    """Return the units that stand for others on a day: their own as-is totals are kept."""
    return set(
        StoredHeir.objects.filter(during(day), end_version=None).values_list("heir", flat=True).distinct()
    )
