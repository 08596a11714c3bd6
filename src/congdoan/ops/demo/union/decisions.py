"""Numbers of decisions: rising within a year for each body that decides, as in a register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from congdoan.ops.demo.union import dice
from congdoan.ops.demo.union.seeds import EventSeed, MandateSeed, UnitSeed

_SUFFIX = {
    "confederation": "QĐ-TLĐ",
    "provincial_federation": "QĐ-LĐLĐ",
    "district_federation": "QĐ-LĐLĐ",
    "local_industry_union": "QĐ-CĐN",
    "zone_union": "QĐ-CĐKCN",
    "grassroots_union": "QĐ-CĐCS",
}


class Request(NamedTuple):
    """A decision that needs a number: who decided, when, and a key to find it by. One key is one decision."""

    issuer: str
    decided: date
    key: str


def _numbered(requests: Iterable[Request], kinds: Mapping[str, str]) -> dict[str, str]:
    symbols: dict[str, str] = {}
    last: dict[tuple[str, int], int] = {}
    for request in sorted(set(requests), key=lambda item: (item.issuer, item.decided, item.key)):
        series = request.issuer, request.decided.year
        last[series] = last.get(series, 0) + dice.between(1, 4, "number", request.key)
        symbols[request.key] = f"{last[series]:02}/{_SUFFIX[kinds[request.issuer]]}"
    return symbols


def number_decisions(
    opening: Iterable[UnitSeed], events: Iterable[EventSeed], mandates: Iterable[MandateSeed]
) -> tuple[tuple[UnitSeed, ...], tuple[EventSeed, ...], tuple[MandateSeed, ...]]:
    """Return all three with the symbols of their decisions. A unit that an event founds has the event's."""
    opening, events, mandates = tuple(opening), tuple(events), tuple(mandates)
    every = [*opening, *(unit for event in events for unit in event.founds)]
    kinds = {unit.code: unit.kind for unit in every}
    codes = {
        unit.name: unit.code for unit in every if unit.kind in _SUFFIX and unit.kind != "grassroots_union"
    }
    parents = {unit.code: unit.parent_code for unit in every}

    def of_unit(unit: UnitSeed) -> Request | None:
        if unit.parent_code is None or unit.decision_date is None:
            return None
        return Request(unit.parent_code, unit.decision_date, unit.code)

    def of_event(event: EventSeed) -> Request:
        subject = ",".join((*event.unit_codes, *(unit.code for unit in event.founds)))
        return Request(
            codes[event.decision_issuer], event.decision_date, f"{event.on} {event.kind} {subject}"
        )

    def of_mandate(mandate: MandateSeed) -> Request | None:
        if mandate.decision_date is None:
            return None
        # A unit appoints its own staff; whom it elects, the unit above confirms.
        own = mandate.department_code or mandate.position_code == "upper_officer"
        issuer = mandate.unit_code if own else parents[mandate.unit_code] or mandate.unit_code
        # One congress, one decision for all whom it elected.
        return Request(issuer, mandate.decision_date, f"{mandate.decision_date} {issuer} {mandate.unit_code}")

    wanted = [*map(of_unit, opening), *map(of_event, events), *map(of_mandate, mandates)]
    symbols = _numbered([request for request in wanted if request], kinds)

    def signed(unit: UnitSeed) -> UnitSeed:
        request = of_unit(unit)
        return replace(unit, decision_symbol=symbols[request.key]) if request else unit

    def signed_event(event: EventSeed) -> EventSeed:
        symbol = symbols[of_event(event).key]
        founds = tuple(
            replace(unit, decision_symbol=symbol, decision_date=event.decision_date) for unit in event.founds
        )
        return replace(event, decision_symbol=symbol, founds=founds)

    def signed_mandate(mandate: MandateSeed) -> MandateSeed:
        request = of_mandate(mandate)
        return replace(mandate, decision_symbol=symbols[request.key]) if request else mandate

    return (
        tuple(map(signed, opening)),
        tuple(map(signed_event, events)),
        tuple(map(signed_mandate, mandates)),
    )
