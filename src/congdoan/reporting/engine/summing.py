"""How what units reported becomes the totals of every unit above: the one place of this arithmetic.

A *flow* belongs to its period. A *stock* holds until the next report of the same unit, but no longer than its limit, and
only while the unit lives: on the last day of a period the last known value of each living unit counts. Each contribution goes
to all units above on its day (the last day of the period that the unit lived). As-is, it goes to whoever stands for
the unit today and to all above those; a split is shared by the largest remainder, so that nothing is lost or doubled.

Adding the contributions (``total``) is the whole rebuild; adding only the difference of one unit's contributions is
the incremental way. Both use the same function, and an engine that knows neither checks them (``engines``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)
WHOLE = 1_000_000


class Slot(NamedTuple):
    """A period as the sums see it."""

    id: int
    start: date
    end: date
    chain: int
    """Periods of one calendar and type; a stock is carried along its chain."""


class Link(NamedTuple):
    """The unit stood below ``ancestor`` (or is it) from a day to before a day."""

    ancestor: int
    start: date
    end: date | None
    itself: bool = False

    def holds(self, day: date) -> bool:
        """Say whether the link holds on a day."""
        return self.start <= day and (self.end is None or day < self.end)


class Heir(NamedTuple):
    """``unit`` takes ``share`` millionths today, and with it all ``above`` (itself included)."""

    unit: int
    share: int
    above: tuple[int, ...]


class Fact(NamedTuple):
    """One accepted cell; ``value`` is ``None`` where it does not apply."""

    period: int
    series: int
    value: int | None


class Key(NamedTuple):
    """One total: node, period, series."""

    node: int
    period: int
    series: int


@dataclass(slots=True)
class Amount:
    """A sum with how many units gave a number and how many said that it does not apply to them."""

    value: int = 0
    reported: int = 0
    inapplicable: int = 0

    def add(self, value: int | None, sign: int = 1) -> None:
        """Add (or take away) one unit's contribution."""
        if value is None:
            self.inapplicable += sign
        else:
            self.value += sign * value
            self.reported += sign

    def plus(self, other: Amount, sign: int = 1) -> None:
        """Add (or take away) another amount."""
        self.value += sign * other.value
        self.reported += sign * other.reported
        self.inapplicable += sign * other.inapplicable

    @property
    def is_nothing(self) -> bool:
        """Nothing was said at all: no row, rather than a zero."""
        return not (self.value or self.reported or self.inapplicable)


@dataclass(frozen=True, slots=True)
class Nature:
    """How a series adds up: ``stock`` with its limit in days, else a flow; ``additive`` is false for distinct persons."""

    stock: bool = False
    stale_days: int = 0
    additive: bool = True


class Calendar:
    """All slots, their chains in order, and the longer periods that each belongs to."""

    def __init__(self, slots: Iterable[Slot], parents: Mapping[int, Sequence[int]]) -> None:
        self.slots = {slot.id: slot for slot in slots}
        self.parents = parents
        chains: dict[int, list[Slot]] = {}
        for slot in self.slots.values():
            chains.setdefault(slot.chain, []).append(slot)
        self.chains = {chain: sorted(found, key=lambda slot: slot.start) for chain, found in chains.items()}
        self.place = {slot.id: index for found in self.chains.values() for index, slot in enumerate(found)}

    def following(self, slot: Slot) -> Iterator[Slot]:
        """Yield the slot and those after it in its chain."""
        chain = self.chains[slot.chain]
        for index in range(self.place[slot.id], len(chain)):
            yield chain[index]


def ancestors_on(links: Sequence[Link], day: date) -> list[int]:
    """Return the unit and all above it on a day; nothing when it did not live then."""
    if not any(link.itself and link.holds(day) for link in links):
        return []
    return [link.ancestor for link in links if link.holds(day)]


def first_change(then: Collection[Link], now: Collection[Link]) -> date | None:
    """Return the first day on which two sets of links tell different things; ``None`` where they never do."""
    days: list[date] = []
    for one, other in ((set(then), set(now)), (set(now), set(then))):
        for link in one - other:
            same = [
                it
                for it in other
                if (it.ancestor, it.start, it.itself) == (link.ancestor, link.start, link.itself)
            ]
            ends = [it.end for it in (link, *same) if it.end is not None]
            days.append(min(ends) if same else link.start)
    return min(days, default=None)


def day_of(slot: Slot, links: Sequence[Link]) -> date:
    """Return the day on which a flow is attributed: the last of the period that the unit lived."""
    last = slot.end - DAY
    life = [link for link in links if link.itself]
    if any(link.holds(last) for link in life):
        return last
    ends = [link.end - DAY for link in life if link.end is not None and link.end <= last]
    return max(ends, default=last)


class Held(NamedTuple):
    """What one unit has in one period: a flow of the period, or a stock that holds in it."""

    slot: Slot
    series: int
    value: int | None


