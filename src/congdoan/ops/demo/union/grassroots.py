"""The grassroots unions as they stood on 30/09/2019: offices, schools and employers of districts and industries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from congdoan.ops.demo.union import dice
from congdoan.ops.demo.union.composing import Composer
from congdoan.ops.demo.union.employers import Employers
from congdoan.ops.demo.union.places import District, Place, districts
from congdoan.ops.demo.union.seeds import UnitSeed
from congdoan.ops.demo.union.source import read

MayRemain = set[str]
"""Codes of schools of which some lived wholly on the State's budget in 2025; which, is decided for all of them at once."""


def _filled(entry: Mapping[str, Any], district: District, place: Place, number: int = 1) -> dict[str, Any]:
    alone = sum(other.name == place.name for other in district.places) == 1
    words = {
        "commune": place.label,
        "commune_en": place.label_en,
        "place": place.name if alone else place.label,
        "district": district.label,
        "district_en": district.label_en,
        "area": district.name,
        "party": district.party,
        "number": number,
    }
    english = words | {"place": place.name if alone else place.label_en}
    return dict(entry) | {
        "name": entry["name"].format(**words),
        "short": entry["short"].format(**words),
        "en": entry["en"].format(**english),
    }


class Grassroots:
    """Makes the grassroots unions of districts. ``may_remain`` fills while it does, ``by_employer`` for who must find one."""

    def __init__(self, composer: Composer) -> None:
        self.composer = composer
        self.may_remain: MayRemain = set()
        self.by_employer: dict[str, UnitSeed] = {}
        self._employers = Employers()

    def _made(
        self,
        entry: Mapping[str, Any],
        *,
        parent: UnitSeed,
        district: District,
        place: Place,
        prefix: str = "",
    ) -> UnitSeed:
        code = self.composer.next_code(prefix or parent.code)
        unit = self.composer.grassroots(entry, parent=parent, district=district, place=place, code=code)
        if entry.get("budget") == "school":
            self.may_remain.add(code)
        self.by_employer.setdefault(entry["name"], unit)
        return unit

    def of_district(self, district: District, federation: UnitSeed) -> list[UnitSeed]:
        """Return all unions below the federation of ``district``, as many as its plan says."""
        plan, lists = district.plan, read("schools")
        known = [entry for entry in read("employers")["unit"] if _stands_in(entry, district)]
        schools = sum("budget" in entry for entry in known)
        extras = plan["total"] - len(plan["base"]) * len(district.places) - plan["bodies"] - plan["companies"]
        second, stations = self._second(district, extras - schools)
        entries: list[tuple[dict[str, Any], Place]] = []
        for place in district.places:
            for kind in plan["base"]:
                if (kind, place.code) in second:
                    numbered = lists["numbered"][kind]
                    entries += [(_filled(numbered, district, place, number), place) for number in (1, 2)]
                else:
                    entries.append((_filled(_school(lists, kind, district, place), district, place), place))
            if place.code in stations:
                entries.append((_filled(lists["station"], district, place), place))
        seat = district.places[0]
        entries += [(_filled(body, district, seat), seat) for body in lists["body"][: plan["bodies"]]]
        entries += [(entry, district.place(entry["place"])) for entry in known]
        employers = self._employers.of(district, plan["companies"] - len(known) + schools)
        entries += [
            (entry, dice.pick(district.places, "place", district.code, entry["name"])) for entry in employers
        ]
        return [
            self._made(entry, parent=federation, district=district, place=place) for entry, place in entries
        ]

    def _second(self, district: District, count: int) -> tuple[set[tuple[str, str]], set[str]]:
        """Choose where a second school or a health station of its own makes up the number."""
        # Where two schools became one in the years before, there is no second.
        merged = {f"{entry['district']}:{entry['place']}" for entry in read("history")["merger"]}
        local = district.code.partition("-")[2]
        kinds = [kind for kind in ("primary", "kindergarten") if kind in district.plan["base"]]
        options = [
            (kind, place.code)
            for place in district.places
            for kind in (*kinds, "station")
            if kind == "station" or f"{local}:{place.name}" not in merged
        ]
        chosen = dice.shuffled(options, "second", district.code)[:count]
        if len(chosen) != max(count, 0) or count < 0:
            raise ValueError(f"the plan of {district.code} does not come out")
        return (
            {option for option in chosen if option[0] != "station"},
            {code for kind, code in chosen if kind == "station"},
        )

    def of_industry(self, entry: Mapping[str, Any], units: Mapping[str, UnitSeed]) -> Iterator[UnitSeed]:
        """Yield the unions of an industry as they stood when founded: some below a district or an older industry union."""
        union = units[entry["code"]]
        local = [district for district in districts() if district.province == entry["province"]]
        city = local[0]
        for employer in entry["units"]:
            if "district" in employer:
                district = next(d for d in local if d.code == f"{entry['province']}-{employer['district']}")
                yield self._made(
                    employer, parent=units[district.code], district=district, place=district.places[1]
                )
                continue
            place = dice.pick(city.places[:8], "place", entry["code"], employer["name"])
            parent = units[employer.get("origin", union.code)]
            yield self._made(employer, parent=parent, district=city, place=place)
        for pattern in entry.get("each_district", []):
            for district in local:
                code = district.code.partition("-")[2]
                if code == pattern.get("not_in"):
                    continue
                parent = units[district.code] if code in pattern.get("moved_from", ()) else union
                seat = district.places[0]
                filled = _filled(pattern, district, seat)
                yield self._made(filled, parent=parent, district=district, place=seat)


def _stands_in(entry: Mapping[str, Any], district: District) -> bool:
    # All employers known by name are in Lào Cai.
    return district.code == f"LC-{entry['district']}"


def _school(lists: Mapping[str, Any], kind: str, district: District, place: Place) -> Mapping[str, Any]:
    boards = place.kind == "commune" and dice.draw(100, "boarding", place.code) < district.highland
    found: Mapping[str, Any] = lists["boarding"] if kind == "secondary" and boards else lists["commune"][kind]
    return found
