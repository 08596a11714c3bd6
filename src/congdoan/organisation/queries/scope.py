"""Rights as conditions of queries: mandate × subtree × day. Foreign rows are not in the answer, so they are not found."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from congdoan.organisation.models import Ancestry, Heir, Unit
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right, Scope

NOTHING = Q(pk__in=())


def within(capacity: Capacity, right: Right, field: str = "unit") -> Q:
    """Return the condition for rows whose unit (``field``, a foreign key or "pk") the capacity's right reaches.

    In reach are the units that stand below the mandate's unit today, and those that have ended and for which one of these
    stands today. Adds no query of its own: the database answers from the index of ``Ancestry``.
    """
    scope = capacity.reach(right)
    if scope is None or capacity.mandate is None:
        return NOTHING
    top = capacity.mandate.unit_id
    column = "pk" if field == "pk" else f"{field}_id"
    if scope is Scope.UNIT:
        return Q(**{column: top}) | Q(Exists(_stood_for(column, top)))
    condition = Q(Exists(_below(OuterRef(column), top, capacity))) | Q(
        Exists(
            Heir.objects.filter(during(capacity.on), unit=OuterRef(column), end_version=None).filter(
                Exists(_below(OuterRef("heir_id"), top, capacity))
            )
        )
    )
    return condition & ~Q(**{column: top}) if scope is Scope.BELOW else condition


def _below(unit: OuterRef, top: int, capacity: Capacity) -> QuerySet[Ancestry]:
    return Ancestry.objects.filter(during(capacity.on), unit=unit, ancestor=top, end_version=None)


def _stood_for(column: str, top: int) -> QuerySet[Heir]:
    return Heir.objects.filter(unit=OuterRef(column), heir=top, end_version=None, valid_to=None)


def units(capacity: Capacity, right: Right) -> QuerySet[Unit]:
    """Return the units that the capacity's right reaches, ended ones included."""
    return Unit.objects.filter(within(capacity, right, "pk"))


def reaches(capacity: Capacity, right: Right, unit_id: int) -> bool:
    """Say whether the right reaches one unit, in one query."""
    return units(capacity, right).filter(pk=unit_id).exists()
