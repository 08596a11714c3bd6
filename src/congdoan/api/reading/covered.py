"""Computed figures for askers without a right over the unit: small counts, and what would give them away, are not told.

The rule is that of the page of a published figure (``figures.queries.covering``). There it is applied to the tables of one page;
here every figure can be asked for by itself, so each is looked at among the figures that it adds up with, asked for or not: the units
next to it, the other cells of its breakdown, and along time where it is asked for so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from congdoan.figures.engine.suppressing import Cover
from congdoan.figures.queries import covering
from congdoan.figures.queries.openness import PUBLIC_LEVEL
from congdoan.organisation.models import Unit
from congdoan.organisation.queries import units as units_queries
from congdoan.reporting.models import Indicator, Series
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.gaps import subject_of
from congdoan.reporting.queries.grids import Grid, Window

Found = tuple[Figure, Cover]


@dataclass(slots=True)
class Family:
    """A unit with those right below it that everybody may see; ``fine_count`` others are below it too."""

    above: Unit | None
    members: list[Unit]
    fine_count: int = 0

    @classmethod
    def below(cls, unit: Unit, day: date) -> Family:
        """Return the units below one on a day."""
        children = list(units_queries.children(unit, day))
        members = [one for one in children if one.kind.level <= PUBLIC_LEVEL]
        return cls(unit, members, len(children) - len(members))

    @classmethod
    def of(cls, unit: Unit, day: date) -> Family:
        """Return a unit with those next to it on a day; alone when it stands below none then."""
        above = units_queries.parent_of(unit, day)
        found = cls.below(above, day) if above else cls(None, [])
        if unit.pk not in {one.pk for one in found.members}:
            return cls(None, [unit])
        return found


@dataclass(slots=True)
class Asked:
    """What is asked for: ``family`` holds the units (all of them, or the one with those next to it)."""

    indicator: Indicator
    units: Sequence[Unit]
    cells: Sequence[str]
    windows: Sequence[Window]
    basis: str
    family: Family
    is_series: bool
    """Whether the windows are asked for together, as parts of one time."""
    groups: Mapping[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.groups = _groups(self.indicator, self.cells)


def read(asked: Asked) -> dict[tuple[int, int, str], Found]:
    """Return (unit, number of the window, cell) → the figure and what to show of it."""
    indicator, family = asked.indicator, asked.family
    around = {cell for cells in asked.groups.values() for cell in cells}
    cells = sorted({*asked.cells, *around, *([""] if around else [])})
    units = {
        one.pk: one for one in (*([family.above] if family.above else []), *family.members, *asked.units)
    }
    grid = Grid(
        list(units.values()), [(indicator, cell) for cell in cells], asked.windows, asked.basis
    ).figures()
    found: dict[tuple[int, int, str], Found] = {}
    for at in range(len(asked.windows)):
        table = Table(
            indicator,
            family,
            asked.groups,
            {(pk, cell): grid[pk, at][indicator.code, cell] for pk in units for cell in cells},
        )
        table.settle(cells)
        for unit in asked.units:
            for cell in asked.cells:
                found[unit.pk, at, cell] = (table.figures[unit.pk, cell], table.cover(unit.pk, cell))
    if asked.is_series and indicator.kind != Indicator.Kind.STOCK:
        _cover_series(asked, found)
    return found


class Table:
    """The figures of a family in one window, by unit and cell. They add up both ways, so what is hidden for the sake of one row
    can be worked out from a column: rows and columns are looked at in turn until nothing more has to be hidden."""

    def __init__(
        self,
        indicator: Indicator,
        family: Family,
        groups: Mapping[str, list[str]],
        figures: dict[tuple[int, str], Figure],
    ) -> None:
        self.indicator, self.family, self.groups, self.figures = indicator, family, groups, figures
        self.covers: dict[tuple[int, str], Cover] = {}

    def cover(self, unit: int, cell: str) -> Cover:
        return self.covers.get((unit, cell), Cover.SHOWN)

    def settle(self, cells: Sequence[str]) -> None:
        before = -1
        while before != len(self.covers):
            before = len(self.covers)
            for cell in cells:
                self._across_units(cell)
            for unit in self.family.members:
                for group in self.groups.values():
                    self._across_cells(unit, group)

    def _across_units(self, cell: str) -> None:
        members = self.family.members
        parts: list[covering.Counted] = [self.figures[one.pk, cell] for one in members]
        levels: list[int | None] = [one.kind.level for one in members]
        kept = self._kept([(one.pk, cell) for one in members])
        if self.family.above is not None:
            whole = self.figures[self.family.above.pk, cell]
            rest = covering.rest_of(self.indicator, whole, parts)
            if rest is not None:
                kept += [len(parts)] if self.family.fine_count == 1 else []
                parts.append(_Rest(rest))
                levels.append(None)
        found = covering.of_units(self.indicator, cell, parts, levels, kept)
        for one, cover in zip(members, found, strict=False):
            self._hide(one.pk, cell, cover)

    def _across_cells(self, unit: Unit, group: list[str]) -> None:
        if covering.is_told(self.indicator, unit.kind.level, group[0]):
            return
        if self.cover(unit.pk, "") is not Cover.SHOWN:
            # The cells would add up to what is hidden.
            for cell in group:
                if self.figures[unit.pk, cell].value is not None:
                    self._hide(unit.pk, cell, Cover.HIDDEN)
            return
        parts = [self.figures[unit.pk, cell] for cell in group]
        kept = self._kept([(unit.pk, cell) for cell in group])
        found = covering.of_cells(self.indicator, self.figures[unit.pk, ""], parts, kept)
        for cell, cover in zip(group, found, strict=True):
            self._hide(unit.pk, cell, cover)

    def _kept(self, places: Sequence[tuple[int, str]]) -> list[int]:
        """Return what is hidden already without being small."""
        return [
            at
            for at, place in enumerate(places)
            if place in self.covers and not covering.is_small_count(self.figures[place])
        ]

    def _hide(self, unit: int, cell: str, cover: Cover) -> None:
        if cover is not Cover.SHOWN:
            self.covers[unit, cell] = _stricter(self.cover(unit, cell), cover)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What the units do not make up together."""

    value: covering.Value
    numerator: int | None = None
    denominator: int | None = None


