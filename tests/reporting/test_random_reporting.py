"""Whatever is sent, accepted, returned, corrected, moved, merged, split and closed, in whatever order: the totals are right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, event, given, settings
from hypothesis import strategies as st

from congdoan.organisation.engine.operations import WHOLE, Dissolve, Found, Merge, Move, NewUnit, Part, Split
from congdoan.reporting.actions.refreshing import refresh
from tests.reporting import scenes

pytestmark = pytest.mark.django_db

number = st.one_of(st.none(), st.just(-1), st.integers(0, 9), st.integers(0, 10**15))
values = st.lists(number, min_size=5, max_size=5).map(lambda found: [*found[:2], None, *found[3:]])
few = st.integers(0, 10**6)
tree = st.tuples(st.just("tree"), st.integers(0, 6), few, few, few, st.sampled_from([0, 0, 0, -40, -150, 30]))
steps = st.one_of(
    st.tuples(st.just("accept"), few, values),
    st.tuples(st.just("accept"), few, values),
    st.tuples(st.just("send"), few, values),
    st.tuples(st.just("accept_twice"), few, values),
    st.tuples(st.just("days"), st.integers(1, 120)),
    st.tuples(st.just("days"), st.integers(60, 200)),
    tree,
    tree,
    st.tuples(st.just("count"), st.sampled_from([1, 2, 3, 200])),
    st.tuples(st.just("as_is")),
    st.tuples(st.just("check")),
)


def operation(union, kind, one, two, three, shift):
    """Return an operation that has a chance: like with like, and the parent one level up."""
    names = union.founded
    unit = names[one % len(names)]
    alike = [name for name in names if union.level(name) == union.level(unit)]
    other, third = (alike[pick % len(alike)] for pick in (two, three))
    upper = [name for name in names if union.level(name) == union.level(unit) - 1] or ["VN"]
    parent = upper[two % len(upper)]
    day = max(scenes.START, union.today + timedelta(days=shift))
    match kind:
        case 0:
            new = NewUnit(code=f"G{len(names)}", kind="grassroots_union", parent=parent, name="N")
            return Found(on=day, unit=new), new.code
        case 1:
            return Merge(on=day, sources=tuple({unit, third} - {other}) or (unit,), into=other), ""
        case 2:
            share = 1 + three % (WHOLE - 1)
            parts = (Part(share=share, into=other), Part(share=WHOLE - share, into=third))
            return Split(on=day, source=unit, parts=parts), ""
        case 3:
            return Dissolve(on=day, unit=unit, children_to=other if other != unit else ""), ""
        case 4:
            new = NewUnit(code=f"D{len(names)}", kind="district_federation", parent="P2", name="N")
            return Found(on=day, unit=new), new.code
        case _:
            return Move(on=day, unit=unit, parent=parent), ""


def play(union, step):
    match step:
        case "accept" | "send" | "accept_twice" as what, pick, typed:
            reports = union.reports()
            # The newest reports more often: what happens now is about the last periods.
            report = reports[-1 - pick % min(len(reports), 1 + pick % 40)]
            union.send(report, typed)
            if what != "send":
                union.accept(report)
            if what == "accept_twice":
                union.send(report, typed[::-1])
                union.accept(report)
        case "days", days:
            union.advance(days)
        case "tree", *what:
            made, code = operation(union, *what)
            done = union.change(made)
            event(f"{made.kind} {'done' if done else 'refused'}")
            if done and code:
                union.founded.append(code)
        case "count", limit:
            refresh(limit=limit)
        case ("as_is",):
            scenes.build_as_is(union.today)
        case _:
            scenes.check_totals(union.today)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    # Making a failure smaller would take minutes; the steps are printed as they were.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(st.lists(steps, min_size=15, max_size=40), st.sampled_from([30, 59, 100, 370]))
def test_after_anything_that_may_happen_incremental_totals_equal_the_rebuild(wanted, stale_days):
    with transaction.atomic():
        union = scenes.union(stale_days=stale_days)
        for step in wanted:
            play(union, step)
        scenes.check_totals(union.today)
        scenes.check_bases(union.today)
        scenes.check_totals(union.today)
        assert scenes.stored(0) == scenes.naive_as_was()
        transaction.set_rollback(True)
