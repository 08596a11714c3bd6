"""The whole organisation put together: what stood in October 2013, what happened since, and who acts for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from congdoan.ops.demo.union import dice, officers, upper
from congdoan.ops.demo.union.chart import Chart
from congdoan.ops.demo.union.composing import Composer
from congdoan.ops.demo.union.decisions import number_decisions
from congdoan.ops.demo.union.grassroots import Grassroots
from congdoan.ops.demo.union.history import History
from congdoan.ops.demo.union.places import districts, territories
from congdoan.ops.demo.union.reorganisation import units_that_remain
from congdoan.ops.demo.union.seeds import (
    BodySeed,
    DepartmentSeed,
    EventSeed,
    MandateSeed,
    OfficerSeed,
    TermSeed,
    TerritorySeed,
    UnitSeed,
)
from congdoan.ops.demo.union.source import read


@dataclass(frozen=True, slots=True)
class Union:
    """Everything that the loader writes. ``opening`` has parents before children, ``events`` come in their order."""

    territories: tuple[TerritorySeed, ...]
    opening: tuple[UnitSeed, ...]
    events: tuple[EventSeed, ...]
    departments: tuple[DepartmentSeed, ...]
    bodies: tuple[BodySeed, ...]
    terms: tuple[TermSeed, ...]
    officers: tuple[OfficerSeed, ...]
    mandates: tuple[MandateSeed, ...]

    def on(self, day: date) -> Chart:
        """Return the tree as it was on ``day`` (the opening day or later; the reorganisation of 2025 is not in it)."""
        return Chart(self.opening).advance(self.events, through=day)


def _units() -> tuple[list[UnitSeed], Grassroots]:
    """Make all units as they stood in September 2019."""
    composer = Composer()
    root = upper.confederation(composer)
    provinces = upper.provinces(composer)
    by_code = {unit.code: unit for unit in (root, *provinces)}
    federations = [
        upper.district_federation(composer, district, by_code[district.province]) for district in districts()
    ]
    industries = [
        upper.industry_union(composer, entry)
        for entry in read("upper")["industry"]
        if not entry.get("direct")
    ]
    by_code |= {unit.code: unit for unit in (*federations, *industries)}
    grassroots = Grassroots(composer)
    base = [
        unit for district in districts() for unit in grassroots.of_district(district, by_code[district.code])
    ]
    for entry in read("upper")["industry"]:
        base += grassroots.of_industry(entry, by_code)
    inside = upper.inside(composer, grassroots.by_employer)
    return [*by_code.values(), *base, *inside], grassroots


def _with_budgets(units: Iterable[UnitSeed], may_remain: set[str]) -> list[UnitSeed]:
    """Let as many schools live only in part on the State's budget as must remain after 2025."""
    units = list(units)
    needed = units_that_remain() - sum(
        unit.kind == "grassroots_union" and unit.state_budget != "whole" for unit in units
    )
    candidates = [unit.code for unit in units if unit.code in may_remain]
    if not 0 <= needed <= len(candidates):
        raise ValueError(f"{needed} of {len(candidates)} schools would have to remain")
    remaining = set(dice.shuffled(candidates, "budget")[:needed])
    return [replace(unit, state_budget="part") if unit.code in remaining else unit for unit in units]


@cache
def union() -> Union:
    """Return the organisation of the demonstration; made once."""
    units, grassroots = _units()
    history = History(_with_budgets(units, grassroots.may_remain), grassroots)
    opening, events = tuple(history.units.values()), tuple(history.events)
    staff = officers.staff(opening, events)
    opening, events, mandates = number_decisions(opening, events, staff.mandates)
    return Union(
        territories=territories(),
        opening=opening,
        events=events,
        departments=officers.departments(),
        bodies=officers.bodies(),
        terms=officers.terms(),
        officers=staff.officers,
        mandates=mandates,
    )
