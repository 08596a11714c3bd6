"""Scenes that tests of figures share."""

from __future__ import annotations

import pytest

from tests.portal.newsroom import Newsroom, make_newsroom


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    """A site as set-up makes it, with two departments."""
    return make_newsroom()
