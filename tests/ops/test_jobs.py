"""Of several workers only one runs a job; nothing a job does stops the others."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone

from congdoan.ops.actions import jobs
from congdoan.ops.models import ScheduledJob
from congdoan.ops.schedule import Scheduler

HOUR = timedelta(hours=1)
ran: list[str] = []
may_end = threading.Event()


def good() -> None:
    ran.append("good")


def bad() -> None:
    ran.append("bad")
    raise ValueError("hỏng")


@pytest.fixture(autouse=True)
def _nothing_ran() -> None:
    ran.clear()


@pytest.mark.django_db
def test_a_new_job_is_due_at_once_and_then_after_its_time():
    assert jobs.due(["a"]) == ["a"]
    assert jobs.claim("a")
    jobs.close("a", every=HOUR)
    assert jobs.due(["a"]) == []


@pytest.mark.django_db
def test_a_claimed_job_is_not_due_until_the_claim_runs_out():
    jobs.due(["a"])
    assert jobs.claim("a")
    assert not jobs.claim("a")
    assert jobs.due(["a"]) == []
    ScheduledJob.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert jobs.due(["a"]) == ["a"]
    assert jobs.claim("a")


@pytest.mark.django_db
def test_however_many_runs_were_missed_the_job_runs_once():
    jobs.due(["a"])
    ScheduledJob.objects.update(next_run=timezone.now() - timedelta(days=3))
    assert jobs.claim("a")
    jobs.close("a", every=HOUR)
    assert not jobs.claim("a")
    assert ScheduledJob.objects.get().next_run > timezone.now() + timedelta(minutes=59)


@pytest.mark.django_db
def test_a_failed_job_is_tried_again_sooner_and_then_more_and_more_seldom():
    jobs.due(["a"])
    waits = []
    for _attempt in range(3):
        jobs.close("a", every=HOUR, error="ValueError: hỏng")
        waits.append((ScheduledJob.objects.get().next_run - timezone.now()).total_seconds())
    assert [round(wait, -1) for wait in waits] == [10, 20, 40]
    jobs.close("a", every=HOUR)
    job = ScheduledJob.objects.get()
    assert (job.failures, job.last_error) == (0, "")


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_gets_the_job():
    jobs.due(["a"])

    def attempt(_number: int) -> bool:
        try:
            return jobs.claim("a")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 1


@pytest.mark.django_db(transaction=True)
def test_a_failing_job_stops_neither_the_other_nor_the_scheduler():
    scheduler = Scheduler({"bad": (f"{__name__}.bad", HOUR), "good": (f"{__name__}.good", HOUR)}, tick=0.02)
    scheduler.start()
    deadline = time.monotonic() + 20
    while ScheduledJob.objects.filter(last_run__isnull=False).count() < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert scheduler.is_alive()
    scheduler.stop()
    assert sorted(ran) == ["bad", "good"]
    assert ScheduledJob.objects.get(name="bad").last_error == "ValueError: hỏng"
    assert ScheduledJob.objects.get(name="good").last_error == ""


@pytest.mark.django_db(transaction=True)
def test_what_is_done_every_second_leaves_no_record_and_survives_its_failures():
    scheduler = Scheduler(
        {
            "good": (f"{__name__}.good", timedelta(seconds=0.02)),
            "bad": (f"{__name__}.bad", timedelta(seconds=1)),
        },
        tick=0.02,
    )
    scheduler.start()
    deadline = time.monotonic() + 20
    while ran.count("good") < 3 and time.monotonic() < deadline:
        time.sleep(0.02)
    scheduler.stop()
    assert ran.count("good") >= 3
    assert ran.count("bad") == 1
    assert not ScheduledJob.objects.exists()
