"""An index of its own for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from congdoan.search.engine import EmbeddedEngine


@pytest.fixture(autouse=True)
def _index_of_its_own(tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]  # pytest-django's settings wrapper


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedEngine:
    """An empty index, ready to be written to."""
    engine = EmbeddedEngine(tmp_path / "search")
    engine.clear()
    return engine
