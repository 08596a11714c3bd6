"""The reorganisation of July 2025: two provinces become one, districts and industry unions end, few unions remain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from congdoan.ops.demo.union.chart import Chart
from congdoan.ops.demo.union.composing import BUSINESS, mail_of
from congdoan.ops.demo.union.places import Place, new_place_of
from congdoan.ops.demo.union.seeds import EventKind, EventSeed, HeirSeed, ReorganisationSeed, UnitSeed
from congdoan.ops.demo.union.source import read

_SCHOOLS_OF_ONE_UNION = 3
_UPPER = ("district_federation", "local_industry_union", "zone_union")
_SCHOOL = "Trường "


def _plan() -> dict[str, Any]:
    return read("reorganisation")


def units_that_remain() -> int:
    """Return how many grassroots unions must escape dissolution, so that as many are left as the facts say.

    Three schools that merge leave one; a company that splits leaves two.
    """
    plan = _plan()
    merged_away = (_SCHOOLS_OF_ONE_UNION - 1) * len(plan["schools"]["places"])
    return int(plan["remaining"]) + merged_away - (len(plan["split"]["into"]) - 1)


class _Batch:
    """The operations one after the other, each applied to the tree before the next is made."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.plan = _plan()
        self.operations: list[EventSeed] = []
        self.new = {place.name: place for place in new_place_of().values()}
        self.union_of: dict[str, str] = {}

    def add(self, kind: EventKind, reason: str, *, central: bool = False, **fields: Any) -> None:
        plan = self.plan
        event = EventSeed(
            kind=kind,
            on=plan["on"],
            decision_symbol=plan["symbol"] if central else plan["local_symbol"],
            decision_date=plan["decided"],
            decision_issuer=plan["issuer"] if central else plan["province"]["name"],
            reason=plan["reasons"][reason],
            **fields,
        )
        if event.founds:
            signed = tuple(
                replace(unit, decision_symbol=event.decision_symbol, decision_date=event.decision_date)
                for unit in event.founds
            )
            event = replace(event, founds=signed)
        self.operations.append(event)
        self.chart.apply(event)

    def parent_for(self, unit: UnitSeed) -> str:
        """Return who leads ``unit`` from then on: the union of its commune or ward, else the province."""
        place = new_place_of().get(unit.territory_codes[0])
        return self.union_of.get(place.name, self._province) if place else self._province

    @property
    def _province(self) -> str:
        code: str = self.plan["province"]["code"]
        return code

    def found(self) -> None:
        """Found the new province and the commune and ward unions."""
        plan = self.plan
        entry = plan["province"]
        self.add(
            "founding",
            "founding_province",
            central=True,
            founds=(
                _upper(entry, "provincial_federation", "VN", plan["on"], (entry["territory"].lower(),), 1),
            ),
        )
        for number, entry in enumerate(plan["commune_union"], start=2):
            places = [self.new[name] for name in entry["serves"]]
            self.union_of |= {place.name: entry["code"] for place in places}
            union = _upper(
                {"short": entry["name"].replace("Công đoàn", "CĐ"), "address": _at(places[0]), **entry},
                "commune_union",
                self._province,
                plan["on"],
                tuple(place.code for place in places),
                number,
            )
            self.add("founding", "founding_commune", founds=(union,))

    def dissolve(self) -> None:
        """End the unions of employers that live wholly on the State's budget, and first what stands inside them."""
        whole = [unit for unit in self._grassroots() if unit.state_budget == "whole"]
        for unit in whole:
            for code in (*self._below(unit.code), unit.code):
                self.add("dissolution", "dissolution_budget", unit_codes=(code,))

    def merge_schools(self) -> None:
        """Let three schools of a place share one union."""
        for number, name in enumerate(self.plan["schools"]["places"], start=4):
            place = self.new[name]
            schools = [unit for unit in self._grassroots() if _is_school_of(unit, place)]
            chosen = schools[:_SCHOOLS_OF_ONE_UNION]
            if len(chosen) < _SCHOOLS_OF_ONE_UNION:
                raise ValueError(f"too few schools remain in {place.label}")
            heir = replace(
                chosen[0],
                code=f"{self._province}-{number:03}",
                parent_code=self.parent_for(chosen[0]),
                name=f"Công đoàn cơ sở các trường học {place.label}",
                short_name=f"CĐCS các trường học {place.label}",
                name_en=f"Grassroots union of the schools of {place.label_en}",
                founded_on=self.plan["on"],
                territory_codes=(place.code,),
                address=_at(place),
                email="",
                workforce_weight=sum(unit.workforce_weight for unit in chosen),
            )
            self.add(
                "merger",
                "merger_schools",
                unit_codes=tuple(unit.code for unit in chosen),
                founds=(heir,),
                heirs=tuple(HeirSeed(unit.code, heir.code) for unit in chosen),
            )

    def split(self) -> None:
        """Let one large employer become two."""
        entry = self.plan["split"]
        (unit,) = [unit for unit in self._grassroots() if unit.name == f"Công đoàn cơ sở {entry['unit']}"]
        place = new_place_of()[unit.territory_codes[0]]
        heirs = [
            replace(
                unit,
                code=part["code"],
                parent_code=self.parent_for(unit),
                name=f"Công đoàn cơ sở {part['name']}",
                short_name=f"CĐCS {part['name']}",
                name_en=f"Grassroots union of {part['en']}",
                founded_on=self.plan["on"],
                territory_codes=(place.code,),
                address=_at(place),
                email=mail_of(part["code"]),
                workforce_weight=unit.workforce_weight * part["share"] // 1_000_000,
            )
            for part in entry["into"]
        ]
        self.add(
            "split",
            "split",
            unit_codes=(unit.code,),
            founds=tuple(heirs),
            heirs=tuple(
                HeirSeed(unit.code, heir.code, part["share"])
                for heir, part in zip(heirs, entry["into"], strict=True)
            ),
        )

    def move(self) -> None:
        """Put whoever remains below the union of its commune or ward, or below the province."""
        founded = {unit.code for event in self.operations for unit in event.founds}
        for unit in self._grassroots():
            if unit.code not in founded:
                parent = self.parent_for(unit)
                reason = "move_province" if parent == self._province else "move_commune"
                self.add("move", reason, unit_codes=(unit.code,), parent_code=parent)

    def end_upper(self) -> None:
        """End the emptied federations of districts and industry unions, then both provinces."""
        for code in self._codes(lambda unit: unit.kind in _UPPER):
            self.add("dissolution", "dissolution_upper", unit_codes=(code,))
        old = tuple(
            self._codes(lambda unit: unit.kind == "provincial_federation" and unit.code != self._province)
        )
        heirs = tuple(HeirSeed(code, self._province) for code in old)
        self.add("merger", "merger_provinces", central=True, unit_codes=old, heirs=heirs)

    def _grassroots(self) -> list[UnitSeed]:
        return [unit for unit in self.chart.units.values() if unit.kind == "grassroots_union"]

    def _codes(self, wanted: Callable[[UnitSeed], bool]) -> list[str]:
        return [unit.code for unit in self.chart.units.values() if wanted(unit)]

    def _below(self, code: str) -> list[str]:
        return self._codes(lambda unit: unit.parent_code == code)


