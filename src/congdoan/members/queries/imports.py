"""Imports of lists, and pairs of records that may be one person, as far as the asker may see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from congdoan.members.importing.rows import Place, Places
from congdoan.members.models import DuplicateProposal, ImportRow, ImportRun
from congdoan.members.queries import scope
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import units
from congdoan.organisation.queries.units import alive, below, named
from congdoan.organisation.rights import Right
from congdoan.vntext import fold


def runs(capacity: Capacity) -> QuerySet[ImportRun]:
    """Return the imports that the asker sent, for units still in their reach. Nobody else sees them."""
    return ImportRun.objects.filter(
        scope.at_unit(capacity, Right.IMPORT_MEMBERS, "scope"), created_by=capacity.actor
    ).select_related("scope")


def refused_rows(run: ImportRun) -> QuerySet[ImportRow]:
    """Return the refused rows of an import, in the order of the file."""
    return run.refused_rows.order_by("number")


def earlier_run(capacity: Capacity, unit: Unit, file_digest: str) -> ImportRun | None:
    """Return an import of the very same file for the same unit that is going on or done."""
    return (
        runs(capacity)
        .filter(scope=unit, file_digest=file_digest)
        .exclude(status__in=(ImportRun.Status.CANCELLED, ImportRun.Status.FAILED))
        .first()
    )


def places(capacity: Capacity, unit: Unit, day: date | None = None) -> Places:
    """Return the units that an import for ``unit`` may name: it and those below, as far as the right reaches."""
    day = day or timezone.localdate()
    reached = units(capacity, Right.IMPORT_MEMBERS).filter(alive(day), pk__in=below(unit, day).values("pk"))
    by_code: dict[str, Place] = {}
    by_name: dict[str, Place | None] = {}
    for unit_row in named(reached, day):
        row: Any = unit_row  # its name on the day is annotated
        pk, code, founded_on, ended_on, name = row.pk, row.code, row.founded_on, row.ended_on, row.shown_name
        place = Place(pk, founded_on, ended_on)
        by_code[code.upper()] = place
        key = fold(name or "").strip()
        by_name[key] = None if key in by_name else place
    return Places(by_code, by_name, Place(unit.pk, unit.founded_on, unit.ended_on))


def proposals(capacity: Capacity) -> QuerySet[DuplicateProposal]:
    """Return the pairs whose both people the asker may edit: who sees only one of them must not learn of the other."""
    mine = scope.people(capacity, Right.EDIT_MEMBERS)
    return DuplicateProposal.objects.filter(
        Exists(mine.filter(pk=OuterRef("first_id"))), Exists(mine.filter(pk=OuterRef("second_id")))
    ).select_related("first", "second")


def waiting_first(pairs: QuerySet[DuplicateProposal]) -> QuerySet[DuplicateProposal]:
    """Order pairs: those that wait, the surest first, then the decided ones."""
    return pairs.order_by(F("decided_at").desc(nulls_first=True), "-score", "pk")
