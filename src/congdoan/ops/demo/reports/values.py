"""What each grassroots union reported in each quarter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import isqrt
from random import Random
from typing import Any

from congdoan.ops.demo.reports.content import plan
from congdoan.ops.demo.reports.quarters import QUARTERS
from congdoan.ops.demo.reports.sharing import share
from congdoan.ops.demo.union import MEMBER_UNITS, members_for, union
from congdoan.ops.demo.union.seeds import UnitSeed

PROVINCE = "LC"
BUSINESS = "production_business"
WORKERS = "workforce.unionised_units.total"
MEMBERS = "union.members.total"
APPLIED = "innovation.initiatives.applied"
LAST = len(QUARTERS) - 1

Column = list[int | None]


@dataclass(slots=True)
class Grassroots:
    """Cells in order: each is one union in one quarter. ``values`` hold a column for each key of a series."""

    units: list[UnitSeed]
    cells: list[tuple[int, int]]
    parents: list[str]
    values: dict[str, Column] = field(default_factory=dict)

    def content(self, cell: int) -> dict[str, int | None]:
        """Return what one union said in one quarter."""
        return {key: column[cell] for key, column in self.values.items()}


def _random(name: str) -> Random:
    # Only .random() is used: its sequence for a seed is the same in every version of Python.
    return Random(f"congdoan demo {name}")  # noqa: S311  # invented figures, no secret


@cache
def grassroots() -> Grassroots:
    """Return the reports of all grassroots unions of the province: those that live on the last day of each quarter."""
    living = [union().on(quarter.last_day) for quarter in QUARTERS]
    found: dict[str, UnitSeed] = {}
    parents: dict[tuple[str, int], str] = {}
    for number, chart in enumerate(living):
        for code, unit in chart.units.items():
            if unit.kind == "grassroots_union" and chart.top_of(code) == PROVINCE:
                found[code] = unit
                parents[code, number] = unit.parent_code or ""
    units = [found[code] for code in sorted(found)]
    cells = [
        (place, number)
        for place, unit in enumerate(units)
        for number in range(len(QUARTERS))
        if (unit.code, number) in parents
    ]
    made = Grassroots(units, cells, [parents[units[place].code, number] for place, number in cells])
    _stocks(made)
    for entry in plan()["flow"]:
        made.values[entry["key"]] = _flow(made, entry)
    _levels(made)
    return made


def registered() -> dict[str, int]:
    """Return how many members the register of the demonstration holds for a union."""
    made = 0
    found = {}
    for code, count in MEMBER_UNITS:
        found[code] = len(members_for(code, count, first_number=made))
        made += count
    return found


def _stocks(made: Grassroots) -> None:
    last, known = _last_stocks(made), registered()
    columns: dict[str, Column] = {
        key: []
        for key in (
            WORKERS,
            f"{WORKERS}|sex=female",
            f"{WORKERS}|sector=administrative_public_service",
            f"{WORKERS}|sector={BUSINESS}",
            MEMBERS,
            f"{MEMBERS}|sex=female",
        )
    }
    draws = _random("growth")
    slope, before = 0.0, -1
    for place, number in made.cells:
        unit = made.units[place]
        if place != before:
            slope, before = draws.random() * 0.007, place
        workers, women, members = last[place]
        wobble = (draws.random() - 0.5) * 0.03
        now = workers
        if number != LAST and unit.code not in known:
            now = max(1, round(workers * (1 - slope * (LAST - number) + wobble)))
        now_women, now_members = women * now // workers, members * now // workers
        is_business = unit.sector == BUSINESS
        row = (
            now,
            now_women,
            0 if is_business else now,
            now if is_business else 0,
            now_members,
            min(now_women, women * now_members // workers),
        )
        for column, value in zip(columns.values(), row, strict=True):
            column.append(value)
    made.values.update(columns)


def _last_stocks(made: Grassroots) -> list[tuple[int, int, int]]:
    """Return workers, women and members of each union at the end; of one that ended before, as it would be."""
    stocks, known = plan()["stocks"], registered()
    alive = {place for place, number in made.cells if number == LAST}
    draws = _random("stocks")
    workers = [max(unit.workforce_weight, known.get(unit.code, 0), 5) for unit in made.units]
    for sector in ("administrative_public_service", BUSINESS):
        chosen = [place for place in sorted(alive) if made.units[place].sector == sector]
        least = [known.get(made.units[place].code, 5) for place in chosen]
        shared = share(stocks[sector], [workers[place] for place in chosen], least, [10_000] * len(chosen))
        for place, count in zip(chosen, shared, strict=True):
            workers[place] = count
    women = [
        round(count * (0.35 if unit.sector == BUSINESS else 0.52) * (0.6 + 0.8 * draws.random()))
        for unit, count in zip(made.units, workers, strict=True)
    ]
    members = [round(count * (0.76 + 0.22 * draws.random())) for count in workers]
    order = sorted(alive)
    most = [workers[place] for place in order]
    shared_women = share(stocks["women"], [women[place] for place in order], [0] * len(order), most)
    fixed = [known.get(made.units[place].code) for place in order]
    shared_members = share(
        stocks["members"],
        [members[place] for place in order],
        [min(5, count) if exact is None else exact for exact, count in zip(fixed, most, strict=True)],
        [count if exact is None else exact for exact, count in zip(fixed, most, strict=True)],
    )
    for place, one, other in zip(order, shared_women, shared_members, strict=True):
        women[place], members[place] = one, other
    return [
        (count, min(count, one), min(count, other))
        for count, one, other in zip(workers, women, members, strict=True)
    ]


def _flow(made: Grassroots, entry: Mapping[str, Any]) -> Column:
    draws = _random(entry["key"])
    workers = _numbers(made.values[WORKERS])
    base = _numbers(made.values[entry["of"]]) if "of" in entry else None
    spared = {
        place
        for place, unit in enumerate(made.units)
        if draws.random() * 100 < entry.get("not_for", 0) and unit.sector == BUSINESS
    }
    weigh = _weigher(entry, workers, base)
    season = entry.get("season", [1, 1, 1, 1])
    chance = [entry.get("chance", 100) * 4 * part / sum(season) / 100 for part in season]
    weights = []
    for cell, (place, number) in enumerate(made.cells):
        one, other = draws.random(), draws.random()
        is_quiet = one >= chance[QUARTERS[number].number - 1] or place in spared
        weights.append(0 if is_quiet else weigh(cell) * int(500 + 1000 * other))
    low = _numbers(made.values[entry["low"]]) if "low" in entry else [0] * len(workers)
    shared = _within_window(made, entry, weights, low, _most(made, entry, workers, base))
    return [
        None if place in spared else value for value, (place, _number) in zip(shared, made.cells, strict=True)
    ]


def _numbers(column: Sequence[int | None]) -> list[int]:
    return [value or 0 for value in column]


def _weigher(entry: Mapping[str, Any], workers: list[int], base: list[int] | None) -> Callable[[int], int]:
    if base is not None:
        if entry.get("seats"):
            return lambda cell: base[cell] * workers[cell]
        return lambda cell: base[cell]
    if entry.get("even"):
        return lambda _cell: 1
    if entry.get("root"):
        return lambda cell: isqrt(100 * workers[cell])
    return lambda cell: workers[cell]


def _most(
    made: Grassroots, entry: Mapping[str, Any], workers: list[int], base: list[int] | None
) -> list[int]:
    if base is not None and entry.get("seats"):
        return [count * present for count, present in zip(base, workers, strict=True)]
    if "most" in entry:
        return [entry["most"]] * len(workers)
    if "high" in entry:
        return workers if entry["high"] == "workers" else _numbers(made.values[entry["high"]])
    return [10**12] * len(workers)


def _within_window(
    made: Grassroots, entry: Mapping[str, Any], weights: list[int], low: list[int], high: list[int]
) -> list[int]:
    """Share the total among the cells of its window; those outside it get as much for their weight."""
    first, last = entry.get("window", (0, LAST))
    step = entry.get("step", 1)
    inside = [first <= number <= last for _place, number in made.cells]
    found = [0] * len(weights)
    total = entry["total"] // step
    whole = sum(weight for weight, is_in in zip(weights, inside, strict=True) if is_in)
    rest = sum(weights) - whole
    for wanted, amount in ((True, total), (False, total * rest // whole)):
        chosen = [cell for cell, is_in in enumerate(inside) if is_in == wanted]
        parts = share(
            max(amount, sum(low[cell] for cell in chosen)) if not wanted else amount,
            [weights[cell] for cell in chosen],
            [low[cell] for cell in chosen],
            [high[cell] for cell in chosen],
        )
        for cell, part in zip(chosen, parts, strict=True):
            found[cell] = part * step
    return found


def _levels(made: Grassroots) -> None:
    draws = _random("levels")
    above = [min(count, int(count * 0.05 + draws.random() * 0.6)) for count in _numbers(made.values[APPLIED])]
    made.values[f"{APPLIED}|level=grassroots"] = [
        count - part for count, part in zip(_numbers(made.values[APPLIED]), above, strict=True)
    ]
    made.values[f"{APPLIED}|level=provincial"] = list(above)
