"""Several people and workers at the same moment, on a database with real locks."""

from __future__ import annotations

import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import transaction

from congdoan.organisation.actions.planting import plant as plant_operations
from congdoan.organisation.engine.operations import Merge, Move
from congdoan.organisation.rights import Role
from congdoan.reporting.actions import queueing, refreshing, reviewing
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.opening import lay_calendars, open_reports
from congdoan.reporting.errors import ReportingError, WrongStatusError
from congdoan.reporting.models import Dirty, Report, ReportVersion, Total
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, report, sent, sheet
from tests.races import attempt, wait_until_somebody_is_blocked
from tests.reporting import scenes

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
TODAY = date(2019, 10, 1)


@pytest.fixture
def scene():
    """A report of a grassroots union that waits for its district."""
    units = plant()
    form = sheet(units["LC"], years=range(2019, 2020))
    by = chair(units["LC-SP-001"])
    found = sent(units["LC-SP-001"], 2019, 3, form, by, law__sessions="12", staff="40")
    return units, form, by, found


def test_of_two_reviewers_of_one_report_the_first_decides_and_the_second_is_told(scene):
    units, _form, _by, found = scene
    one, two = acting(Role.MIDDLE, units["LC-SP"]), acting(Role.STATISTICS, units["LC"])

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            reviewing.accept(found.pk, by=one)
            second = attempt(pool, lambda: reviewing.return_report(found.pk, reason="Thiếu", by=two))
            wait_until_somebody_is_blocked()
        with pytest.raises(WrongStatusError, match="report is accepted"):
            second.result(timeout=10)

    found.refresh_from_db()
    assert found.status == "accepted"
    assert list(found.steps.order_by("pk").values_list("kind", flat=True)) == ["submitted", "accepted"]


def test_a_correction_opened_while_the_report_is_being_accepted_waits_and_starts_from_what_was_accepted(
    scene,
):
    units, _form, by, found = scene
    district = acting(Role.MIDDLE, units["LC-SP"])

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            reviewing.accept(found.pk, by=district)
            second = attempt(pool, lambda: reviewing.correct(found.pk, reason="Đếm thiếu", by=by))
            wait_until_somebody_is_blocked()
        second.result(timeout=10)

    found.refresh_from_db()
    assert (found.status, found.is_correction) == ("open", True)
    assert found.accepted_id == found.current_id
    assert found.entries.get(series__key="law.sessions").number == 12
    scenes.check_totals(TODAY)


def test_one_click_that_arrives_twice_sends_once(scene):
    units, form, _by, _found = scene
    by = chair(units["LC-SP-002"])
    again = report(units["LC-SP-002"], 2019, 3, form)
    save_cells(again.pk, {"law.sessions": "3"}, by=by)
    key = uuid.uuid4()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = reviewing.submit(again.pk, by=by, client_key=key)
            second = attempt(pool, lambda: reviewing.submit(again.pk, by=by, client_key=key))
            wait_until_somebody_is_blocked()
        assert second.result(timeout=10) == first

    assert ReportVersion.objects.filter(report=again).count() == 1
    assert again.steps.filter(kind="submitted").count() == 1


def test_of_two_workers_one_waits_and_nothing_is_counted_twice(scene):
    units, _form, _by, found = scene
    reviewing.accept(found.pk, by=acting(Role.MIDDLE, units["LC-SP"]))
    queueing.enqueue([found.pk, found.pk])

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert refreshing.refresh(limit=2) == 2
            second = attempt(pool, refreshing.refresh)
            wait_until_somebody_is_blocked()
        assert second.result(timeout=10)

    assert not Dirty.objects.exists()
    assert (
        Total.objects.get(unit=units["LC"], series__key="law.sessions", basis=0, period__type="quarter").value
        == 12
    )
    scenes.check_totals(TODAY)


def test_the_worker_does_not_wait_for_somebody_who_is_filling_the_report_that_it_counts(scene):
    units, _form, by, found = scene
    reviewing.accept(found.pk, by=acting(Role.MIDDLE, units["LC-SP"]))

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        reviewing.correct(found.pk, reason="Đếm thiếu", by=by)
        assert attempt(pool, refreshing.refresh_all).result(timeout=10)


