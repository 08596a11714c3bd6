"""Hiding small cells of a table whose total is known, so that none of them can be worked out again.

From 1 to 4 a count may be somebody's neighbour: it is shown as "under 5". A single hidden cell is the total less the others,
and two may have only one solution; then further cells are hidden (secondary suppression), the smallest first. Zero says that
there is nobody, and stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

SMALL = 5
"""Counts from 1 to below this are not shown to everybody."""

Values = Sequence[int | None]


class Cover(Enum):
    """What a reader gets to see of a cell."""

    SHOWN = "shown"
    SMALL = "small"
    """Under 5, and not zero."""
    HIDDEN = "hidden"
    """Not small itself: it protects another one."""


def is_small(value: int | None) -> bool:
    """Whether a count is too small for everybody to see."""
    return value is not None and 0 < value < SMALL


def covers(values: Values, *, kept: Sequence[int] = ()) -> list[Cover]:
    """Return what to show of each cell, when the reader knows the sum of all. ``None``: a cell without a value.

    ``kept``: cells that are not for everybody whatever their value. Where nothing else can protect a small cell, all are hidden.
    """
    small = {at for at, value in enumerate(values) if is_small(value)}
    hidden = {at for at in kept if values[at] is not None}
    if not small and not hidden:
        return [Cover.SHOWN] * len(values)
    candidates = sorted(
        (at for at, value in enumerate(values) if value is not None and value >= SMALL and at not in hidden),
        key=lambda at: (values[at], at),
    )
    while not _is_safe(values, small - hidden, hidden):
        if not candidates:
            return [Cover.SHOWN if value is None else Cover.HIDDEN for value in values]
        hidden.add(candidates.pop(0))
    return [
        Cover.HIDDEN if at in hidden else Cover.SMALL if at in small else Cover.SHOWN
        for at in range(len(values))
    ]


def covers_of_pairs(pairs: Sequence[tuple[int | None, int | None]]) -> list[Cover]:
    """Return what to show of rates by their (numerator, denominator), when the sums of both are known."""
    kept = [at for at, pair in enumerate(pairs) if any(is_small(part) for part in pair)]
    if not kept:
        return [Cover.SHOWN] * len(pairs)
    if len(kept) == 1:
        others = [at for at, pair in enumerate(pairs) if at not in kept and all(pair)]
        if not others:
            return [Cover.SHOWN if pair[0] is None else Cover.HIDDEN for pair in pairs]
        kept.append(min(others, key=lambda at: (pairs[at][1] or 0, at)))
    return [Cover.HIDDEN if at in kept else Cover.SHOWN for at in range(len(pairs))]


def _is_safe(values: Values, small: set[int], hidden: set[int]) -> bool:
    """Say whether the unseen cells have more than one solution for each of the small ones.

    The reader knows their sum, that the small ones are from 1 to 4, and that the others are not.
    """
    unseen = small | hidden
    if len(unseen) < 2:
        return False
    total = sum(values[at] or 0 for at in unseen)
    free = total - len(small) - SMALL * len(hidden)
    if hidden:
        return free > 0
    return 0 < free < (SMALL - 2) * len(small)
