"""Whatever stands in a list: no row is lost between created, updated and refused."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from congdoan.members.actions import imports
from congdoan.members.importing.register import _conditions
from congdoan.members.models import ImportRow, Membership, Person
from congdoan.organisation.rights import Role
from congdoan.spreadsheets import SpreadsheetError
from tests.factories_organisation import acting, plant

HEAD = ("Họ và tên", "Ngày sinh", "Số CCCD", "Mã số đoàn viên", "Ngày vào công đoàn", "Đơn vị", "Điện thoại")
CELLS = st.tuples(
    st.sampled_from(["Vàng Thị Mỷ", "VANG THI MY", "Lò A Sính", "Lý Văn Tú", "Lý Văn Tư", "", "Mỷ", "R2D2"]),
    st.sampled_from(["17/10/1985", "1985-10-17", "1985", "", "30/02/1990", "2020"]),
    st.sampled_from(["", "010185001234", "010185001235", "12", "123456789"]),
    st.sampled_from(["", "DV1", "DV2"]),
    st.sampled_from(["2015", "01/09/2016", "", "2099"]),
    st.sampled_from(["", "LC-SP-001", "LC-SP-002", "YB-NL-001", "gì đó"]),
    st.sampled_from(["", "0912345678", "0987654321", "abc"]),
)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(CELLS, min_size=1, max_size=25), batch=st.integers(1, 7))
def test_tallies_add_up(tmp_path_factory, settings, rows, batch):
    folder = tmp_path_factory.mktemp("sums")
    settings.DATA_DIR = folder
    units = _units()
    officer = acting(Role.ORGANISER, units["LC"])
    people = Person.objects.count()
    path = folder / "list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEAD, *rows])
    try:
        run = imports.upload(officer, units["LC"], path, "list.csv")
    except SpreadsheetError:
        # Nothing but blank rows.
        return
    imports.work(run.pk, batch=batch)
    run.refresh_from_db()
    assert run.status == "checked", run.error
    foreseen = (run.created, run.updated, run.refused)
    assert ImportRow.objects.filter(run=run).count() == run.refused
    imports.start(officer, run.pk)
    imports.work(run.pk, batch=batch)
    run.refresh_from_db()
    assert run.status == "done", run.error
    assert run.created + run.updated + run.refused == run.rows_read == run.total_rows
    assert (run.created, run.updated, run.refused) == foreseen
    assert Person.objects.count() - people == run.created
    assert Membership.objects.count() == Person.objects.count()
    assert ImportRow.objects.filter(run=run).count() == run.refused


def _units():
    from congdoan.organisation.models import Unit

    known = {unit.code: unit for unit in Unit.objects.all()}
    return known or plant()


@pytest.mark.django_db
def test_a_batch_is_looked_up_by_indexes_and_never_reads_the_whole_register():
    if connection.vendor != "sqlite":
        pytest.skip("asks SQLite for its plan")
    person = Person(
        first_name="Páo", birth_date=date(1985, 2, 3), birth_precision="day", phone="0912345678",
        member_no="DV1", identity_hash="a" * 64,
    )  # fmt: skip
    person.derive()
    people = Person.objects.filter(tombstoned_at=None).order_by()
    plans = [people.filter(condition).explain() for condition in _conditions([person])]
    assert len(plans) == 4
    for plan in plans:
        assert "SEARCH members_person USING INDEX" in plan
