"""Officers and members of the demonstration: invented, complete, and where the accounts expect them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date

import pytest

from congdoan.ops.demo.union import DEMO_CHAIR_UNIT, DEMO_MIDDLE_UNIT, MEMBER_UNITS, members_for, union
from congdoan.ops.demo.union.officers import ACCOUNTS
from congdoan.ops.demo.union.seeds import MemberSeed
from congdoan.ops.demo.union.source import CONTENT
from congdoan.organisation import rights

AUTUMN_2019 = date(2019, 9, 30)
POSITIONS = ACCOUNTS.parent.parent.parent / "organisation" / "content" / "positions.toml"


def _registers() -> list[list[MemberSeed]]:
    registers: list[list[MemberSeed]] = []
    for code, count in MEMBER_UNITS:
        made = sum(map(len, registers))
        registers.append(list(members_for(code, count, first_number=made)))
    return registers


def test_every_grassroots_union_has_a_chair_on_every_day_from_2018() -> None:
    for day in (date(2018, 1, 1), AUTUMN_2019, date(2026, 1, 1)):
        led = {
            mandate.unit_code
            for mandate in union().mandates
            if mandate.position_code == "chair"
            and mandate.valid_from <= day
            and (mandate.valid_to is None or day < mandate.valid_to)
        }
        base = {unit.code for unit in union().on(day).units.values() if unit.kind == "grassroots_union"}
        assert led == base


def test_units_above_the_base_have_a_chair_and_deputies_and_the_rest_of_the_tree_a_head() -> None:
    posts = Counter(
        (mandate.unit_code, mandate.position_code) for mandate in union().mandates if mandate.valid_to is None
    )
    for unit in union().on(AUTUMN_2019).units.values():
        if unit.kind in {"district_federation", "local_industry_union", "zone_union"}:
            assert posts[unit.code, "upper_chair"] == 1
            assert posts[unit.code, "upper_vice_chair"] == 2
        elif unit.kind == "provincial_federation":
            assert posts[unit.code, "federation_chair"] == 1
            assert posts[unit.code, "federation_vice_chair"] >= 1
        elif unit.kind not in {"confederation", "grassroots_union"}:
            assert posts[unit.code, "section_head"] == 1


def test_mandates_lie_within_the_life_of_their_units_and_use_known_positions() -> None:
    lives = {unit.code: [unit.founded_on, None] for unit in union().opening}
    for event in union().events:
        lives |= {unit.code: [unit.founded_on, None] for unit in event.founds}
        if event.kind in {"merger", "split", "dissolution"}:
            for code in event.unit_codes:
                lives[code][1] = event.on
    known = {
        position["code"] for position in tomllib.loads(POSITIONS.read_text(encoding="utf-8"))["position"]
    }
    officers = {officer.key for officer in union().officers}
    seen = set()
    for mandate in union().mandates:
        start, end = lives[mandate.unit_code]
        assert start is not None
        assert start <= mandate.valid_from
        assert mandate.valid_to is None or mandate.valid_from < mandate.valid_to
        assert end is None or (mandate.valid_to is not None and mandate.valid_to <= end)
        assert mandate.position_code in known
        assert mandate.officer_key in officers
        assert mandate.decision_symbol
        key = (mandate.officer_key, mandate.unit_code, mandate.position_code, mandate.valid_from)
        assert key not in seen
        seen.add(key)
    assert {mandate.officer_key for mandate in union().mandates} == officers


def test_every_account_has_a_post_whose_position_gives_its_role() -> None:
    role_of_position = {
        position["code"]: position["role"]
        for position in tomllib.loads(POSITIONS.read_text(encoding="utf-8"))["position"]
    }
    accounts = {
        person["username"]: person for person in tomllib.loads(ACCOUNTS.read_text(encoding="utf-8"))["user"]
    }
    officers = {officer.username: officer for officer in union().officers if officer.username}
    assert set(officers) == set(accounts)
    units = {}
    for username, officer in officers.items():
        assert (officer.last_name, officer.first_name) == (
            accounts[username]["last_name"],
            accounts[username]["first_name"],
        )
        posts = [
            mandate
            for mandate in union().mandates
            if mandate.officer_key == officer.key and mandate.valid_to is None
        ]
        assert {role_of_position[post.position_code] for post in posts} == {accounts[username]["role"]}
        units[username] = {post.unit_code for post in posts}
    assert units["chu-tich"] == units["pho-chu-tich"] == units["doan-vien"] == {DEMO_CHAIR_UNIT}
    assert units["cap-tren"] == {DEMO_MIDDLE_UNIT}
    assert units["lanh-dao"] == units["thong-ke"] == {"LC"}
    # Only above both provinces can their merger be carried out.
    assert units["quan-tri"] == {"VN"}
    assert rights.Right.CARRY_OUT in rights.MATRIX[rights.Role.ADMIN]


def test_departments_and_bodies_follow_the_dates() -> None:
    departments = [entry for entry in union().departments if entry.unit_code == "LC"]
    now = {entry.name for entry in departments if entry.valid_to is None}
    assert now == {
        "Văn phòng",
        "Ban Tổ chức",
        "Ban Tuyên giáo – Nữ công",
        "Ban Chính sách – Pháp luật",
        "Ban Tài chính",
        "Uỷ ban Kiểm tra",
    }
    past = {entry.name: entry.valid_to for entry in departments if entry.valid_to is not None}
    assert past == {"Ban Tuyên giáo": date(2016, 1, 1), "Ban Nữ công": date(2016, 1, 1)}
    codes = {(entry.unit_code, entry.code) for entry in union().departments}
    terms = {(term.unit_code, term.body_kind, term.number): term for term in union().terms}
    term = terms["LC", "executive", 16]
    assert (term.valid_from.year, term.valid_to and term.valid_to.year) == (2018, 2023)
    assert term.congress_on == term.valid_from
    for mandate in union().mandates:
        if mandate.department_code:
            assert (mandate.unit_code, mandate.department_code) in codes
        if mandate.body_kind:
            term = terms[mandate.unit_code, mandate.body_kind, mandate.term_number]
            assert term.valid_from <= mandate.valid_from
            assert term.valid_to is None or (
                mandate.valid_to is not None and mandate.valid_to <= term.valid_to
            )


def test_officers_can_be_told_apart() -> None:
    officers = union().officers
    for values in (
        [officer.key for officer in officers],
        [officer.staff_code for officer in officers],
        [officer.email for officer in officers if officer.email],
        [officer.phone for officer in officers if officer.phone],
    ):
        assert len(set(values)) == len(values)
    assert any(not officer.email for officer in officers)


def test_no_list_holds_a_whole_name() -> None:
    for community in tomllib.loads((CONTENT / "people.toml").read_text(encoding="utf-8"))["community"]:
        for key in ("family", "male", "female"):
            assert all(" " not in name for name in community[key])


@pytest.mark.parametrize("register", range(3))
def test_a_register_holds_invented_members_of_its_union(register: int) -> None:
    code, count = MEMBER_UNITS[register]
    members = _registers()[register]
    chart = union().on(AUTUMN_2019).units
    unit = chart[code]
    assert len(members) == count
    inside = {other.code for other in chart.values() if other.parent_code == code}
    assert {member.inside_code for member in members} == (inside or {""})
    for member in members:
        assert member.unit_code == code
        assert re.fullmatch(r"999\d{9}", member.identity_no)
        assert member.admitted_on >= max(
            unit.founded_on, member.born_on.replace(year=member.born_on.year + 18, day=1)
        )
        assert member.admitted_on <= AUTUMN_2019
        assert member.sex in {"female", "male"}
        assert member.employment_category
    assert 0.4 < sum(member.sex == "female" for member in members) / count < 0.9
    without = sum(not member.email for member in members)
    assert 0.15 < without / count < 0.5
    leaders = [member for member in members if member.officer_key]
    assert len(leaders) >= 1
    assert leaders[0].officer_key == f"{code}:chair"


def test_registers_share_no_number() -> None:
    members = [member for register in _registers() for member in register]
    assert len(members) == 420
    officers = {officer.phone for officer in union().officers}
    for values in (
        [member.identity_no for member in members],
        [member.phone for member in members if member.phone],
        [member.email for member in members if member.email],
        [member.key for member in members],
    ):
        assert len(set(values)) == len(values)
    assert not {member.phone for member in members if not member.officer_key} & officers
    assert {member.username for member in members if member.username} == {
        "chu-tich",
        "pho-chu-tich",
        "doan-vien",
    }
