"""Figures of many units in many windows, in a number of queries that grows with neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from congdoan.organisation.models import Ancestry, Heir, Unit
from congdoan.organisation.models.units import during
from congdoan.reporting.engine.summing import Amount
from congdoan.reporting.errors import WindowCutsPeriodError
from congdoan.reporting.models import (
    Batch,
    Clock,
    Indicator,
    IndicatorVersion,
    OutsideFigure,
    Period,
    Total,
)
from congdoan.reporting.queries import gaps, leaves
from congdoan.reporting.queries.figures import DAY, GRASSROOTS, Figure, Reader, Reading, tiles_of

Window = tuple[date, date]
"""First and last day, both inside."""
Wanted = tuple[Indicator, str]
"""An indicator in one cell of its breakdowns; "" is the whole."""
YEAR = timedelta(days=400)


class _Seat(Reader):
    """A reader of one unit that asks nothing by itself: what it needs was read with that of all others."""

    __slots__ = ()

    def __post_init__(self) -> None:
        self.clock, self.is_summed = Clock(), True


@dataclass(slots=True)
class Grid:
    """Figures by unit, window and indicator.

    A window that cuts a period raises ``WindowCutsPeriodError``; with ``lenient`` its figures have no value instead.
    """

    units: Sequence[Unit]
    wanted: Sequence[Wanted]
    windows: Sequence[Window]
    basis: str = "as-was"
    lenient: bool = False
    today: date = field(default_factory=timezone.localdate)
    clock: Clock = field(init=False)
    cut: set[int] = field(default_factory=set)
    """Windows that cut a period."""

    def __post_init__(self) -> None:
        self.clock = Clock.objects.filter(pk=1).first() or Clock()

    def figures(self) -> dict[tuple[int, int], dict[tuple[str, str], Figure]]:
        """Return (unit, number of the window) → (code, cell) → figure."""
        if not self.units or not self.wanted or not self.windows:
            return {(unit.pk, at): {} for unit in self.units for at in range(len(self.windows))}
        many = _Many(self)
        return {(unit.pk, at): many.read(unit, at) for unit in self.units for at in range(len(self.windows))}


class _Many(Reading):
    """What the cells of a grid share: read once, then each unit and window in turn."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        start, end = min(first for first, _last in grid.windows), max(last for _first, last in grid.windows)
        super().__init__(self._seat(grid.units[0]), grid.wanted, start, end)
        self.history = list(
            IndicatorVersion.objects.filter(
                indicator__in={gaps.subject_of(one).pk for one, _cell in grid.wanted}
            )
            .select_related("numerator", "denominator")
            .order_by("number")
        )
        batch = Batch.objects.filter(pk=grid.clock.epoch).first()
        self.as_of = batch.at if batch else None
        self.periods = list(
            Period.objects.filter(
                calendar__in={sheet.calendar_id for sheet in self.sheets},
                end__gt=start - YEAR,
                start__lte=end,
            )
        )
        self._lay_windows()
        self._read_amounts()
        self._read_tree()
        outside = {one.pk for one, _cell in grid.wanted if one.kind == Indicator.Kind.OUTSIDE}
        self.elsewhere = (
            list(OutsideFigure.objects.filter(indicator__in=outside, unit__in=grid.units).order_by("-end"))
            if outside
            else []
        )

    def _unit_ids(self) -> list[int]:
        return [unit.pk for unit in self.grid.units]

    def _seat(self, unit: Unit) -> Reader:
        seat = _Seat(unit, self.grid.basis, self.grid.today)
        seat.clock = self.grid.clock
        return seat

    def _lay_windows(self) -> None:
        kinds = Indicator.Kind
        counted = (kinds.FLOW, kinds.RATE, kinds.GAP, kinds.DISTINCT)
        sheets = self._sheets_for([one for one in self.wanted if one[0].kind in counted])
        self.laid: list[dict[int, list[Period]]] = []
        self.closed: list[dict[tuple[int, str], list[Period]]] = []
        for at, (start, end) in enumerate(self.grid.windows):
            tiles = tiles_of(sheets, self.periods, start, end)
            if sheets and not tiles:
                if not self.grid.lenient:
                    raise WindowCutsPeriodError(start, end)
                self.grid.cut.add(at)
            self.laid.append(tiles)
            self.closed.append(self._closing(end))

    def _closing(self, end: date) -> dict[tuple[int, str], list[Period]]:
        found: dict[tuple[int, str], list[Period]] = {}
        for calendar, kind in {(sheet.calendar_id, sheet.period_type) for sheet in self.sheets}:
            ended = [
                period
                for period in self.periods
                if period.calendar_id == calendar and period.type == kind and period.end <= end + DAY
            ]
            if ended:
                found[calendar, kind] = [max(ended, key=lambda period: period.end)]
        return found

    def _read_amounts(self) -> None:
        groups = [
            *(periods for laid in self.laid for periods in laid.values()),
            *(periods for laid in self.closed for periods in laid.values()),
        ]
        used = {period.pk for periods in groups for period in periods}
        series = {one.pk for one in self.series.values()} | {sheet.coverage_id for sheet in self.sheets}
        ids = [unit.pk for unit in self.grid.units]
        above = set(summed(ids, self.grid.basis))
        self.by_unit = leaves.amounts_of([pk for pk in ids if pk not in above], series, used)
        self.by_unit |= {pk: {} for pk in above}
        basis = self.reader.basis_number
        if above and used:
            for unit, one, period, *rest in Total.objects.filter(
                basis=basis, unit__in=above, series__in=series, period__in=used
            ).values_list("unit", "series", "period", "value", "reported", "inapplicable"):
                self.by_unit[unit][one, period] = Amount(*rest)

    def _read_tree(self) -> None:
        """Count the grassroots unions below each unit at the end of each window."""
        self.trees: dict[tuple[int, int], int] = {}
        if not any(one.kind == Indicator.Kind.TREE for one, _cell in self.wanted):
            return
        for at, (_start, end) in enumerate(self.grid.windows):
            rows = (
                Ancestry.objects.filter(
                    during(end),
                    ancestor__in=[unit.pk for unit in self.grid.units],
                    depth__gt=0,
                    end_version=None,
                    unit__kind__code=GRASSROOTS,
                )
                .values("ancestor")
                .annotate(count=Count("unit", distinct=True))
            )
            for row in rows:
                self.trees[row["ancestor"], at] = row["count"]

    def read(self, unit: Unit, at: int) -> dict[tuple[str, str], Figure]:
        """Return the figures of one unit in one window, from what was read."""
        self.at = at
        self.reader = self._seat(unit)
        self.start, self.end = self.grid.windows[at]
        self.versions = {
            version.indicator_id: version for version in self.history if version.valid_from <= self.end
        }
        self.tiles, self.closing = self.laid[at], self.closed[at]
        self.amounts = self.by_unit.get(unit.pk, {})
        groups = [*self.tiles.values(), *self.closing.values()]
        self.vintage = self._vintage({period.pk for periods in groups for period in periods})
        return {(indicator.code, cell): self._figure(indicator, cell) for indicator, cell in self.wanted}

    def _figure(self, indicator: Indicator, cell: str) -> Figure:
        if indicator.kind not in (Indicator.Kind.TREE, Indicator.Kind.OUTSIDE):
            return super()._figure(indicator, cell)
        base: dict[str, Any] = {
            "indicator": indicator,
            "unit": self.reader.unit,
            "start": self.start,
            "end": self.end,
            "basis": self.reader.basis,
            "cell": cell,
            "epoch": self.grid.clock.epoch,
            "as_of": self.as_of,
        }
        if indicator.kind == Indicator.Kind.TREE:
            count = self.trees.get((self.reader.unit.pk, self.at), 0)
            return Figure(**base, value=count, reported=1, expected=1, vintage="final")
        return self._outside(base, indicator)

    def _outside(self, base: dict[str, Any], indicator: Indicator) -> Figure:
        for one in self.elsewhere:
            if (one.indicator_id, one.unit_id) == (
                indicator.pk,
                self.reader.unit.pk,
            ) and one.end <= self.end + DAY:
                known: dict[str, Any] = {"value": one.value, "low": one.low, "high": one.high}
                return Figure(**base, **known, source=one.source, reported=1, expected=1, vintage="final")
        return Figure(**base, value=None)


def summed(units: Sequence[int], basis: str = "as-was") -> list[int]:
    """Return which of some units have totals of their own: those that somebody has ever stood below, or who inherited."""
    found = set(
        Ancestry.objects.filter(ancestor__in=units, depth__gt=0).values_list("ancestor", flat=True).distinct()
    )
    if basis == "as-is":
        found |= set(Heir.objects.filter(heir__in=units, end_version=None).values_list("heir", flat=True))
    return [unit for unit in units if unit in found]
