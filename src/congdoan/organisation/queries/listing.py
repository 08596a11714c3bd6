"""The register of units as a table, and what a file would change in it. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from congdoan.organisation.engine import changing
from congdoan.organisation.engine.faults import TreeRuleError
from congdoan.organisation.engine.forest import Forest
from congdoan.organisation.engine.operations import Operation
from congdoan.organisation.importing.units import MOST_ROWS, Entry, Trial, columns, interpret
from congdoan.organisation.models import Unit, UnitTerritory
from congdoan.organisation.models.units import during
from congdoan.organisation.queries import scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.catalogue import kind_names, territory_codes
from congdoan.organisation.queries.forest import load, union_tree
from congdoan.organisation.queries.units import alive, name_on, placed
from congdoan.organisation.rights import Right
from congdoan.spreadsheets import Column, read

_CHUNK = 500


def unit_columns() -> tuple[Column, ...]:
    """Return the columns of the list of units with the kinds that this installation has."""
    sectors = {str(value): str(label) for value, label in Unit.Sector.choices}
    ownerships = {str(value): str(label) for value, label in Unit.Ownership.choices}
    return columns(kind_names(), sectors, ownerships)


def listing(units: QuerySet[Unit], day: date) -> Iterator[dict[str, Any]]:
    """Yield units as rows of the table, each upper unit before what is below it; memory stays bounded."""
    places = UnitTerritory.objects.filter(during(day)).select_related("territory").order_by("territory__code")
    rows: QuerySet[Any] = (
        units.select_related("kind")
        .annotate(
            vi_name=name_on(day),
            short_name=name_on(day, column="short_name"),
            name_en=name_on(day, column="name_en"),
            parent_code=Subquery(placed(day, unit=OuterRef("pk")).values("parent__code")[:1]),
        )
        .prefetch_related(Prefetch("territory_links", places, to_attr="places"))
        .order_by("kind__level", "kind__sort_order", "code")
    )
    for unit in rows.iterator(chunk_size=_CHUNK):
        yield {
            "id": unit.pk,
            "code": unit.code,
            "name": unit.vi_name,
            "short_name": unit.short_name or "",
            "name_en": unit.name_en or "",
            "kind": unit.kind.code,
            "parent": unit.parent_code or "",
            "founded_on": unit.founded_on,
            "symbol": unit.founding_symbol,
            "signed_on": unit.founding_signed_on,
            "sector": unit.sector,
            "ownership_type": unit.ownership_type,
            "territories": "; ".join(link.territory.code for link in unit.places),
            "address": unit.address,
            "phone": unit.phone,
            "email": unit.email,
            "website": unit.website,
            "ended": unit.ended_on is not None and unit.ended_on <= day,
        }


def living(units: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    """Return those of ``units`` that exist on a day."""
    return units.filter(alive(day))


def in_reach(capacity: Capacity, right: Right = Right.SEE_UNITS) -> QuerySet[Unit]:
    """Return the units that one may list."""
    return scope.units(capacity, right)


def everything() -> QuerySet[Unit]:
    """Return all units, for the command line, which acts for the installation itself."""
    return Unit.objects.all()


def trial(path: Path, on: date, capacity: Capacity | None) -> Trial:
    """Say what a list of units would change, row by row; ``None`` stands for the installation itself, which reaches all.

    Raises ``SpreadsheetError`` when the file as a whole cannot be used.
    """
    rows = list(read(path, unit_columns(), limit=MOST_ROWS))
    wanted = {row.values[key] for row in rows for key in ("code", "parent") if row.values[key]}
    reach = everything() if capacity is None else scope.units(capacity, Right.REORGANISE)
    editable = everything() if capacity is None else scope.units(capacity, Right.EDIT_UNITS)
    known: dict[str, Any] = {}
    taken: set[str] = set()
    for codes in _chunks(wanted):
        may_edit = set(editable.filter(code__in=codes).values_list("code", flat=True))
        for entry in listing(reach.filter(code__in=codes), on):
            known[entry["code"].lower()] = entry | {"editable": entry["code"] in may_edit}
        taken.update(
            code.lower() for code in everything().filter(code__in=codes).values_list("code", flat=True)
        )
    result = interpret(rows, known, taken=taken - known.keys(), territories=territory_codes(), on=on)
    _refuse_impossible(result, on)
    return result


def _chunks(codes: Iterable[str]) -> Iterator[list[str]]:
    """Cut codes into lists that every database takes; as they are typed and in capitals, for people mix them."""
    everything_typed = sorted({spelling for code in codes for spelling in (code, code.upper())})
    for start in range(0, len(everything_typed), _CHUNK):
        yield everything_typed[start : start + _CHUNK]


def _refuse_impossible(result: Trial, on: date) -> None:
    """Try the operations on the tree and refuse rows until what is left can be done; a refused row may take others along."""
    operations = result.operations()
    if not operations:
        return
    part = load(union_tree(), operations)
    while True:
        forest = Forest(
            levels=part.forest.levels,
            lives=dict(part.forest.lives),
            places=dict(part.forest.places),
            names=dict(part.forest.names),
        )
        if not _refused_some(result, forest, on):
            return


def _refused_some(result: Trial, forest: Forest, on: date) -> bool:
    entries = result.ordered()
    some = False
    about: dict[str, Entry] = {}
    for entry in entries:
        try:
            for operation in entry.operations:
                about.update(dict.fromkeys(_units_of(operation), entry))
                changing.apply(forest, operation, on)
        except TreeRuleError as fault:
            entry.row.refuse("code", fault.sentence, **fault.values)
            some = True
    if some:
        return True
    for problem in list(forest.problems()):
        entry_of = next((about[code] for code in problem.units if code in about), None)
        if entry_of is not None and not entry_of.is_refused:
            entry_of.row.refuse("code", problem.sentence, **problem.values)
            some = True
    return some


def _units_of(operation: Operation) -> set[str]:
    own = getattr(operation, "unit", "")
    return {own if isinstance(own, str) else own.code}
