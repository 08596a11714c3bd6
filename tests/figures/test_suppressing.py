"""Whoever knows the total and everything that is shown cannot work out a small cell."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from congdoan.figures.engine.suppressing import SMALL, Cover, covers, covers_of_pairs, is_small

SHOWN, TINY, HIDDEN = Cover.SHOWN, Cover.SMALL, Cover.HIDDEN


def solutions(values, found):
    """Return every way in which the unseen cells may make up the total, as a reader would look for it."""
    unseen = [at for at, cover in enumerate(found) if cover is not SHOWN]
    rest = sum(values[at] for at in unseen)
    blind = TINY not in found  # all are hidden: nothing is said about any of them
    ranges = [
        range(1, SMALL) if found[at] is TINY else range(0 if blind else SMALL, rest + 1) for at in unseen
    ]
    return unseen, [one for one in product(*ranges) if sum(one) == rest]


def test_a_table_without_small_cells_is_shown():
    assert covers([12, 0, None, 5]) == [SHOWN] * 4


def test_a_single_small_cell_takes_the_smallest_other_with_it():
    assert covers([3, 90, 40, 0]) == [TINY, SHOWN, HIDDEN, SHOWN]


def test_two_small_cells_protect_each_other_unless_their_sum_gives_them_away():
    assert covers([3, 2, 40]) == [TINY, TINY, SHOWN]
    assert covers([1, 1, 40]) == [TINY, TINY, HIDDEN]
    assert covers([4, 4, 40]) == [TINY, TINY, HIDDEN]


def test_a_cell_of_five_cannot_hide_a_cell_of_one():
    # 6 in two cells, one under five and one not: that is 1 and 5.
    assert covers([1, 5, 7]) == [TINY, HIDDEN, HIDDEN]


def test_where_nothing_can_protect_it_nothing_is_shown():
    assert covers([3, 0, None]) == [HIDDEN, HIDDEN, SHOWN]


def test_what_is_not_for_everybody_is_hidden_with_another():
    assert covers([70, 90, 40], kept=[1]) == [SHOWN, HIDDEN, HIDDEN]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_no_small_cell_has_only_one_solution(values):
    found = covers(values)
    unseen, ways = solutions(values, found)
    for place, at in enumerate(unseen):
        if is_small(values[at]) and len(unseen) > 1:
            assert len({way[place] for way in ways}) > 1
    assert all(found[at] is not SHOWN for at, value in enumerate(values) if is_small(value))


def test_a_rate_of_few_people_is_hidden_with_another():
    assert covers_of_pairs([(3, 60), (40, 60), (20, 30)]) == [HIDDEN, SHOWN, HIDDEN]
    assert covers_of_pairs([(30, 60), (40, 60)]) == [SHOWN, SHOWN]
    assert covers_of_pairs([(2, 4), (None, None)]) == [HIDDEN, SHOWN]