def carried(facts: Iterable[Fact], natures: Mapping[int, Nature], calendar: Calendar) -> Iterator[Held]:
    """Yield what one unit has: flows in their period, stocks in every period that they hold for."""
    stocks: dict[tuple[int, int], dict[int, Fact]] = {}
    for fact in facts:
        nature = natures[fact.series]
        if not nature.additive:
            continue
        slot = calendar.slots[fact.period]
        if nature.stock:
            stocks.setdefault((fact.series, slot.chain), {})[calendar.place[slot.id]] = fact
        else:
            yield Held(slot, fact.series, fact.value)
    for (series, _chain), known in stocks.items():
        limit = natures[series].stale_days
        for place, fact in known.items():
            slot = calendar.slots[fact.period]
            for later in calendar.following(slot):
                at = calendar.place[later.id]
                if at != place and (at in known or (later.end - slot.end).days > limit):
                    break
                yield Held(later, series, fact.value)


def unlike(before: Iterable[Held], after: Iterable[Held]) -> tuple[set[Held], set[Held]]:
    """Return what a unit no longer has, and what it has anew; what stayed is in neither."""
    had, has = set(before), set(after)
    return had - has, has - had


def shares(value: int, heirs: Sequence[Heir]) -> list[int]:
    """Share a whole number by millionths, by the largest remainder; ties go to the first. The parts add up to ``value``."""
    whole = sum(heir.share for heir in heirs)
    sign = -1 if value < 0 else 1
    parts = [divmod(abs(value) * heir.share, whole) for heir in heirs]
    given = [part for part, _rest in parts]
    order = sorted(range(len(heirs)), key=lambda index: (-parts[index][1], index))
    for index in order[: abs(value) - sum(given)]:
        given[index] += 1
    return [sign * part for part in given]


def contributions_as_was(
    facts: Iterable[Fact], links: Sequence[Link], natures: Mapping[int, Nature], calendar: Calendar
) -> dict[Key, Amount]:
    """Return what one unit adds to the totals of the units above it on each contribution's day."""
    return spread_as_was(carried(facts, natures, calendar), links, natures, calendar)


def spread_as_was(
    held: Iterable[Held], links: Sequence[Link], natures: Mapping[int, Nature], calendar: Calendar
) -> dict[Key, Amount]:
    """Return what a part of what one unit has adds to the totals of the units above it."""
    found: dict[Key, Amount] = {}
    above: dict[tuple[int, bool], list[int]] = {}
    for slot, series, value in held:
        stock = natures[series].stock
        if (slot.id, stock) not in above:
            day = slot.end - DAY if stock else day_of(slot, links)
            above[slot.id, stock] = ancestors_on(links, day)
        _spread(
            found,
            above[slot.id, stock],
            slot,
            series,
            value,
            () if stock else calendar.parents.get(slot.id, ()),
        )
    return found


def contributions_as_is(
    facts: Iterable[Fact],
    links: Sequence[Link],
    heirs: Sequence[Heir],
    natures: Mapping[int, Nature],
    calendar: Calendar,
) -> dict[Key, Amount]:
    """Return what one unit adds to the totals of those who stand for it today. ``links`` say when it lived."""
    return spread_as_is(carried(facts, natures, calendar), links, heirs, natures, calendar)


def spread_as_is(
    held: Iterable[Held],
    links: Sequence[Link],
    heirs: Sequence[Heir],
    natures: Mapping[int, Nature],
    calendar: Calendar,
) -> dict[Key, Amount]:
    """Return what a part of what one unit has adds to the totals of those who stand for it today."""
    found: dict[Key, Amount] = {}
    for slot, series, value in held:
        if natures[series].stock and not ancestors_on(links, slot.end - DAY):
            continue
        periods = () if natures[series].stock else calendar.parents.get(slot.id, ())
        if len(heirs) == 1:
            _spread(found, heirs[0].above, slot, series, value, periods)
            continue
        parts: Sequence[int | None] = [None] * len(heirs) if value is None else shares(value, heirs)
        nodes: dict[int, int | None] = {}
        for heir, part in zip(heirs, parts, strict=True):
            for node in heir.above:
                nodes[node] = None if part is None else (nodes.get(node) or 0) + part
        for node, part in nodes.items():
            _spread(found, (node,), slot, series, part, periods)
    return found


def _spread(
    found: dict[Key, Amount],
    nodes: Iterable[int],
    slot: Slot,
    series: int,
    value: int | None,
    longer: Iterable[int],
) -> None:
    for node in nodes:
        for period in (slot.id, *longer):
            found.setdefault(Key(node, period, series), Amount()).add(value)


def difference(before: Mapping[Key, Amount], after: Mapping[Key, Amount]) -> dict[Key, Amount]:
    """Return what must be added to the totals when one unit's contributions change."""
    found: dict[Key, Amount] = {}
    for key, amount in after.items():
        found.setdefault(key, Amount()).plus(amount)
    for key, amount in before.items():
        found.setdefault(key, Amount()).plus(amount, -1)
    return {key: amount for key, amount in found.items() if not amount.is_nothing}


def total(contributions: Iterable[Mapping[Key, Amount]]) -> dict[Key, Amount]:
    """Add everybody's contributions: the whole rebuild in plain Python, the oracle of the tests."""
    found: dict[Key, Amount] = {}
    for part in contributions:
        for key, amount in part.items():
            found.setdefault(key, Amount()).plus(amount)
    return found
