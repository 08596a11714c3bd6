"""My unit at a glance: apps register what they know of the reader's unit; the desk shows it below what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import structlog
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Glance:
    """One fact of the unit. ``value`` ``None`` is a fact that is not known, which is not zero."""

    label: str
    value: Any
    note: str = ""
    url: str = ""


Source = Callable[[HttpRequest], Iterable[Glance]]

_sources: dict[str, tuple[int, Source]] = {}


def register(name: str, source: Source, *, order: int = 100) -> None:
    """Add a source; its facts stand together, after those of a lower ``order``."""
    if name in _sources and _sources[name] != (order, source):
        raise ValueError(f"there is already a source {name!r} of facts at a glance")
    _sources[name] = (order, source)


def glances_for(request: HttpRequest) -> list[Glance]:
    """Return the facts of the reader's unit; a source that fails is left out."""
    found: list[Glance] = []
    for name, (_order, source) in sorted(_sources.items(), key=lambda entry: (entry[1][0], entry[0])):
        try:
            found += source(request)
        except Exception:  # noqa: BLE001  # facts beside the work must not stop the work
            structlog.get_logger(__name__).exception("source of facts at a glance failed", source=name)
    return found
