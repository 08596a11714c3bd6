"""Invented members for the register of three grassroots unions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from congdoan.ops.demo.union import dice
from congdoan.ops.demo.union.building import union
from congdoan.ops.demo.union.composing import ADMINISTRATIVE
from congdoan.ops.demo.union.officers import accounts
from congdoan.ops.demo.union.people import PersonName, Sex, mail, person_name, sex_of
from congdoan.ops.demo.union.seeds import MemberSeed, OfficerSeed, UnitSeed

AS_OF = date(2019, 9, 30)
_CATEGORIES: dict[bool, tuple[tuple[str, int], ...]] = {
    True: (("public_employee", 88), ("civil_servant", 4), ("worker", 8)),
    False: (("worker", 90), ("public_employee", 2), ("cadre", 8)),
}
_NO_MAIL_IN_HUNDRED = 34
_FIRST_PHONE = 300
"""Mobile numbers below belong to officers."""


def _officers_of(unit_code: str) -> list[tuple[OfficerSeed, str]]:
    """Return the people of the unit who are officers: chair, deputy, then others, with the position."""
    officers = {officer.key: officer for officer in union().officers}
    return [
        (officers[mandate.officer_key], mandate.position_code)
        for mandate in union().mandates
        if mandate.unit_code == unit_code and mandate.valid_to is None
    ]


def members_for(unit_code: str, count: int, *, first_number: int = 0) -> tuple[MemberSeed, ...]:
    """Return ``count`` members of a grassroots union, its own officers first.

    ``first_number`` keeps telephone and identity numbers of several unions apart: give the number of members made before.
    """
    units = union().on(AS_OF).units
    unit = units[unit_code]
    inside = sorted(code for code, other in units.items() if other.parent_code == unit_code)
    officers = _officers_of(unit_code)
    heads = [officer for code in inside for officer in _officers_of(code)]
    known: list[tuple[OfficerSeed, str] | None] = [*officers, *heads]
    known += [None] * max(0, count - len(known))
    return tuple(
        _member(unit, inside, number, first_number + number, officer)
        for number, officer in enumerate(known[:count], start=1)
    )


def _member(
    unit: UnitSeed,
    inside: Sequence[str],
    number: int,
    serial: int,
    known: tuple[OfficerSeed, str] | None,
) -> MemberSeed:
    key = f"{unit.code}:{number:04}"
    officer = known[0] if known else None
    women = 68 if "Trường" in unit.name else 74 if "May" in unit.name else 52
    sex: Sex = sex_of(women, "member", key)
    if officer:
        name = PersonName(officer.last_name, officer.first_name)
        sex = sex_of(45, "officer", officer.key) if not officer.username else _sex_by_name(name)
    else:
        name = person_name(sex, "member", key)
    born = dice.day(date(1964, 1, 1), date(1999, 12, 31), "born", key)
    grown = born.replace(year=born.year + 18, day=min(born.day, 28))
    admitted = dice.day(
        max(grown, unit.founded_on) + timedelta(days=30), AS_OF - timedelta(days=2), "admitted", key
    )
    category = dice.weighted(_CATEGORIES[unit.sector == ADMINISTRATIVE], "category", key)
    phone_number = _FIRST_PHONE + serial
    has_mail = dice.draw(100, "mail", key) >= _NO_MAIL_IN_HUNDRED
    address = mail(name, 10_000 + serial) if has_mail else ""
    section = dice.pick(inside, "inside", key) if inside else ""
    if known and known[1] == "section_head":
        section = known[0].key.partition(":")[0]
    return MemberSeed(
        key=key,
        unit_code=unit.code,
        inside_code=section,
        last_name=name.last_name,
        first_name=name.first_name,
        sex=sex,
        born_on=born,
        employment_category="worker" if known and unit.sector != ADMINISTRATIVE else category,
        admitted_on=admitted,
        # 999 is no province; after it the digit of sex and century, the year of birth and a serial number, as on a real card.
        identity_no=f"999{int(sex == 'female')}{born.year % 100:02}{serial:06}",
        phone=officer.phone if officer else f"0900 000 {phone_number:03}" if phone_number < 1000 else "",
        email=officer.email if officer else address,
        officer_key=officer.key if officer else "",
        username=officer.username if officer and officer.username in accounts() else "",
    )


def _sex_by_name(name: PersonName) -> Sex:
    return "female" if "Thị" in name.last_name.split() else "male"
