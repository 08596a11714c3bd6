"""Units, officers and mandates for tests. ``plant`` makes a small tree as the product itself would."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory

from congdoan.organisation.actions.catalogue import load_catalogue
from congdoan.organisation.actions.planting import plant as plant_operations
from congdoan.organisation.engine.operations import Found, NewUnit, Operation
from congdoan.organisation.models import Mandate, Officer, Position, Unit
from congdoan.organisation.queries.capacities import Capacity, capacity_for
from congdoan.organisation.rights import Role
from tests.factories import UserFactory

FOUNDED = date(2013, 10, 1)

SMALL = {
    "VN": ("confederation", "", "Tổng Liên đoàn"),
    "LC": ("provincial_federation", "VN", "Liên đoàn Lao động tỉnh Lào Cai"),
    "YB": ("provincial_federation", "VN", "Liên đoàn Lao động tỉnh Yên Bái"),
    "LC-SP": ("district_federation", "LC", "Liên đoàn Lao động huyện Sa Pa"),
    "LC-BX": ("district_federation", "LC", "Liên đoàn Lao động huyện Bát Xát"),
    "LC-SP-001": ("grassroots_union", "LC-SP", "Công đoàn cơ sở Trường Mầm non Hoa Đào"),
    "LC-SP-002": ("grassroots_union", "LC-SP", "Công đoàn cơ sở Hợp tác xã Thổ cẩm Tả Phìn"),
    "LC-BX-001": ("grassroots_union", "LC-BX", "Công đoàn cơ sở Trạm Y tế xã Mường Hum"),
    "YB-NL": ("district_federation", "YB", "Liên đoàn Lao động thị xã Nghĩa Lộ"),
    "YB-NL-001": ("grassroots_union", "YB-NL", "Công đoàn cơ sở Chợ Mường Lò"),
}
"""Two provinces: enough for a stranger. code: (kind, parent, name)"""


def plant(units: dict[str, tuple[str, str, str]] | None = None, *, on: date = FOUNDED) -> dict[str, Unit]:
    """Make a tree (default ``SMALL``) that exists since ``on``; return its units by code."""
    load_catalogue()
    units = SMALL if units is None else units
    operations: list[Operation] = [
        Found(unit=NewUnit(code=code, kind=kind, parent=parent, name=name))
        for code, (kind, parent, name) in units.items()
    ]
    plant_operations(operations, on=on, note="test")
    return {unit.code: unit for unit in Unit.objects.filter(code__in=units)}


class OfficerFactory(factory.django.DjangoModelFactory):
    """A person with an account."""

    class Meta:
        model = Officer

    last_name = "Giàng A"
    first_name = "Páo"
    user = factory.SubFactory(UserFactory)


class PositionFactory(factory.django.DjangoModelFactory):
    """A post with a role; the code is the role's."""

    class Meta:
        model = Position
        django_get_or_create = ("code",)

    role = Role.CHAIR
    code = factory.LazyAttribute(lambda position: f"test_{position.role}")
    name = factory.LazyAttribute(lambda position: str(Role(position.role).label))
    name_en = factory.LazyAttribute(lambda position: str(position.role))


class MandateFactory(factory.django.DjangoModelFactory):
    """A mandate that holds today: ``MandateFactory(unit=…, position__role=Role.CHAIR)``."""

    class Meta:
        model = Mandate

    officer = factory.SubFactory(OfficerFactory)
    position = factory.SubFactory(PositionFactory)
    valid_from = date(2018, 1, 1)


def acting(role: str, unit: Unit, **mandate: Any) -> Capacity:
    """Return a capacity: somebody new who holds ``role`` in ``unit``."""
    made = MandateFactory(unit=unit, position__role=role, **mandate)
    return capacity_for(made.officer.user, made.pk)
