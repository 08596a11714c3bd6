"""Dividing a whole number among the heirs of a unit, told once more and in another way than ``engine.summing`` tells it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple


class Part(NamedTuple):
    """What one heir takes (millionths), and all units that count it: the heir itself and those above."""

    share: int
    above: tuple[int, ...]


def share(value: int | None, weights: Sequence[int]) -> list[int | None]:
    """Divide by weight with the largest remainder, the first of equals first; the parts add up to ``value`` again."""
    if value is None or not weights:
        return [None] * len(weights)
    exact = [Fraction(abs(value) * weight, sum(weights)) for weight in weights]
    parts = [int(one) for one in exact]
    while sum(parts) < abs(value):
        # Each place is given one at most: there are fewer left over than places.
        neediest = max(range(len(parts)), key=lambda at: (exact[at] - parts[at], -at))
        parts[neediest] += 1
    return [part if value >= 0 else -part for part in parts]
