"""What rests on an indicator outside of reporting: a registry that the apps above fill, asked before anything is deleted."""

from __future__ import annotations

from collections.abc import Callable

from congdoan.reporting.models import Indicator

Source = Callable[[Indicator], list[str]]
"""Returns the names of what would lose its ground, a few at most."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source."""
    _sources.append(source)


def on(indicator: Indicator) -> list[str]:
    """Return the names of everything that rests on an indicator."""
    return [name for source in _sources for name in source(indicator)]
