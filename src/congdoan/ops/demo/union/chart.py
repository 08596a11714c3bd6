"""The tree while changes are applied to it: who lives, below whom, under which name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from congdoan.ops.demo.union.seeds import EventSeed, UnitSeed


class Chart:
    """The living units by code, each with its present name and parent."""

    def __init__(self, opening: Iterable[UnitSeed]) -> None:
        self.units: dict[str, UnitSeed] = {unit.code: unit for unit in opening}

    def apply(self, event: EventSeed) -> None:
        """Carry out one change."""
        for unit in event.founds:
            self.units[unit.code] = unit
        if event.kind == "renaming":
            (code,) = event.unit_codes
            self.units[code] = replace(
                self.units[code], name=event.name, short_name=event.short_name, name_en=event.name_en
            )
        elif event.kind == "move":
            (code,) = event.unit_codes
            self.units[code] = replace(self.units[code], parent_code=event.parent_code)
        elif event.kind != "founding":
            for code in event.unit_codes:
                del self.units[code]

    def advance(self, events: Iterable[EventSeed], *, through: date) -> Chart:
        """Carry out the changes up to and including the day ``through``. Returns itself."""
        for event in events:
            if event.on <= through:
                self.apply(event)
        return self

    def top_of(self, code: str) -> str:
        """Return the code of the province above (or of the unit itself, if it is one)."""
        unit = self.units[code]
        while unit.parent_code is not None and unit.kind != "provincial_federation":
            unit = self.units[unit.parent_code]
        return unit.code
