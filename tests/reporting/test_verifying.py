"""What is stored is checked by an engine that knows nothing of how it came about; whatever was altered is found."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from congdoan.organisation.actions.planting import plant as carry_out
from congdoan.organisation.engine.operations import WHOLE, Part, Split
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.rebuilding import rebuild_all, rebuild_as_is, totals_in_python
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.actions.verifying import verify
from congdoan.reporting.engine.summing import Amount, Key
from congdoan.reporting.models import Clock, Fact, ReportVersion, Total
from tests.factories_organisation import acting, plant
from tests.factories_reporting import chair, counted, sent, sheet
from tests.reporting.engines.clickhouse_server import serving

pytestmark = pytest.mark.django_db

TODAY = date(2019, 10, 1)


def stored(basis: int) -> dict[Key, Amount]:
    return {
        Key(*key): Amount(*amounts)
        for *key, value, reported, inapplicable in Total.objects.filter(basis=basis).values_list(
            "unit", "period", "series", "value", "reported", "inapplicable"
        )
        for amounts in [(value, reported, inapplicable)]
    }


@pytest.fixture
def units() -> dict[str, Unit]:
    """Two unions that reported; one of them was divided afterwards."""
    units = plant()
    form = sheet(units["LC"])
    district = acting(Role.MIDDLE, units["LC-SP"])
    for code, sessions in (("LC-SP-001", "7"), ("LC-SP-002", "5")):
        counted(
            sent(units[code], 2019, 2, form, chair(units[code]), law__sessions=sessions, staff="11"), district
        )
    shares = (Part(share=WHOLE // 3, into="LC-SP-002"), Part(share=WHOLE - WHOLE // 3, into="LC-BX-001"))
    carry_out([Split(on=date(2019, 9, 1), source="LC-SP-001", parts=shares)], on=date(2019, 9, 1), note="t")
    refresh_all()
    return units


def test_totals_of_today_share_what_a_divided_union_reported_and_equal_plain_python(units: dict[str, Unit]):
    rebuild_as_is(TODAY)
    clock = Clock.objects.get()
    found = stored(clock.as_is_basis)
    assert found == totals_in_python(False, TODAY)
    assert {one.value for key, one in found.items() if key.node == units["LC-BX"].pk} >= {5}  # 2/3 of 7
    assert verify(today=TODAY) == []


@pytest.mark.parametrize("engine", ["duckdb", "clickhouse"])
def test_a_rebuild_by_any_engine_gives_the_totals_that_were_there(
    units: dict[str, Unit], engine: str, settings: Any
):
    rebuild_as_is(TODAY)
    was, epoch = stored(0), Clock.objects.get().epoch
    Total.objects.all().delete()
    with serving() as address:
        settings.CLICKHOUSE_URL = address
        assert rebuild_all(TODAY, engine=engine) > epoch
        assert stored(0) == was == totals_in_python(True, TODAY)
        assert stored(Clock.objects.get().as_is_basis) == totals_in_python(False, TODAY)
        assert verify(engine=engine, today=TODAY) == []


def test_a_fact_that_is_gone_and_a_sending_that_was_altered_are_found(units: dict[str, Unit]):
    Fact.objects.filter(unit=units["LC-SP-002"], series__key="law.sessions").delete()
    rebuild_all(TODAY)
    table = "reporting_reportversion"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        else:
            cursor.execute(f"DROP TRIGGER {table}_no_update")
    altered = ReportVersion.objects.get(report__unit=units["LC-SP-001"])
    altered.content["values"]["staff"] = 12
    altered.save(update_fields=["content"])

    found = {(one.basis, one.unit, one.series): (one.stored, one.computed) for one in verify(today=TODAY)}

    assert found["facts", "LC-SP-002", "law.sessions"] == ("none", 5)
    assert found["facts", "LC-SP-001", "staff"] == (11, 12)
    assert found["sendings", "LC-SP-001", "reports.quarterly"][0] == altered.digest
    assert len(found) == 3
