"""A tree, or a part of it, over all time: operations are applied to it, and it says what is wrong with itself.

Units are named by their codes. A part must hold, with each unit that is touched, all units above and below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from congdoan.organisation.engine.faults import TreeRuleError, gettext_noop
from congdoan.organisation.engine.operations import (
    NewUnit,
    Operation,
)
from congdoan.organisation.engine.spans import Span, covered

INSIDE = 5
"""Level of units inside a grassroots union; they may stand below one another."""


@dataclass(slots=True)
class Life:
    """A unit's days and its level (1 the centre … 5 inside a grassroots union)."""

    span: Span
    level: int
    is_root: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's parent for a span of days; ``None`` at the root."""

    parent: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A unit's name for a span of days."""

    name: str
    short_name: str
    name_en: str
    span: Span


@dataclass(frozen=True, slots=True)
class Inheritance:
    """``successor`` takes over ``share`` (in millionths) of ``predecessor`` from a day on."""

    predecessor: str
    successor: str
    share: int
    starts_on: date


@dataclass(frozen=True, slots=True)
class Link:
    """``unit`` stands ``depth`` steps below ``ancestor`` for a span of days (depth 0: it is it)."""

    ancestor: str
    depth: int
    span: Span


@dataclass(slots=True)
class Happening:
    """An operation as it was applied: its day, the unit it is about, what follows for inheritance."""

    operation: Operation
    on: date
    unit: str
    inheritances: list[Inheritance] = field(default_factory=list)
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Forest:
    """Lives, places and names by code of unit. ``levels`` gives the level of each kind of unit that may be founded."""

    levels: dict[str, int]
    lives: dict[str, Life] = field(default_factory=dict)
    places: dict[str, list[Place]] = field(default_factory=dict)
    names: dict[str, list[Name]] = field(default_factory=dict)
    founded: dict[str, NewUnit] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    """Units whose own place or life changed."""

    # --- reading ---------------------------------------------------------------------------------

    def parent(self, unit: str, on: date) -> str | None:
        """Return the parent of ``unit`` on a day; ``None`` at the root and outside its life."""
        return next((place.parent for place in self.places.get(unit, []) if on in place.span), None)

    def lives_on(self, unit: str, on: date) -> bool:
        """Say whether ``unit`` exists on a day."""
        return unit in self.lives and on in self.lives[unit].span

    def children(self, unit: str, on: date) -> list[str]:
        """Return the units right below ``unit`` on a day, by code."""
        return sorted(
            child
            for child, places in self.places.items()
            if any(place.parent == unit and on in place.span for place in places) and self.lives_on(child, on)
        )

    def name(self, unit: str, on: date) -> str:
        """Return the name of ``unit`` on a day, the last one it had before, or its code."""
        spans = self.names.get(unit, [])
        return next((entry.name for entry in reversed(spans) if entry.span.start <= on), unit)

    def links(self, unit: str) -> list[Link]:
        """Return where ``unit`` stood over all its life: itself and each ancestor with the days.

        Raises ``TreeRuleError`` where it stands below itself.
        """
        found: dict[tuple[str, int], list[Span]] = defaultdict(list)
        life = self.lives[unit].span
        found[unit, 0].append(life)
        self._climb(unit, life, 1, (unit,), found)
        return [
            Link(ancestor, depth, span)
            for (ancestor, depth), spans in found.items()
            for span in _joined(spans)
        ]

    def _climb(
        self,
        unit: str,
        span: Span,
        depth: int,
        path: tuple[str, ...],
        found: dict[tuple[str, int], list[Span]],
    ) -> None:
        for place in self.places.get(unit, []):
            both = place.span.meet(span)
            if both is None or place.parent is None:
                continue
            if place.parent in path:
                raise TreeRuleError(
                    "cycle",
                    gettext_noop(
                        "“%(unit)s” sẽ nằm dưới chính nó từ ngày %(day)s. Hãy chọn đơn vị cấp trên khác."
                    ),
                    place.parent,
                    unit=self.name(place.parent, both.start),
                    day=f"{both.start:%d/%m/%Y}",
                )
            found[place.parent, depth].append(both)
            self._climb(place.parent, both, depth + 1, (*path, place.parent), found)

    def below(self, units: set[str]) -> set[str]:
        """Return ``units`` and everything that ever stood below one of them."""
        children: dict[str, set[str]] = defaultdict(set)
        for child, places in self.places.items():
            for place in places:
                if place.parent is not None:
                    children[place.parent].add(child)
        reached: set[str] = set()
        waiting = list(units)
        while waiting:
            unit = waiting.pop()
            if unit not in reached:
                reached.add(unit)
                waiting.extend(children.get(unit, ()))
        return reached

    # --- judging ---------------------------------------------------------------------------------

    def problems(self) -> Iterator[TreeRuleError]:
        """Yield what is wrong with the touched units and what stands below them: gaps, parents that are not there,
        cycles, a lower level above a higher one."""
        for unit in sorted(self.below(self.touched)):
            life = self.lives[unit]
            places = self.places.get(unit, [])
            if not covered(life.span, [place.span for place in places]):
                yield TreeRuleError(
                    "gap",
                    gettext_noop(
                        "“%(unit)s” có ngày không trực thuộc đơn vị nào hoặc trực thuộc hai đơn vị."
                    ),
                    unit,
                    unit=self.name(unit, life.span.start),
                )
            for place in places:
                yield from self._problems_of_place(unit, life, place)
            try:
                self.links(unit)
            except TreeRuleError as fault:
                yield fault
        for happening in self.happenings:
            yield from self._problems_of_heirs(happening)

    def _problems_of_heirs(self, happening: Happening) -> Iterator[TreeRuleError]:
        for inheritance in happening.inheritances:
            heir, on = inheritance.successor, inheritance.starts_on
            if heir == inheritance.predecessor or not self.lives_on(heir, on):
                yield TreeRuleError(
                    "heir_gone",
                    gettext_noop(
                        "“%(heir)s” không thể kế thừa “%(unit)s”: vào ngày %(day)s đơn vị ấy không còn."
                    ),
                    inheritance.predecessor,
                    heir,
                    unit=self.name(inheritance.predecessor, on),
                    heir=self.name(heir, on),
                    day=f"{on:%d/%m/%Y}",
                )

    def _problems_of_place(self, unit: str, life: Life, place: Place) -> Iterator[TreeRuleError]:
        if place.parent is None:
            if not life.is_root:
                yield TreeRuleError(
                    "rootless",
                    gettext_noop("“%(unit)s” chưa có đơn vị cấp trên."),
                    unit,
                    unit=self.name(unit, place.span.start),
                )
            return
        parent = self.lives.get(place.parent)
        if parent is None or parent.span.meet(place.span) != place.span:
            day = max(place.span.start, parent.span.end if parent else place.span.start)
            yield TreeRuleError(
                "orphan",
                gettext_noop(
                    "“%(unit)s” còn trực thuộc “%(parent)s” từ ngày %(day)s, khi đơn vị ấy không tồn tại. "
                    "Hãy chuyển “%(unit)s” sang đơn vị khác trong cùng đợt."
                ),
                unit,
                place.parent,
                unit=self.name(unit, day),
                parent=self.name(place.parent, day),
                day=f"{day:%d/%m/%Y}",
            )
        elif parent.level > life.level or (parent.level == life.level and life.level < INSIDE):
            yield TreeRuleError(
                "level",
                gettext_noop("“%(unit)s” không thể trực thuộc “%(parent)s”: đơn vị ấy không phải cấp trên."),
                unit,
                place.parent,
                unit=self.name(unit, place.span.start),
                parent=self.name(place.parent, place.span.start),
            )


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
