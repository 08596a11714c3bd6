"""The live parts of a page that the apps above bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog

Part = Callable[[], Any]

NAMES = ("poll", "weather")
"""The parts that ``/tien-ich/`` promises (``docs/contract``); without one it is null."""

_parts: dict[str, Part] = {}
_failing: set[str] = set()
_logger = structlog.get_logger(__name__)


def register(name: str, part: Part) -> None:
    """Let ``part()`` fill ``name`` (one of ``NAMES``) of ``/tien-ich/``: something JSON can hold, or ``None``.

    It is called about once a second in each web process, never by a request, and is the same for every visitor.
    """
    if name not in NAMES:
        raise ValueError(f"no live part is called {name!r}; there are {', '.join(NAMES)}")
    _parts[name] = part


def read_parts() -> dict[str, Any]:
    """Return each part's value; one that fails is ``None``, is logged once, and does not take the others along."""
    values: dict[str, Any] = {}
    for name in NAMES:
        part = _parts.get(name)
        try:
            values[name] = part() if part is not None else None
        except Exception:  # whatever an app's part does, the visit count must go on
            if name not in _failing:
                _logger.exception("live part fails", part=name)
            _failing.add(name)
            values[name] = None
        else:
            _failing.discard(name)
    return values
