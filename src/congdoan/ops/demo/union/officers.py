"""Departments and bodies of the provinces, and the invented people who lead the units."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from congdoan.ops.demo.union import dice
from congdoan.ops.demo.union.composing import OPENING, decided_before
from congdoan.ops.demo.union.people import PersonName, mail, person_name, sex_of
from congdoan.ops.demo.union.seeds import (
    BodySeed,
    DepartmentSeed,
    EventSeed,
    MandateSeed,
    OfficerSeed,
    TermSeed,
    UnitSeed,
)
from congdoan.ops.demo.union.source import read

ACCOUNTS = Path(__file__).resolve().parent.parent.parent / "content" / "demo_users.toml"
CHAIR_EMPLOYER = "Khách sạn Mây Ngàn"
"""Where the demonstration's chair, deputy and member work."""

_UPPER = ("district_federation", "local_industry_union", "zone_union")
_INSIDE = ("component_union", "union_section", "union_group")
_BODIES = (
    ("executive", "Ban Chấp hành", "Executive Committee"),
    ("standing", "Ban Thường vụ", "Standing Committee"),
    ("inspection", "Uỷ ban Kiểm tra", "Inspection Committee"),
)
_CONGRESSES = {"LC": (date(2013, 3, 28), date(2018, 6, 14), date(2023, 10, 12)), "YB": (date(2018, 6, 28),)}
_FIRST_TERM = {"LC": 15, "YB": 17}
_CHAIRED_SINCE = date(2012, 6, 1)
_BASE_TERM = (date(2017, 9, 4), date(2017, 12, 20))
_DEPUTY_FROM_WEIGHT = 60


@dataclass(slots=True)
class _Seats:
    """Officers and mandates while they are being made. Mobile numbers of officers run from 0900 000 001."""

    officers: list[OfficerSeed] = field(default_factory=list)
    mandates: list[MandateSeed] = field(default_factory=list)
    _phones: int = 0

    def officer(
        self,
        key: str,
        *,
        women: int = 45,
        phone: str | None = None,
        has_mail: bool = True,
        prefix: str = "LC",
        account: str = "",
    ) -> str:
        name = person_name(sex_of(women, "officer", key), "officer", key)
        number = len(self.officers) + 1
        address = mail(name, number) if has_mail else ""
        if account:
            person = accounts()[account]
            name = PersonName(person["last_name"], person["first_name"])
            address = f"{account}@congdoan.example"
        if phone is None:
            self._phones += 1
            phone = f"0900 000 {self._phones:03}"
        self.officers.append(
            OfficerSeed(key, name.last_name, name.first_name, phone, address, f"{prefix}{number:05}", account)
        )
        return key

    def seat(
        self, officer: str, unit: str, position: str, since: date, until: date | None, **more: Any
    ) -> None:
        decided = decided_before(since, "mandate", unit, str(since))
        self.mandates.append(
            MandateSeed(officer, unit, position, since, until, decision_date=decided, **more)
        )


@dataclass(frozen=True, slots=True)
class Staff:
    """Who acts for the units, and in which posts."""

    officers: tuple[OfficerSeed, ...]
    mandates: tuple[MandateSeed, ...]


@cache
def accounts() -> dict[str, dict[str, Any]]:
    """Return the people with an account in the demonstration, by username."""
    return {
        person["username"]: person for person in tomllib.loads(ACCOUNTS.read_text(encoding="utf-8"))["user"]
    }


def departments() -> tuple[DepartmentSeed, ...]:
    """Return the departments, also those of the past."""
    found = []
    for number, entry in enumerate(read("upper")["department"], start=1):
        area = "0214" if entry["unit"] == "LC" else "0216"
        found.append(
            DepartmentSeed(
                unit_code=entry["unit"],
                code=entry["code"],
                name=entry["name"],
                name_en=entry["en"],
                phone=f"{area} 000 {9800 + number}",
                email=f"{entry['code']}.{entry['unit'].lower()}@congdoan.example",
                valid_from=entry["from"],
                valid_to=entry.get("to"),
            )
        )
    return tuple(found)


def bodies() -> tuple[BodySeed, ...]:
    """Return the elected bodies of both provinces."""
    names = {entry["code"]: entry for entry in read("upper")["province"]}
    return tuple(
        BodySeed(unit, kind, f"{name} {entry['short']}", f"{name_en}, {entry['en']}")
        for unit, entry in names.items()
        for kind, name, name_en in _BODIES
    )


def terms() -> tuple[TermSeed, ...]:
    """Return the terms of the bodies, each opened by a congress."""
    found = []
    for unit, congresses in _CONGRESSES.items():
        ends: tuple[date | None, ...] = (*congresses[1:], None)
        for kind, *_ in _BODIES:
            for number, (since, until) in enumerate(
                zip(congresses, ends, strict=True), start=_FIRST_TERM[unit]
            ):
                found.append(TermSeed(unit, kind, number, since, until, since))
    return tuple(found)


def staff(opening: Iterable[UnitSeed], events: Iterable[EventSeed]) -> Staff:
    """Return everybody who acts for a unit: at least one chair for each, also of units that have ended."""
    seats = _Seats()
    events = tuple(events)
    every = [*opening, *(unit for event in events for unit in event.founds)]
    ended = {
        code: event.on
        for event in events
        if event.kind in {"merger", "split", "dissolution"}
        for code in event.unit_codes
    }
    seats.seat(
        seats.officer("VN:admin", prefix="VN", account="quan-tri"),
        "VN",
        "system_administrator",
        OPENING,
        None,
    )
    _province_of_first_user(seats)
    _other_province(seats)
    for unit in every:
        if unit.kind in _UPPER:
            _upper(seats, unit, ended.get(unit.code))
    for unit in every:
        if unit.kind == "grassroots_union" or unit.kind in _INSIDE:
            _base(seats, unit, ended.get(unit.code))
    return Staff(tuple(seats.officers), tuple(seats.mandates))


