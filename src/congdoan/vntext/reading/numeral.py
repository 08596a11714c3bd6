"""One number of a running text with what it counts, before its period and meaning are known."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from congdoan.vntext.reading.measures import Measure
from congdoan.vntext.reading.source import Source

_PERCENT = re.compile(r"[\x20\u00a0\u202f]?[%٪％‰]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with what is counted. ``start``/``number_end``: the number as printed; ``end``: after its measure."""

    start: int
    number_end: int
    end: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    base: str | None = None
    words: str = ""
    style: str = "plain"
    confidence: float = 0.9
    is_magnitude: bool = False
    is_fraction: bool = False
    has_noun: bool = False


def with_measure(reading: Reading, measure: Measure) -> Reading:
    """The reading, counted in ``measure``."""
    return replace(
        reading, end=measure.end, unit=measure.unit, base=measure.base, words=measure.words, has_noun=True
    )


def percent_end(source: Source, end: int) -> int | None:
    """Where the per cent sign after ``end`` ends; ``None`` without one."""
    match = _PERCENT.match(source.key, end)
    return match.end() if match else None
