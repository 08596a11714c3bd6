"""Members whose unit has ended and was split: somebody must say in which of its heirs they go on."""

from __future__ import annotations

from django.db.models import QuerySet

from congdoan.members.models import Membership, active_on
from congdoan.members.queries import scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.units import name_on
from congdoan.organisation.rights import Right


def unplaced(capacity: Capacity) -> QuerySet[Membership]:
    """Return the memberships that still stand in a unit that is no more, as far as the asker may place them."""
    return (
        scope.memberships(capacity, Right.ADMIT_MEMBERS)
        .filter(active_on(capacity.on), unit__ended_on__lte=capacity.on, person__tombstoned_at=None)
        .order_by("unit__ended_on", "unit_id", "person__sort_key", "person_id")
    )


def shown(rows: QuerySet[Membership], capacity: Capacity) -> QuerySet[Membership]:
    """Add what a page shows of them; the unit by its last name."""
    return rows.select_related("person", "unit").annotate(unit_name=name_on(capacity.on, "unit"))
