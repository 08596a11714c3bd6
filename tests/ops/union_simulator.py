"""A tree in time, to hold the demonstration's organisation against."""

from __future__ import annotations

from datetime import date

from congdoan.ops.demo.union.seeds import WHOLE, EventSeed, UnitSeed

LEVELS = {
    "confederation": 1,
    "provincial_federation": 2,
    "district_federation": 3,
    "local_industry_union": 3,
    "zone_union": 3,
    "commune_union": 3,
    "grassroots_union": 4,
    "component_union": 5,
    "union_section": 5,
    "union_group": 5,
}


class Simulator:
    """A tree in time of its own making, to hold the seeds against: lives, parents and names with their days.

    Refuses whatever cannot be done at that moment: a parent or a unit that is not there, an end with units below.
    """

    def __init__(self) -> None:
        self.lives: dict[str, list[date | None]] = {}
        self.parents: dict[str, list[tuple[date, str | None]]] = {}
        self.names: dict[str, list[tuple[date, str]]] = {}
        self.kinds: dict[str, str] = {}

    def alive(self, code: str, day: date) -> bool:
        start, end = self.lives[code]
        return start is not None and start <= day and (end is None or day < end)

    def parent(self, code: str, day: date) -> str | None:
        return [parent for since, parent in self.parents[code] if since <= day][-1]

    def name(self, code: str, day: date) -> str:
        return [name for since, name in self.names[code] if since <= day][-1]

    def living(self, day: date) -> list[str]:
        return [code for code in self.lives if self.alive(code, day)]

    def children(self, code: str, day: date) -> list[str]:
        return [child for child in self.living(day) if self.parent(child, day) == code]

    def chain(self, code: str, day: date) -> list[str]:
        chain = [code]
        while (parent := self.parent(chain[-1], day)) is not None:
            assert parent not in chain, f"{parent} stands above itself"
            assert self.alive(parent, day), f"{parent}, above {chain[-1]}, is not there on {day}"
            chain.append(parent)
        return chain

    def found(self, unit: UnitSeed) -> None:
        assert unit.code not in self.lives, f"{unit.code} is founded twice"
        if unit.parent_code is not None:
            assert self.alive(unit.parent_code, unit.founded_on), f"{unit.code} has no parent yet"
            assert LEVELS[self.kinds[unit.parent_code]] < LEVELS[unit.kind]
        self.lives[unit.code] = [unit.founded_on, None]
        self.parents[unit.code] = [(unit.founded_on, unit.parent_code)]
        self.names[unit.code] = [(unit.founded_on, unit.name)]
        self.kinds[unit.code] = unit.kind

    def apply(self, event: EventSeed) -> None:
        for code in event.unit_codes:
            assert self.alive(code, event.on), f"{code} is not there on {event.on}"
            assert self.lives[code][0] < event.on
        for unit in event.founds:
            assert unit.founded_on == event.on
            self.found(unit)
        if event.kind == "renaming":
            (code,) = event.unit_codes
            assert event.name != self.name(code, event.on)
            self.names[code].append((event.on, event.name))
        elif event.kind == "move":
            (code,) = event.unit_codes
            assert self.alive(event.parent_code, event.on)
            assert LEVELS[self.kinds[event.parent_code]] < LEVELS[self.kinds[code]]
            assert event.parent_code != self.parent(code, event.on)
            self.parents[code].append((event.on, event.parent_code))
        elif event.kind != "founding":
            for code in event.unit_codes:
                assert not self.children(code, event.on), f"{code} ends with units below it"
                self.lives[code][1] = event.on
            assert {heir.predecessor_code for heir in event.heirs} == (
                set() if event.kind == "dissolution" else set(event.unit_codes)
            )
            for code in {heir.predecessor_code for heir in event.heirs}:
                shares = [heir.share for heir in event.heirs if heir.predecessor_code == code]
                assert sum(shares) == WHOLE
            assert all(self.alive(heir.successor_code, event.on) for heir in event.heirs)
