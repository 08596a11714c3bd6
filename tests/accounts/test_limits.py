"""Limits of attempts: whoever guesses slows down; nobody is locked out by somebody else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congdoan.accounts import engine, limits
from congdoan.accounts.engine import ACCOUNT_FREE, ADDRESS_FREE, LIMIT
from congdoan.accounts.errors import NewDeviceMustWaitError, TooManyAttemptsError
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Move the clock of the limits by hand; the cache keeps its own, so waits are checked against ours alone."""

    class Clock:
        now = time.time()

        def pass_(self, seconds):
            self.now += seconds

    clock = Clock()
    monkeypatch.setattr(limits.time, "time", lambda: clock.now)
    return clock


def guess_from_many_places(sign_in, client, name, times):
    for number in range(times):
        sign_in(type(client)(), name, "sai-roi", address=f"203.0.{number // 200}.{number % 200 + 1}")


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_waits_never_shrink_with_more_failures_and_stay_bounded(one, two):
    few, many = sorted((one, two))
    assert engine.account_wait(few) <= engine.account_wait(many) <= engine.ACCOUNT_MOST_SECONDS
    assert engine.address_wait(few) <= engine.address_wait(many) <= engine.ADDRESS_MOST_SECONDS


def test_a_visitor_with_many_addresses_of_one_network_counts_as_one():
    assert engine.network("2001:db8:1:2::1") == engine.network("2001:db8:1:2:ffff::9")
    assert engine.network("2001:db8:1:2::1") != engine.network("2001:db8:1:3::1")
    assert engine.network("::ffff:10.0.0.1") == engine.network("10.0.0.1")


def test_keys_of_the_cache_name_nobody(client, sign_in, monkeypatch):
    kept = []
    monkeypatch.setattr(limits.cache, "add", lambda key, *args: kept.append(key) or True)
    monkeypatch.setattr(limits.cache, "incr", lambda key, by: 1)
    UserFactory(username="may")
    sign_in(client, "may", "sai", address="203.0.113.9")
    assert kept
    assert not any("may" in key or "203.0.113.9" in key for key in kept)


def test_all_names_of_an_account_are_one_account_to_the_limit(client, sign_in):
    UserFactory(username="may", email="may@vidu.vn", phone="0912345678", staff_code="cb-1")
    for name in ["may", "may@vidu.vn", "0912345678", "cb-1"] * 2:
        sign_in(client, name, "sai")
    assert LIMIT == 8
    assert "Bạn đã thử quá nhiều lần" in sign_in(client, "may").text


def test_an_attack_from_many_places_makes_a_new_device_wait_and_then_lets_it_in(client, sign_in, clock):
    UserFactory(username="may")
    guess_from_many_places(sign_in, client, "may", ACCOUNT_FREE)
    refused = sign_in(client, "may", address="10.0.0.1")
    assert "thiết bị mới phải chờ" in refused.text
    assert "5 giây" in refused.text
    clock.pass_(6)
    assert sign_in(client, "may", address="10.0.0.1").status_code == 302


def test_the_wait_belongs_to_the_device_and_not_to_the_account(client, sign_in, clock):
    """However often others try meanwhile, the owner's own wait does not start again."""
    UserFactory(username="may")
    guess_from_many_places(sign_in, client, "may", ACCOUNT_FREE)
    sign_in(client, "may", address="10.0.0.1")
    guess_from_many_places(sign_in, client, "may", 40)
    clock.pass_(6)
    assert sign_in(client, "may", address="10.0.0.1").status_code == 302


def test_each_guess_of_a_new_device_waits_anew(client, sign_in, clock):
    UserFactory(username="may")
    guess_from_many_places(sign_in, client, "may", ACCOUNT_FREE)
    sign_in(client, "may", "sai", address="10.0.0.1")
    clock.pass_(6)
    assert "mật khẩu chưa đúng" in sign_in(client, "may", "sai", address="10.0.0.1").text
    assert "thiết bị mới phải chờ" in sign_in(client, "may", address="10.0.0.1").text


