"""The seeds as operations of the organisation's engine: the form in which the tree is planted and a batch is stored."""

from __future__ import annotations

from collections.abc import Iterable

from congdoan.ops.demo.union.seeds import EventSeed, UnitSeed
from congdoan.organisation.engine.operations import (
    Decision,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Operation,
    Part,
    Rename,
    Split,
)


def new_unit(unit: UnitSeed) -> NewUnit:
    """Return what the engine founds."""
    return NewUnit(
        code=unit.code,
        kind=unit.kind,
        name=unit.name,
        parent=unit.parent_code or "",
        short_name=unit.short_name,
        name_en=unit.name_en,
        sector=unit.sector,
        ownership_type=unit.ownership_type,
        address=unit.address,
        phone=unit.phone,
        email=unit.email,
        territories=unit.territory_codes,
    )


def foundings(opening: Iterable[UnitSeed], names: dict[str, str]) -> list[Operation]:
    """Return the founding of each unit on its own day; ``names`` gives the issuer of its decision by code."""
    return [
        Found(
            on=unit.founded_on,
            decision=Decision(
                unit.decision_symbol, unit.decision_date, names.get(unit.parent_code or "", "")
            ),
            unit=new_unit(unit),
        )
        for unit in opening
    ]


def operation(event: EventSeed) -> Operation:
    """Return one change as the engine does it."""
    on, reason = event.on, event.reason
    decision = Decision(event.decision_symbol, event.decision_date, event.decision_issuer)
    founds = {unit.code: new_unit(unit) for unit in event.founds}
    match event.kind:
        case "founding":
            (unit,) = founds.values()
            return Found(on=on, decision=decision, reason=reason, unit=unit)
        case "merger":
            (heir,) = {heir.successor_code for heir in event.heirs}
            into = "" if heir in founds else heir
            return Merge(
                on=on,
                decision=decision,
                reason=reason,
                sources=event.unit_codes,
                into=into,
                new_unit=founds.get(heir),
            )
        case "split":
            parts = tuple(
                Part(
                    heir.share,
                    "" if heir.successor_code in founds else heir.successor_code,
                    founds.get(heir.successor_code),
                )
                for heir in event.heirs
            )
            (source,) = event.unit_codes
            return Split(on=on, decision=decision, reason=reason, source=source, parts=parts)
        case "renaming":
            (code,) = event.unit_codes
            return Rename(
                on=on,
                decision=decision,
                reason=reason,
                unit=code,
                name=event.name,
                short_name=event.short_name,
                name_en=event.name_en,
            )
        case "move":
            (code,) = event.unit_codes
            return Move(on=on, decision=decision, reason=reason, unit=code, parent=event.parent_code)
        case "dissolution":
            (code,) = event.unit_codes
            return Dissolve(on=on, decision=decision, reason=reason, unit=code)
