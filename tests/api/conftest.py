"""A small tree, and a key."""

from __future__ import annotations

from typing import Any

import pytest

from congdoan.organisation.actions import tokens
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from tests.factories_organisation import acting, plant


@pytest.fixture
def units(db: Any) -> dict[str, Unit]:
    """Two provinces and what stands below them, by code."""
    return plant()


@pytest.fixture
def chair(units: dict[str, Unit]) -> Any:
    """A capacity: the chair of LC-SP-001."""
    return acting(Role.CHAIR, units["LC-SP-001"])


@pytest.fixture
def key(chair: Any) -> str:
    """A key that acts in the name of the chair."""
    return tokens.make(name="phần mềm kế toán", days=30, by=chair)[1]
