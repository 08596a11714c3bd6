"""Reading figures: always from totals (or from the facts of a unit that nobody stands below), never by summing everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from congdoan.organisation.models import Ancestry, Unit
from congdoan.organisation.queries.units import count_below
from congdoan.reporting.engine.periods import TILING, PeriodType, WindowError, tile
from congdoan.reporting.engine.summing import Amount
from congdoan.reporting.engine.values import percent, unscaled
from congdoan.reporting.errors import WindowCutsPeriodError
from congdoan.reporting.models import (
    Batch,
    Clock,
    Indicator,
    IndicatorVersion,
    Line,
    OutsideFigure,
    Period,
    Series,
    Sheet,
    Total,
)
from congdoan.reporting.models.totals import AS_WAS
from congdoan.reporting.queries import gaps, leaves

DAY = timedelta(days=1)
GRASSROOTS = "grassroots_union"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``value`` is as people mean it (percent as 66.11); ``None``: nobody reported it. Dates are inclusive.
    Of a gap it is in percentage points; numerator, denominator and coverage are those of its rate.

    ``low`` and ``high`` are the bounds of a figure that has no exact value. ``reported`` of ``expected`` reports gave a number.
    """

    indicator: Indicator
    unit: Unit
    start: date
    end: date
    basis: str
    cell: str
    value: int | Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    reported: int = 0
    expected: int = 0
    inapplicable: int = 0
    vintage: str = "preliminary"
    epoch: int = 0
    as_of: datetime | None = None
    low: int | None = None
    high: int | None = None
    source: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every report that is expected counts."""
        return self.expected > 0 and self.reported + self.inapplicable >= self.expected


@dataclass(slots=True)
class Reader:
    """Reads many figures of one unit in a number of queries that grows with neither units nor years."""

    unit: Unit
    basis: str = "as-was"
    today: date = field(default_factory=timezone.localdate)
    clock: Clock = field(init=False)
    is_summed: bool = field(init=False)
    _periods: dict[tuple[int, int], Period] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.clock = Clock.objects.filter(pk=1).first() or Clock()
        self.is_summed = Ancestry.objects.filter(ancestor=self.unit, depth__gt=0).exists() or (
            self.basis == "as-is" and self.unit.stands_for.filter(end_version=None).exists()
        )

    @property
    def basis_number(self) -> int:
        """The basis as the totals know it."""
        return AS_WAS if self.basis == "as-was" else self.clock.as_is_basis

    def amounts(self, series: Iterable[int], periods: Iterable[int]) -> dict[tuple[int, int], Amount]:
        """Return the sums by (series, period), in one query."""
        wanted = {"series__in": list(series), "period__in": list(periods)}
        if self.is_summed:
            rows = Total.objects.filter(basis=self.basis_number, unit=self.unit, **wanted).values_list(
                "series", "period", "value", "reported", "inapplicable"
            )
            return {(one, period): Amount(*rest) for one, period, *rest in rows}
        return leaves.amounts_of([self.unit.pk], wanted["series__in"], wanted["period__in"])[self.unit.pk]

    def window(self, sheets: Sequence[Sheet], start: date, end: date) -> dict[int, list[Period]]:
        """Return, for each calendar of the sheets, the fewest periods that make up [start, end].

        Raises ``WindowCutsPeriodError`` when none can.
        """
        types = {kind for calendar in _calendars(sheets) for kind in _tile_types(sheets, calendar)}
        periods = Period.objects.filter(
            calendar__in=_calendars(sheets), start__gte=start, end__lte=end + DAY, type__in=types
        )
        found = tiles_of(sheets, list(periods.order_by()), start, end)
        if not found and sheets:
            raise WindowCutsPeriodError(start, end)
        return found

    def read(
        self, wanted: Sequence[tuple[Indicator, str]], start: date, end: date
    ) -> dict[tuple[str, str], Figure]:
        """Read several figures (indicator, cell) of one window. Raises ``WindowCutsPeriodError``."""
        return Reading(self, wanted, start, end).figures()


def _calendars(sheets: Iterable[Sheet]) -> set[int]:
    return {sheet.calendar_id for sheet in sheets}


def _tile_types(sheets: Iterable[Sheet], calendar: int) -> tuple[PeriodType, ...]:
    """Return the lengths of which a window of a calendar may be made: none shorter than what its sheets ask for."""
    kinds = [PeriodType(sheet.period_type) for sheet in sheets if sheet.calendar_id == calendar]
    shortest = max((TILING.index(kind) for kind in kinds if kind in TILING), default=0)
    return TILING[: shortest + 1]


def tiles_of(
    sheets: Sequence[Sheet], periods: Iterable[Period], start: date, end: date
) -> dict[int, list[Period]]:
    """Return, for each calendar of the sheets, the fewest of ``periods`` that make up [start, end]; calendars whose periods
    the window cuts are left out."""
    known = list(periods)
    found: dict[int, list[Period]] = {}
    for calendar in _calendars(sheets):
        allowed = _tile_types(sheets, calendar)
        by_days = {
            (period.start, period.end): period
            for period in known
            if period.calendar_id == calendar and period.type in allowed
        }
        try:
            tiles = tile(start, end + DAY, [period.span for period in by_days.values()])
        except WindowError:
            continue
        found[calendar] = [by_days[one.start, one.end] for one in tiles]
    return found


class Reading:
    """One window of one unit: what is wanted, what must be read for it, and the answer."""

    def __init__(
        self, reader: Reader, wanted: Sequence[tuple[Indicator, str]], start: date, end: date
    ) -> None:
        self.reader, self.wanted, self.start, self.end = reader, wanted, start, end
        compared = [one for one, _cell in wanted if one.kind == Indicator.Kind.GAP]
        prefetch_related_objects(compared, "rate")
        self.aims = gaps.aims(self._unit_ids(), {one.rate_id for one in compared if one.rate_id})
        subjects = [gaps.subject_of(one) for one, _cell in wanted]
        ids = {one.pk for one in subjects}
        rates = {one.pk for one in subjects if one.kind == Indicator.Kind.RATE}
        versions = IndicatorVersion.objects.filter(indicator__in=rates, valid_from__lte=end)
        self.versions = {
            version.indicator_id: version
            for version in versions.select_related("numerator", "denominator").order_by("number")
        }
        parts = {
            series.indicator_id
            for version in self.versions.values()
            for series in (version.numerator, version.denominator)
            if series
        }
        self.series = {
            series.key: series
            for series in Series.objects.filter(Q(indicator__in=ids) | Q(indicator__in=parts))
        }
        self.series_of: dict[int, list[Series]] = {}
        for one in self.series.values():
            self.series_of.setdefault(one.indicator_id, []).append(one)
        self.sheets_of: dict[int, list[Sheet]] = {}
        sheets: dict[int, Sheet] = {}
        lines = (
            Line.objects.filter(
                series__in=[series.pk for series in self.series.values()],
                section__version__published_at__isnull=False,
            )
            .order_by()
            .values_list("series", "section__version__sheet")
        )
        known = {
            sheet.pk: sheet for sheet in Sheet.objects.filter(pk__in={sheet for _series, sheet in lines})
        }
        for series, sheet in set(lines):
            self.sheets_of.setdefault(series, []).append(known[sheet])
            sheets[sheet] = known[sheet]
        self.sheets = list(sheets.values())

    def _unit_ids(self) -> list[int]:
        return [self.reader.unit.pk]

    def figures(self) -> dict[tuple[str, str], Figure]:
        """Return the answer by (code, cell)."""
        batch = Batch.objects.filter(pk=self.reader.clock.epoch).first()
        self.as_of = batch.at if batch else None
        reported = [
            (indicator, cell)
            for indicator, cell in self.wanted
            if indicator.kind not in (Indicator.Kind.TREE, Indicator.Kind.OUTSIDE)
        ]
        flows = [one for one in reported if one[0].kind != Indicator.Kind.STOCK]
        stocks = [one for one in reported if one[0].kind == Indicator.Kind.STOCK]
        self.tiles = self.reader.window(self._sheets_for(flows), self.start, self.end) if flows else {}
        self.closing = self._closing_periods() if stocks else {}
        used = {period.pk for periods in [*self.tiles.values(), *self.closing.values()] for period in periods}
        wanted = [series.pk for series in self.series.values()] + [sheet.coverage_id for sheet in self.sheets]
        self.amounts = self.reader.amounts(wanted, used) if used else {}
        self.vintage = self._vintage(used)
        return {(indicator.code, cell): self._figure(indicator, cell) for indicator, cell in self.wanted}

    def _sheets_for(self, wanted: Sequence[tuple[Indicator, str]]) -> list[Sheet]:
        ids = {series.pk for indicator, _cell in wanted for series in self._parts(indicator)}
        return list({sheet.pk: sheet for one in ids for sheet in self.sheets_of.get(one, [])}.values())

    def _parts(self, indicator: Indicator) -> list[Series]:
        subject = gaps.subject_of(indicator)
        version = self.versions.get(subject.pk)
        if subject.kind == Indicator.Kind.RATE and version and version.numerator and version.denominator:
            return [version.numerator, version.denominator]
        return self.series_of.get(subject.pk, [])

    def _closing_periods(self) -> dict[tuple[int, str], list[Period]]:
        """For stocks: the last period of each sheet's chain that ends no later than the window (a year back at most)."""
        found: dict[tuple[int, str], list[Period]] = {}
        for calendar, kind in {(sheet.calendar_id, sheet.period_type) for sheet in self.sheets}:
            last = (
                Period.objects.filter(calendar=calendar, type=kind, end__lte=self.end + DAY)
                .order_by("-end")
                .first()
            )
            if last:
                found[calendar, kind] = [last]
        return found

    def _vintage(self, periods: set[int]) -> str:
        """ "final" once every report of the window is decided, "estimate" while the window is still running."""
        if self.end >= self.reader.today:
            return "estimate"
        expected = accepted = 0
        for sheet in self.sheets:
            for period in periods:
                amount = self.amounts.get((sheet.coverage_id, period))
                if amount:
                    accepted += amount.reported
                    expected += amount.reported + amount.inapplicable
        return "final" if expected and accepted == expected else "preliminary"

    def _figure(self, indicator: Indicator, cell: str) -> Figure:
        base: dict[str, Any] = {
            "indicator": indicator,
            "unit": self.reader.unit,
            "start": self.start,
            "end": self.end,
            "basis": self.reader.basis,
            "cell": cell,
            "epoch": self.reader.clock.epoch,
            "as_of": self.as_of,
        }
        if indicator.kind == Indicator.Kind.TREE:
            count = count_below(self.reader.unit, self.end, GRASSROOTS)
            return Figure(**base, value=count, reported=1, expected=1, vintage="final")
        if indicator.kind == Indicator.Kind.OUTSIDE:
            return self._outside(base, indicator)
        if indicator.kind == Indicator.Kind.RATE:
            return self._rate(base, indicator)
        if indicator.rate is not None:
            figure = self._rate(base, indicator.rate)
            known = self.aims.get((self.reader.unit.pk, indicator.rate.pk), ())
            aim = gaps.aim_for(known, self.start, self.end)
            return replace(figure, value=gaps.points(figure.value, aim))
        series = self.series.get(Series.key_of(indicator.code, cell))
        amount, expected = self._sum(series, indicator) if series else (Amount(), 0)
        value = unscaled(amount.value, indicator.decimals) if amount.reported else None
        return Figure(
            **base,
            value=value,
            reported=amount.reported,
            inapplicable=amount.inapplicable,
            expected=expected,
            vintage=self.vintage,
        )

    def _sum(self, series: Series, indicator: Indicator, key: int | None = None) -> tuple[Amount, int]:
        """Return the amount of a series in the window, and how many reports were expected."""
        found, expected = Amount(), 0
        stock = indicator.kind == Indicator.Kind.STOCK
        sheets = self.sheets_of.get(series.pk, [])
        groups: list[tuple[list[Period], list[Sheet]]] = []
        if stock:
            for (calendar, kind), periods in self.closing.items():
                groups.append(
                    (
                        periods,
                        [one for one in sheets if (one.calendar_id, one.period_type) == (calendar, kind)],
                    )
                )
        else:
            for calendar, periods in self.tiles.items():
                groups.append((periods, [one for one in sheets if one.calendar_id == calendar]))
        known = [self._sum_of(key or series.pk, periods, owners) for periods, owners in groups if owners]
        if stock:
            # A unit may report a stock monthly and quarterly; adding both would count its people twice.
            return max(known, key=lambda one: (one[0].reported, one[1]), default=(found, expected))
        for amount, owed in known:
            found.plus(amount)
            expected += owed
        return found, expected

    def _sum_of(self, series: int, periods: Sequence[Period], owners: Sequence[Sheet]) -> tuple[Amount, int]:
        found, expected = Amount(), 0
        for period in periods:
            if amount := self.amounts.get((series, period.pk)):
                found.plus(amount)
            for sheet in owners:
                if cover := self.amounts.get((sheet.coverage_id, period.pk)):
                    expected += cover.reported + cover.inapplicable
        return found, expected

    def _rate(self, base: dict[str, Any], indicator: Indicator) -> Figure:
        version = self.versions.get(indicator.pk)
        if version is None or version.numerator is None or version.denominator is None:
            return Figure(**base, value=None)
        matched = version.denominator_kind == IndicatorVersion.Denominator.MATCHED
        first = self.series.get(f"{indicator.code}#num", version.numerator) if matched else version.numerator
        second = (
            self.series.get(f"{indicator.code}#den", version.denominator) if matched else version.denominator
        )
        above, expected = self._sum(version.numerator, indicator, first.pk)
        below, _expected = self._sum(version.denominator, indicator, second.pk)
        numerator = above.value if above.reported else None
        denominator = below.value if below.reported else None
        return Figure(
            **base,
            value=percent(numerator, denominator),
            numerator=numerator,
            denominator=denominator,
            reported=above.reported,
            inapplicable=above.inapplicable,
            expected=expected,
            vintage=self.vintage,
        )

    def _outside(self, base: dict[str, Any], indicator: Indicator) -> Figure:
        found = (
            OutsideFigure.objects.filter(indicator=indicator, unit=self.reader.unit, end__lte=self.end + DAY)
            .order_by("-end")
            .first()
        )
        if found is None:
            return Figure(**base, value=None)
        return Figure(
            **base,
            value=found.value,
            low=found.low,
            high=found.high,
            source=found.source,
            reported=1,
            expected=1,
            vintage="final",
        )
