"""Counting visits: exact, on the right day, and nothing about the visitor."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, connections
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from congdoan.pages import actions, queries
from congdoan.pages.live.visits import ONLINE_FOR, VisitCounter
from congdoan.pages.models import OnlineVisitors, SiteSettings, VisitDay
from tests.factories import make_site
from tests.pages.conftest import Clock

THURSDAY = date(2019, 10, 17)


@pytest.fixture
def counter(db, clock):
    made = VisitCounter(clock)
    made.flush()
    return made


def visits(*days: date) -> list[int]:
    """Return the visits in the database on each day."""
    return [VisitDay.objects.filter(day=day).values_list("visits", flat=True).first() or 0 for day in days]


def test_a_visit_shows_at_once_and_is_written_later(counter):
    assert counter.count(1).total == 1
    assert visits(THURSDAY) == [0]
    counter.flush()
    assert visits(THURSDAY) == [1]
    assert counter.numbers().total == 1


def test_the_total_starts_with_the_number_of_the_old_site(counter):
    home = make_site()
    SiteSettings.objects.update_or_create(site=home.get_site(), defaults={"visits_start": 315_120})
    counter.flush()
    assert counter.count(1).total == 315_121


def test_today_and_this_month_count_what_came_in_them(counter, clock):
    VisitDay.objects.create(day=date(2019, 9, 30), visits=1000)
    VisitDay.objects.create(day=date(2019, 10, 1), visits=100)
    VisitDay.objects.create(day=date(2018, 10, 17), visits=10)
    VisitDay.objects.create(day=THURSDAY, visits=1)
    counter.flush()
    shown = counter.count(1)
    assert (shown.total, shown.month, shown.today) == (1112, 102, 2)


def test_a_visit_belongs_to_the_day_on_which_it_came(counter, clock):
    clock.set(2019, 10, 17, 23, 59, 59)
    counter.count(1)
    clock.set(2019, 10, 18, 0, 0, 0)
    shown = counter.count(2)
    assert (shown.total, shown.today, shown.month) == (2, 1, 2)
    counter.flush()
    assert visits(THURSDAY, date(2019, 10, 18)) == [1, 1]
    assert counter.numbers() == shown


def test_a_month_ends_in_the_time_zone_of_the_site(counter, clock):
    clock.set(2019, 10, 31, 23, 59, 59)
    counter.count(1)
    clock.set(2019, 11, 1, 0, 0, 0)
    shown = counter.count(2)
    assert (shown.total, shown.today, shown.month) == (2, 1, 1)
    counter.flush()
    assert visits(date(2019, 10, 31), date(2019, 11, 1)) == [1, 1]
    assert counter.numbers() == shown


@given(
    st.lists(st.tuples(st.sampled_from(["visit", "flush", "fail"]), st.integers(0, 40_000)), max_size=30),
    st.integers(0, 23),
)
@hypothesis_settings(max_examples=60, deadline=None)
def test_shown_numbers_are_right_whatever_comes_between(steps, hour):
    """A model in a list: every visit with its day; a flush that fails changes nothing."""
    clock = Clock()
    clock.set(2019, 10, 30, hour)
    written: dict[date, int] = {}
    came: list[date] = []
    counter = VisitCounter(clock)

    def today() -> date:
        from datetime import datetime
        from zoneinfo import ZoneInfo

        return datetime.fromtimestamp(clock(), ZoneInfo("Asia/Ho_Chi_Minh")).date()

    def count_of(day: date) -> queries.VisitCount:
        month = [n for d, n in written.items() if (d.year, d.month) == (day.year, day.month)]
        return queries.VisitCount(sum(written.values()), written.get(day, 0), sum(month))

    def add(days: dict[date, int]) -> None:
        for day, number in days.items():
            written[day] = written.get(day, 0) + number

    def refuse(days: dict[date, int]) -> None:
        raise DatabaseError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(queries, "visit_count", count_of)
        patch.setattr(queries, "online_elsewhere", lambda process: 0)
        patch.setattr(actions, "report_online", lambda *args: None)
        for step, seconds in [("flush", 0), *steps]:
            clock.now += seconds
            if step == "visit":
                counter.count(1)
                came.append(today())
            else:
                patch.setattr(actions, "add_visits", add if step == "flush" else refuse)
                try:
                    counter.flush()
                except DatabaseError:
                    assert step == "fail"
            shown = counter.numbers()
            assert shown.total == len(came)
            assert shown.today == came.count(today())
            assert shown.month == sum((d.year, d.month) == (today().year, today().month) for d in came)
        patch.setattr(actions, "add_visits", add)
        counter.flush()
    assert written == {day: came.count(day) for day in came}


def test_a_database_that_refuses_loses_nothing(counter, monkeypatch):
    def refuse(visits: object) -> None:
        raise DatabaseError

    with monkeypatch.context() as patch:
        patch.setattr(actions, "add_visits", refuse)
        for _ in range(3):
            counter.count(1)
            with pytest.raises(DatabaseError):
                counter.flush()
    assert counter.numbers().total == 3
    counter.flush()
    assert visits(THURSDAY) == [3]


@pytest.mark.django_db(transaction=True)
def test_a_hundred_visitors_at_once_are_counted_exactly(clock):
    counter = VisitCounter(clock)
    counter.flush()
    barrier, stop = threading.Barrier(101), threading.Event()

    def flush_all_the_time() -> None:
        try:
            while not stop.is_set():
                counter.flush()
        finally:
            connections.close_all()

    def visit(number: int) -> list[int]:
        barrier.wait(30)
        return [counter.count(number).total for _ in range(20)]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads interrupt one another as often as they can
    try:
        with ThreadPoolExecutor(101) as pool:
            flushing = pool.submit(flush_all_the_time)
            shown = [pool.submit(visit, number) for number in range(100)]
            barrier.wait(30)
            numbers = [total for each in shown for total in each.result(60)]
            stop.set()
            flushing.result(60)
    finally:
        sys.setswitchinterval(interval)
    counter.flush()
    # Each visit saw a number of its own, and none is missing.
    assert sorted(numbers) == list(range(1, 2001))
    assert visits(THURSDAY) == [2000]
    assert counter.numbers().online == 100


@pytest.mark.django_db(transaction=True)
def test_two_processes_on_one_database_add_up(clock):
    code = """
