"""What a published figure is made of: by the units one level down, by the cells of its breakdowns, over time.

All of it is read from today's totals, which need not agree with what was published: ``Behind.now`` says what they are. Readers
without a right over the unit see units down to districts, and small cells hidden (``covering``); of an indicator that is not open
they see the published figure and nothing else.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from congdoan.figures.engine.suppressing import Cover
from congdoan.figures.engine.windows import DAY, Window
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries import covering
from congdoan.figures.queries.covering import RATES
from congdoan.figures.queries.openness import PUBLIC_LEVEL, is_total
from congdoan.organisation.models import Placement, Unit
from congdoan.organisation.queries.units import named
from congdoan.reporting.models import Indicator, Series
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.gaps import subject_of
from congdoan.reporting.queries.grids import Grid

MOST_POINTS = 12
EARLIER = 5


@dataclass(frozen=True, slots=True)
class Part:
    """One row: a unit, a cell or a window. ``value`` as people mean it; where ``cover`` is not SHOWN, nothing is known of it.

    ``code`` is that of the unit or cell; "" for what is left over when all units are taken from the total.
    """

    code: str
    name: str
    window: Window
    value: int | Decimal | None
    numerator: int | None = None
    denominator: int | None = None
    reported: int = 0
    expected: int = 0
    cover: Cover = Cover.SHOWN
    breakdown: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a published figure today. ``now`` is ``None`` where no data are (paper)."""

    now: Figure | None
    units: list[Part]
    cells: list[Part]
    points: list[Part]
    is_covered: bool
    """Whether something is hidden from this reader."""
    is_too_fine: bool
    """Whether the units one level down are not for this reader."""
    is_closed: bool = False
    """Whether nothing but the published figure itself is for this reader: its indicator is not open."""


NOTHING = Behind(None, [], [], [], is_covered=False, is_too_fine=False)


def behind(figure: PublishedFigure, *, sees_all: bool, today: date | None = None) -> Behind:
    """Return what a figure is made of, in a number of queries that grows with neither units nor windows."""
    if figure.origin == PublishedFigure.Origin.PAPER:
        return NOTHING
    if not sees_all and not figure.indicator.is_open:
        return replace(NOTHING, is_closed=True)
    if not sees_all and figure.unit.kind.level > PUBLIC_LEVEL:
        return replace(NOTHING, is_too_fine=True)
    day = today or timezone.localdate()
    indicator, own = figure.indicator, Window(figure.start, figure.end)
    units = [] if indicator.kind == Indicator.Kind.OUTSIDE else _children(figure)
    fine = [one for one in units if one.kind.level > PUBLIC_LEVEL]
    if not sees_all:
        units = [one for one in units if one.kind.level <= PUBLIC_LEVEL]
    grid = Grid(
        [figure.unit, *units],
        [(indicator, figure.cell)],
        [(own.start, own.end)],
        basis=figure.basis,
        lenient=True,
        today=day,
    ).figures()
    key = (indicator.code, figure.cell)
    now = grid[figure.unit_id, 0][key]
    found = [_part(grid[one.pk, 0][key], one.code, one.shown_name) for one in units]  # type: ignore[attr-defined]  # named
    rows = _with_rest(now, found) if units else []
    cells, points = _along(figure, own, day)
    if not sees_all:
        levels = [one.kind.level for one in units] + [None] * (len(rows) - len(units))
        # What one union reported is not for everybody, even as what is left over.
        alone = [len(units)] if len(fine) == 1 and len(rows) > len(units) else []
        rows = _hidden(rows, covering.of_units(indicator, figure.cell, rows, levels, alone))
        cells = _covered_cells(cells, now)
        if indicator.kind != Indicator.Kind.STOCK and not is_total(figure.unit.kind.level, figure.cell):
            points = _hidden(points, covering.along(indicator, points))
    return Behind(
        now,
        rows,
        cells,
        points,
        is_covered=any(one.cover is not Cover.SHOWN for one in (*rows, *cells, *points)),
        is_too_fine=bool(fine) and not units,
    )


def _part(figure: Figure, code: str, name: str, breakdown: str = "") -> Part:
    return Part(
        code,
        name,
        Window(figure.start, figure.end),
        figure.value,
        figure.numerator,
        figure.denominator,
        figure.reported,
        figure.expected,
        breakdown=breakdown,
    )


