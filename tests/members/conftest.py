"""The same small federation under every test of the register: a chair here, a stranger there."""

from __future__ import annotations

from typing import Any

import pytest

from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from tests.factories_organisation import acting, plant


@pytest.fixture
def units(db: Any) -> dict[str, Unit]:
    """Two provinces with their units, by code."""
    return plant()


@pytest.fixture
def here(units: dict[str, Unit]) -> Unit:
    """The unit of the chair."""
    return units["LC-SP-001"]


@pytest.fixture
def there(units: dict[str, Unit]) -> Unit:
    """A unit of another province."""
    return units["YB-NL-001"]


@pytest.fixture
def chair(here: Unit) -> Capacity:
    """Alice: the chair of ``here``."""
    return acting(Role.CHAIR, here)


@pytest.fixture
def stranger(there: Unit) -> Capacity:
    """Charlie: the chair of ``there``."""
    return acting(Role.CHAIR, there)


@pytest.fixture
def deputy(here: Unit) -> Capacity:
    """May see and edit in ``here``, but decides nothing."""
    return acting(Role.DEPUTY, here)
