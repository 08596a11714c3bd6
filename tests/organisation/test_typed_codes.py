"""A code of a unit is found however it is typed, from the index and not by reading every unit."""

from __future__ import annotations

import pytest
from django.db import connection

from congdoan.members.forms.register import AnyUnitField
from congdoan.organisation.forms.unit_codes import codes_in_reach
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.officers import find_units
from congdoan.organisation.queries.units import coded
from congdoan.organisation.rights import Right, Role
from tests.factories_organisation import acting, plant

pytestmark = pytest.mark.django_db


def test_a_code_is_found_in_any_case():
    units = plant()
    officer = acting(Role.ORGANISER, units["LC"])
    assert find_units(officer, Right.SEE_MEMBERS, "lc-Sp-001") == [units["LC-SP-001"]]
    assert codes_in_reach(["lc-Sp-001"], officer, set()) == (["LC-SP-001"], [])
    assert AnyUnitField().clean("lc-Sp-001") == units["LC-SP-001"]


def test_a_code_that_was_written_in_small_letters_is_found_too():
    units = plant()
    Unit.objects.filter(pk=units["LC-SP-001"].pk).update(code="lc-sp-001")
    officer = acting(Role.ORGANISER, units["LC"])
    assert [unit.pk for unit in find_units(officer, Right.SEE_MEMBERS, "LC-SP-001")] == [
        units["LC-SP-001"].pk
    ]


def test_it_is_looked_up_by_the_index():
    if connection.vendor != "sqlite":
        pytest.skip("asks SQLite for its plan")
    assert "USING INDEX unit_code_upper" in Unit.objects.filter(coded("lc")).order_by().explain()
