"""A list of members leaves only with a reason, within a limit, under a mark, and when it is long by two officers."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from congdoan.audit.models import Entry
from congdoan.members.actions import exporting
from congdoan.members.models import Export, ReadEntry
from congdoan.organisation.rights import Role
from tests.factories_members import member
from tests.factories_organisation import acting, plant

pytestmark = pytest.mark.django_db
ADDRESS = "/lam-viec/doan-vien/xuat/"


@pytest.fixture
def tree():
    return plant()


@pytest.fixture
def chair(tree):
    return acting(Role.CHAIR, tree["LC-SP-001"])


def ask(client, unit="LC-SP-001", reason="Lập danh sách thăm hỏi", **more):
    return client.post(f"{ADDRESS}moi/", {"unit": unit, "state": "dang", "sex": "", "reason": reason, **more})


def rows_of(response):
    return [
        list(row) for row in load_workbook(io.BytesIO(b"".join(response.streaming_content))).active.values
    ]


def test_a_chair_takes_a_short_list_once_and_each_member_can_see_it(client, tree, chair):
    mine = member(
        tree["LC-SP-001"],
        identity_number="999000000001",
        phone="0900 000 001",
        birth_date=date(1990, 1, 2),
        birth_precision="day",
    )
    member(tree["LC-BX-001"])
    client.force_login(chair.user)

    address = ask(client).headers["Location"]
    assert "Tải tệp" in client.get(address).text
    rows = rows_of(client.post(f"{address}tep/"))

    mark = Export.objects.get().watermark
    assert [row[0] for row in rows[1:2]] == [str(mine)]
    assert rows[1][-1] == mark
    assert len(rows) == 4
    assert "Lập danh sách thăm hỏi" in rows[3][0]
    assert mark in rows[3][0]
    assert "999000000001" not in repr(rows)
    entry = ReadEntry.objects.get(kind="export")
    assert (entry.subject_id, entry.reason) == (mine.pk, "Lập danh sách thăm hỏi")
    assert Entry.objects.filter(verb="member_export.taken").count() == 1
    assert client.post(f"{address}tep/").status_code == 404


def test_without_a_reason_nothing_is_asked_for(client, tree, chair):
    member(tree["LC-SP-001"])
    client.force_login(chair.user)
    response = ask(client, reason="  ")
    assert "Hãy ghi lý do" in response.text
    assert not Export.objects.exists()


def test_a_unit_out_of_reach_cannot_be_exported(client, tree, chair):
    member(tree["LC-BX-001"])
    client.force_login(chair.user)
    response = ask(client, unit="LC-BX-001")
    assert response.status_code == 200
    assert not Export.objects.exists()


def test_a_restricted_record_stays_at_home(client, tree, chair):
    member(tree["LC-SP-001"])
    member(tree["LC-SP-001"], restricted_at="2026-01-01T00:00:00Z")
    client.force_login(chair.user)
    ask(client)
    assert Export.objects.get().row_count == 1


def test_a_long_list_waits_for_somebody_else(client, tree, monkeypatch):
    monkeypatch.setattr(exporting, "ALONE", 1)
    for _n in range(2):
        member(tree["LC-SP-001"])
    first, second = acting(Role.ORGANISER, tree["LC"]), acting(Role.MIDDLE, tree["LC-SP"])
    client.force_login(first.user)
    address = ask(client, unit="LC-SP").headers["Location"]
    assert client.post(f"{address}tep/").status_code == 404
    assert client.post(address, {"viec": "dong-y"}).status_code == 404

    client.force_login(second.user)
    assert address in client.get("/lam-viec/").text
    assert client.post(address, {"viec": "dong-y"}).status_code == 302
    assert client.post(f"{address}tep/").status_code == 404

    client.force_login(first.user)
    assert client.post(f"{address}tep/").status_code == 200
    assert Export.objects.get().approver_text.startswith(str(second.user))


def test_a_refusal_has_a_reason_and_ends_it(client, tree, monkeypatch):
    monkeypatch.setattr(exporting, "ALONE", 0)
    member(tree["LC-SP-001"])
    first, second = acting(Role.ORGANISER, tree["LC"]), acting(Role.MIDDLE, tree["LC-SP"])
    client.force_login(first.user)
    address = ask(client, unit="LC-SP").headers["Location"]
    client.force_login(second.user)
    client.post(address, {"viec": "tu-choi", "reason": ""})
    assert Export.objects.get().status == "requested"
    client.post(address, {"viec": "tu-choi", "reason": "Không cần cả danh sách"})
    client.force_login(first.user)
    assert "Không cần cả danh sách" in client.get(address).text
    assert client.post(f"{address}tep/").status_code == 404


def test_an_officer_of_another_province_finds_no_such_export(client, tree, chair):
    member(tree["LC-SP-001"])
    client.force_login(chair.user)
    address = ask(client).headers["Location"]
    client.force_login(acting(Role.ORGANISER, tree["YB"]).user)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}tep/").status_code == 404
    assert Export.objects.get().watermark not in client.get(ADDRESS).text


def test_a_deputy_may_not_export(client, tree):
    client.force_login(acting(Role.DEPUTY, tree["LC-SP-001"]).user)
    assert client.get(ADDRESS).status_code == 403


def test_more_than_the_most_is_refused_in_words(client, tree, chair, monkeypatch):
    monkeypatch.setattr(exporting, "MOST", 1)
    for _n in range(2):
        member(tree["LC-SP-001"])
    client.force_login(chair.user)
    assert "nhiều hơn 1" in ask(client).text
    assert not Export.objects.exists()
