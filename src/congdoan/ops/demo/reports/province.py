"""What the unions above the grassroots reported: dialogues, and what only the province records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from congdoan.ops.demo.reports.content import plan
from congdoan.ops.demo.reports.quarters import QUARTERS
from congdoan.ops.demo.reports.sharing import share
from congdoan.ops.demo.reports.values import LAST, PROVINCE
from congdoan.ops.demo.union import dice, union

_KINDS = ("district_federation", "local_industry_union", "zone_union")
_MANY = 10**9


def dialogues() -> dict[tuple[str, int], dict[str, int]]:
    """Return what each union right above the grassroots reported, by its code and the number of the quarter."""
    entry = plan()["dialogues"]
    first, last = entry["window"]
    cells = [
        (code, number)
        for number in range(first, last + 1)
        for code, unit in sorted(union().on(QUARTERS[number].last_day).units.items())
        if unit.kind in _KINDS and code.startswith(f"{PROVINCE}-")
    ]
    weights = [
        dice.between(1, 100, "dialogue", code, number)
        if dice.draw(100, "dialogue held", code, number) < 12
        else 0
        for code, number in cells
    ]
    events = share(entry["events"], weights, [0] * len(cells), [1 for _cell in cells])
    questions = share(
        entry["questions"],
        [count * weight for count, weight in zip(events, weights, strict=True)],
        [4 * count for count in events],
        [_MANY] * len(cells),
    )
    return {
        cell: {"dialogue.events": count, "dialogue.questions_answered": answered}
        for cell, count, answered in zip(cells, events, questions, strict=True)
    }


def province() -> list[dict[str, int]]:
    """Return what the province reported, quarter by quarter."""
    found: list[dict[str, int]] = [{} for _quarter in QUARTERS]
    for entry in plan()["province"]:
        whole = _over_quarters(entry)
        for number, value in enumerate(whole):
            found[number][entry["key"]] = value
        for number, parts in enumerate(_parts(entry, whole)):
            for cell, value in parts.items():
                found[number][f"{entry['key']}|{cell}"] = value
    return found


def _over_quarters(entry: Mapping[str, Any]) -> list[int]:
    first, last = entry.get("window", (0, LAST))
    season = entry.get("season", [1, 1, 1, 1])
    weights = []
    for number, quarter in enumerate(QUARTERS):
        luck = 100 if entry.get("even") or "at" in entry else dice.between(70, 130, entry["key"], number)
        is_time = number in entry["at"] if "at" in entry else True
        weights.append(season[quarter.number - 1] * luck if is_time else 0)
    inside = [first <= number <= last for number in range(len(QUARTERS))]
    whole = sum(weight for weight, is_in in zip(weights, inside, strict=True) if is_in)
    before = entry["total"] * (sum(weights) - whole) // whole
    found = [0] * len(QUARTERS)
    for wanted, total in ((True, entry["total"]), (False, before)):
        chosen = [number for number, is_in in enumerate(inside) if is_in == wanted]
        parts = share(total, [weights[number] for number in chosen], [0] * len(chosen), [_MANY] * len(chosen))
        for number, part in zip(chosen, parts, strict=True):
            found[number] = part
    return found


def _parts(entry: Mapping[str, Any], whole: list[int]) -> list[dict[str, int]]:
    if "exact" in entry:
        return [dict(entry["exact"]) if value else dict.fromkeys(entry["exact"], 0) for value in whole]
    cells: dict[str, int] = entry.get("parts", {})
    if not cells:
        return []
    none, weights = [0] * len(cells), list(cells.values())
    return [
        dict(zip(cells, share(value, weights, none, [value] * len(cells)), strict=True)) for value in whole
    ]
