"""The thread of the worker that keeps totals fresh."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from congdoan.ops import health
from congdoan.ops.refresher import Refresher
from congdoan.organisation.rights import Role
from congdoan.reporting.actions import rebuilding, refreshing
from congdoan.reporting.actions.reviewing import accept
from congdoan.reporting.models import Clock, Dirty, Total
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, sent, sheet


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture
def accepted():
    units = plant()
    form = sheet(units["LC"], years=range(2019, 2020))
    found = sent(units["LC-SP-001"], 2019, 3, form, chair(units["LC-SP-001"]), law__sessions="12")
    accept(found.pk, by=acting(Role.MIDDLE, units["LC-SP"]))
    return units


def total_of(unit) -> int | None:
    return (
        Total.objects.filter(basis=0, unit=unit, series__key="law.sessions", period__type="quarter")
        .values_list("value", flat=True)
        .first()
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_accepted_is_counted_within_a_moment_and_the_totals_as_is_follow(accepted, monkeypatch):
    built: list[date] = []
    monkeypatch.setattr(rebuilding, "rebuild_as_is", built.append)
    refresher = Refresher(pause=0.05, tree_pause=0.1)
    refresher.start()
    try:
        wait_for(lambda: total_of(accepted["VN"]) == 12)
        wait_for(lambda: built)
    finally:
        refresher.stop()
    assert not refresher.is_alive()
    assert not Dirty.objects.exists()
    assert built[0] == timezone.localdate()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_comes_back(accepted, monkeypatch):
    calls: list[int] = []
    real = refreshing.refresh_all

    def away(**kwargs: int) -> int:
        calls.append(1)
        if len(calls) < 3:
            raise OperationalError("away")
        return real(**kwargs)

    monkeypatch.setattr(refreshing, "refresh_all", away)
    monkeypatch.setattr("congdoan.ops.refresher.RETRY", 0.05)
    monkeypatch.setattr(refreshing, "follow_tree", lambda today: False)
    refresher = Refresher(pause=0.05)
    refresher.start()
    try:
        wait_for(lambda: total_of(accepted["VN"]) == 12)
    finally:
        refresher.stop()
    assert len(calls) >= 3


@pytest.mark.django_db(transaction=True)
def test_looking_at_an_empty_queue_locks_nothing(monkeypatch):
    asked: list[str] = []
    real = CursorWrapper.execute

    def execute(self: CursorWrapper, sql: str, params: object = None) -> object:
        asked.append(sql)
        return real(self, sql, params)

    connection.ensure_connection()
    monkeypatch.setattr(CursorWrapper, "execute", execute)
    assert refreshing.refresh_all() == 0
    assert not refreshing.follow_tree(date(2019, 10, 1))
    assert asked
    assert all(sql.startswith("SELECT") and "FOR UPDATE" not in sql for sql in asked)


@pytest.mark.django_db
def test_a_queue_that_nobody_counts_is_a_warning_of_the_check(accepted):
    def finding() -> health.Finding:
        return next(one for one in health.examine() if one.name == "totals")

    assert finding().state == "ok"
    Dirty.objects.update(since=timezone.now() - timedelta(minutes=6))
    assert finding().state == "warning"
    refreshing.refresh_all()
    assert finding().state == "ok"
    assert Clock.objects.get().epoch
