"""Exports of lists: what would leave, and which exports one may see."""

from __future__ import annotations

from django.db.models import QuerySet

from congdoan.members.models import Export, Membership
from congdoan.members.queries import scope
from congdoan.members.queries.register import Wanted, listed
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right


def rows(capacity: Capacity, wanted: Wanted) -> QuerySet[Membership]:
    """Return the memberships that an export would hold. Restricted records are only kept, so they stay at home."""
    return listed(capacity, wanted, Right.EXPORT_MEMBERS).filter(person__restricted_at=None)


def visible(capacity: Capacity) -> QuerySet[Export]:
    """Return the exports of units in reach, also those that others asked for, the newest first."""
    return Export.objects.filter(scope.at_unit(capacity, Right.EXPORT_MEMBERS, "unit")).select_related("unit")


def waiting(capacity: Capacity) -> QuerySet[Export]:
    """Return what waits for this officer as the second approver: never what they asked for themselves."""
    asked = visible(capacity).filter(status=Export.Status.REQUESTED)
    return asked.exclude(requester_id=str(capacity.user.pk)).order_by("requested_at", "pk")
