"""What the views of the register share: who may open a screen, and one person or "not found"."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from congdoan.members.actions import reading
from congdoan.members.models import Person
from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.queries.capacities import Capacity

__all__ = ["capacity_of", "person_or_404", "requires"]


def person_or_404(capacity: Capacity, person_id: int, **reading_of: Any) -> Person:
    """Return a person in reach, with the line in the reading log; a foreign one is not found (and that is logged)."""
    try:
        return reading.open_person(capacity, person_id, **reading_of)
    except Person.DoesNotExist as error:
        raise Http404 from error


def person_of(request: HttpRequest, person_id: int, **reading_of: Any) -> Person:
    """The same for whoever sends ``request``."""
    return person_or_404(capacity_of(request), person_id, **reading_of)
