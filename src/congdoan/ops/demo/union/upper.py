"""The units above the base, and what stands inside large grassroots unions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from congdoan.ops.demo.union import dice
from congdoan.ops.demo.union.composing import OPENING, Composer, decided_before, mail_of
from congdoan.ops.demo.union.places import District, districts
from congdoan.ops.demo.union.seeds import UnitSeed
from congdoan.ops.demo.union.source import read


def confederation(composer: Composer) -> UnitSeed:
    """Return the root."""
    entry = read("upper")["confederation"]
    return UnitSeed(
        code=entry["code"],
        kind="confederation",
        parent_code=None,
        name=entry["name"],
        short_name=entry["short"],
        name_en=entry["en"],
        founded_on=entry["founded"],
        address=entry["address"],
        phone=composer.next_phone("VN"),
        email=mail_of(entry["code"]),
    )


def _upper(
    composer: Composer,
    entry: Mapping[str, Any],
    *,
    kind: str,
    parent: str,
    province: str,
    address: str = "",
) -> UnitSeed:
    founded: date = entry["founded"]
    return UnitSeed(
        code=entry["code"],
        kind=kind,
        parent_code=parent,
        name=entry["name"],
        short_name=entry["short"],
        name_en=entry["en"],
        founded_on=founded,
        decision_date=decided_before(founded, entry["code"]),
        sector=entry.get("sector", ""),
        territory_codes=(entry.get("territory", province.lower()),),
        address=entry.get("address", address),
        phone=composer.next_phone(province),
        email=mail_of(entry["code"]),
    )


def provinces(composer: Composer) -> list[UnitSeed]:
    """Return the provincial federations of 2019."""
    return [
        _upper(composer, entry, kind="provincial_federation", parent="VN", province=entry["code"])
        for entry in read("upper")["province"]
    ]


def district_federation(composer: Composer, district: District, province: UnitSeed) -> UnitSeed:
    """Return the federation of a district."""
    seat = district.places[0]
    # No union is older than its district; the first decision came some weeks after the province's.
    founded = max(district.since, province.founded_on) + timedelta(
        days=dice.between(20, 90, "since", district.code)
    )
    entry = {
        "code": district.code,
        "name": f"Liên đoàn Lao động {district.label}",
        "short": f"LĐLĐ {district.label}",
        "en": f"{district.label_en[0].upper()}{district.label_en[1:]} Federation of Labour",
        "founded": founded,
        "territory": district.code.lower(),
    }
    return _upper(
        composer,
        entry,
        kind="district_federation",
        parent=province.code,
        province=district.province,
        address=f"Số 1 đường Minh Hoạ, {seat.label}, {district.label}, tỉnh {district.province_name}",
    )


def industry_union(composer: Composer, entry: Mapping[str, Any]) -> UnitSeed:
    """Return an industry union or the union of the industrial zones."""
    city = next(district for district in districts() if district.province == entry["province"])
    return _upper(
        composer,
        entry,
        kind=entry["kind"],
        parent=entry["province"],
        province=entry["province"],
        address=f"Số 1 đường Minh Hoạ, {city.places[0].label}, {city.label}, tỉnh {city.province_name}",
    )


def inside(composer: Composer, units: Mapping[str, UnitSeed]) -> list[UnitSeed]:
    """Return the component unions, sections and groups of the large ones among ``units`` (by the employer's name)."""
    found = []
    for entry in read("upper")["inside"]:
        whole = units[entry["in"]]
        for name, name_en in entry["names"]:
            code = composer.next_code(whole.code, digits=2)
            founded = dice.day(
                whole.founded_on + timedelta(days=14),
                max(OPENING, whole.founded_on + timedelta(days=40)),
                code,
            )
            found.append(
                UnitSeed(
                    code=code,
                    kind=entry["kind"],
                    parent_code=whole.code,
                    name=name,
                    short_name=name.replace("Công đoàn bộ phận", "CĐBP").replace(
                        "Công đoàn cơ sở thành viên", "CĐCSTV"
                    ),
                    name_en=name_en,
                    founded_on=founded,
                    decision_date=decided_before(founded, code),
                    sector=whole.sector,
                    ownership_type=whole.ownership_type,
                    territory_codes=whole.territory_codes,
                    address=whole.address,
                    workforce_weight=whole.workforce_weight // len(entry["names"]),
                    state_budget=whole.state_budget,
                )
            )
    return found
