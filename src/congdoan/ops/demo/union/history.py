"""What happened to the units of Lào Cai from October 2013 on, told backwards from how they stood in 2019.

The units come as they stood at the end; each change takes one step back what it did and becomes an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from congdoan.ops.demo.union import dice
from congdoan.ops.demo.union.composing import BUSINESS, OPENING, Composer, decided_before
from congdoan.ops.demo.union.grassroots import Grassroots
from congdoan.ops.demo.union.places import District, districts
from congdoan.ops.demo.union.seeds import EventKind, EventSeed, HeirSeed, UnitSeed
from congdoan.ops.demo.union.source import read

LAST_FOUNDING = date(2019, 9, 1)
_BOARDING = "Trường Phổ thông dân tộc bán trú Trung học cơ sở"


class History:
    """The units as they were founded and the events since the opening day."""

    def __init__(self, units: Iterable[UnitSeed], grassroots: Grassroots) -> None:
        self.units: dict[str, UnitSeed] = {unit.code: unit for unit in units}
        self.events: list[EventSeed] = []
        self._composer: Composer = grassroots.composer
        self._by_employer = grassroots.by_employer
        self._told: set[str] = set()
        self._lists = read("history")
        self._moves()
        self._renamings()
        self._mergers()
        self._splits()
        self._dissolutions()
        self._industry_merger()
        self._foundings()
        self._sa_pa()
        # Stable: what happened on one day stays in the order in which it was told.
        self.events.sort(key=lambda event: event.on)

    def _tell(self, kind: EventKind, on: date, issuer: str, reason: str, **fields: Any) -> None:
        """Add an event decided by the unit ``issuer`` some days before."""
        decided = decided_before(on, kind, issuer, str(on))
        event = EventSeed(kind, on, "", decided, self.units[issuer].name, reason, **fields)
        self.events.append(event)
        self._told.update(event.unit_codes, (unit.code for unit in event.founds))

    def _parent_of(self, unit: UnitSeed) -> str:
        if unit.parent_code is None:
            raise ValueError(f"{unit.code} is the root")
        return unit.parent_code

    def _moves(self) -> None:
        """Single employers that changed to the industry union or to the zones' union."""
        for entry in read("upper")["industry"]:
            for employer in (*entry["units"], *entry.get("each_district", [])):
                if "moved" not in employer:
                    continue
                health = "moved_from" in employer
                reason = self._lists["reasons"]["moved_health" if health else "moved_zone"]
                names = (
                    [
                        employer["name"].format(district=district.label)
                        for district in districts()
                        if district.code.partition("-")[2] in employer["moved_from"]
                        and district.province == "LC"
                    ]
                    if health
                    else [employer["name"]]
                )
                for name in names:
                    code = self._by_employer[name].code
                    self._tell(
                        "move",
                        employer["moved"],
                        entry["province"],
                        reason,
                        unit_codes=(code,),
                        parent_code=entry["code"],
                    )

    def _renamings(self) -> None:
        written = [unit for entry in read("upper")["industry"] for unit in entry["units"]]
        for employer in (*read("employers")["unit"], *written):
            if "renamed" in employer:
                unit = self._by_employer[employer["name"]]
                old = (employer["old_name"], employer["old_name"], employer["old_en"])
                self._rename(unit, old, employer["renamed"], self._lists["reasons"]["renaming"])
        lists = read("schools")
        boarding = [
            unit
            for unit in self.units.values()
            if unit.code.startswith("LC-")
            and f" {_BOARDING} " in unit.name
            and unit.code not in self._told
            and "Khe Vai" not in unit.name
        ]
        for unit in dice.shuffled(boarding, "boarding")[: self._lists["boarding"]["count"]]:
            place = unit.name.partition(f" {_BOARDING} ")[2]
            old = tuple(
                lists["commune"]["secondary"][key].format(place=place) for key in ("name", "short", "en")
            )
            # Schools change with the school year.
            on = date(
                2014 + dice.draw(5, "boarding year", unit.code), 8, dice.between(4, 29, "boarding", unit.code)
            )
            self._rename(unit, old, on, self._lists["boarding"]["reason"])

    def _rename(self, unit: UnitSeed, old: tuple[str, ...], on: date, reason: str) -> None:
        name, short, name_en = old
        self.units[unit.code] = replace(
            self.units[unit.code],
            name=f"Công đoàn cơ sở {name}",
            short_name=f"CĐCS {short}",
            name_en=f"Grassroots union of {name_en}",
        )
        self._tell(
            "renaming",
            on,
            self._parent_of(unit),
            reason,
            unit_codes=(unit.code,),
            name=unit.name,
            short_name=unit.short_name,
            name_en=unit.name_en,
        )

    def _ended(self, entry: Mapping[str, Any], district: District, federation: UnitSeed) -> UnitSeed:
        """Make a unit that had ended by 2019."""
        place = district.place(entry["place"])
        return self._composer.grassroots(
            entry, parent=federation, district=district, place=place, founded_on=entry.get("founded")
        )

    def _where(self, entry: Mapping[str, Any]) -> tuple[District, UnitSeed]:
        code = f"LC-{entry['district']}"
        return next(district for district in districts() if district.code == code), self.units[code]

    def _mergers(self) -> None:
        """Two primary schools of a commune that became one."""
        numbered = read("schools")["numbered"]["primary"]
        for entry in self._lists["merger"]:
            district, federation = self._where(entry)
            words = {"place": entry["place"], "district": district.label}
            heir = self._by_employer[f"Trường Tiểu học {entry['place']}"]
            before = [
                self._ended(
                    dict(numbered)
                    | {key: numbered[key].format(number=number, **words) for key in ("name", "short", "en")}
                    | {"place": entry["place"]},
                    district,
                    federation,
                )
                for number in (1, 2)
            ]
            self.units.update({unit.code: unit for unit in before})
            self._succeed(
                "merger", entry["on"], federation, entry["reason"], before, [heir], [1_000_000, 1_000_000]
            )

    def _splits(self) -> None:
        for entry in self._lists["split"]:
            district, federation = self._where(entry)
            before = self._ended(entry, district, federation)
            self.units[before.code] = before
            heirs = [self._by_employer[name] for name, _ in entry["into"]]
            shares = [share for _, share in entry["into"]]
            self._succeed("split", entry["on"], federation, entry["reason"], [before], heirs, shares)

    def _succeed(
        self,
        kind: EventKind,
        on: date,
        issuer: UnitSeed,
        reason: str,
        before: list[UnitSeed],
        after: list[UnitSeed],
        shares: list[int],
    ) -> None:
        founds = tuple(self._founded(unit, on, kind, issuer) for unit in after)
        pairs = [(old.code, new.code) for old in before for new in after]
        heirs = tuple(HeirSeed(old, new, share) for (old, new), share in zip(pairs, shares, strict=True))
        codes = tuple(unit.code for unit in before)
        self._tell(kind, on, issuer.code, reason, unit_codes=codes, founds=founds, heirs=heirs)

    def _founded(self, unit: UnitSeed, on: date, kind: EventKind, issuer: UnitSeed) -> UnitSeed:
        """Return ``unit`` as founded on ``on``; it is no longer there from the beginning."""
        decided = decided_before(on, kind, issuer.code, str(on))
        return replace(self.units.pop(unit.code), founded_on=on, decision_date=decided)

    def _dissolutions(self) -> None:
        for entry in self._lists["dissolved"]:
            district, federation = self._where(entry)
            unit = self._ended({"ownership": "private", **entry}, district, federation)
            self.units[unit.code] = unit
            self._tell("dissolution", entry["on"], federation.code, entry["reason"], unit_codes=(unit.code,))

    def _industry_merger(self) -> None:
        """Two industry unions hand their units to a new one and end."""
        for entry in read("upper")["industry"]:
            if "merged_from" not in entry:
                continue
            union = self.units[entry["code"]]
            on, issuer = union.founded_on, self._parent_of(union)
            reasons = self._lists["reasons"]
            reason = self._lists["industry_merger"]["reason"]
            founded = self._founded(union, on, "founding", self.units[issuer])
            self._tell("founding", on, issuer, reason, founds=(founded,))
            for unit in list(self.units.values()):
                if unit.parent_code in entry["merged_from"]:
                    self._tell(
                        "move",
                        on,
                        issuer,
                        reasons["moved_industry"],
                        unit_codes=(unit.code,),
                        parent_code=union.code,
                    )
            heirs = tuple(HeirSeed(code, union.code) for code in entry["merged_from"])
            codes = tuple(entry["merged_from"])
            self._tell("merger", on, issuer, reason, unit_codes=codes, heirs=heirs)

    def _foundings(self) -> None:
        """Take some units out of the beginning and found them later: mostly employers, some schools."""
        parents = {unit.parent_code for unit in self.units.values()}
        known = {unit.code for employer, unit in self._by_employer.items() if employer in _known_by_name()}
        young = [
            code
            for code, unit in self.units.items()
            if unit.kind == "grassroots_union"
            and code.startswith("LC-")
            and self.units[self._parent_of(unit)].kind == "district_federation"
            and code not in self._told | parents | known
        ]
        business = [code for code in young if self.units[code].sector == BUSINESS]
        schools = [code for code in young if "Trường" in self.units[code].name]
        count = self._lists["foundings"]
        chosen = [*dice.shuffled(business, "young")[: count - 12], *dice.shuffled(schools, "young")[:12]]
        for code in chosen:
            unit = self.units[code]
            issuer = self.units[self._parent_of(unit)]
            on = OPENING + timedelta(days=1 + dice.draw((LAST_FOUNDING - OPENING).days, "young", code))
            founded = self._founded(unit, on, "founding", issuer)
            self._tell("founding", on, issuer.code, self._lists["reasons"]["founding"], founds=(founded,))

    def _sa_pa(self) -> None:
        """In 2020 the district of Sa Pa became a town."""
        entry = self._lists["sa_pa"]
        names = {"name": entry["name"], "short_name": entry["short"], "name_en": entry["en"]}
        self._tell("renaming", entry["on"], "LC", entry["reason"], unit_codes=("LC-SP",), **names)


def _known_by_name() -> set[str]:
    lists = read("upper")
    written = [unit for entry in lists["industry"] for unit in entry["units"]]
    return {unit["name"] for unit in (*read("employers")["unit"], *written)}
