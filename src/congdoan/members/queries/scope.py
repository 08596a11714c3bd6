"""Which people a capacity reaches: the unit where they are a member, or were last, is within its right."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from congdoan.members import switch
from congdoan.members.models import Membership, Person, active_on
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import units, within
from congdoan.organisation.rights import Right


def memberships(capacity: Capacity, right: Right) -> QuerySet[Membership]:
    """Return the memberships by which the capacity's right reaches a person: the one of today and the last one.

    A unit that let a member go to another does not follow them there, and sees no more of them.
    """
    if not switch.is_on():
        return Membership.objects.none()
    return in_units(capacity, right).filter(active_on(capacity.on) | ~Exists(_later()))


def in_units(capacity: Capacity, right: Right) -> QuerySet[Membership]:
    """Return every membership of the units in reach, also of people who have gone on to others.

    The units are looked up once, not for each row.
    """
    if not switch.is_on():
        return Membership.objects.none()
    return Membership.objects.filter(unit__in=units(capacity, right).values("pk"))


def _later() -> QuerySet[Membership]:
    return Membership.objects.filter(person=OuterRef("person"), admitted_on__gt=OuterRef("admitted_on"))


def people(capacity: Capacity, right: Right) -> QuerySet[Person]:
    """Return the people whom the capacity's right reaches. Erased ones are nobody's."""
    reached = memberships(capacity, right).filter(person=OuterRef("pk"))
    return Person.objects.filter(Exists(reached), tombstoned_at=None)


def at_unit(capacity: Capacity, right: Right, field: str) -> Q:
    """Return the condition for rows with a unit (``field``) in reach; matches nothing while the register is off."""
    return within(capacity, right, field) if switch.is_on() else Q(pk__in=())
