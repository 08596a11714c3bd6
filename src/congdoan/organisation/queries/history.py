"""What happened to one unit, in the order in which it happened."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from congdoan.organisation.models import (
    Ancestry,
    Placement,
    Succession,
    TreeVersion,
    Unit,
    UnitEvent,
    UnitName,
)

MOVED_WITH = "followed"
"""Kind of a change of parent that no event of the unit's own tells of: it followed a merger or split of its parent."""
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Mention:
    """A unit that a story names: its code, and what it was called then."""

    code: str
    name: str
    share: int = 0


@dataclass(slots=True)
class Happened:
    """One thing that happened to a unit. ``others`` are the first units on the other side, ``rest`` how many more there are.

    ``role``: the unit is what the event is "about", or its "predecessor" or "successor".
    """

    kind: str
    on: date
    role: str = "about"
    name_before: str = ""
    name_after: str = ""
    parent_before: Mention | None = None
    parent_after: Mention | None = None
    others: list[Mention] = field(default_factory=list)
    rest: int = 0
    decision_symbol: str = ""
    decision_on: date | None = None
    decision_issuer: str = ""
    reason: str = ""


class _Names:
    """Names of some units on any day, read at once."""

    def __init__(self, units: Iterable[int]) -> None:
        self._rows: dict[int, list[UnitName]] = {}
        rows = UnitName.objects.filter(unit__in=set(units)).select_related("unit").order_by("valid_from")
        for row in rows:
            self._rows.setdefault(row.unit_id, []).append(row)

    def mention(self, unit: int | None, on: date, share: int = 0) -> Mention | None:
        rows = self._rows.get(unit or 0, [])
        if not rows:
            return None
        row = next((row for row in reversed(rows) if row.valid_from <= on), rows[0])
        return Mention(row.unit.code, str(row), share)

    def name(self, unit: int, on: date) -> str:
        found = self.mention(unit, on)
        return found.name if found else ""


def history(unit: Unit) -> list[Happened]:
    """Return everything that happened to a unit, the newest first, in a number of queries that does not grow."""
    events = list(
        UnitEvent.objects.filter(
            Q(unit=unit)
            | Q(pk__in=Succession.objects.filter(Q(predecessor=unit) | Q(successor=unit)).values("event"))
        )
        .select_related("version")
        .order_by("happened_on", "version__number", "sequence")
    )
    successions: dict[int, list[Succession]] = {}
    for row in Succession.objects.filter(event__in=[event.pk for event in events]).order_by("pk"):
        successions.setdefault(row.event_id, []).append(row)
    places = list(Placement.objects.filter(unit=unit).order_by("valid_from"))
    involved = {unit.pk, *(place.parent_id for place in places if place.parent_id)}
    for rows in successions.values():
        for row in rows[: 2 * _NAMED]:
            involved |= {row.predecessor_id, row.successor_id}
    names = _Names(involved)
    story = [_happened(unit, event, successions.get(event.pk, []), places, names) for event in events]
    told = {
        event.happened_on
        for event in events
        if event.unit_id == unit.pk and event.kind in ("founding", "move")
    }
    for earlier, later in itertools.pairwise(places):
        if later.valid_from not in told:
            story.append(
                Happened(
                    MOVED_WITH,
                    later.valid_from,
                    parent_before=names.mention(earlier.parent_id, later.valid_from - timedelta(days=1)),
                    parent_after=names.mention(later.parent_id, later.valid_from),
                )
            )
    if not any(one.on == unit.founded_on and _is_beginning(one) for one in story):
        story.append(
            Happened(
                "founding",
                unit.founded_on,
                parent_after=names.mention(places[0].parent_id, unit.founded_on) if places else None,
                decision_symbol=unit.founding_symbol,
                decision_on=unit.founding_signed_on,
            )
        )
    return sorted(story, key=lambda one: one.on, reverse=True)


def _is_beginning(one: Happened) -> bool:
    return one.kind == "founding" or one.role == "successor"


def _happened(
    unit: Unit, event: UnitEvent, rows: list[Succession], places: list[Placement], names: _Names
) -> Happened:
    on, eve = event.happened_on, event.happened_on - timedelta(days=1)
    told = Happened(
        event.kind,
        on,
        decision_symbol=event.decision_symbol,
        decision_on=event.decision_on,
        decision_issuer=event.decision_issuer,
        reason=event.reason,
    )
    if event.kind == UnitEvent.Kind.RENAMING:
        told.name_before = str(event.before.get("name", "")) or names.name(unit.pk, eve)
        told.name_after = names.name(unit.pk, on)
    before = next((place for place in reversed(places) if place.valid_from < on), None)
    after = next((place for place in reversed(places) if place.valid_from <= on), None)
    told.parent_before = names.mention(before.parent_id, eve) if before else None
    told.parent_after = names.mention(after.parent_id, on) if after else None
    if any(row.predecessor_id == unit.pk for row in rows):
        told.role = "predecessor"
        mine = [row for row in rows if row.predecessor_id == unit.pk]
        others = [names.mention(row.successor_id, on, row.share) for row in mine[:_NAMED]]
    else:
        mine = [row for row in rows if row.successor_id == unit.pk]
        told.role = "successor" if mine else "about"
        others = [names.mention(row.predecessor_id, eve, row.share) for row in mine[:_NAMED]]
    told.others = [other for other in others if other]
    told.rest = max(len(mine) - _NAMED, 0)
    return told


def names_in_time(unit: Unit) -> list[UnitName]:
    """Return every name the unit has had, the newest first."""
    return list(UnitName.objects.filter(unit=unit).order_by("-valid_from"))


def units_of_version(version: TreeVersion) -> set[int]:
    """Return the ids of the units that a batch is about: its events, who inherits, and what changed its parent by it."""
    units = set(UnitEvent.objects.filter(version=version).values_list("unit_id", flat=True))
    for pair in Succession.objects.filter(event__version=version).values_list(
        "predecessor_id", "successor_id"
    ):
        units.update(pair)
    moved = Ancestry.objects.filter(tree=version.tree, depth=1, first_version=version.number)
    return units | set(moved.values_list("unit_id", flat=True))
