"""From one figure down to the reports that it is the sum of. The only reading that goes through facts of many units.

The arithmetic is that of the totals (``engine.summing``): whom a value counts for on which day, how long a stock holds, how
a split is shared. So the rows of a figure add up to it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from congdoan.organisation.models import Ancestry, Placement, Unit
from congdoan.organisation.models import Heir as StoredHeir
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.units import below, named
from congdoan.reporting.engine.summing import Heir, Link, Slot, ancestors_on, day_of, shares
from congdoan.reporting.models import (
    Clock,
    Fact,
    Indicator,
    IndicatorVersion,
    Line,
    Period,
    Report,
    ReviewStep,
    Series,
    Sheet,
)
from congdoan.reporting.queries import gaps, maps

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """What one report gives to the figure: a value for each series asked for (numerator and denominator of a rate)."""

    report: int
    unit: int
    period: int
    child: int
    values: tuple[int | None, ...]


@dataclass(slots=True)
class Sum:
    """Values added up, with how many reports gave one."""

    values: list[int]
    reported: int = 0

    def add(self, part: Part) -> None:
        """Add what one report gives."""
        for index, value in enumerate(part.values):
            self.values[index] += value or 0
        self.reported += part.values[0] is not None


@dataclass(slots=True)
class Sources:
    """All parts of one figure, with sums by the units one level down."""

    parts: list[Part]
    total: Sum
    children: dict[int, Sum] = field(default_factory=dict)


def series_of(indicator: Indicator, cell: str, day: date) -> list[Series]:
    """Return the series that make up an indicator in a cell: one, or numerator and denominator of a rate (or a gap's rate)."""
    indicator = gaps.subject_of(indicator)
    if indicator.kind != Indicator.Kind.RATE:
        return list(Series.objects.filter(key=Series.key_of(indicator.code, cell)))
    version = (
        IndicatorVersion.objects.filter(indicator=indicator, valid_from__lte=day)
        .select_related("numerator", "denominator")
        .order_by("-number")
        .first()
    )
    if version is None or version.numerator is None or version.denominator is None:
        return []
    if version.denominator_kind == IndicatorVersion.Denominator.TOTAL:
        return [version.numerator, version.denominator]
    pairs = {one.key: one for one in Series.objects.filter(indicator=indicator)}
    return [
        pairs.get(f"{indicator.code}#num", version.numerator),
        pairs.get(f"{indicator.code}#den", version.denominator),
    ]


def typed_series(indicator: Indicator, series: Sequence[Series], day: date) -> list[Series]:
    """Return the series that people type for it: the pair of a rate is only counted."""
    indicator = gaps.subject_of(indicator)
    if indicator.kind != Indicator.Kind.RATE:
        return list(series)
    version = (
        IndicatorVersion.objects.filter(indicator=indicator, valid_from__lte=day)
        .select_related("numerator")
        .order_by("-number")
        .first()
    )
    return [version.numerator] if version and version.numerator else []


def sources(
    unit: Unit, indicator: Indicator, series: Sequence[Series], start: date, end: date, basis: str
) -> Sources:
    """Return the reports behind the figure of a unit for [start, end], both inside."""
    typed = typed_series(indicator, series, end)
    stock = indicator.kind == Indicator.Kind.STOCK
    best = Sources([], Sum([0] * len(series)))
    for calendar, kind in _rhythms(typed):
        found = _of_rhythm(_Asked(unit, list(series), start, end, basis, stock), calendar, kind)
        if stock:
            # The same people may be reported on two sheets; the figure takes the one that more units filled.
            best = max(best, found, key=lambda one: one.total.reported)
        else:
            best.parts += found.parts
    return _summed(best.parts, len(series))


def _rhythms(series: Collection[Series]) -> list[tuple[int, str]]:
    sheets = Sheet.objects.filter(
        pk__in=Line.objects.filter(
            series__in=[one.pk for one in series], section__version__published_at__isnull=False
        ).values("section__version__sheet")
    )
    return sorted(set(sheets.values_list("calendar", "period_type")))


@dataclass(slots=True)
class _Asked:
    unit: Unit
    series: list[Series]
    start: date
    end: date
    basis: str
    stock: bool


def _of_rhythm(asked: _Asked, calendar: int, kind: str) -> Sources:
    periods = Period.objects.filter(calendar=calendar, type=kind, end__lte=asked.end + DAY)
    closing: Period | None = None
    if asked.stock:
        closing = periods.order_by("-end").first()
        if closing is None:
            return Sources([], Sum([0] * len(asked.series)))
        limit = max(nature.stale_days for nature in maps.natures(asked.end).values())
        periods = periods.filter(end__gt=closing.end - timedelta(days=limit + 1))
    else:
        periods = periods.filter(start__gte=asked.start)
    known = {period.pk: Slot(period.pk, period.start, period.end, 0) for period in periods}
    rows: dict[int, dict[tuple[int, int], list[int | None]]] = {}
    order = {one.pk: index for index, one in enumerate(asked.series)}
    candidates = _candidates(asked)
    for one, period, series, value, report in Fact.objects.filter(
        unit__in=candidates, period__in=known, series__in=order
    ).values_list("unit", "period", "series", "value", "report"):
        values = rows.setdefault(one, {}).setdefault((period, report), [None] * len(order))
        values[order[series]] = value
    if closing is not None:
        stale = {pk: nature.stale_days for pk, nature in maps.natures(asked.end).items()}
        rows = _last(rows, known, known[closing.pk], stale[asked.series[0].pk])
    return _summed(_parts(asked, rows, known, closing), len(order))


def _candidates(asked: _Asked) -> list[int]:
    """Units that may count for the unit: all that ever stood below it, or whose heirs do today."""
    ever = Ancestry.objects.filter(ancestor=asked.unit, end_version=None).values("unit")
    if asked.basis == "as-was":
        return list(Unit.objects.filter(pk__in=ever).values_list("pk", flat=True))
    day = _as_is_day(asked)
    now = below(asked.unit, day).values("pk")
    ended = StoredHeir.objects.filter(during(day), heir__in=now, end_version=None).values_list(
        "unit", flat=True
    )
    return [*Unit.objects.filter(pk__in=now).values_list("pk", flat=True), *set(ended)]


def _as_is_day(asked: _Asked) -> date:
    clock = Clock.objects.filter(pk=1).first()
    return (clock.as_is_day if clock else None) or asked.end


def _last(
    rows: dict[int, dict[tuple[int, int], list[int | None]]],
    slots: dict[int, Slot],
    closing: Slot,
    limit: int,
) -> dict[int, dict[tuple[int, int], list[int | None]]]:
    """Keep the last value of each unit, where it still holds at the end of the closing period."""
    kept = {}
    for unit, found in rows.items():
        (period, report), values = max(found.items(), key=lambda one: slots[one[0][0]].start)
        if period == closing.id or (closing.end - slots[period].end).days <= limit:
            kept[unit] = {(period, report): values}
    return kept


def _parts(
    asked: _Asked,
    rows: dict[int, dict[tuple[int, int], list[int | None]]],
    slots: dict[int, Slot],
    closing: Period | None,
) -> list[Part]:
    links = maps.links(list(rows), maps.tree_version())
    children = _children(asked.unit)
    as_was = asked.basis == "as-was"
    day_now = _as_is_day(asked)
    heirs = {} if as_was else maps.heirs(list(rows), day_now)
    found = []
    for unit, reports in rows.items():
        for (period, report), values in reports.items():
            slot = slots[period]
            day = (closing.end - DAY) if closing else day_of(slot, links[unit])
            if as_was:
                above = ancestors_on(links[unit], day)
                if asked.unit.pk not in above:
                    continue
                given: tuple[int | None, ...] = tuple(values)
            else:
                if closing and not ancestors_on(links[unit], day):
                    continue
                above, day = _above_now(heirs[unit]), day_now
                if asked.unit.pk not in above:
                    continue
                given = tuple(_shared(value, heirs[unit], asked.unit.pk) for value in values)
            child = next(
                (
                    pk
                    for pk, from_day, to_day in children
                    if pk in above and Link(pk, from_day, to_day).holds(day)
                ),
                asked.unit.pk,
            )
            found.append(Part(report, unit, period, child, given))
    return found


def _above_now(heirs: Sequence[Heir]) -> list[int]:
    return [node for heir in heirs for node in heir.above]


def _shared(value: int | None, heirs: Sequence[Heir], node: int) -> int | None:
    if value is None or len(heirs) == 1:
        return value
    return sum(part for part, heir in zip(shares(value, heirs), heirs, strict=True) if node in heir.above)


def _children(unit: Unit) -> list[tuple[int, date, date | None]]:
    """Units that stood right below one, each with its days."""
    return list(Placement.objects.filter(parent=unit).values_list("unit", "valid_from", "valid_to"))


def _summed(parts: list[Part], width: int) -> Sources:
    found = Sources(parts, Sum([0] * width))
    for part in parts:
        found.total.add(part)
        found.children.setdefault(part.child, Sum([0] * width)).add(part)
    return found


def names(units: Collection[int], day: date) -> dict[int, Unit]:
    """Return units by id, with their names on a day."""
    return named(Unit.objects.all(), day).in_bulk(units)


def reports_of(parts: Sequence[Part]) -> dict[int, Report]:
    """Return the reports of some parts by id, with their period."""
    return Report.objects.select_related("period", "sheet", "unit").in_bulk({part.report for part in parts})


def acceptances(parts: Sequence[Part]) -> dict[int, ReviewStep]:
    """Return, by report, the step by which what counts was accepted."""
    steps = ReviewStep.objects.filter(
        report__in={part.report for part in parts}, kind=ReviewStep.Kind.ACCEPTED
    ).order_by("pk")
    return {step.report_id: step for step in steps}
