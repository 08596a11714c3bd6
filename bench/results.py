"""What a benchmark reports."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


class CannotRunError(Exception):
    """This machine lacks something that the benchmark needs; the message says what to install."""


@dataclass(frozen=True, slots=True)
class Result:
    """One number with its target. ``passed`` is ``None`` where there is no target."""

    name: str
    value: float
    unit: str
    target: str
    passed: bool | None
    detail: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return it as it stands in ``bench-results.json``."""
        return asdict(self)


def at_least(name: str, value: float, unit: str, bound: float, **detail: Any) -> Result:
    """Make a result that passes from ``bound`` up."""
    return Result(name, round(value, 3), unit, f">= {bound:g}", value >= bound, detail)


def at_most(name: str, value: float, unit: str, bound: float, **detail: Any) -> Result:
    """Make a result that passes up to ``bound``."""
    return Result(name, round(value, 3), unit, f"<= {bound:g}", value <= bound, detail)