def test_a_unit_counted_while_it_is_being_moved_is_counted_anew(scene):
    """The batch cannot see the move yet, and the move does not see that the unit is counted."""
    units, _form, _by, found = scene
    reviewing.accept(found.pk, by=acting(Role.MIDDLE, units["LC-SP"]))
    queued = set(Dirty.objects.values_list("pk", flat=True))

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        plant_operations([Move(unit="LC-SP-001", parent="LC-BX")], on=date(2019, 1, 1), note="move")
        Dirty.objects.exclude(
            pk__in=queued
        ).delete()  # as if the report had not been there when the move looked
        attempt(pool, refreshing.refresh_all).result(timeout=30)

    assert Total.objects.filter(unit=units["LC-SP"], series__key="law.sessions", basis=0).exists()
    assert refreshing.follow_tree(TODAY)
    scenes.check_totals(TODAY)
    assert not Total.objects.filter(unit=units["LC-SP"], series__key="law.sessions", basis=0).exists()
    assert Total.objects.filter(unit=units["LC-BX"], series__key="law.sessions", basis=0).exists()


def many(count: int) -> dict[str, tuple[str, str, str]]:
    tree = {
        "VN": ("confederation", "", "VN"),
        "LC": ("provincial_federation", "VN", "LC"),
        **{f"LC-{n}": ("district_federation", "LC", f"D{n}") for n in range(3)},
    }
    return tree | {f"LC-{n % 3}-{n:03d}": ("grassroots_union", f"LC-{n % 3}", f"G{n}") for n in range(count)}


@pytest.fixture
def crowd():
    """Forty reports of one province that wait, and who may accept them all."""
    units = plant(many(40))
    sheet(units["LC"], years=range(2019, 2020), until=None)
    open_reports(TODAY)
    enter, review = acting(Role.CHAIR, units["VN"]), acting(Role.LEADER, units["VN"])
    waiting = list(Report.objects.filter(period__number=3).order_by("pk"))
    for number, found in enumerate(waiting):
        save_cells(found.pk, {"law.sessions": str(number), "staff": str(10 * number)}, by=enter)
        reviewing.submit(found.pk, by=enter)
    return units, waiting, enter, review


def work_until(done: threading.Event) -> None:
    while not done.is_set():
        refreshing.refresh_all(most_batches=1)
        time.sleep(0.01)


def test_eight_clients_accept_reports_of_one_province_and_none_waits_for_ever(crowd):
    units, waiting, _enter, review = crowd
    done = threading.Event()
    with ThreadPoolExecutor(9) as pool:
        worker = attempt(pool, lambda: work_until(done))
        clients = [
            attempt(pool, lambda some=waiting[n::8]: [reviewing.accept(one.pk, by=review) for one in some])
            for n in range(8)
        ]
        for client in clients:
            client.result(timeout=60)
        done.set()
        worker.result(timeout=60)

    assert Report.objects.filter(status="accepted").count() == 40
    scenes.check_totals(TODAY)
    total = Total.objects.get(unit=units["LC"], series__key="law.sessions", basis=0, period__type="quarter")
    assert (total.value, total.reported) == (sum(range(40)), 40)


def test_a_reorganisation_while_reports_are_accepted_and_counted_leaves_right_totals(crowd):
    units, waiting, enter, review = crowd
    scenes.check_bases(TODAY)
    done = threading.Event()
    changes = [
        Move(unit="LC-0-000", parent="LC-1", on=date(2019, 8, 1)),
        Merge(sources=("LC-1-001", "LC-1-004"), into="LC-2-002", on=date(2019, 9, 1)),
        Move(unit="LC-2-005", parent="LC-0", on=date(2019, 10, 1)),
    ]

    def change() -> None:
        for operation in changes:
            time.sleep(0.1)
            plant_operations([operation], on=TODAY, note="step")
            lay_calendars([2020, 2021])

    def accept(some: list[Report]) -> None:
        for one in some:
            reviewing.accept(one.pk, by=review)
            try:
                reviewing.correct(one.pk, reason="Đếm lại", by=enter)
            except ReportingError:
                continue
            save_cells(one.pk, {"law.sessions": "7"}, by=enter)
            reviewing.submit(one.pk, by=enter)
            reviewing.accept(one.pk, by=review)

    with ThreadPoolExecutor(5) as pool:
        workers = [attempt(pool, lambda: work_until(done)) for _one in range(2)]
        others = [
            attempt(pool, change),
            *(attempt(pool, lambda n=n: accept(waiting[n::2])) for n in range(2)),
        ]
        for one in others:
            one.result(timeout=90)
        done.set()
        for worker in workers:
            worker.result(timeout=60)

    refreshing.follow_tree(TODAY)
    scenes.check_totals(TODAY)
    scenes.check_bases(TODAY)
    total = Total.objects.get(
        unit=units["VN"], series__key="law.sessions", basis=0, period__type="quarter", period__year=2019
    )
    assert (total.value, total.reported) == (7 * 40, 40)
