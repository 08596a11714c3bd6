"""Computing the figures that texts ask for, from totals, in a number of queries that grows with neither figures nor units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from congdoan.figures.engine.specs import Asked, SpecError
from congdoan.figures.queries import openness
from congdoan.organisation.models import Unit
from congdoan.reporting.models import Clock, Indicator, IndicatorVersion, OutsideFigure, Series, Target
from congdoan.reporting.queries import gaps, maps
from congdoan.reporting.queries.figures import DAY, Figure
from congdoan.reporting.queries.grids import Grid
from congdoan.reporting.queries.history import Moment

DENSE = 2_000
"""A grid of so many figures is read whole, however few of them are asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text asked for, and what the data say now. ``figure.value`` may be ``None``: nobody reported it.

    ``moment`` says at which state of the data; ``outside`` is the row of a figure that no report carries.
    """

    asked: Asked
    figure: Figure
    meaning: IndicatorVersion | None
    moment: Moment
    target: Target | None = None
    outside: OutsideFigure | None = None

    @property
    def has_value(self) -> bool:
        """Whether there is a number, or bounds of one."""
        return self.figure.value is not None or self.figure.low is not None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is known of the names in some texts: indicators, units and cells by their codes."""

    indicators: dict[str, Indicator]
    units: dict[str, Unit]
    cells: set[tuple[str, str]]

    def check(self, asked: Asked) -> None:
        """Raise ``SpecError`` when the indicator, its cell or the unit is not known, or the figure is not for everybody:
        "not_public" of an indicator that nobody may know of, "totals_only" of a figure that is too fine."""
        self.check_known(asked)
        indicator = self.indicators[asked.indicator]
        if not openness.is_named(indicator):
            raise SpecError("not_public", asked.indicator)
        if not openness.may_publish(indicator, self.units[asked.unit].kind.level, asked.cell):
            raise SpecError("totals_only", asked.indicator)

    def check_known(self, asked: Asked) -> None:
        """Raise ``SpecError`` when the indicator, its cell or the unit is not known."""
        if asked.indicator not in self.indicators:
            raise SpecError("indicator", asked.indicator)
        if asked.cell and (asked.indicator, asked.cell) not in self.cells:
            raise SpecError("cell", asked.cell)
        if asked.unit not in self.units:
            raise SpecError("unit", asked.unit)


def catalogue(wanted: Collection[Asked]) -> Catalogue:
    """Look up everything that some figures name, in three queries."""
    codes = {one.indicator for one in wanted}
    cells = {one.cell for one in wanted if one.cell}
    return Catalogue(
        {one.code: one for one in Indicator.objects.filter(code__in=codes).select_related("rate")},
        {
            one.code: one
            for one in Unit.objects.filter(code__in={one.unit for one in wanted}).select_related("kind")
        },
        set(
            Series.objects.filter(
                indicator__code__in=codes, cell__in=cells, part=Series.Part.VALUE
            ).values_list("indicator__code", "cell")
        )
        if cells
        else set(),
    )


def compute(
    wanted: Iterable[Asked], *, today: date | None = None, for_everybody: bool = True
) -> dict[Asked, Answer]:
    """Return what can be computed of some figures. What names something unknown, or is not for everybody, is left out;
    a window that cuts the periods of its reports has no value. Only what is shown to nobody is asked for otherwise than
    ``for_everybody``."""
    asked = set(wanted)
    if not asked:
        return {}
    known = catalogue(asked)
    good: list[Asked] = []
    for one in asked:
        try:
            known.check(one) if for_everybody else known.check_known(one)
        except SpecError:
            continue
        good.append(one)
    day = today or timezone.localdate()
    clock = Clock.objects.filter(pk=1).first() or Clock()
    tree_version = maps.tree_version()
    meanings = _meanings(known.indicators.values())
    targets = _targets(good, known)
    outside = _outside(good, known)
    found: dict[Asked, Answer] = {}
    for some in _batches(good):
        basis = some[0].basis
        moment = (
            Moment(clock.epoch, clock.as_is_version, clock.as_is_day)
            if basis == "as-is"
            else Moment(clock.epoch, tree_version)
        )
        units = sorted({known.units[one.unit] for one in some}, key=lambda unit: unit.pk)
        windows = sorted({one.window for one in some})
        cells = sorted({(one.indicator, one.cell) for one in some})
        grid = Grid(
            units,
            [(known.indicators[code], cell) for code, cell in cells],
            [(window.start, window.end) for window in windows],
            basis=basis,
            lenient=True,
            today=day,
        ).figures()
        for one in some:
            figure = grid[known.units[one.unit].pk, windows.index(one.window)][one.indicator, one.cell]
            indicator = known.indicators[one.indicator]
            found[one] = Answer(
                one,
                figure,
                _meaning(meanings.get(indicator.pk, []), one.window.end),
                moment,
                gaps.aim_for(
                    targets.get((one.unit, one.indicator, one.cell), []), one.window.start, one.window.end
                ),
                _outside_for(outside, figure, one) if indicator.kind == Indicator.Kind.OUTSIDE else None,
            )
    return found


