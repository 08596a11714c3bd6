"""Three engines and plain Python sum the same worlds to the same digit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from congdoan.reporting.engine.summing import Amount, Heir, Key, shares
from congdoan.reporting.engines import Basis, EngineError, Fault, open_engine
from congdoan.reporting.engines.sharing import share
from tests.reporting.engines.clickhouse_server import serving
from tests.reporting.engines.worlds import CALENDAR, World, side_by_side, worlds

BOTH = tuple(Basis)
QUIET = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}


def by_engine(world: World, name: str, address: str = "") -> dict[Basis, dict[Key, Amount]]:
    with open_engine(name, world.tables(), address=address) as engine:
        return {
            basis: {
                Key(node, period, series): Amount(*rest)
                for batch in engine.totals(basis)
                for node, period, series, *rest in zip(*(column.to_pylist() for column in batch), strict=True)
            }
            for basis in BOTH
        }


def by_hand(world: World) -> dict[Basis, dict[Key, Amount]]:
    return {basis: world.summed(basis) for basis in BOTH}


@given(worlds())
@settings(max_examples=60, **QUIET)
def test_duckdb_sums_any_world_as_plain_python_does(world: World):
    assert by_engine(world, "duckdb") == by_hand(world)


@pytest.fixture(scope="module")
def clickhouse() -> Iterator[str]:
    with serving() as address:
        yield address


@given(world=worlds())
@settings(max_examples=8, **QUIET)
def test_clickhouse_sums_any_world_as_plain_python_does(clickhouse: str, world: World):
    assert by_engine(world, "clickhouse", clickhouse) == by_hand(world)


@pytest.mark.spark
@pytest.mark.parametrize("master", ["local[1]", "local-cluster[2,1,1024]"])
def test_spark_sums_many_worlds_as_plain_python_does_on_one_worker_and_on_two(master: str):
    # Starting Spark takes longer than summing: many worlds, side by side, are summed at once.
    drawn: list[list[World]] = []

    @given(st.lists(worlds(), min_size=12, max_size=12))
    @settings(max_examples=2, phases=[Phase.generate], **QUIET)
    def draw(found: list[World]) -> None:
        drawn.append(found)

    draw()
    world = side_by_side([one for found in drawn for one in found])
    assert by_engine(world, "spark", master) == by_hand(world)


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(1, 1_000_000), min_size=1, max_size=5))
@settings(**QUIET)
def test_sharing_loses_and_doubles_nothing_and_both_ways_agree(value: int, weights: list[int]):
    parts = share(value, weights)
    assert sum(parts) == value
    assert parts == shares(value, [Heir(index, weight, ()) for index, weight in enumerate(weights)])
    assert share(None, weights) == [None] * len(weights)


@pytest.mark.parametrize(
    ("name", "fault"),
    [("abacus", Fault.UNKNOWN), ("spark", Fault.NO_ADDRESS), ("clickhouse", Fault.NO_ADDRESS)],
)
def test_an_engine_that_is_not_there_says_what_is_missing(name: str, fault: Fault):
    with pytest.raises(EngineError) as refused, open_engine(name, World(CALENDAR, {}, {}, {}).tables()):
        pass
    assert refused.value.fault is fault
