"""Which units' figures one may look at on the desk."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import within
from congdoan.organisation.rights import Right

SEEING = (Right.ENTER_REPORTS, Right.REVIEW_REPORTS, Right.SIGN_REPORTS, Right.CONFIGURE_REPORTS)
"""Rights that let one see totals: of one's own unit, and of those below."""


def units_seen(capacity: Capacity) -> QuerySet[Unit]:
    """Return the units whose totals the capacity may see: its own, and all that its rights reach."""
    found = Q(pk__in=())
    for right in SEEING:
        found |= within(capacity, right, "pk")
    if capacity.unit is not None and any(capacity.may(right) for right in SEEING):
        found |= Q(pk=capacity.unit.pk)
    return Unit.objects.filter(found)