def _children(figure: PublishedFigure) -> list[Unit]:
    """Return the units that stood right below the figure's unit at some time of its window (of a count on a day: then; by
    today's organisation: today), with their names as of its last day."""
    rows = Placement.objects.filter(parent=figure.unit_id)
    if figure.basis == "as-is":
        day = figure.as_is_day or timezone.localdate()
        rows = _during(rows, day, day)
    elif figure.indicator.kind in (Indicator.Kind.STOCK, Indicator.Kind.TREE):
        rows = _during(rows, figure.end, figure.end)
    else:
        rows = _during(rows, figure.start, figure.end)
    found = named(Unit.objects.filter(pk__in=rows.values("unit")), figure.end)
    return list(found.order_by("kind__level", "shown_sort_key", "code"))  # type: ignore[misc]  # named


def _during(rows: QuerySet[Placement], first: date, last: date) -> QuerySet[Placement]:
    return rows.filter(Q(valid_to=None) | Q(valid_to__gt=first), valid_from__lte=last)


def _with_rest(now: Figure, parts: list[Part]) -> list[Part]:
    """Add what the units do not make up together."""
    rest = covering.rest_of(now.indicator, now, parts)
    if rest is None:
        return parts
    reported = max(now.reported - sum(one.reported for one in parts), 0)
    return [*parts, Part("", "", Window(now.start, now.end), rest, reported=reported)]


def _along(figure: PublishedFigure, own: Window, day: date) -> tuple[list[Part], list[Part]]:
    """Return the cells of the figure and its values over time, from one reading."""
    indicator = figure.indicator
    if indicator.kind == Indicator.Kind.OUTSIDE:
        return [], []
    series = [] if figure.cell or indicator.kind in RATES else _cells(indicator)
    ways = cuts(own)
    windows = [own, *(one for cut in ways for one in cut)]
    grid = Grid(
        [figure.unit],
        [(indicator, figure.cell), *((indicator, cell) for cell, _name, _group in series)],
        [(one.start, one.end) for one in windows],
        basis=figure.basis,
        lenient=True,
        today=day,
    ).figures()
    own_figures = grid[figure.unit_id, 0]
    cells = [
        _part(own_figures[indicator.code, cell], cell, name, group)
        for cell, name, group in series
        if own_figures[indicator.code, cell].value is not None
    ]
    at = 1
    for cut in ways:
        points = [
            _part(grid[figure.unit_id, at + number][indicator.code, figure.cell], "", "")
            for number in range(len(cut))
        ]
        at += len(cut)
        begun = next((number for number, one in enumerate(points) if one.value is not None), len(points))
        if len(points[begun:]) > 1:
            return cells, points[begun:]
    return cells, []


def _cells(indicator: Indicator) -> list[tuple[str, str, str]]:
    """Return the single cells of an indicator: (cell, name, name of the breakdown), in the order of the breakdowns."""
    found = []
    for one in (
        Series.objects.filter(indicator=subject_of(indicator), part=Series.Part.VALUE)
        .exclude(cell="")
        .exclude(cell__contains="&")
        .prefetch_related("categories__breakdown")
    ):
        for category in list(one.categories.all())[:1]:
            order = (category.breakdown_id, category.sort_order, category.pk)
            found.append((order, (one.cell, str(category), str(category.breakdown))))
    return [row for _order, row in sorted(found, key=lambda each: each[0])]


def cuts(own: Window) -> list[list[Window]]:
    """Return ways to look at a window over time, the best first: its years, quarters or months, or windows like it before."""
    found = []
    months = own.months
    for length in (12, 3, 1):
        if months and months % length == 0 and 2 <= months // length <= MOST_POINTS:
            ends = [_months_on(own.start, length * number) for number in range(months // length + 1)]
            found.append([Window(first, after - DAY) for first, after in itertools.pairwise(ends)])
    earlier = [own]
    for _number in range(EARLIER):
        try:
            earlier.insert(0, earlier[0].previous)
        except (ValueError, OverflowError):
            break
    return [*found, earlier]


def _months_on(day: date, months: int) -> date:
    return Window(day, day).shifted(months).start


def _covered_cells(parts: list[Part], now: Figure) -> list[Part]:
    """Hide small cells, each breakdown by itself."""
    found: list[Part] = []
    for group in dict.fromkeys(one.breakdown for one in parts):
        some = [one for one in parts if one.breakdown == group]
        found += _hidden(some, covering.of_cells(now.indicator, now, some))
    return found


def _hidden(parts: Sequence[Part], found: Sequence[Cover]) -> list[Part]:
    return [_hide(one, cover) for one, cover in zip(parts, found, strict=True)]


def _hide(part: Part, cover: Cover) -> Part:
    if cover is Cover.SHOWN:
        return part
    return replace(part, value=None, numerator=None, denominator=None, cover=cover)