def test_a_device_that_signed_in_before_does_not_wait(client, sign_in):
    UserFactory(username="may")
    sign_in(client, "may")
    client.post("/dang-xuat/")
    guess_from_many_places(sign_in, client, "may", ACCOUNT_FREE + 40)
    assert sign_in(client, "may").status_code == 302


def test_a_known_device_is_counted_apart_from_a_stranger_at_the_same_address(client, sign_in):
    UserFactory(username="may")
    sign_in(client, "may")
    client.post("/dang-xuat/")
    for _ in range(LIMIT + 3):
        sign_in(type(client)(), "may", "sai", address="10.0.0.1")
    assert sign_in(client, "may", address="10.0.0.1").status_code == 302


def test_a_known_device_cannot_guess_without_end(client, sign_in):
    UserFactory(username="may")
    sign_in(client, "may")
    client.post("/dang-xuat/")
    for number in range(LIMIT):
        sign_in(client, "may", "sai", address=f"10.0.0.{number}")
    assert "Bạn đã thử quá nhiều lần" in sign_in(client, "may", address="10.0.1.1").text


def test_the_cookie_of_one_account_helps_nobody_into_another(client, sign_in):
    UserFactory(username="may")
    UserFactory(username="hoa")
    sign_in(client, "hoa")
    client.post("/dang-xuat/")
    guess_from_many_places(sign_in, client, "may", ACCOUNT_FREE)
    assert "thiết bị mới phải chờ" in sign_in(client, "may").text


def test_a_forged_cookie_is_no_cookie(client, sign_in):
    UserFactory(username="may")
    guess_from_many_places(sign_in, client, "may", ACCOUNT_FREE)
    client.cookies["congdoan_device"] = "W1siZGV2aWNlOjEiLCJ4Il1d:1abcde:khong-ky"
    assert "thiết bị mới phải chờ" in sign_in(client, "may").text


def test_the_cookie_goes_to_the_pages_of_signing_in_only(client, sign_in):
    UserFactory(username="may")
    cookie = sign_in(client, "may").cookies["congdoan_device"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/dang-nhap/", True, "Lax")


def test_an_address_that_tries_many_accounts_is_slowed_down(client, sign_in):
    for number in range(ADDRESS_FREE + 1):
        sign_in(client, f"khong-co-{number}", "sai", address="203.0.113.9")
    UserFactory(username="may")
    assert "Bạn đã thử quá nhiều lần" in sign_in(client, "may", address="203.0.113.9").text
    assert sign_in(client, "may", address="10.0.0.1").status_code == 302


def test_an_office_that_signs_in_from_one_address_is_not_slowed_down(client, sign_in):
    for number in range(ADDRESS_FREE + 5):
        UserFactory(username=f"can-bo-{number}")
        assert sign_in(type(client)(), f"can-bo-{number}").status_code == 302


def test_an_account_that_does_not_exist_answers_like_one_that_does(client, sign_in):
    UserFactory(username="may")
    for name in ("may", "khong-co"):
        guess_from_many_places(sign_in, client, name, ACCOUNT_FREE)
    answers = [sign_in(type(client)(), name, address="10.0.0.1") for name in ("may", "khong-co")]
    assert all("thiết bị mới phải chờ" in answer.text for answer in answers)


def test_of_two_attempts_after_one_wait_one_is_looked_at(clock):
    gate = limits.Gate("sign-in", "user 1", "10.0.0.1")
    for number in range(ACCOUNT_FREE):
        limits.Gate("sign-in", "user 1", f"203.0.113.{number}").enter()
    with pytest.raises(NewDeviceMustWaitError):
        gate.enter()
    clock.pass_(6)
    gate.enter()
    with pytest.raises(NewDeviceMustWaitError):
        gate.enter()


def test_waits_are_said_in_seconds_or_minutes():
    assert "30 giây" in NewDeviceMustWaitError(30).user_message
    assert "15 phút" in TooManyAttemptsError(900).user_message
