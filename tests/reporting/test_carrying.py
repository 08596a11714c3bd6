"""Periods come by themselves, and what still holds is carried into them."""

from __future__ import annotations

from datetime import date

import pytest

from congdoan.organisation.actions.planting import plant as plant_operations
from congdoan.organisation.engine.operations import Found, Move, NewUnit
from congdoan.organisation.rights import Role
from congdoan.reporting import tasks
from congdoan.reporting.actions.opening import lay_calendars
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.models import Clock, Indicator, Obligation, Period, Report, Total
from congdoan.reporting.queries.figures import Reader
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, sent, sheet
from tests.reporting import scenes

pytestmark = pytest.mark.django_db
TODAY = date(2019, 12, 31)


@pytest.fixture
def scene():
    """A unit that told its staff for the last quarter of the only year that was laid."""
    units = plant()
    form = sheet(units["LC"], years=range(2019, 2020), until=None)
    by, district = chair(units["LC-SP-001"]), acting(Role.MIDDLE, units["LC-SP"])
    scenes.build_as_is(TODAY)
    counted(sent(units["LC-SP-001"], 2019, 4, form, by, staff="120", law__sessions="3"), district)
    return units, form


def staff_of(unit, basis: str, start: date, end: date):
    return (
        Reader(unit, basis).read([(Indicator.objects.get(code="staff"), "")], start, end)["staff", ""].value
    )


def test_a_stock_holds_in_a_year_that_is_laid_later_and_a_flow_does_not(scene):
    units, _form = scene

    assert lay_calendars([2020]) == Period.objects.filter(year=2020).count()

    for basis in ("as-was", "as-is"):
        assert staff_of(units["LC"], basis, date(2020, 1, 1), date(2020, 6, 30)) == 120
    assert not Total.objects.filter(series__key="law.sessions", period__year=2020).exists()
    scenes.check_totals(TODAY)
    scenes.check_bases(TODAY)


def test_the_next_report_replaces_what_was_carried_into_a_new_year(scene):
    units, form = scene
    lay_calendars([2020])
    by, district = chair(units["LC-SP-001"]), acting(Role.MIDDLE, units["LC-SP"])
    counted(sent(units["LC-SP-001"], 2020, 2, form, by, staff="100"), district)

    assert staff_of(units["LC"], "as-was", date(2020, 1, 1), date(2020, 3, 31)) == 120
    assert staff_of(units["LC"], "as-was", date(2020, 4, 1), date(2020, 6, 30)) == 100
    scenes.check_totals(TODAY)


def test_a_year_laid_while_a_move_is_not_counted_yet_is_counted_by_the_tree_of_the_other_totals(scene):
    units, _form = scene
    plant_operations([Move(unit="LC-SP-001", parent="LC-BX")], on=date(2020, 1, 1), note="move")
    lay_calendars([2020])
    refresh_all()
    assert staff_of(units["LC-BX"], "as-was", date(2020, 1, 1), date(2020, 3, 31)) == 120
    assert staff_of(units["LC-SP"], "as-was", date(2020, 1, 1), date(2020, 3, 31)) is None
    scenes.check_totals(TODAY)


def test_laying_a_year_again_changes_nothing(scene):
    lay_calendars([2020])
    before = scenes.stored(0)
    assert lay_calendars([2019, 2020]) == 0
    assert scenes.stored(0) == before


def test_a_unit_that_reports_gets_its_own_figures_into_its_total_with_the_first_unit_below_it(scene):
    units, form = scene
    Obligation.objects.create(
        sheet=form, top=units["LC"], kind=units["LC-SP"].kind, valid_from=date(2019, 1, 1)
    )
    new = NewUnit(code="LC-NEW", kind="district_federation", parent="LC", name="LC-NEW")
    plant_operations([Found(unit=new)], on=date(2019, 1, 1), note="new")
    unit = type(units["LC"]).objects.get(code="LC-NEW")
    by = chair(unit)
    counted(sent(unit, 2019, 3, form, by, law__sessions="5"), acting(Role.LEADER, units["LC"]))
    assert not Total.objects.filter(unit=unit).exists()

    plant_operations([Move(unit="LC-SP-001", parent="LC-NEW")], on=date(2019, 10, 1), note="move")
    refresh_all()

    sessions = Indicator.objects.get(code="law.sessions")
    read = Reader(unit).read([(sessions, "")], date(2019, 7, 1), date(2019, 12, 31))
    assert read["law.sessions", ""].value == 5 + 3
    scenes.check_totals(TODAY)


def test_the_hourly_job_lays_this_year_and_the_next_and_opens_what_is_owed(scene, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2020, 1, 1))
    tasks.open_periods()
    assert set(Period.objects.values_list("year", flat=True)) == {2019, 2020, 2021}
    opened = Report.objects.filter(period__start=date(2020, 1, 1))
    assert opened.count() == 3
    tasks.open_periods()
    assert opened.count() == 3
    assert Clock.objects.get().as_is_day == TODAY
