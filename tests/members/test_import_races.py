"""Two workers at one list, on PostgreSQL."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from openpyxl import Workbook

from congdoan.members.actions import imports
from congdoan.members.models import Membership, Person
from congdoan.organisation.rights import Role
from tests.factories_organisation import acting, plant
from tests.organisation.test_races import in_thread

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def ready(capacity, unit, path, names):
    book = Workbook()
    book.active.append(("Họ và tên", "Ngày sinh", "Ngày vào công đoàn", "Số CCCD"))
    for number, name in enumerate(names):
        book.active.append((name, 1985, 2015, f"0101850{number:05}"))
    book.save(path)
    run = imports.upload(capacity, unit, path, path.name)
    imports.work(run.pk)
    imports.start(capacity, run.pk)
    return run


def together(*jobs):
    barrier = threading.Barrier(len(jobs))

    def begin(job):
        barrier.wait(timeout=10)
        return job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for each in [pool.submit(in_thread, lambda job=job: begin(job)) for job in jobs]:
            each.result(timeout=60)


def test_of_two_workers_at_one_list_each_row_is_written_by_one(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    units = plant()
    officer = acting(Role.ORGANISER, units["LC"])
    run = ready(
        officer, units["LC-SP-001"], tmp_path / "a.xlsx", [f"Vàng Thị {chr(65 + n % 26)}" for n in range(60)]
    )
    together(*[lambda: imports.work(run.pk, batch=5)] * 2)
    run.refresh_from_db()
    assert (run.status, run.created, run.rows_read) == ("done", 60, 60)
    assert Person.objects.count() == Membership.objects.count() == 60


def test_two_lists_with_the_same_people_at_once_make_each_of_them_once(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    units = plant()
    names = [f"Vàng Thị {chr(65 + n % 26)}" for n in range(40)]
    runs = []
    for number in range(2):
        officer = acting(Role.ORGANISER, units["LC"])
        runs.append(ready(officer, units["LC-SP-001"], tmp_path / f"{number}.xlsx", names[: 40 - number]))
    together(*[lambda run=run: imports.work(run.pk, batch=10) for run in runs])
    for run in runs:
        run.refresh_from_db()
        assert run.status == "done", run.error
    assert Person.objects.count() == 40
    assert sum(run.created for run in runs) == 40
    assert sum(run.updated for run in runs) == 39