def _at(place: Place) -> str:
    return f"Số 2 đường Minh Hoạ, {place.label}, tỉnh Lào Cai"


def _upper(
    entry: Mapping[str, Any], kind: str, parent: str, on: date, territory_codes: tuple[str, ...], number: int
) -> UnitSeed:
    return UnitSeed(
        code=entry["code"],
        kind=kind,
        parent_code=parent,
        name=entry["name"],
        short_name=entry["short"],
        name_en=entry["en"],
        founded_on=on,
        territory_codes=territory_codes,
        address=entry["address"],
        phone=f"0214 000 {9000 + number}",
        email=mail_of(entry["code"]),
    )


def _is_school_of(unit: UnitSeed, place: Place) -> bool:
    return (
        unit.sector != BUSINESS
        and unit.name.startswith(f"Công đoàn cơ sở {_SCHOOL}")
        and "Trung học phổ thông" not in unit.name
        and new_place_of().get(unit.territory_codes[0]) == place
    )


def reorganise(opening: Iterable[UnitSeed], events: Iterable[EventSeed]) -> ReorganisationSeed:
    """Return the batch for the tree as it stands on the eve of it."""
    plan = _plan()
    batch = _Batch(Chart(opening).advance(events, through=plan["on"]))
    batch.found()
    batch.dissolve()
    batch.merge_schools()
    batch.split()
    batch.move()
    batch.end_upper()
    return ReorganisationSeed(
        title=plan["title"],
        title_en=plan["title_en"],
        scope_code="VN",
        effective_on=plan["on"],
        decision_symbol=plan["symbol"],
        decision_date=plan["decided"],
        decision_issuer=plan["issuer"],
        note=plan["note"].strip(),
        operations=tuple(batch.operations),
    )
