"""Whatever happens to units, in whatever order: on every day each living unit has one chain to the root, and nothing is counted twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congdoan.organisation.actions.catalogue import load_catalogue
from congdoan.organisation.actions.planting import plant
from congdoan.organisation.engine import changing
from congdoan.organisation.engine.faults import TreeRuleError
from congdoan.organisation.engine.forest import Forest, Inheritance
from congdoan.organisation.engine.inheritance import heirs_on, share_out
from congdoan.organisation.engine.operations import (
    WHOLE,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Operation,
    Part,
    Rename,
    Split,
    parse,
)
from congdoan.organisation.errors import PlanRefusedError
from congdoan.organisation.models import Ancestry, Heir, Unit, UnitKind
from congdoan.organisation.models.units import during

START = date(2013, 10, 1)
LEVELS = {"confederation": 1, "provincial_federation": 2, "district_federation": 3, "grassroots_union": 4}
KINDS = {2: "provincial_federation", 3: "district_federation", 4: "grassroots_union"}
FIRST = [
    ("VN", "confederation", ""),
    ("P1", "provincial_federation", "VN"),
    ("P2", "provincial_federation", "VN"),
    ("D1", "district_federation", "P1"),
    ("D2", "district_federation", "P1"),
    ("D3", "district_federation", "P2"),
    *((f"G{n}", "grassroots_union", f"D{n % 3 + 1}") for n in range(6)),
]


def first() -> list[Operation]:
    return [
        Found(unit=NewUnit(code=code, kind=kind, parent=parent, name=code)) for code, kind, parent in FIRST
    ]


@st.composite
def operations(draw: st.DrawFn) -> list[Operation]:
    """Many operations on rising days; some cannot be done and are left out by whoever applies them."""
    made: list[Operation] = []
    names = [code for code, _kind, _parent in FIRST]
    day = START
    for number in range(draw(st.integers(1, 14))):
        day += timedelta(days=draw(st.integers(0, 200)))
        unit, other, third = (draw(st.sampled_from(names)) for _ in range(3))
        match draw(st.integers(0, 6)):
            case 0:
                level = draw(st.sampled_from(sorted(KINDS)))
                made.append(
                    Found(
                        on=day,
                        unit=NewUnit(code=f"N{number}", kind=KINDS[level], parent=other, name=f"N{number}"),
                    )
                )
                names.append(f"N{number}")
            case 1:
                made.append(Merge(on=day, sources=(unit, third), into=other))
            case 2:
                new = NewUnit(
                    code=f"N{number}",
                    kind=draw(st.sampled_from(list(KINDS.values()))),
                    parent=other,
                    name="N",
                )
                made.append(Merge(on=day, sources=(unit, third), new_unit=new))
                names.append(new.code)
            case 3:
                share = draw(st.integers(1, WHOLE - 1))
                made.append(
                    Split(
                        on=day,
                        source=unit,
                        parts=(Part(share=share, into=other), Part(share=WHOLE - share, into=third)),
                    )
                )
            case 4:
                made.append(Rename(on=day, unit=unit, name=f"Tên {number}"))
            case 5:
                made.append(Move(on=day, unit=unit, parent=other))
            case _:
                made.append(
                    Dissolve(
                        on=day,
                        unit=unit,
                        children_to=draw(st.sampled_from(["", other])),
                        heir=draw(st.sampled_from(["", third])),
                    )
                )
    return made


def grown(wanted: list[Operation]) -> tuple[Forest, dict[str, list[Inheritance]], list[Operation]]:
    """Apply what can be applied, one batch an operation; return the forest and what was done."""
    done = first()
    for operation in wanted:
        trial, _heirs = fresh([*done, operation])
        if trial is not None and not list(trial.problems()):
            done.append(operation)
    forest, inheritances = fresh(done)
    assert forest is not None
    return forest, inheritances, done


def fresh(done: list[Operation]) -> tuple[Forest | None, dict[str, list[Inheritance]]]:
    forest = Forest(levels=dict(LEVELS))
    inheritances: dict[str, list[Inheritance]] = {}
    try:
        for operation in done:
            for inheritance in changing.apply(forest, operation, START).inheritances:
                inheritances.setdefault(inheritance.predecessor, []).append(inheritance)
    except TreeRuleError:
        return None, {}
    return forest, inheritances


def days_of(done: list[Operation]) -> list[date]:
    days = {operation.on or START for operation in done}
    return sorted({day + timedelta(days=step) for day in days for step in (-1, 0, 1)} | {date(2026, 1, 1)})


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(operations())
def test_on_every_day_each_living_unit_has_exactly_one_chain_to_the_root(wanted):
    forest, _inheritances, done = grown(wanted)

    for day in days_of(done):
        for unit in forest.lives:
            if not forest.lives_on(unit, day):
                continue
            chain = [link for link in forest.links(unit) if day in link.span]
            assert sorted(link.depth for link in chain) == list(range(len(chain)))
            top = max(chain, key=lambda link: link.depth)
            assert top.ancestor == "VN"
            assert all(forest.lives_on(link.ancestor, day) for link in chain)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(operations(), st.lists(st.integers(0, 10_000), min_size=40, max_size=40))
def test_root_totals_as_was_and_as_is_agree_and_nothing_is_counted_twice(wanted, amounts):
    """Each unit reports a number while it lives; as-was it counts at the root of its day, as-is through its heirs today."""
    forest, inheritances, _done = grown(wanted)
    today = date(2026, 1, 1)
    reported = dict(zip(sorted(forest.lives), amounts, strict=False))

    as_was = sum(reported.values())
    standing: Counter[str] = Counter()
    for unit, amount in reported.items():
        shares = heirs_on(unit, today, forest, inheritances)
        assert sum(shares.values(), Fraction(0)) == 1
        assert all(forest.lives_on(heir, today) for heir in shares)
        standing.update(share_out(amount, shares))

    assert sum(standing.values()) == as_was


@given(
    st.integers(0, 10**12),
    st.dictionaries(st.text(min_size=1), st.fractions(min_value="1/1000", max_value=1), min_size=1),
)
def test_what_is_shared_out_adds_up_and_no_part_is_off_by_one_or_more(amount, shares):
    parts = share_out(amount, shares)
    whole = sum(shares.values())
    assert sum(parts.values()) == amount
    assert all(abs(parts[code] - amount * share / whole) < 1 for code, share in shares.items())


@given(operations())
def test_an_operation_reads_back_from_what_is_stored(wanted):
    assert [parse(operation.to_dict()) for operation in wanted] == wanted


@pytest.mark.django_db
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(wanted=operations())
def test_what_is_written_step_by_step_equals_what_is_worked_out_at_once(wanted):
    """The incremental rows of ancestors and heirs equal those of the whole forest, to the last day."""
    from django.db import transaction

    with transaction.atomic():
        load_catalogue()
        for code, level in LEVELS.items():
            assert UnitKind.objects.get(code=code).level == level
        forest, inheritances, done = grown(wanted)
        opening = len(FIRST)
        plant(done[:opening], on=START, note="first")
        for operation in done[opening:]:
            plant([operation], on=START, note="step")

        codes = dict(Unit.objects.values_list("pk", "code"))
        for day in days_of(done):
            stored = {
                (codes[row.unit_id], codes[row.ancestor_id], row.depth)
                for row in Ancestry.objects.filter(during(day), end_version=None)
            }
            worked_out = {
                (unit, link.ancestor, link.depth)
                for unit in forest.lives
                for link in forest.links(unit)
                if day in link.span
            }
            assert stored == worked_out
            heirs = {
                (codes[row.unit_id], codes[row.heir_id]): row.share
                for row in Heir.objects.filter(during(day), end_version=None)
            }
            wanted_heirs = {
                (unit, heir): share
                for unit, life in forest.lives.items()
                if life.span.end <= day
                for heir, share in share_out(WHOLE, heirs_on(unit, day, forest, inheritances)).items()
                if share
            }
            assert heirs == wanted_heirs
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_a_batch_that_cannot_be_plants_nothing():
    load_catalogue()
    with pytest.raises(PlanRefusedError):
        plant([*first(), Move(unit="VN", parent="P1")], on=START, note="x")
    assert not Unit.objects.exists()
