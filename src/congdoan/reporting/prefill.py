"""Values that a register knows already: each app registers a source; the sheet offers what it gives, with where it comes from.

A line of a sheet names a source by its code (``Line.prefill``). A source is asked once for a report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog
from django.utils.functional import Promise

if TYPE_CHECKING:
    from congdoan.organisation.models import Unit
    from congdoan.reporting.models import Line, Period

Source = Callable[["Unit", "Period", Collection[str]], Mapping[str, tuple[int, str]]]
"""Takes the unit, the period and the keys of series that are wanted; returns key → (scaled number, words where it is from)."""

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """A value that a register knows, and the words that say which register and as of when."""

    number: int
    words: str


_sources: dict[str, tuple[str | Promise, Source]] = {}


def register(code: str, title: str | Promise, source: Source) -> None:
    """Add a source under a code that lines of sheets may name. A code stands for one source only."""
    if code in _sources and _sources[code][1] is not source:
        raise ValueError(f"there is a source {code!r} already; there are {', '.join(sorted(_sources))}")
    _sources[code] = (title, source)


def choices() -> list[tuple[str, str]]:
    """Return code and title of every source, for whoever edits sheets."""
    return [(code, str(title)) for code, (title, _source) in sorted(_sources.items())]


def known(unit: Unit, period: Period, lines: Iterable[Line]) -> dict[str, Known]:
    """Ask the sources that the lines name. A source that fails gives nothing: filling must go on."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.prefill in _sources:
            wanted[line.prefill].append(line.series.key)
    found: dict[str, Known] = {}
    for code, keys in wanted.items():
        try:
            given = _sources[code][1](unit, period, keys)
        except Exception:
            logger.exception("prefill failed", source=code)
            continue
        found |= {key: Known(*given[key]) for key in keys if key in given}
    return found
