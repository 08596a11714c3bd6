"""A small tree of two provinces."""

from __future__ import annotations

import pytest

from congdoan.organisation.models import Unit
from tests.factories_organisation import plant


@pytest.fixture
def tree(db: None) -> dict[str, Unit]:
    """Units of ``SMALL`` by code."""
    return plant()
