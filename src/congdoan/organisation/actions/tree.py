"""Writing a changed tree: one version for one batch, in the transaction that holds the tree's lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from congdoan.organisation.engine.forest import Forest, Happening
from congdoan.organisation.engine.inheritance import heirs_over_time
from congdoan.organisation.engine.operations import Decision, founded_units
from congdoan.organisation.engine.spans import FOREVER
from congdoan.organisation.models import (
    Ancestry,
    Heir,
    Mandate,
    Placement,
    Succession,
    Tree,
    TreeVersion,
    Unit,
    UnitEvent,
    UnitKind,
    UnitName,
    UnitTerritory,
)
from congdoan.organisation.queries.forest import Part, chunks, newest_version, territories
from congdoan.organisation.signals import tree_changed

_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Batch:
    """What all operations of a batch share: the day it takes effect from, a note, the decision behind it."""

    effective_from: date
    note: str
    decision: Decision


def lock(tree: Tree) -> Tree:
    """Take the one lock under which the tree changes; it is given back at the end of the transaction."""
    return Tree.objects.select_for_update().get(pk=tree.pk)


def write(tree: Tree, part: Part, batch: Batch) -> TreeVersion:
    """Write what was applied to ``part`` as a new version. Call it under ``lock``, after ``problems`` found none."""
    forest = part.forest
    version = TreeVersion.objects.create(
        tree=tree,
        number=newest_version(tree) + 1,
        made_at=timezone.now(),
        effective_from=batch.effective_from,
        note=batch.note[:300],
    )
    _write_new_units(forest, part.ids, batch)
    ended = _write_ends(forest, part.ids, batch)
    _write_names(forest, part.ids)
    _write_places(tree, forest, part.ids)
    _write_happenings(forest.happenings, part, version, batch)
    _write_ancestry(tree, forest, part.ids, version.number)
    _write_heirs(part, version.number)
    tree_changed.send(sender=TreeVersion, version=version, ended=ended)
    return version


def _end(end: date) -> date | None:
    return None if end == FOREVER else end


def _write_new_units(forest: Forest, ids: dict[str, int], batch: Batch) -> None:
    if not forest.founded:
        return
    kinds = dict(UnitKind.objects.values_list("code", "pk"))
    decisions = _founding_decisions(forest.happenings, batch)
    rows = [
        Unit(
            code=new.code,
            kind_id=kinds[new.kind],
            founded_on=forest.lives[new.code].span.start,
            ended_on=_end(forest.lives[new.code].span.end),
            founding_symbol=decisions[new.code].symbol,
            founding_signed_on=decisions[new.code].on,
            sector=new.sector,
            ownership_type=new.ownership_type,
            address=new.address,
            phone=new.phone,
            email=new.email,
        )
        for new in forest.founded.values()
    ]
    for unit in Unit.objects.bulk_create(rows, batch_size=_ROWS):
        ids[unit.code] = unit.pk
    places = territories({code for new in forest.founded.values() for code in new.territories})
    UnitTerritory.objects.bulk_create(
        [
            UnitTerritory(
                unit_id=ids[new.code],
                territory_id=places[code],
                valid_from=forest.lives[new.code].span.start,
                valid_to=_end(forest.lives[new.code].span.end),
            )
            for new in forest.founded.values()
            for code in new.territories
            if code in places
        ],
        batch_size=_ROWS,
    )


def _founding_decisions(happenings: Iterable[Happening], batch: Batch) -> dict[str, Decision]:

    return {
        new.code: _decision(happening, batch)
        for happening in happenings
        for new in founded_units(happening.operation)
    }


def _decision(happening: Happening, batch: Batch) -> Decision:
    own = happening.operation.decision
    return own if own != Decision() else batch.decision


def _write_ends(forest: Forest, ids: Mapping[str, int], batch: Batch) -> dict[int, date]:
    """Write the end of units that end, of what hangs on them, and return it by id."""
    ended = {
        ids[code]: forest.lives[code].span.end
        for code in forest.touched
        if forest.lives[code].span.end != FOREVER
    }
    decisions = {
        ids[inheritance.predecessor]: _decision(happening, batch)
        for happening in forest.happenings
        for inheritance in happening.inheritances
    }
    decisions |= {
        ids[happening.unit]: _decision(happening, batch)
        for happening in forest.happenings
        if happening.operation.kind == "dissolution"
    }
    rows = []
    for some in chunks(ended):
        for unit in Unit.objects.filter(pk__in=some, ended_on=None):
            unit.ended_on = ended[unit.pk]
            decision = decisions.get(unit.pk, batch.decision)
            unit.ending_symbol, unit.ending_signed_on = decision.symbol, decision.on
            rows.append(unit)
    Unit.objects.bulk_update(rows, ["ended_on", "ending_symbol", "ending_signed_on"], batch_size=_ROWS)
    for day in set(ended.values()):
        for some in chunks(pk for pk, end in ended.items() if end == day):
            open_rows = Q(valid_to=None) | Q(valid_to__gt=day)
            Mandate.objects.filter(open_rows, unit__in=some, valid_from__lt=day).update(valid_to=day)
            UnitTerritory.objects.filter(open_rows, unit__in=some, valid_from__lt=day).update(valid_to=day)
    return ended


def _write_names(forest: Forest, ids: Mapping[str, int]) -> None:
    changed = {happening.unit for happening in forest.happenings if happening.operation.kind == "renaming"}
    changed |= forest.touched
    known: dict[tuple[int, date], UnitName] = {}
    for some in chunks(ids[code] for code in changed):
        for known_name in UnitName.objects.filter(unit__in=some):
            known[known_name.unit_id, known_name.valid_from] = known_name
    new: list[UnitName] = []
    altered: list[UnitName] = []
    for code in sorted(changed):
        for entry in forest.names[code]:
            row: UnitName | None = known.pop((ids[code], entry.span.start), None)
            if row is None:
                row = UnitName(
                    unit_id=ids[code],
                    valid_from=entry.span.start,
                    valid_to=_end(entry.span.end),
                    name=entry.name,
                    short_name=entry.short_name,
                    name_en=entry.name_en,
                )
                row.derive()
                new.append(row)
            elif (row.name, row.valid_to) != (entry.name, _end(entry.span.end)):
                row.name, row.short_name, row.name_en = entry.name, entry.short_name, entry.name_en
                row.valid_to = _end(entry.span.end)
                row.derive()
                altered.append(row)
    # First what gets shorter, then what is new: the database refuses overlaps at every step.
    UnitName.objects.bulk_update(
        altered, ["name", "short_name", "name_en", "valid_to", "folded", "sort_key"], batch_size=_ROWS
    )
    UnitName.objects.bulk_create(new, batch_size=_ROWS)


def _write_places(tree: Tree, forest: Forest, ids: Mapping[str, int]) -> None:
    known: dict[tuple[int, date], Placement] = {}
    for some in chunks(ids[code] for code in forest.touched):
        for placed in Placement.objects.filter(tree=tree, unit__in=some):
            known[placed.unit_id, placed.valid_from] = placed
    new: list[Placement] = []
    altered: list[Placement] = []
    for code in sorted(forest.touched):
        for place in forest.places[code]:
            parent = None if place.parent is None else ids[place.parent]
            row: Placement | None = known.pop((ids[code], place.span.start), None)
            if row is None:
                new.append(
                    Placement(
                        tree=tree,
                        unit_id=ids[code],
                        parent_id=parent,
                        valid_from=place.span.start,
                        valid_to=_end(place.span.end),
                    )
                )
            elif (row.parent_id, row.valid_to) != (parent, _end(place.span.end)):
                row.parent_id, row.valid_to = parent, _end(place.span.end)
                altered.append(row)
    Placement.objects.bulk_update(altered, ["parent", "valid_to"], batch_size=_ROWS)
    Placement.objects.bulk_create(new, batch_size=_ROWS)


def _write_happenings(happenings: list[Happening], part: Part, version: TreeVersion, batch: Batch) -> None:
    events = []
    for sequence, happening in enumerate(happenings, 1):
        decision = _decision(happening, batch)
        events.append(
            UnitEvent(
                kind=happening.operation.kind,
                version=version,
                sequence=sequence,
                happened_on=happening.on,
                unit_id=part.ids[happening.unit],
                decision_symbol=decision.symbol,
                decision_on=decision.on,
                decision_issuer=decision.issuer,
                reason=happening.operation.reason,
                before=happening.before,
                after=happening.after,
            )
        )
    rows = []
    for event, happening in zip(
        UnitEvent.objects.bulk_create(events, batch_size=_ROWS), happenings, strict=True
    ):
        for inheritance in happening.inheritances:
            part.inheritances[inheritance.predecessor].append(inheritance)
            rows.append(
                Succession(
                    event=event,
                    predecessor_id=part.ids[inheritance.predecessor],
                    successor_id=part.ids[inheritance.successor],
                    share=inheritance.share,
                    starts_on=inheritance.starts_on,
                )
            )
    Succession.objects.bulk_create(rows, batch_size=_ROWS)


def _write_ancestry(tree: Tree, forest: Forest, ids: Mapping[str, int], number: int) -> None:
    """Close the rows that no longer hold and add the new ones; what stays the same is not touched."""
    affected = forest.below(forest.touched)
    current: dict[tuple[int, int, int, date, date | None], int] = {}
    for some in chunks(ids[code] for code in affected):
        rows = Ancestry.objects.filter(tree=tree, unit__in=some, end_version=None)
        for row in rows:
            current[row.unit_id, row.ancestor_id, row.depth, row.valid_from, row.valid_to] = row.pk
    new = []
    for code in sorted(affected):
        for link in forest.links(code):
            key = (ids[code], ids[link.ancestor], link.depth, link.span.start, _end(link.span.end))
            if current.pop(key, None) is None:
                new.append(
                    Ancestry(
                        tree=tree,
                        unit_id=key[0],
                        ancestor_id=key[1],
                        depth=key[2],
                        valid_from=key[3],
                        valid_to=key[4],
                        first_version=number,
                    )
                )
    for some in chunks(current.values()):
        Ancestry.objects.filter(pk__in=some).update(end_version=number)
    Ancestry.objects.bulk_create(new, batch_size=_ROWS)


def _write_heirs(part: Part, number: int) -> None:
    """Work out anew who stands for the ended units of this part of the tree."""
    forest, ids = part.forest, part.ids
    ended = [code for code, life in forest.lives.items() if life.span.end != FOREVER]
    current: dict[tuple[int, int, int, date, date | None], int] = {}
    for some in chunks(ids[code] for code in ended):
        rows = Heir.objects.filter(unit__in=some, end_version=None)
        for row in rows:
            current[row.unit_id, row.heir_id, row.share, row.valid_from, row.valid_to] = row.pk
    new = []
    for code in sorted(ended):
        for heir, share, during in heirs_over_time(code, forest, part.inheritances):
            key = (ids[code], ids[heir], share, during.start, _end(during.end))
            if current.pop(key, None) is None:
                new.append(
                    Heir(
                        unit_id=key[0],
                        heir_id=key[1],
                        share=key[2],
                        valid_from=key[3],
                        valid_to=key[4],
                        first_version=number,
                    )
                )
    for some in chunks(current.values()):
        Heir.objects.filter(pk__in=some).update(end_version=number)
    Heir.objects.bulk_create(new, batch_size=_ROWS)
