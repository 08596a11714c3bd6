"""How a unit gets its code, name, address and contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from congdoan.ops.demo.union import dice
from congdoan.ops.demo.union.places import District, Place
from congdoan.ops.demo.union.seeds import Budget, UnitSeed

OPENING = date(2013, 10, 1)
"""The day from which the history is told: whatever was founded before is simply there."""

ADMINISTRATIVE = "administrative_public_service"
BUSINESS = "production_business"
_AREA_CODES = {"LC": "0214 000", "YB": "0216 000", "VN": "024 0000"}
_NO_MAIL_IN_HUNDRED = 12


def weight_of(given: int | Sequence[int], *key: str | int) -> int:
    """Return the weight as given, or one between the two that are given, the smaller more often."""
    if isinstance(given, int):
        return given
    least, most = given
    return min(dice.between(least, most, "weight", *key), dice.between(least, most, "weight2", *key))


def mail_of(code: str) -> str:
    """Return the address of a unit's office."""
    return f"{code.lower()}@congdoan.example"


def decided_before(day: date, *key: str | int) -> date:
    """Return the day of the decision that takes effect on ``day``: up to twelve days before."""
    return day - timedelta(days=dice.between(1, 12, "decided", *key))


class Composer:
    """Makes units one after the other, counting codes and telephone numbers, and never giving a name twice."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._phones: dict[str, int] = {}
        self._names: set[str] = set()

    def next_code(self, prefix: str, digits: int = 3) -> str:
        """Return the next code below ``prefix``: LC-SP-001, LC-SP-002 …"""
        self._codes[prefix] = self._codes.get(prefix, 0) + 1
        return f"{prefix}-{self._codes[prefix]:0{digits}}"

    def next_phone(self, province: str) -> str:
        """Return a number of the province that belongs to nobody: its exchange 000 does not exist."""
        self._phones[province] = self._phones.get(province, 0) + 1
        return f"{_AREA_CODES[province]} {self._phones[province]:04}"

    def grassroots(
        self,
        entry: Mapping[str, Any],
        *,
        parent: UnitSeed,
        district: District,
        place: Place,
        code: str = "",
        founded_on: date | None = None,
    ) -> UnitSeed:
        """Make a grassroots union of ``entry``: name, short, en, weight, and either budget or ownership.

        ``place`` is where it sits. Without ``founded_on`` it was founded some day before the history opens.
        """
        code = code or self.next_code(parent.code)
        public = not entry.get("ownership")
        name, short, name_en = entry["name"], entry.get("short", entry["name"]), entry["en"]
        if name in self._names:
            name, short = f"{name}, {district.label}", f"{short}, {district.name}"
            name_en = f"{name_en}, {district.label_en}"
        if name in self._names:
            raise ValueError(f"two units are called {name}")
        self._names.add(name)
        founded_on = founded_on or dice.day(
            max(parent.founded_on, district.since) + timedelta(days=90),
            OPENING - timedelta(days=9),
            "founded",
            code,
        )
        area = f"{place.label}, {district.label}, tỉnh {district.province_name}"
        budget: Budget = "part" if entry.get("budget") == "part" else "whole" if public else ""
        mail = "" if dice.draw(100, "mail", code) < _NO_MAIL_IN_HUNDRED else mail_of(code)
        return UnitSeed(
            code=code,
            kind="grassroots_union",
            parent_code=parent.code,
            name=f"Công đoàn cơ sở {name}",
            short_name=f"CĐCS {short}",
            name_en=f"Grassroots union of {name_en}",
            founded_on=founded_on,
            decision_date=decided_before(founded_on, code),
            sector=ADMINISTRATIVE if public else BUSINESS,
            ownership_type="state" if public else entry["ownership"],
            territory_codes=(place.code,),
            address=f"{_spot(place, code)}, {area}",
            phone=self.next_phone(district.province),
            email=mail,
            workforce_weight=weight_of(entry["weight"], code),
            state_budget=budget,
        )


def _spot(place: Place, code: str) -> str:
    if place.kind == "commune":
        return f"Thôn số {dice.between(1, 9, 'spot', code)}"
    return f"Tổ dân phố số {dice.between(1, 24, 'spot', code)}"