def _cover_series(asked: Asked, found: dict[tuple[int, int, str], Found]) -> None:
    """Hide among the parts of one time what would give a small one away."""
    for unit in asked.units:
        for cell in asked.cells:
            if covering.is_told(asked.indicator, unit.kind.level, cell):
                continue
            places = [(unit.pk, at, cell) for at in range(len(asked.windows))]
            kept = [
                at
                for at, place in enumerate(places)
                if found[place][1] is not Cover.SHOWN and not covering.is_small_count(found[place][0])
            ]
            covers = covering.along(asked.indicator, [found[place][0] for place in places], kept)
            for place, cover in zip(places, covers, strict=True):
                figure, known = found[place]
                found[place] = (figure, _stricter(known, cover))


def _stricter(one: Cover, other: Cover) -> Cover:
    """Return what says less; "under 5" and "hidden" together say nothing."""
    if Cover.SHOWN in (one, other):
        return other if one is Cover.SHOWN else one
    return one if one is other else Cover.HIDDEN


def _groups(indicator: Indicator, cells: Sequence[str]) -> dict[str, list[str]]:
    """Return the breakdowns of some cells with all their cells; a cell of several breakdowns is in none."""
    wanted = {cell.partition("=")[0] for cell in cells if cell and "&" not in cell}
    found: dict[str, list[str]] = {}
    if not wanted:
        return found
    known = Series.objects.filter(indicator=subject_of(indicator), part=Series.Part.VALUE).order_by("pk")
    for cell in known.exclude(cell="").values_list("cell", flat=True):
        name = cell.partition("=")[0]
        if name in wanted and "&" not in cell:
            found.setdefault(name, []).append(cell)
    return found
