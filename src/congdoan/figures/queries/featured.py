"""The figures of the front page, each with how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from congdoan.figures.engine.windows import Window
from congdoan.figures.models import FeaturedFigure, PublishedFigure
from congdoan.figures.queries.listing import open_figures
from congdoan.figures.queries.sources import cuts
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.units import named
from congdoan.reporting.models import Indicator, IndicatorVersion
from congdoan.reporting.queries import public
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.grids import Grid
from congdoan.reporting.queries.overview import meanings

MOST = 6


@dataclass(frozen=True, slots=True)
class Featured:
    """One chosen figure: as it was published, or ``live``. ``values``: how it went, the oldest first, ``None`` for a gap."""

    row: FeaturedFigure
    meaning: IndicatorVersion | None
    published: PublishedFigure | None
    live: Figure | None
    values: Sequence[int | Decimal | None] = ()

    @property
    def window(self) -> Window:
        """The days that the figure is about."""
        one = self.published or self.live
        assert one is not None  # noqa: S101  # ``featured`` leaves others out
        return Window(one.start, one.end)


def featured(today: date) -> list[Featured]:
    """Return the chosen figures that have a value, in order, in a number of queries that grows only with the units."""
    newest = open_figures().filter(indicator=OuterRef("indicator"), unit=OuterRef("unit"), cell="")
    rows = list(
        FeaturedFigure.objects.filter(indicator__is_public=True, indicator__is_sensitive=False)
        .select_related("indicator__rate", "unit__kind")
        .annotate(newest=Subquery(newest.order_by("-end", "-pk").values("pk")[:1]))[:MOST]
    )
    published = open_figures().in_bulk([row.newest for row in rows if row.newest])
    known = meanings([row.indicator_id for row in rows], today)
    found = []
    for unit in {row.unit_id: row.unit for row in rows}.values():
        own = [row for row in rows if row.unit_id == unit.pk]
        lacking = [(row.indicator, known.get(row.indicator_id)) for row in own if not row.newest]
        live = (
            {one.indicator.pk: one.figure for one in public.newest(unit, lacking, today)} if lacking else {}
        )
        some = [
            Featured(row, known.get(row.indicator_id), published.get(row.newest), live.get(row.indicator_id))
            for row in own
        ]
        found += _with_values(unit, [one for one in some if one.published or _has_value(one.live)], today)
    order = {row.pk: at for at, row in enumerate(rows)}
    return sorted(found, key=lambda one: order[one.row.pk])


def names(rows: Sequence[Featured], today: date) -> dict[int, str]:
    """Return the names of the units by id."""
    units = named(Unit.objects.filter(pk__in={one.row.unit_id for one in rows}), today)
    return dict(units.values_list("pk", "shown_name"))  # type: ignore[misc]  # named


def _has_value(figure: Figure | None) -> bool:
    return figure is not None and (figure.value is not None or figure.low is not None)


def _with_values(unit: Unit, rows: Sequence[Featured], today: date) -> list[Featured]:
    """Add how each figure went: over its years, quarters or months, or over windows like its own before."""
    ways = {one.row.pk: [] if _is_outside(one) else cuts(one.window) for one in rows}
    windows = sorted({window for cut in ways.values() for each in cut for window in each})
    grid = (
        Grid(
            [unit],
            [(one.row.indicator, "") for one in rows if not _is_outside(one)],
            [(window.start, window.end) for window in windows],
            lenient=True,
            today=today,
        ).figures()
        if windows
        else {}
    )
    at = {window: number for number, window in enumerate(windows)}
    found = []
    for one in rows:
        values: list[int | Decimal | None] = []
        for cut in ways[one.row.pk]:
            values = [grid[unit.pk, at[window]][one.row.indicator.code, ""].value for window in cut]
            if sum(value is not None for value in values) > 1:
                break
            values = []
        found.append(Featured(one.row, one.meaning, one.published, one.live, values))
    return found


def _is_outside(one: Featured) -> bool:
    return bool(one.row.indicator.kind == Indicator.Kind.OUTSIDE)