import os, sys
import django
django.setup()
from django.conf import settings
from django.db import connections
settings.DATABASES["default"]["NAME"] = sys.argv[1]
connections.databases["default"]["NAME"] = sys.argv[1]
from congdoan.pages.live.visits import VisitCounter
counter = VisitCounter()
counter.flush()
print("ready", flush=True)
sys.stdin.readline()
for number in range(200):
    counter.count(number % 5)
    if number % 4 == 0:
        counter.flush()
counter.flush()
print(counter.numbers().total, flush=True)
sys.stdin.readline()
"""
    import os

    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    name = str(connection.settings_dict["NAME"])
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=env,
        )
        for _ in range(2)
    ]
    try:
        for process in processes:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        totals = [int(process.stdout.readline()) for process in processes if process.stdout]
        assert max(totals) == 400
        assert sum(VisitDay.objects.values_list("visits", flat=True)) == 400
        mine = VisitCounter()
        mine.flush()
        assert mine.count(-1).online == 5 + 5 + 1
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def test_the_first_two_processes_of_a_day_write_one_row(db):
    actions.add_visits({THURSDAY: 2})
    actions.add_visits({THURSDAY: 3, THURSDAY + timedelta(days=1): 0})
    assert list(VisitDay.objects.values_list("day", "visits")) == [(THURSDAY, 5)]


def test_a_visitor_is_online_for_five_minutes(counter, clock):
    counter.count(counter.visitor_key("203.0.113.7", "Firefox"))
    assert counter.count(counter.visitor_key("203.0.113.7", "Firefox")).online == 1
    assert counter.count(counter.visitor_key("203.0.113.8", "Firefox")).online == 2
    clock.now += ONLINE_FOR + 1
    counter.flush()
    assert counter.numbers().online == 0


def test_other_processes_count_while_they_report(counter):
    OnlineVisitors.objects.create(process="other", visitors=4, seen_at=timezone.now())
    OnlineVisitors.objects.create(process="dead", visitors=9, seen_at=timezone.now() - timedelta(minutes=5))
    counter.flush()
    assert counter.count(1).online == 5


def test_a_process_that_ends_writes_its_visits_and_takes_leave(counter):
    counter.count(1)
    counter.flush()
    assert OnlineVisitors.objects.filter(process=counter.process, visitors=1).exists()
    counter.count(1)
    counter.close()
    assert visits(THURSDAY) == [2]
    assert not OnlineVisitors.objects.exists()


def test_no_address_and_no_key_of_a_visitor_is_written_anywhere(counter):
    address = "203.0.113.77"
    key = counter.visitor_key(address, "Firefox")
    counter.count(key)
    counter.flush()
    rows = [json.dumps(list(model.objects.values()), default=str) for model in (VisitDay, OnlineVisitors)]
    assert any("visits" in row for row in rows)
    for secret in (address, str(key), f"{key:x}"):
        assert not any(secret in row for row in rows)


def test_another_process_makes_another_key_of_the_same_visitor():
    assert VisitCounter().visitor_key("203.0.113.7", "x") != VisitCounter().visitor_key("203.0.113.7", "x")


def test_the_day_is_that_of_the_setting(counter, clock):
    assert settings.TIME_ZONE == "Asia/Ho_Chi_Minh"
    clock.now = 1571245200.0  # 17/10/2019 00:00 in Việt Nam, still the 16th in Greenwich
    other = VisitCounter(clock)
    other.count(1)
    other.flush()
    assert visits(THURSDAY) == [1]