def _province_of_first_user(seats: _Seats) -> None:
    congresses = _CONGRESSES["LC"]
    spans = tuple(zip((15, 16, 17), congresses, (*congresses[1:], None), strict=True))
    # The chairs of 2013 left with their term; those of 2018 were elected again.
    led = (
        ("federation_chair", ("LC:chair-2013", "LC:chair"), "standing"),
        ("federation_vice_chair", ("LC:vice-2013", "LC:vice-1"), "standing"),
        ("federation_vice_chair", ("LC:vice-2013-2", "LC:vice-2"), "standing"),
    )
    for position, (before, after), body in led:
        seats.officer(before)
        seats.officer(after, account="lanh-dao" if after == "LC:chair" else "")
        for number, start, end in spans:
            holder = before if number == 15 else after
            seats.seat(holder, "LC", position, start, end, body_kind=body, term_number=number)
    for number, start, end in spans[1:]:
        for member in range(1, 5):
            key = f"LC:inspection-{member}"
            if number == 16:
                seats.officer(key)
            seats.seat(key, "LC", "inspection_member", start, end, body_kind="inspection", term_number=number)
    for department in departments():
        if department.unit_code != "LC":
            continue
        key = f"LC:{department.code}"
        since = max(department.valid_from, OPENING if department.valid_to else date(2016, 1, 1))
        seats.seat(
            seats.officer(key),
            "LC",
            "department_head",
            since,
            department.valid_to,
            department_code=department.code,
        )
    for key, position, department_code, account in (
        ("LC:statistics", "statistics_officer", "van-phong", "thong-ke"),
        ("LC:editor", "editor", "van-phong", "bien-tap"),
        ("LC:approver", "approver", "van-phong", "duyet-bai"),
        ("LC:communications", "editor", "tuyen-giao-nu-cong", "tuyen-giao"),
        ("LC:organisation", "organisation_officer", "to-chuc", "to-chuc"),
        ("LC:records", "records_officer", "van-phong", "du-lieu"),
    ):
        seats.seat(
            seats.officer(key, account=account),
            "LC",
            position,
            date(2017, 3, 1),
            None,
            department_code=department_code,
        )


def _other_province(seats: _Seats) -> None:
    (congress,) = _CONGRESSES["YB"]
    number = _FIRST_TERM["YB"]
    for key, position in (
        ("YB:chair", "federation_chair"),
        ("YB:vice-1", "federation_vice_chair"),
    ):
        seats.seat(
            seats.officer(key, prefix="YB"),
            "YB",
            position,
            congress,
            None,
            body_kind="standing",
            term_number=number,
        )
    for department in departments():
        if department.unit_code == "YB":
            officer = seats.officer(f"YB:{department.code}", prefix="YB")
            seats.seat(
                officer, "YB", "department_head", date(2016, 1, 1), None, department_code=department.code
            )


def _upper(seats: _Seats, unit: UnitSeed, end: date | None) -> None:
    since = max(unit.founded_on, date(2018, 3, 15))
    if end is not None and end <= since:
        since = max(unit.founded_on, date(2013, 2, 18))
    prefix = unit.code[:2]
    posts = [("upper_chair", 1), ("upper_vice_chair", 2), ("upper_officer", 1)]
    for position, count in posts:
        for number in range(1, count + 1):
            account = "cap-tren" if (unit.code, position) == ("LC-SP", "upper_chair") else ""
            key = f"{unit.code}:{position}-{number}"
            seats.seat(seats.officer(key, prefix=prefix, account=account), unit.code, position, since, end)


def _base(seats: _Seats, unit: UnitSeed, end: date | None) -> None:
    elected = dice.day(*_BASE_TERM, "elected", unit.code)
    since = max(elected, unit.founded_on)
    if end is not None and end <= since:
        since = max(unit.founded_on, _CHAIRED_SINCE)
    prefix = unit.code[:2]
    demo = unit.name == f"Công đoàn cơ sở {CHAIR_EMPLOYER}"
    if unit.kind in _INSIDE:
        # They are reached through the union that they belong to; only the large ones' heads have a number of their own.
        officer = seats.officer(f"{unit.code}:head", prefix=prefix, has_mail=False)
        seats.seat(officer, unit.code, "section_head", since, end)
        return
    women = 62 if "Trường" in unit.name or "y tế" in unit.name.lower() else 36
    key = seats.officer(
        f"{unit.code}:chair",
        women=women,
        phone=None if demo else unit.phone,
        has_mail=bool(unit.email),
        prefix=prefix,
        account="chu-tich" if demo else "",
    )
    seats.seat(key, unit.code, "chair", since, end)
    if demo or unit.workforce_weight >= _DEPUTY_FROM_WEIGHT:
        key = seats.officer(
            f"{unit.code}:deputy",
            women=women,
            # The office's telephone is the chair's; a deputy signs in by mail or staff code.
            phone=None if demo else "",
            prefix=prefix,
            account="pho-chu-tich" if demo else "",
        )
        seats.seat(key, unit.code, "deputy", since, end)
    if demo:
        seats.seat(
            seats.officer(f"{unit.code}:member", prefix=prefix, account="doan-vien"),
            unit.code,
            "member",
            since,
            end,
        )
