"""Rights as conditions of queries: mandate × subtree × day. Foreign rows are not in the answer, so they are not found."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from congdoan.organisation.models import Ancestry, Heir, Unit
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right, Scope

NOTHING = Q(pk__in=())


def within(capacity: Capacity, right: Right, field: str = "unit") -> Q:
    """Return the condition for rows whose unit (``field``, a foreign key or "pk") the capacity's right reaches.

    In reach are the units that stand below the mandate's unit today, and those that have ended and for which one of these
    stands today. Adds no query of its own. The ids in reach are read once from the index of ``Ancestry``, whatever the
    size of the tree or of the table; everything is in reach of the head of the tree, so nothing is read for it.
    """
    scope = capacity.reach(right)
    if scope is None or capacity.mandate is None:
        return NOTHING
    top = capacity.mandate.unit_id
    column = "pk" if field == "pk" else f"{field}_id"
    if scope is Scope.UNIT:
        return Q(**{column: top}) | Q(**{f"{column}__in": _stood_for(top)})
    if capacity.mandate.unit.kind.is_root:
        # An empty condition would vanish where two rights are joined by "or".
        condition = Q(**{f"{column}__isnull": False})
    else:
        below = _below(top, capacity)
        heirs = Heir.objects.filter(during(capacity.on), heir__in=below, end_version=None)
        condition = Q(**{f"{column}__in": below.union(heirs.values("unit"), all=True)})
    return condition & ~Q(**{column: top}) if scope is Scope.BELOW else condition


def covers(capacity: Capacity, right: Right, field: str = "unit") -> Q:
    """Return the same condition as ``within``, for queries that look at one row or a few.

    ``within`` reads all ids in reach once, which a list needs and one row does not: here each row looks its own unit up.
    """
    scope = capacity.reach(right)
    if scope is None or scope is Scope.UNIT or capacity.mandate is None or capacity.mandate.unit.kind.is_root:
        return within(capacity, right, field)
    top = capacity.mandate.unit_id
    column = "pk" if field == "pk" else f"{field}_id"
    below = _below(top, capacity)
    heirs = Heir.objects.filter(during(capacity.on), heir__in=below, end_version=None)
    condition = Q(Exists(below.filter(unit=OuterRef(column)))) | Q(
        Exists(heirs.filter(unit=OuterRef(column)))
    )
    return condition & ~Q(**{column: top}) if scope is Scope.BELOW else condition


def _below(top: int, capacity: Capacity) -> QuerySet[Ancestry, Any]:
    return Ancestry.objects.filter(during(capacity.on), ancestor=top, end_version=None).values("unit")


def _stood_for(top: int) -> QuerySet[Heir, Any]:
    return Heir.objects.filter(heir=top, end_version=None, valid_to=None).values("unit")


def units(capacity: Capacity, right: Right) -> QuerySet[Unit]:
    """Return the units that the capacity's right reaches, ended ones included."""
    return Unit.objects.filter(within(capacity, right, "pk"))


def reaches(capacity: Capacity, right: Right, unit_id: int) -> bool:
    """Say whether the right reaches one unit, in one query."""
    return Unit.objects.filter(covers(capacity, right, "pk"), pk=unit_id).exists()
