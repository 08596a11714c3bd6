"""One person at a time: whoever changes a membership holds the row of the person until the end."""

from __future__ import annotations

from congdoan.members import switch
from congdoan.members.models import Person
from congdoan.members.queries import scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right


def locked(person_id: int) -> Person:
    """Return a person whose row stays locked until commit. Raises ``Person.DoesNotExist``; erased people do not exist."""
    if not switch.is_on():
        raise Person.DoesNotExist
    return Person.objects.select_for_update().get(pk=person_id, tombstoned_at=None)


def locked_in_reach(capacity: Capacity, right: Right, person_id: int) -> Person:
    """Return the same for a person whom the right reaches.

    Reach is asked after the lock, by a statement of its own: what another officer changed while we waited must count.
    """
    person = locked(person_id)
    if not scope.people(capacity, right).filter(pk=person.pk).exists():
        raise Person.DoesNotExist
    return person
