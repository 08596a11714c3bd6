"""What workers that died left half done."""

from __future__ import annotations

import os
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from congdoan.ops.actions import queue

pytestmark = pytest.mark.django_db


def running(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        started_at=timezone.now(),
        args_kwargs={"args": [], "kwargs": {}},
        task_path="congdoan.ops.tasks.prune",
        backend_name="default",
        run_after=timezone.now(),
        worker_ids=list(workers),
        exception_class_path="",
        traceback="",
    )


@pytest.fixture
def dead() -> str:
    process = subprocess.Popen(["true"])
    process.wait()
    return queue.worker_id().replace(f"/{os.getpid()}/", f"/{process.pid}/")


def test_a_task_of_a_dead_worker_is_queued_again(dead):
    task = running(dead)
    assert queue.release_abandoned() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


def test_a_task_of_a_living_worker_or_of_another_machine_is_left_alone(dead):
    alive = queue.worker_id().replace(f"/{os.getpid()}/", f"/{os.getppid()}/")
    elsewhere = dead.replace(queue.worker_id().split("/")[0], "elsewhere")
    tasks = [running(alive), running(elsewhere)]
    assert queue.release_abandoned() == 0
    for task in tasks:
        task.refresh_from_db()
        assert task.status == TaskResultStatus.RUNNING


def test_a_task_that_took_three_workers_down_is_given_up(dead):
    task = running(dead, dead, dead)
    assert queue.release_abandoned() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


def test_old_results_are_forgotten_and_young_ones_kept():
    for age, status in ((8, "SUCCESSFUL"), (6, "SUCCESSFUL"), (8, "FAILED"), (61, "FAILED")):
        task = running()
        DBTaskResult.objects.filter(pk=task.pk).update(
            status=status, finished_at=timezone.now() - timedelta(days=age)
        )
    assert queue.prune() == 2
    assert sorted(DBTaskResult.objects.values_list("status", flat=True)) == ["FAILED", "SUCCESSFUL"]
