"""Keys of the API as their owner sees them."""

from __future__ import annotations

from django.db.models import QuerySet

from congdoan.organisation.models import ApiToken
from congdoan.organisation.queries.capacities import Capacity


def tokens_of(capacity: Capacity) -> QuerySet[ApiToken]:
    """Return the keys of the very mandate in whose name one acts, the newest first."""
    if capacity.mandate is None:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(mandate=capacity.mandate).order_by("-pk")