def _batches(asked: list[Asked]) -> Iterator[list[Asked]]:
    """Cut figures into parts that are read together, each of one basis.

    A grid reads every unit in every window for every cell. The figures of a page are read so in few queries; those of many
    pages have little in common and are read window by window, then unit by unit.
    """
    for basis in sorted({one.basis for one in asked}):
        some = [one for one in asked if one.basis == basis]
        if not _is_sparse(some):
            yield some
            continue
        for window in sorted({one.window for one in some}):
            part = [one for one in some if one.window == window]
            if not _is_sparse(part):
                yield part
                continue
            for unit in sorted({one.unit for one in part}):
                yield [one for one in part if one.unit == unit]


def _is_sparse(asked: list[Asked]) -> bool:
    units, windows = {one.unit for one in asked}, {one.window for one in asked}
    cells = {(one.indicator, one.cell) for one in asked}
    size = len(units) * len(windows) * len(cells)
    return size > DENSE and size > 4 * len(asked)


def _meanings(indicators: Iterable[Indicator]) -> dict[int, list[IndicatorVersion]]:
    found: dict[int, list[IndicatorVersion]] = {}
    for version in IndicatorVersion.objects.filter(indicator__in=[one.pk for one in indicators]).order_by(
        "number"
    ):
        found.setdefault(version.indicator_id, []).append(version)
    return found


def _meaning(versions: list[IndicatorVersion], day: date) -> IndicatorVersion | None:
    valid = [one for one in versions if one.valid_from <= day]
    return valid[-1] if valid else next(iter(versions), None)


def _targets(asked: Iterable[Asked], known: Catalogue) -> dict[tuple[str, str, str], list[Target]]:
    """Return targets by unit, indicator and cell; of a gap those of its rate."""
    owners: dict[int, list[str]] = {}
    for one in known.indicators.values():
        owners.setdefault(one.rate_id or one.pk, []).append(one.code)
    found: dict[tuple[str, str, str], list[Target]] = {}
    for target in Target.objects.filter(
        unit__in=[known.units[one.unit].pk for one in asked], series__indicator__in=list(owners)
    ).select_related("series", "unit"):
        for code in owners[target.series.indicator_id]:
            found.setdefault((target.unit.code, code, target.series.cell), []).append(target)
    return found


def _outside(asked: Iterable[Asked], known: Catalogue) -> list[OutsideFigure]:
    codes = {one.indicator for one in asked if known.indicators[one.indicator].kind == Indicator.Kind.OUTSIDE}
    if not codes:
        return []
    rows = OutsideFigure.objects.filter(indicator__code__in=codes).select_related("indicator", "unit")
    return list(rows.order_by("-end"))


def _outside_for(rows: list[OutsideFigure], figure: Figure, asked: Asked) -> OutsideFigure | None:
    """Return the row that the figure was taken from: the same rule as that of the grid."""
    return next(
        (
            row
            for row in rows
            if (row.indicator.code, row.unit.code) == (asked.indicator, asked.unit)
            and row.end <= asked.window.end + DAY
            and (row.value, row.low, row.high) == (figure.value, figure.low, figure.high)
        ),
        None,
    )


def scaled(value: int | Decimal | None, indicator: Indicator) -> tuple[int | None, int]:
    """Return a value as it is stored: an integer and its decimals. Raises ``ValueError`` when digits would be lost."""
    places = indicator.places
    if value is None:
        return None, places
    number = Decimal(value).scaleb(places)
    if number != number.to_integral_value():
        raise ValueError(f"{value} has more than {places} decimals")
    return int(number), places
