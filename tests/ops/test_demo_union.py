"""The organisation of the demonstration: the figures of 2019, names and codes, and a tree that is whole on every day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from congdoan import vntext
from congdoan.ops.demo.union import (
    DEMO_CHAIR_UNIT,
    DEMO_MIDDLE_UNIT,
    MEMBER_UNITS,
    OPENING,
    building,
    members_for,
    reorganisation_2025,
    source,
    union,
)
from congdoan.ops.demo.union.operations import foundings, operation
from congdoan.ops.demo.union.reorganisation import reorganise
from congdoan.ops.demo.union.seeds import UnitSeed
from congdoan.organisation.engine import changing
from congdoan.organisation.engine.forest import Forest
from tests.ops.union_simulator import LEVELS, Simulator

AUTUMN_2019 = date(2019, 9, 30)
JULY_2025 = date(2025, 7, 1)
RUN = 8


@pytest.fixture(scope="module")
def whole() -> Simulator:
    """The tree with its history and the batch of 2025 carried out."""
    simulator = Simulator()
    for unit in union().opening:
        simulator.found(unit)
    for event in (*union().events, *reorganisation_2025().operations):
        simulator.apply(event)
    return simulator


def _grassroots(simulator: Simulator, day: date, province: str | None = None) -> list[str]:
    return [
        code
        for code in simulator.living(day)
        if simulator.kinds[code] == "grassroots_union"
        and (province is None or province in simulator.chain(code, day))
    ]


def _seeds() -> list[Any]:
    people = [member for code, count in MEMBER_UNITS for member in members_for(code, count)]
    made = union()
    return [
        *(getattr(made, part.name) for part in fields(made)),
        reorganisation_2025(),
        people,
    ]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
    elif is_dataclass(value):
        for part in fields(value):
            yield from _texts(getattr(value, part.name))


def _every_unit() -> list[UnitSeed]:
    events = (*union().events, *reorganisation_2025().operations)
    return [*union().opening, *(unit for event in events for unit in event.founds)]


# --- the figures -------------------------------------------------------------------------------------


def test_lao_cai_has_as_many_grassroots_unions_in_autumn_2019_as_it_published(whole: Simulator) -> None:
    assert len(_grassroots(whole, AUTUMN_2019, "LC")) == 1289
    assert len(_grassroots(whole, OPENING, "LC")) == 1239, "most are there when six years of reports begin"
    assert len(_grassroots(whole, AUTUMN_2019, "YB")) == 120
    assert not [code for code, kind in whole.kinds.items() if kind == "occupational_union"]


def test_the_provinces_have_their_federations_and_industry_unions_of_2019(whole: Simulator) -> None:
    below = {
        code: Counter(whole.kinds[child] for child in whole.children(code, AUTUMN_2019))
        for code in ("LC", "YB")
    }
    assert below["LC"] == {
        "district_federation": 9,
        "local_industry_union": 6,
        "zone_union": 1,
        "grassroots_union": 7,
    }
    assert below["YB"] == {"district_federation": 4, "local_industry_union": 2, "grassroots_union": 2}
    names = {whole.name(code, AUTUMN_2019) for code in whole.children("LC", AUTUMN_2019)}
    assert {
        "Liên đoàn Lao động thành phố Lào Cai",
        *(
            f"Liên đoàn Lao động huyện {name}"
            for name in (
                "Sa Pa",
                "Bát Xát",
                "Bảo Thắng",
                "Bảo Yên",
                "Bắc Hà",
                "Mường Khương",
                "Si Ma Cai",
                "Văn Bàn",
            )
        ),
    } <= names
    assert whole.name("LC-SP", date(2020, 1, 1)) == "Liên đoàn Lao động thị xã Sa Pa"


def test_six_years_bring_some_of_every_kind_of_change_with_its_decision() -> None:
    events = [event for event in union().events if event.on <= AUTUMN_2019]
    assert Counter(event.kind for event in events) == {
        "founding": 61,
        "renaming": 20,
        "move": 16,
        "dissolution": 8,
        "merger": 4,
        "split": 1,
    }
    ended = [
        code
        for event in events
        if event.kind in {"merger", "split", "dissolution"}
        for code in event.unit_codes
        if code.count("-") == 2
    ]
    assert len(ended) == 15
    assert [event.on for event in union().events] == sorted(event.on for event in union().events)
    for event in events:
        assert event.on > OPENING
        assert event.on - timedelta(days=13) < event.decision_date < event.on
        assert re.fullmatch(r"\d{2,3}/QĐ-(LĐLĐ|CĐN|CĐKCN)", event.decision_symbol)
        assert event.reason
        assert event.decision_issuer


def test_both_sectors_have_units_and_weights_to_share_the_workers_out_by(whole: Simulator) -> None:
    chart = union().on(AUTUMN_2019)
    units = [chart.units[code] for code in _grassroots(whole, AUTUMN_2019, "LC")]
    weights = {
        sector: [unit.workforce_weight for unit in units if unit.sector == sector]
        for sector in ("administrative_public_service", "production_business")
    }
    assert sum(map(len, weights.values())) == 1289
    assert {len(weight) for weight in weights.values()} == {1034, 255}
    for sector, workers in (("administrative_public_service", 34_183), ("production_business", 17_906)):
        assert min(weights[sector]) >= 5
        assert 0.5 < sum(weights[sector]) / workers < 2
    assert {unit.ownership_type for unit in units} == {"state", "collective", "private", "foreign"}


# --- the tree in time --------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(day=st.dates(min_value=date(1991, 10, 1), max_value=date(2027, 1, 1)))
def test_on_every_day_each_living_unit_has_one_chain_to_the_confederation(
    whole: Simulator, day: date
) -> None:
    living = whole.living(day)
    assert living
    for code in living:
        assert whole.chain(code, day)[-1] == "VN"
    siblings = Counter((whole.parent(code, day), whole.name(code, day)) for code in living)
    assert max(siblings.values()) == 1


def test_the_engine_accepts_history_and_batch_and_ends_with_the_same_tree(whole: Simulator) -> None:
    names = {unit.code: unit.name for unit in union().opening}
    forest = Forest(LEVELS.copy())
    for step in (
        *foundings(union().opening, names),
        *map(operation, (*union().events, *reorganisation_2025().operations)),
    ):
        changing.apply(forest, step, JULY_2025)
    assert [str(problem) for problem in forest.problems()] == []
    for day in (OPENING, AUTUMN_2019, JULY_2025):
        living = whole.living(day)
        assert {code for code in forest.lives if forest.lives_on(code, day)} == set(living)
        assert all(forest.parent(code, day) == whole.parent(code, day) for code in living)
        assert all(forest.name(code, day) == whole.name(code, day) for code in living)


def test_the_simulator_would_notice_a_parent_that_is_not_there() -> None:
    simulator = Simulator()
    units = {unit.code: unit for unit in union().opening}
    for code in ("VN", "LC", "LC-SP"):
        simulator.found(units[code])
    simulator.lives["LC-SP"][1] = units["LC-SP-001"].founded_on
    with pytest.raises(AssertionError, match="has no parent yet"):
        simulator.found(units["LC-SP-001"])


# --- July 2025 ---------------------------------------------------------------------------------------


def test_in_july_2025_one_province_remains_with_eleven_commune_unions(whole: Simulator) -> None:
    eve = JULY_2025 - timedelta(days=1)
    assert len(_grassroots(whole, eve)) == 1289 + 120
    assert len(_grassroots(whole, JULY_2025)) == len(_grassroots(whole, JULY_2025, "LC25")) == 587
    kinds = Counter(whole.kinds[code] for code in whole.living(JULY_2025))
    assert kinds["provincial_federation"] == 1
    assert kinds["commune_union"] == 11
    assert not {"district_federation", "local_industry_union", "zone_union"} & set(kinds)
    assert whole.name("LC25", JULY_2025) == whole.name("LC", eve) == "Liên đoàn Lao động tỉnh Lào Cai"
    assert all(
        whole.children(code, JULY_2025) for code, kind in whole.kinds.items() if kind == "commune_union"
    )


def test_one_commune_union_serves_two_places() -> None:
    places = {territory.code: territory for territory in union().territories}
    commune_unions = [unit for unit in _every_unit() if unit.kind == "commune_union"]
    several = {unit.name: unit.territory_codes for unit in commune_unions if len(unit.territory_codes) > 1}
    assert [places[code].name for code in several["Công đoàn phường Lào Cai"]] == ["Lào Cai", "Bát Xát"]
    assert len(several) == 1
    for unit in commune_unions:
        assert all(places[code].valid_from == JULY_2025 for code in unit.territory_codes)


def test_the_batch_holds_every_kind_of_change_under_its_decision() -> None:
    batch = reorganisation_2025()
    kinds = Counter(step.kind for step in batch.operations)
    assert kinds == {"founding": 12, "dissolution": 825, "merger": 11, "split": 1, "move": 575}
    assert {step.on for step in batch.operations} == {batch.effective_on} == {JULY_2025}
    assert all(step.decision_symbol and step.reason and step.decision_issuer for step in batch.operations)
    (split,) = [step for step in batch.operations if step.kind == "split"]
    assert sorted(heir.share for heir in split.heirs) == [380_000, 620_000]
    assert "513" in batch.note
    assert "587" in batch.note
    assert batch.scope_code == "VN"


def test_who_lives_wholly_on_the_budget_goes_and_nobody_else() -> None:
    eve = union().on(JULY_2025).units
    gone = {
        code
        for step in reorganisation_2025().operations
        if step.kind == "dissolution"
        for code in step.unit_codes
        if eve[code].kind == "grassroots_union"
    }
    wholly = {
        code for code, unit in eve.items() if unit.kind == "grassroots_union" and unit.state_budget == "whole"
    }
    assert gone == wholly
    assert all(eve[code].sector == "administrative_public_service" for code in gone)


# --- names, codes, contacts --------------------------------------------------------------------------


def test_codes_and_names_are_given_once() -> None:
    units = _every_unit()
    assert max(Counter(unit.code for unit in units).values()) == 1
    base = [unit for unit in units if unit.kind == "grassroots_union"]
    assert max(Counter(unit.name for unit in base).values()) == 1
    assert max(Counter(territory.code for territory in union().territories).values()) == 1
    for unit in units:
        assert re.fullmatch(r"[A-Z]{2}[A-Z0-9]*(-[A-Z0-9]+)*", unit.code)
        assert len(unit.code) <= 40
        assert len(unit.name) <= 300
        assert len(unit.short_name) <= 120
        assert unit.name_en
        assert len(unit.name_en) <= 300
    lengths = sorted(len(unit.name) for unit in base)
    assert lengths[0] < 25
    assert lengths[-3] > 120


def test_every_unit_has_a_place_that_existed() -> None:
    places = {territory.code: territory for territory in union().territories}
    for unit in _every_unit():
        for code in unit.territory_codes:
            assert places[code].valid_to is None or places[code].valid_to > unit.founded_on
            assert places[code].valid_from <= unit.founded_on
    for territory in places.values():
        assert re.fullmatch(r"[a-z0-9-]{2,40}", territory.code)
        assert territory.parent_code is None or territory.parent_code in places
    assert (
        sum(
            territory.code.startswith("lc-") and territory.code.count("-") > 1
            for territory in places.values()
        )
        == 164
    )


def test_decisions_of_one_body_rise_within_a_year() -> None:
    issued: dict[tuple[str, int], list[tuple[date, int]]] = {}
    for unit in union().opening:
        if unit.decision_date:
            number = int(unit.decision_symbol.partition("/")[0])
            issued.setdefault((str(unit.parent_code), unit.decision_date.year), []).append(
                (unit.decision_date, number)
            )
    for rows in issued.values():
        assert len({number for _, number in rows}) == len(rows)
        assert [number for _, number in sorted(rows)] == sorted(number for _, number in rows)


def test_text_is_composed_and_plain() -> None:
    wrong = [
        text
        for text in _texts(_seeds())
        if text != vntext.nfc(text) or "  " in text or text != text.strip() or '"' in text or "{" in text
    ]
    assert not wrong


def test_no_address_or_number_belongs_to_anybody() -> None:
    texts = list(_texts(_seeds()))
    assert all(text.endswith("@congdoan.example") for text in texts if "@" in text)
    phones = {text for text in texts if re.fullmatch(r"0[\d ]{8,}", text)}
    assert len(phones) > 1500
    assert all(re.fullmatch(r"(0214|0216|0900) 000 \d{3,4}|024 0000 \d{4}", phone) for phone in phones)
    units = [unit.phone for unit in _every_unit() if unit.phone and not unit.code.startswith("LC25-")]
    assert len(set(units)) == len(units)


@pytest.mark.seed
def test_no_run_of_eight_words_is_taken_from_the_seed_page(seed: Path) -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", vntext.fold(text))
        return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}

    taken = runs((seed / "page.txt").read_text(encoding="utf-8"))
    assert len(taken) > 1000
    assert not [text for text in _texts(_seeds()) if runs(text) & taken]


# --- the same everywhere -----------------------------------------------------------------------------


def test_the_organisation_is_the_same_on_every_machine() -> None:
    # Changes whenever the lists do; then the new digest belongs here.
    expected = "1e4c2ec12bd2295185a008596a910f2ec7f37caa334cc0c5813fb9e9e743fd9f"
    assert sha256(repr(_seeds()).encode()).hexdigest() == expected


def test_it_is_made_in_less_than_a_second() -> None:
    source.read.cache_clear()
    start = process_time()
    made = building.union.__wrapped__()
    reorganise(made.opening, made.events)
    assert process_time() - start < 1
    assert made == union()


def test_the_demonstration_chair_leads_a_hotel_in_sa_pa(whole: Simulator) -> None:
    unit = union().on(AUTUMN_2019).units[DEMO_CHAIR_UNIT]
    assert unit.name == "Công đoàn cơ sở Khách sạn Mây Ngàn"
    assert unit.sector == "production_business"
    assert unit.parent_code == DEMO_MIDDLE_UNIT
    assert whole.chain(DEMO_CHAIR_UNIT, JULY_2025) == [DEMO_CHAIR_UNIT, "LC25-SP", "LC25", "VN"]
