"""What reporting puts on the desk: what waits, reminders, notices, the unit at a glance, what one did last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from congdoan.notices import glance, recent, waiting
from congdoan.notices.actions.reminding import remind
from congdoan.notices.models import Notice
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.queueing import enqueue
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.actions.reviewing import accept, ask, correct, return_report, submit
from congdoan.reporting.models import Report
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, report, sent, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    units = plant()
    form = sheet(units["LC"], years=range(2019, 2020), until=None)
    return units, form, chair(units["LC-SP-001"]), acting(Role.MIDDLE, units["LC-SP"])


def request_of(capacity):
    request = RequestFactory().get("/lam-viec/")
    request.user, request.capacity = capacity.user, capacity
    return request


def waits_for(capacity):
    found = waiting.waiting_for(request_of(capacity))
    assert not found.missing
    return [item for item in found.items if "/bao-cao" in item.url or "duyet-bao-cao" in item.url]


def told(capacity):
    return list(Notice.objects.filter(recipient=capacity.user, withdrawn_at=None, key__startswith="report:"))


def test_an_open_report_waits_for_its_chair_and_for_nobody_elses(scene):
    units, form, by, _district = scene
    found = report(units["LC-SP-001"], 2019, 3, form)
    item = next(item for item in waits_for(by) if item.url == reverse("reporting:fill", args=[found.pk]))
    assert (item.action, item.due_on, str(item.kind)) == ("Nhập báo cáo", found.due_on, "due")
    assert "Quý III/2019" in item.title
    assert all(str(found.pk) not in item.url.split("/") for item in waits_for(chair(units["LC-SP-002"])))
    assert not waits_for(acting(Role.MEMBER, units["LC-SP-001"]))


def test_a_returned_report_waits_with_its_reason_told_and_the_notice_goes_when_it_is_sent_again(scene):
    units, form, by, district = scene
    found = sent(units["LC-SP-001"], 2019, 3, form, by, law__sessions="1")
    return_report(found.pk, reason="Thiếu số lao động", by=district)

    item = next(item for item in waits_for(by) if item.url == reverse("reporting:fill", args=[found.pk]))
    assert (item.action, str(item.kind)) == ("Sửa và gửi lại", "returned")
    (notice,) = told(by)
    assert (notice.text, notice.is_urgent) == ("Thiếu số lao động", True)
    assert notice.url == reverse("reporting:fill", args=[found.pk])
    assert not told(chair(units["LC-SP-002"]))

    save_cells(found.pk, {"staff": "4"}, by=by)
    submit(found.pk, by=by)
    assert not told(by)


def test_what_was_accepted_is_told_once_however_often_it_is_counted(
    scene, django_capture_on_commit_callbacks
):
    units, form, by, district = scene
    found = sent(units["LC-SP-001"], 2019, 3, form, by, law__sessions="1")
    accept(found.pk, by=district)
    for _again in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            refresh_all()
        enqueue([found.pk])
    (notice,) = told(by)
    assert "đã được duyệt" in notice.title
    assert not told(district)


def test_a_question_reaches_the_unit_and_a_correction_those_who_had_accepted(scene):
    units, form, by, district = scene
    other = acting(Role.LEADER, units["LC"])
    found = sent(units["LC-SP-001"], 2019, 3, form, by, law__sessions="1")
    ask(found.pk, reason="Vì sao giảm?", by=other)
    (question,) = told(by)
    assert (question.kind, question.text) == ("to_answer", "Vì sao giảm?")
    accept(found.pk, by=district)
    correct(found.pk, reason="Đếm thiếu", by=by)
    (correction,) = told(district)
    assert (correction.text, correction.url) == ("Đếm thiếu", reverse("reporting:review", args=[found.pk]))
    assert not told(other)
    submit(found.pk, by=by)
    accept(found.pk, by=district)
    assert not told(district)


def test_sent_reports_wait_for_the_level_above_in_one_line_for_each_period(
    scene, django_assert_max_num_queries
):
    units, form, by, district = scene
    for number in (2, 3):
        sent(units["LC-SP-001"], 2019, number, form, by, law__sessions="1")
    sent(units["LC-SP-002"], 2019, 3, form, chair(units["LC-SP-002"]), law__sessions="1")
    with django_assert_max_num_queries(40):
        lines = [item for item in waits_for(district) if str(item.kind) == "to_review"]
    assert sorted(item.title.split(":")[0] for item in lines) == ["1 báo cáo", "2 báo cáo"]
    assert {item.url for item in lines} == {reverse("reporting:inbox")}
    assert not waits_for(acting(Role.MIDDLE, units["LC-BX"]))


def test_the_start_page_asks_as_often_for_three_reports_as_for_one(scene):
    units, form, by, district = scene
    counts = []
    waits_for(district)  # what is read once and kept
    for number in (1, 2, 3):
        sent(units["LC-SP-001"], 2019, number, form, by, law__sessions="1")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            waits_for(district)
            glance.glances_for(request_of(district))
        counts.append(len(queries))
    assert counts[0] == counts[2]


@pytest.mark.parametrize(("left", "urgent"), [(7, False), (1, True), (-1, True), (30, None)])
def test_the_officers_of_the_unit_are_reminded_before_the_due_day_and_when_it_is_over(scene, left, urgent):
    units, form, by, district = scene
    found = report(units["LC-SP-001"], 2019, 3, form)
    deputy = acting(Role.DEPUTY, units["LC-SP-001"])
    remind(found.due_on - timedelta(days=left))
    key = f"due:reporting:{found.pk}:"
    reminded = {notice.recipient_id: notice for notice in Notice.objects.filter(key__startswith=key)}
    if urgent is None:
        assert not reminded
        return
    assert set(reminded) == {by.user.pk, deputy.user.pk}
    assert reminded[by.user.pk].is_urgent is urgent
    assert district.user.pk not in reminded

    save_cells(found.pk, {"law.sessions": "1"}, by=by)
    submit(found.pk, by=by)
    remind(found.due_on - timedelta(days=left))
    assert not Notice.objects.filter(key__startswith=key, withdrawn_at=None).exists()


def test_more_time_moves_the_reminder(scene):
    units, form, _by, _district = scene
    found = report(units["LC-SP-001"], 2019, 3, form)
    Report.objects.filter(pk=found.pk).update(reopened_until=found.due_on + timedelta(days=20))
    remind(found.due_on + timedelta(days=1))
    assert not Notice.objects.filter(key__startswith=f"due:reporting:{found.pk}:").exists()


def test_the_unit_sees_at_a_glance_what_was_accepted_last_and_how_complete_those_below_are(scene):
    units, form, by, district = scene
    found = sent(units["LC-SP-001"], 2019, 4, form, by, law__sessions="1")
    accept(found.pk, by=district)
    refresh_all()
    shown = {one.label: one for one in glance.glances_for(request_of(district))}
    assert shown["Báo cáo đã duyệt của cấp dưới"].value == "1/2"
    assert "Quý IV/2019" in shown["Báo cáo đã duyệt của cấp dưới"].note
    shown = {one.label: one for one in glance.glances_for(request_of(by))}
    assert shown["Báo cáo duyệt gần nhất"].value == "Quý IV/2019"
    assert "Báo cáo đã duyệt của cấp dưới" not in shown
    stranger = {one.label: one for one in glance.glances_for(request_of(chair(units["LC-BX-001"])))}
    assert stranger["Báo cáo duyệt gần nhất"].value is None


def test_what_one_did_last_is_said_in_words_and_leads_back(scene):
    units, form, by, district = scene
    found = sent(units["LC-SP-001"], 2019, 3, form, by, law__sessions="1")
    accept(found.pk, by=district)
    (did,) = recent.done_last(request_of(by), by.user)
    assert (did.sentence, did.title) == ("Gửi báo cáo", "LC-SP-001: Báo cáo quý, Quý III/2019")
    assert did.url == reverse("reporting:fill", args=[found.pk])
    (did,) = recent.done_last(request_of(district), district.user)
    assert (did.sentence, did.url) == ("Duyệt báo cáo", reverse("reporting:review", args=[found.pk]))
    assert timezone.localdate() > date(2019, 9, 30)
