"""Chance that falls the same way on every machine: each draw depends on its own key and on nothing before it.

Python's ``random`` may change how it picks between versions, ``hash()`` differs between processes; a digest does neither.
A new line in one list leaves all other draws as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import blake2b
from typing import TypeVar

T = TypeVar("T")


def _digest(key: tuple[str | int, ...]) -> int:
    return int.from_bytes(blake2b("|".join(map(str, key)).encode(), digest_size=8).digest(), "big")


def draw(below: int, *key: str | int) -> int:
    """Return a number from 0 to before ``below``."""
    return _digest(key) % below


def between(least: int, most: int, *key: str | int) -> int:
    """Return a number from ``least`` to ``most``, both possible."""
    return least + draw(most - least + 1, *key)


def pick(options: Sequence[T], *key: str | int) -> T:
    """Return one of ``options``."""
    return options[draw(len(options), *key)]


def weighted(options: Sequence[tuple[T, int]], *key: str | int) -> T:
    """Return one of ``options``, each as likely as its number."""
    left = draw(sum(weight for _, weight in options), *key)
    for option, weight in options:
        left -= weight
        if left < 0:
            return option
    raise AssertionError("the draw lies below the sum")


def shuffled(items: Iterable[T], name: str, *key: str | int) -> list[T]:
    """Return ``items`` in an order of chance. Each is known by its ``str``."""
    return sorted(items, key=lambda item: (_digest((name, *key, str(item))), str(item)))


def day(first: date, last: date, *key: str | int) -> date:
    """Return a day from ``first`` to ``last`` that is no Sunday, earlier ones more often."""
    span = (last - first).days
    chosen = first + timedelta(days=min(draw(span, "a", *key), draw(span, "b", *key)))
    return chosen + timedelta(days=1) if chosen.weekday() == 6 else chosen
