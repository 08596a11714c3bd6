"""Half-open spans of days: from a day to before a day, or without end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

FOREVER = date.max
"""Stands for "no end" where spans are compared."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``start`` to before ``end`` (``FOREVER``: no end)."""

    start: date
    end: date = FOREVER

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def meet(self, other: Span) -> Span | None:
        """Return what both share; ``None`` when nothing."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None


def covered(life: Span, spans: list[Span]) -> bool:
    """Say whether ``spans``, in order, fill ``life`` with no gap and no overlap."""
    at = life.start
    for span in sorted(spans):
        if span.start != at:
            return False
        at = span.end
    return at == life.end
