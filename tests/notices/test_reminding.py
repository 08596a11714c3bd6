"""Seven days before, one day before, and when it is late: each time once, and never about what is done."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from congdoan.notices import queries, reminders
from congdoan.notices.actions import mailing, notices, reminding
from congdoan.notices.errors import RemindersError
from congdoan.notices.models import Notice
from congdoan.notices.reminders import Due, Reminder
from tests.notices.conftest import at

DUE = dt.date(2026, 11, 30)


def day(before: int) -> dt.date:
    return DUE - dt.timedelta(days=before)


@pytest.fixture
def owes(officer):
    """What the officer owes; a test empties it when it is done."""
    owed = [Due(officer, "report:1", DUE, "Báo cáo quý III", "/lam-viec/bao-cao/1/")]
    reminders.register("reports", lambda today: owed)
    return owed


def titles(user):
    return [notice.title for notice in queries.notices_of(user)]


@pytest.mark.django_db
def test_a_person_is_reminded_seven_days_before_one_day_before_and_when_late(officer, owes):
    told = [
        (before, Notice.objects.latest("pk").title)
        for before in range(10, -4, -1)
        for _hour in range(3)
        if reminding.remind(day(before))
    ]
    assert told == [
        (7, "Sắp đến hạn: Báo cáo quý III"),
        (1, "Sắp đến hạn: Báo cáo quý III"),
        (-1, "Đã quá hạn: Báo cáo quý III"),
    ]
    assert titles(officer) == ["Đã quá hạn: Báo cáo quý III"]


@pytest.mark.django_db
def test_after_a_pause_only_the_reminder_that_fits_the_day_is_given(officer, owes):
    assert reminding.remind(day(5)) == 1
    assert reminding.remind(day(3)) == 0
    assert reminding.remind(day(-2)) == 1
    assert Notice.objects.count() == 2


@pytest.mark.django_db
def test_what_is_done_is_taken_back_and_not_mailed(officer, owes):
    reminding.remind(day(7))
    owes.clear()
    reminding.remind(day(6))
    assert titles(officer) == []
    mailing.send_due(at(7, days=1))
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_day_that_moves_brings_reminders_of_its_own(officer, owes):
    reminding.remind(day(1))
    later = DUE + dt.timedelta(days=30)
    owes[0] = Due(officer, "report:1", later, "Báo cáo quý III", "/lam-viec/bao-cao/1/")
    assert reminding.remind(day(1)) == 0
    assert titles(officer) == []
    assert reminding.remind(later - dt.timedelta(days=7)) == 1


@pytest.mark.django_db
def test_a_reminder_that_was_read_does_not_come_back(officer, owes):
    reminding.remind(day(7))
    notices.mark_read(officer)
    reminding.remind(day(6))
    assert queries.unread_count(officer) == 0


@pytest.mark.django_db
def test_a_source_that_fails_stops_no_other_and_takes_nothing_back(officer, owes):
    reminding.remind(day(7))

    def broken(today):
        raise ValueError("hỏng")

    reminders._sources["reports"] = Reminder("reports", broken, (1, 7))
    reminders.register("answers", lambda today: [Due(officer, "q:1", DUE, "Câu hỏi", "/lam-viec/hoi/1/")])
    with pytest.raises(RemindersError) as error:
        reminding.remind(day(6))
    assert error.value.names == ["reports"]
    assert sorted(titles(officer)) == ["Sắp đến hạn: Báo cáo quý III", "Sắp đến hạn: Câu hỏi"]


@pytest.mark.django_db
def test_sources_do_not_take_back_each_others_reminders(officer, owes):
    reminders.register("rep", lambda today: [])
    reminding.remind(day(7))
    reminding.remind(day(7))
    assert len(titles(officer)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 40])
def test_reminding_does_not_ask_more_for_more(officer, django_assert_max_num_queries, count):
    reminders.register(
        "many", lambda today: [Due(officer, f"r:{n}", DUE, f"Báo cáo {n}", "/x/") for n in range(count)]
    )
    with django_assert_max_num_queries(7):
        assert reminding.remind(day(7)) == count


@given(left=st.integers(-400, 400), days=st.sets(st.integers(0, 60), max_size=5))
def test_the_stage_is_the_nearest_day_that_was_reached(left, days):
    stage = Reminder("x", lambda today: [], tuple(sorted(days))).stage(DUE, day(left))
    if left < 0:
        assert stage == "late"
    elif not days or left > max(days):
        assert stage is None
    else:
        assert int(stage) >= left
        assert not any(left <= other < int(stage) for other in days)


def test_a_name_is_registered_once():
    reminders.register("x", lambda today: [])
    with pytest.raises(ValueError, match="already"):
        reminders.register("x", lambda today: [1])
    with pytest.raises(ValueError, match="colon"):
        reminders.register("x:y", lambda today: [])
