"""The seed page: every figure, none of its other numbers."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from congdoan.vntext.reading import Found, check_figures, hints_from_toml, read_figures

pytestmark = pytest.mark.seed


@pytest.fixture(scope="module")
def page() -> str:
    from tests.conftest import seed_dir

    return (seed_dir() / "page.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def found(page: str) -> list[Found]:
    toml = files("congdoan.figures").joinpath("content/reading.toml").read_text("utf-8")
    return read_figures(page, hints_from_toml(toml))


@pytest.fixture
def wanted(seed: Path) -> list[dict[str, Any]]:
    return json.loads((seed / "figures.json").read_text("utf-8"))


def key(figure: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(figure[name] for name in ("number_start", "number_end", "value", "value_min", "value_max"))


def test_every_figure_is_found_with_its_value_and_nothing_else(
    found: list[Found], wanted: list[dict[str, Any]]
) -> None:
    assert {key(figure.to_json()) for figure in found} == {key(figure) for figure in wanted}


@pytest.mark.parametrize(("field", "least"), [("unit", 0.98), ("qualifier", 0.98), ("indicator", 0.95)])
def test_units_qualifiers_and_indicators_agree(
    found: list[Found], wanted: list[dict[str, Any]], field: str, least: float
) -> None:
    read = {key(figure.to_json()): figure.to_json()[field] for figure in found}
    agreed = [
        figure
        for figure in wanted
        if read[key(figure)] == figure[{"indicator": "indicator_code"}.get(field, field)]
    ]

    assert len(agreed) >= least * len(wanted)


def test_most_periods_agree(found: list[Found], wanted: list[dict[str, Any]]) -> None:
    def bounds(period: dict[str, Any] | None) -> tuple[Any, Any] | None:
        return (period["from"], period["to"]) if period else None

    read = {key(figure.to_json()): bounds(figure.period) for figure in found}

    assert sum(read[key(figure)] == bounds(figure["period"]) for figure in wanted) >= 0.8 * len(wanted)


def test_its_contradictions_are_pointed_out(page: str, found: list[Found]) -> None:
    codes = {remark.code for remark in check_figures(page, found) if remark.is_conflict}

    assert codes == {"windows.differ", "cycle.differs", "attendances", "duration.differs"}
