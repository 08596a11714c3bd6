"""Who stands for a unit that has ended: its successors by their shares, else its nearest living ancestor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from congdoan.organisation.engine.forest import Forest, Inheritance
from congdoan.organisation.engine.operations import WHOLE
from congdoan.organisation.engine.spans import FOREVER, Span


def heirs_on(
    unit: str, on: date, forest: Forest, inheritances: Mapping[str, Sequence[Inheritance]]
) -> dict[str, Fraction]:
    """Return the living units that stand for ``unit`` on a day, with their shares (they add up to 1).

    A unit that lives, or has not been founded yet, stands for itself. Chains are followed: an heir that has ended as well
    is stood for by its own heirs.
    """
    life = forest.lives[unit].span
    if on < life.end:
        return {unit: Fraction(1)}
    following = inheritances.get(unit, ())
    if not following:
        last_day = date.fromordinal(life.end.toordinal() - 1)
        parent = forest.parent(unit, last_day)
        return heirs_on(parent, on, forest, inheritances) if parent is not None else {}
    shares: dict[str, Fraction] = {}
    for inheritance in following:
        for heir, share in heirs_on(inheritance.successor, on, forest, inheritances).items():
            shares[heir] = shares.get(heir, Fraction(0)) + share * Fraction(inheritance.share, WHOLE)
    return shares


def heirs_over_time(
    unit: str, forest: Forest, inheritances: Mapping[str, Sequence[Inheritance]]
) -> list[tuple[str, int, Span]]:
    """Return who stands for an ended ``unit``, in millionths, for each span of days since its end."""
    start = forest.lives[unit].span.end
    if start == FOREVER:
        return []
    rows: list[tuple[str, int, Span]] = []
    at = start
    while at < FOREVER:
        shares = heirs_on(unit, at, forest, inheritances)
        end = min((forest.lives[heir].span.end for heir in shares), default=FOREVER)
        millionths = share_out(WHOLE, shares)
        rows.extend((heir, share, Span(at, end)) for heir, share in sorted(millionths.items()) if share)
        at = end
    return rows


def share_out(amount: int, shares: Mapping[str, Fraction]) -> dict[str, int]:
    """Share a whole number out so that the parts add up to it: the largest remainders get the rest, ties by code.

    Empty without shares.
    """
    if not shares:
        return {}
    whole = sum(shares.values(), Fraction(0))
    exact = {code: amount * share / whole for code, share in shares.items()}
    parts = {code: int(value // 1) for code, value in exact.items()}
    rest = amount - sum(parts.values())
    for code in sorted(exact, key=lambda code: (parts[code] - exact[code], code))[:rest]:
        parts[code] += 1
    return parts
