"""Reading the part of the tree that a change needs into plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from congdoan.organisation.engine.forest import Forest, Inheritance, Life, Name, Place
from congdoan.organisation.engine.operations import Operation, founded_units, moved_units, named_units
from congdoan.organisation.engine.spans import FOREVER, Span
from congdoan.organisation.models import (
    Ancestry,
    Heir,
    Placement,
    Succession,
    Territory,
    Tree,
    TreeVersion,
    Unit,
    UnitKind,
    UnitName,
)

UNION = "union"
"""Code of the one tree there is; others (by sector) can follow."""
_MANY = 500


@dataclass(slots=True)
class Part:
    """A part of the tree: the forest, the ids of its units by code, and who inherits from whom."""

    forest: Forest
    ids: dict[str, int]
    inheritances: dict[str, list[Inheritance]] = field(default_factory=lambda: defaultdict(list))


def union_tree() -> Tree:
    """Return the tree of the union. Raises ``Tree.DoesNotExist`` before the catalogue was loaded."""
    return Tree.objects.get(code=UNION)


def newest_version(tree: Tree) -> int:
    """Return the number of the newest version; 0 while the tree is empty."""
    number = (
        TreeVersion.objects.filter(tree=tree).order_by("-number").values_list("number", flat=True).first()
    )
    return number or 0


def span(start: date, end: date | None) -> Span:
    """Return the span of a row's two dates."""
    return Span(start, end or FOREVER)


def chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    """Cut many ids into lists that every database takes as parameters."""
    everything = sorted(ids)
    return (everything[start : start + _MANY] for start in range(0, len(everything), _MANY))


def load(tree: Tree, operations: Iterable[Operation]) -> Part:
    """Read what ``operations`` need: the units they name with all above, those they move with all below, and the units
    that have ended into one of those."""
    operations = list(operations)
    founded = {unit.code for operation in operations for unit in founded_units(operation)}
    named = {code for operation in operations for code in named_units(operation)} | founded
    moved = {code for operation in operations for code in moved_units(operation)}
    ids = (
        dict(Unit.objects.filter(code__in=named).values_list("code", "pk"))
        if len(named) < _MANY
        else {code: pk for code, pk in Unit.objects.values_list("code", "pk").iterator() if code in named}
    )
    wanted = set(ids.values())
    roots = {ids[code] for code in moved if code in ids}
    below: set[int] = set()
    for some in chunks(roots):
        below.update(
            Ancestry.objects.filter(tree=tree, ancestor__in=some, end_version=None).values_list(
                "unit_id", flat=True
            )
        )
    wanted |= below
    wanted |= _ended_into(wanted)
    # An ended unit is understood only with its successors, and they with theirs and with all that stands above.
    while True:
        whole = wanted | _above(tree, wanted) | _successors(wanted)
        if whole == wanted:
            return _read(tree, wanted)
        wanted = whole


def _ended_into(units: set[int]) -> set[int]:
    """Return the units that have ended and for which one of ``units`` stands."""
    found: set[int] = set()
    for some in chunks(units):
        found.update(Heir.objects.filter(heir__in=some, end_version=None).values_list("unit_id", flat=True))
    return found


def _successors(units: set[int]) -> set[int]:
    found: set[int] = set()
    for some in chunks(units):
        found.update(Succession.objects.filter(predecessor__in=some).values_list("successor_id", flat=True))
    return found


def _above(tree: Tree, units: set[int]) -> set[int]:
    above: set[int] = set()
    for some in chunks(units):
        above.update(
            Ancestry.objects.filter(tree=tree, unit__in=some, end_version=None).values_list(
                "ancestor_id", flat=True
            )
        )
    return above


def _read(tree: Tree, wanted: set[int]) -> Part:
    forest = Forest(levels=dict(UnitKind.objects.values_list("code", "level")))
    codes: dict[int, str] = {}
    for some in chunks(wanted):
        for unit in Unit.objects.filter(pk__in=some).select_related("kind"):
            codes[unit.pk] = unit.code
            forest.lives[unit.code] = Life(
                span(unit.founded_on, unit.ended_on), unit.kind.level, unit.kind.is_root
            )
            forest.places[unit.code], forest.names[unit.code] = [], []
    part = Part(forest, {code: pk for pk, code in codes.items()})
    for some in chunks(wanted):
        for placement in Placement.objects.filter(tree=tree, unit__in=some).order_by("unit", "valid_from"):
            parent = (
                None
                if placement.parent_id is None
                else codes.get(placement.parent_id, f"#{placement.parent_id}")
            )
            forest.places[codes[placement.unit_id]].append(
                Place(parent, span(placement.valid_from, placement.valid_to))
            )
        for name in UnitName.objects.filter(unit__in=some).order_by("unit", "valid_from"):
            forest.names[codes[name.unit_id]].append(
                Name(name.name, name.short_name, name.name_en, span(name.valid_from, name.valid_to))
            )
        for succession in Succession.objects.filter(predecessor__in=some):
            part.inheritances[codes[succession.predecessor_id]].append(
                Inheritance(
                    codes[succession.predecessor_id],
                    codes[succession.successor_id],
                    succession.share,
                    succession.starts_on,
                )
            )
    return part


def territories(codes: Iterable[str]) -> dict[str, int]:
    """Return the ids of territories by code; unknown codes are left out."""
    return dict(Territory.objects.filter(code__in=list(codes)).values_list("code", "pk"))
