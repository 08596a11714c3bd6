"""Plain rules of a poll."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.participation.engine import AddressLimit, Tally, claim_key, is_token, tally, voter_token_of_form


@given(ballots=st.lists(st.sampled_from([3, 5, 8]), max_size=200))
def test_a_tally_is_the_number_of_ballots_for_each_option(ballots):
    result = tally([3, 5, 8], Counter(ballots).items())
    assert result.votes == {option: ballots.count(option) for option in (3, 5, 8)}
    assert result.total == len(ballots)


@given(votes=st.lists(st.integers(0, 10**6), min_size=2, max_size=12))
def test_shares_are_rounded_to_a_tenth_and_so_never_far_from_a_hundred_together(votes):
    result = Tally(dict(enumerate(votes)))
    shares = [result.percent(option) for option in result.votes]
    assert all(0 <= share <= 100 for share in shares)
    assert sum(shares) == 0 if not sum(votes) else abs(sum(shares) - 100) <= Decimal("0.05") * len(votes)


@pytest.mark.parametrize(
    ("votes", "share"), [((1, 2), "33.3"), ((2, 1), "66.7"), ((1, 7), "12.5"), ((10, 0), "100")]
)
def test_a_share_is_written_without_needless_zeros(votes, share):
    assert str(Tally(dict(enumerate(votes))).percent(0)) == share


def test_an_option_without_votes_has_zero_votes():
    assert tally([1, 2], [(1, 4)]).votes == {1: 4, 2: 0}


def test_votes_for_what_was_not_offered_are_an_error():
    with pytest.raises(ValueError, match="not offered"):
        tally([1, 2], [(3, 1)])


def test_the_key_of_a_claim_differs_by_call_slot_token_and_secret():
    keys = {
        claim_key(call, slot, token, secret=secret)
        for call in (1, 2)
        for slot in ("voter", "form")
        for token in ("a" * 20, "b" * 20)
        for secret in ("s", "t")
    }
    assert len(keys) == 16


def test_copies_of_one_form_make_one_voter():
    assert voter_token_of_form("x" * 20, secret="s") == voter_token_of_form("x" * 20, secret="s")
    assert voter_token_of_form("x" * 20, secret="s") != voter_token_of_form("y" * 20, secret="s")
    assert is_token(voter_token_of_form("x" * 20, secret="s"))


@pytest.mark.parametrize("text", ["", "ngắn", "x" * 15, "x" * 65, "x" * 20 + "\n", "a b" * 8])
def test_what_is_no_token_is_refused(text):
    assert not is_token(text)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_three_hundred_votes_a_minute_pass_and_the_next_waits(clock):
    limit = AddressLimit(clock=clock)
    assert [limit.take("203.0.113.9") for _ in range(300)] == [0] * 300
    assert limit.take("203.0.113.9") == 61
    clock.now += 20
    assert limit.take("203.0.113.9") == 41


def test_waiting_as_long_as_was_said_is_enough(clock):
    limit = AddressLimit(limit=10, clock=clock)
    for _ in range(200):
        wait = limit.take("203.0.113.9")
        if wait:
            clock.now += wait
            assert limit.take("203.0.113.9") == 0


@given(gaps=st.lists(st.floats(0, 30), min_size=30, max_size=120))
def test_no_minute_sees_twice_the_limit(gaps):
    clock, passed = Clock(), []
    limit = AddressLimit(limit=10, clock=clock)
    for gap in gaps:
        clock.now += gap / 10
        if limit.take("203.0.113.9") == 0:
            passed.append(clock.now)
    assert all(sum(start <= moment < start + 60 for moment in passed) < 20 for start in passed)


def test_another_address_is_not_held_up(clock):
    limit = AddressLimit(limit=1, clock=clock)
    assert limit.take("203.0.113.9") == 0
    assert limit.take("203.0.113.9") > 0
    assert limit.take("203.0.113.10") == 0


def test_addresses_of_one_household_count_together(clock):
    limit = AddressLimit(limit=1, clock=clock)
    assert limit.take("2001:db8:1:2::1") == 0
    assert limit.take("2001:db8:1:2:ffff::9") > 0
    assert limit.take("2001:db8:1:3::1") == 0
    assert limit.take("203.0.113.9") == 0
    assert limit.take("::ffff:203.0.113.9") > 0


def test_memory_is_bounded(clock):
    limit = AddressLimit(capacity=50, clock=clock)
    for number in range(500):
        limit.take(f"198.51.{number // 250}.{number % 250}")
    assert len(limit) == 50


def test_the_address_itself_is_not_kept(clock):
    limit = AddressLimit(clock=clock)
    limit.take("203.0.113.9")
    assert "203.0.113" not in repr(vars(limit))
    assert AddressLimit()._key != AddressLimit()._key
