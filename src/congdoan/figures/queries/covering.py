"""Which figures readers without a right over a unit do not get to see, because they are small or give a small one away.

One rule for the page of a published figure, its files and the API. Counts of persons and things from 1 to 4 are hidden, and with
them what would give them away (``engine.suppressing``). Told exactly whatever they are: money, units counted from the tree,
figures measured elsewhere, and the totals of provinces (``openness.is_total``), which are for everybody in any window.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Protocol

from congdoan.figures.engine.suppressing import Cover, covers, covers_of_pairs, is_small
from congdoan.figures.queries.openness import is_total
from congdoan.reporting.models import Indicator

RATES = (Indicator.Kind.RATE, Indicator.Kind.GAP)
_SUMS = (Indicator.Kind.FLOW, Indicator.Kind.STOCK)
_NO_COUNTS = (Indicator.Kind.TREE, Indicator.Kind.OUTSIDE)


Value = int | Decimal


class Counted(Protocol):
    """A figure, or a part of one."""

    @property
    def value(self) -> Value | None:
        """As people mean it; ``None``: nobody reported it."""

    @property
    def numerator(self) -> int | None:
        """Of a rate."""

    @property
    def denominator(self) -> int | None:
        """Of a rate."""


def is_told(indicator: Indicator, level: int, cell: str) -> bool:
    """Whether everybody gets the figure of a unit of this level exactly, however small."""
    return indicator.is_money or indicator.kind in _NO_COUNTS or is_total(level, cell)


def along(indicator: Indicator, parts: Sequence[Counted], kept: Collection[int] = ()) -> list[Cover]:
    """Return what to show of parts that make up a whole that everybody knows. ``kept``: places that are hidden anyway."""
    if indicator.is_money or indicator.kind in _NO_COUNTS:
        return [Cover.SHOWN] * len(parts)
    if indicator.kind in RATES:
        return covers_of_pairs([(one.numerator, one.denominator) for one in parts])
    return covers([_count(one.value) for one in parts], kept=list(kept))


def of_units(
    indicator: Indicator,
    cell: str,
    parts: Sequence[Counted],
    levels: Sequence[int | None],
    kept: Collection[int] = (),
) -> list[Cover]:
    """Return what to show of the figures of the units right below one whose figure everybody knows.

    ``levels``: those of the units; ``None`` for what the units do not make up together.
    """
    others = [at for at, level in enumerate(levels) if level is None or not is_told(indicator, level, cell)]
    hidden = [place for place, at in enumerate(others) if at in kept]
    found = [Cover.SHOWN] * len(parts)
    for at, cover in zip(others, along(indicator, [parts[at] for at in others], hidden), strict=True):
        found[at] = cover
    return found


def of_cells(
    indicator: Indicator, whole: Counted, parts: Sequence[Counted], kept: Collection[int] = ()
) -> list[Cover]:
    """Return what to show of the cells of one breakdown of a figure that everybody knows; what they lack to the whole is a cell
    too."""
    if indicator.is_money or indicator.kind in (*RATES, *_NO_COUNTS):
        return [Cover.SHOWN] * len(parts)
    values = [_count(one.value) for one in parts]
    rest = (_count(whole.value) or 0) - sum(value or 0 for value in values)
    if rest > 0:
        values.append(rest)
    found = covers(values, kept=list(kept))
    if rest > 0 and found[-1] is not Cover.SHOWN:
        # The rest has no row to be hidden in; hiding it means hiding one more cell.
        found = covers(values, kept=[*kept, len(values) - 1])
    return found[: len(parts)]


def rest_of(indicator: Indicator, whole: Counted, parts: Sequence[Counted]) -> Value | None:
    """Return what the units right below one do not make up together: reports handed in above them, units that came from or went
    elsewhere; ``None`` where nothing is left, or nothing can be added up."""
    if indicator.kind not in _SUMS or whole.value is None:
        return None
    return whole.value - sum((one.value for one in parts if one.value is not None), 0) or None


def is_small_count(one: Counted) -> bool:
    """Whether a figure is from 1 to 4."""
    return is_small(_count(one.value))


def _count(value: Value | None) -> int | None:
    """A value as a count; parts of one are rounded up, so that less than five stays less."""
    return None if value is None else int(Decimal(value).to_integral_value("ROUND_CEILING"))
