"""Officers answer what people ask about their data: scope, clocks, reasons, what waits, and the log they watch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from congdoan.members.actions import corrections, reading, requests
from congdoan.members.engine import clocks
from congdoan.members.errors import ReasonMissingError, SentenceError
from congdoan.members.models import DataRequest, ReadEntry
from congdoan.notices import reminders, waiting
from congdoan.organisation.queries.capacities import capacity_for
from congdoan.organisation.rights import Role
from tests.factories import UserFactory
from tests.factories_members import member
from tests.factories_organisation import acting

LIST = "/lam-viec/doan-vien/yeu-cau/"
LOG = "/lam-viec/doan-vien/nhat-ky-doc/"
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2030, 12, 31))


@pytest.fixture
def me(here):
    return member(here, user=UserFactory(), first_name="Dín")


@pytest.fixture
def records(units):
    return acting(Role.RECORDS, units["LC"])


@pytest.fixture
def foreign_records(units):
    return acting(Role.RECORDS, units["YB"])


@pytest.fixture
def restriction(me):
    return requests.ask(capacity_for(me.user), "restriction", "chỉ giữ, đừng dùng")


# --- Clocks ----------------------------------------------------------------------------------------


def test_the_clock_of_acknowledgement_jumps_weekends_and_holidays():
    assert clocks.acknowledge_by(date(2026, 11, 27)) == date(2026, 12, 1)
    assert clocks.acknowledge_by(date(2026, 2, 13)) == date(2026, 2, 24)
    assert clocks.acknowledge_by(date(2026, 4, 29)) == date(2026, 5, 5)


@given(received=DAYS, holidays=st.frozensets(DAYS, max_size=20))
def test_exactly_two_working_days_lie_between_receipt_and_acknowledgement(received, holidays):
    end = clocks.acknowledge_by(received, holidays)
    between = [received + timedelta(days=n) for n in range(1, (end - received).days + 1)]
    assert sum(clocks.is_working_day(day, holidays) for day in between) == 2
    assert clocks.is_working_day(end, holidays)


@given(received=DAYS, kind=st.sampled_from(sorted(clocks.DAYS)), days=st.integers(1, 15))
def test_an_extension_is_added_once(received, kind, days):
    due = clocks.due(kind, received)
    assert clocks.extended(due, days) == received + timedelta(days=clocks.DAYS[kind] + days)
    with pytest.raises(ValueError, match="once"):
        clocks.extended(due, days, before=1)


@pytest.mark.parametrize("days", [0, -3, 16])
def test_an_extension_is_short(days):
    with pytest.raises(ValueError, match="days"):
        clocks.extended(date(2026, 11, 27), days)


def test_every_kind_of_request_has_a_clock():
    assert set(DataRequest.Kind.values) == set(clocks.DAYS)


# --- Who answers -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_who_keeps_the_records_answers_in_their_scope_alone(
    client, records, foreign_records, chair, restriction
):
    address = reverse("members:data_request", args=[restriction.pk])
    assert client.get(address).status_code == 302
    for capacity, status in ((records, 200), (foreign_records, 404), (chair, 403)):
        client.force_login(capacity.user)
        answer = client.get(address)
        assert answer.status_code == status
        assert ("chỉ giữ, đừng dùng" in answer.text) is (status == 200)
    with pytest.raises(DataRequest.DoesNotExist):
        requests.close(foreign_records, restriction.pk, is_done=True, answer="x")


@pytest.mark.django_db
def test_lists_hold_only_what_is_in_reach(client, chair, stranger, records, me, restriction):
    corrections.ask(capacity_for(me.user), "first_name", "Dính")
    for capacity, kinds in ((chair, {"Đính chính tên"}), (stranger, set()), (records, {"hạn chế xử lý"})):
        client.force_login(capacity.user)
        context = client.get(LIST).context
        shown = {row["cells"][1] for row in [*context["corrections"], *context["requests"]]}
        assert shown == kinds


@pytest.mark.django_db
def test_the_correction_of_another_unit_is_not_found(client, chair, stranger, me):
    asked = corrections.ask(capacity_for(me.user), "first_name", "Dính")
    address = reverse("members:correction", args=[asked.pk])
    client.force_login(stranger.user)
    assert client.get(address).status_code == 404
    assert client.post(address, {"viec": "da-lam"}).status_code == 404
    client.force_login(chair.user)
    assert "Dính" in client.get(address).text
    assert client.post(address, {"viec": "tu-choi", "reason": ""}).status_code == 200
    assert client.post(address, {"viec": "da-lam"}).status_code == 302
    me.refresh_from_db()
    assert me.first_name == "Dính"


@pytest.mark.django_db
def test_a_request_is_acknowledged_extended_once_and_carried_out(client, records, me, restriction):
    client.force_login(records.user)
    address = reverse("members:data_request", args=[restriction.pk])
    client.post(address, {"viec": "bao-nhan"})
    client.post(address, {"viec": "gia-han", "days": "10", "reason": "phải hỏi đơn vị"})
    client.post(address, {"viec": "gia-han", "days": "5", "reason": "thêm nữa"})
    restriction.refresh_from_db()
    today = timezone.localdate()
    assert restriction.acknowledged_on == today
    assert restriction.due_on == today + timedelta(days=25)
    client.post(address, {"viec": "da-lam", "answer": "Đã hạn chế."})
    restriction.refresh_from_db()
    me.refresh_from_db()
    assert (restriction.status, restriction.answer) == ("done", "Đã hạn chế.")
    assert me.restricted_at is not None


@pytest.mark.django_db
def test_nothing_is_refused_without_a_reason_and_nothing_twice(records, restriction):
    with pytest.raises(ReasonMissingError):
        requests.close(records, restriction.pk, is_done=False, answer=" ")
    requests.close(records, restriction.pk, is_done=False, answer="Luật buộc phải giữ.")
    with pytest.raises(DataRequest.DoesNotExist):
        requests.close(records, restriction.pk, is_done=True, answer="x")


@pytest.mark.django_db
def test_a_paper_request_counts_from_the_day_it_came(records, foreign_records, me):
    came = timezone.localdate() - timedelta(days=3)
    made = requests.record_paper(records, me.pk, "access", "paper", came, "")
    assert made.due_on == came + timedelta(days=10)
    with pytest.raises(type(me).DoesNotExist):
        requests.record_paper(foreign_records, me.pk, "access", "paper", came, "")
    with pytest.raises(SentenceError):
        requests.record_paper(records, me.pk, "access", "paper", timezone.localdate() + timedelta(days=1), "")


# --- What waits, and the log -----------------------------------------------------------------------


@pytest.mark.django_db
def test_it_waits_for_and_reminds_who_keeps_the_records_without_a_name(
    records, foreign_records, me, restriction
):
    def titles(capacity):
        request = RequestFactory().get("/lam-viec/")
        request.capacity, request.user = capacity, capacity.user
        return [item.title for item in waiting.waiting_for(request).items]

    assert titles(records) == ["Yêu cầu: hạn chế xử lý"]
    assert titles(foreign_records) == []
    source = next(one for one in reminders.registered() if one.name == "data_requests")
    due = list(source.source(timezone.localdate()))
    assert [(one.user, one.due_on) for one in due] == [(records.user, restriction.due_on)]
    assert "Dín" not in due[0].title


@pytest.mark.django_db
def test_the_log_shows_readings_of_people_in_reach_and_no_others(client, records, chair, stranger, there, me):
    reading.open_person(chair, me.pk, reason="trong phạm vi")
    reading.open_person(stranger, member(there).pk, reason="ngoài phạm vi")
    client.force_login(records.user)
    page = client.get(LOG).text
    assert "trong phạm vi" in page
    assert "ngoài phạm vi" not in page
    assert "trong phạm vi" not in client.get(f"{LOG}?viec=export").text
    assert "trong phạm vi" not in client.get(f"{LOG}?den-ngay=01/01/2020").text
    assert "trong phạm vi" in client.get(f"{LOG}?ho-so={me.pk}&tu-ngay=01/01/2020").text
    client.force_login(chair.user)
    assert client.get(LOG).status_code == 403


@pytest.mark.django_db
def test_nothing_is_there_while_the_register_is_off(client, records, settings, restriction):
    client.force_login(records.user)
    addresses = [LIST, LOG, reverse("members:data_request", args=[restriction.pk])]
    assert {client.get(address).status_code for address in addresses} == {200}
    settings.MEMBERS = "off"
    assert {client.get(address).status_code for address in addresses} == {404}
    assert ReadEntry.objects.exists()
