"""Districts and communes of 2019, the communes and wards of 2025, and which became which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from congdoan import vntext
from congdoan.ops.demo.union.seeds import TerritoryKind, TerritorySeed
from congdoan.ops.demo.union.source import read

END_OF_DISTRICTS = date(2025, 7, 1)
_FORMS: tuple[tuple[str, TerritoryKind, str, str, str], ...] = (
    # key, kind, in Vietnamese, in English, mark in the code
    ("wards", "ward", "phường", "ward", "p-"),
    ("towns", "town", "thị trấn", "town", "tt-"),
    ("communes", "commune", "xã", "commune", ""),
)
_PARTY = {"huyện": "Huyện uỷ", "thị xã": "Thị uỷ", "thành phố": "Thành uỷ"}
_FORM_EN = {"huyện": "district", "thị xã": "town", "thành phố": "city"}


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, ward or town: ``label`` as it is written in a name, "xã Bản Hồ"."""

    code: str
    district: str
    name: str
    kind: TerritoryKind
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class District:
    """A district, town or city of 2019 with its places; the seat stands first."""

    code: str
    province: str
    province_name: str
    name: str
    label: str
    label_en: str
    party: str
    since: date
    highland: int
    places: tuple[Place, ...]
    plan: dict[str, Any]

    def place(self, name: str) -> Place:
        """Return its first place of that name."""
        return next(place for place in self.places if place.name == name)


def _places(entry: dict[str, Any], district: str, prefix: str) -> tuple[Place, ...]:
    return tuple(
        Place(
            code=f"{prefix}-{mark}{vntext.slugify(name)}",
            district=district,
            name=name,
            kind=kind,
            label=f"{form} {name}",
            label_en=f"{name} {form_en}",
        )
        for key, kind, form, form_en, mark in _FORMS
        for name in entry.get(key, [])
    )


@cache
def districts() -> tuple[District, ...]:
    """Return the districts of both provinces; Yên Bái's are only some."""
    provinces = {province["code"]: province for province in read("territories")["province"]}
    found = []
    for entry in read("territories")["district"]:
        code = f"{entry['province']}-{entry['code']}"
        province = provinces[entry["province"]]
        found.append(
            District(
                code=code,
                province=entry["province"],
                province_name=province["name"],
                name=entry["name"],
                label=f"{entry['form']} {entry['name']}",
                label_en=f"{entry['name']} {_FORM_EN[entry['form']]}",
                party=f"{_PARTY[entry['form']]} {entry['name']}",
                since=entry.get("since", province["since"]),
                highland=entry["highland"],
                places=_places(entry, code, code.lower()),
                plan=entry["plan"],
            )
        )
    return tuple(found)


@cache
def places_2025() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    """Return each new commune and ward with the codes of the old ones that it is made of."""
    old: dict[tuple[str, str], list[str]] = {}
    for district in districts():
        for place in district.places:
            old.setdefault((district.code, place.name), []).append(place.code)
    found = []
    for district_code, entry in read("reorganisation")["places"].items():
        province = district_code.partition("-")[0]
        named = {key: [new["name"] for new in entry.get(key, [])] for key, *_ in _FORMS}
        parts = {(kind, new["name"]): new["parts"] for key, kind, *_ in _FORMS for new in entry.get(key, [])}
        for place in _places(named, district_code, "lc25"):
            codes: list[str] = []
            for part in parts[place.kind, place.name]:
                other, _, name = part.rpartition(":")
                codes += old[f"{province}-{other}" if other else district_code, name]
            found.append((place, tuple(codes)))
    return tuple(found)


@cache
def new_place_of() -> dict[str, Place]:
    """Return the new place by the code of the old one."""
    return {code: place for place, codes in places_2025() for code in codes}


def territories() -> tuple[TerritorySeed, ...]:
    """Return every territory, the larger before the smaller."""
    provinces = [
        TerritorySeed(
            entry["code"].lower(), entry["name"], "province", None, entry["since"], END_OF_DISTRICTS
        )
        for entry in read("territories")["province"]
    ]
    large = [
        TerritorySeed(
            district.code.lower(),
            district.name,
            "district",
            district.province.lower(),
            district.since,
            END_OF_DISTRICTS,
        )
        for district in districts()
    ]
    small = [
        TerritorySeed(
            place.code, place.name, place.kind, district.code.lower(), district.since, END_OF_DISTRICTS
        )
        for district in districts()
        for place in district.places
    ]
    merged = TerritorySeed("lc25", "Lào Cai", "province", None, END_OF_DISTRICTS)
    new = [
        TerritorySeed(place.code, place.name, place.kind, merged.code, END_OF_DISTRICTS)
        for place, _ in places_2025()
    ]
    return (*provinces, *large, *small, merged, *new)
