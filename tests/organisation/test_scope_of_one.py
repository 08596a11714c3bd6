"""The condition for one row reaches exactly what the condition for lists reaches, ended units with heirs included."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congdoan.organisation.models import Heir, Unit
from congdoan.organisation.queries.scope import covers, reaches, within
from congdoan.organisation.rights import Right, Role
from tests.factories_organisation import acting, plant

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("code", ["VN", "LC", "LC-SP", "LC-SP-001"])
def test_one_row_is_reached_exactly_when_the_list_has_it(role: Role, code: str) -> None:
    units = plant()
    # A unit of another branch for which one of Sa Pa stands: in reach of Sa Pa, Lào Cai and the head.
    Heir.objects.create(
        unit=units["LC-BX-001"],
        heir=units["LC-SP-001"],
        share=1_000_000,
        valid_from=date(2014, 1, 1),
        first_version=1,
    )
    capacity = acting(role, units[code])
    for right in Right:
        listed = set(Unit.objects.filter(within(capacity, right, "pk")).values_list("pk", flat=True))
        assert set(Unit.objects.filter(covers(capacity, right, "pk")).values_list("pk", flat=True)) == listed
        assert {unit.pk for unit in units.values() if reaches(capacity, right, unit.pk)} == listed


def test_the_heir_brings_what_ended_elsewhere_into_reach_and_nothing_else() -> None:
    units = plant()
    capacity = acting(Role.MIDDLE, units["LC-SP"])
    assert not reaches(capacity, Right.REVIEW_REPORTS, units["LC-BX-001"].pk)
    Heir.objects.create(
        unit=units["LC-BX-001"],
        heir=units["LC-SP-001"],
        share=1_000_000,
        valid_from=date(2014, 1, 1),
        first_version=1,
    )
    with CaptureQueriesContext(connection) as asked:
        assert reaches(capacity, Right.REVIEW_REPORTS, units["LC-BX-001"].pk)
    assert len(asked) == 1
    assert not reaches(capacity, Right.REVIEW_REPORTS, units["LC-BX"].pk)
    assert not reaches(capacity, Right.REVIEW_REPORTS, units["LC-SP"].pk)
