"""What two records of one person have in common and what not: for whoever is about to make them one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from congdoan.members.models import Membership, Merge, Person
from congdoan.members.queries import scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right

NAME, BIRTH, IDENTITY, ADMITTED = "name", "birth", "identity", "admitted"
COLUMNS: dict[str, tuple[str, ...]] = {
    NAME: ("last_name", "first_name"),
    BIRTH: ("birth_date", "birth_precision"),
    "sex": ("sex",),
    IDENTITY: ("identity_hash", "identity_cipher"),
    "member_no": ("member_no",),
    "phone": ("phone",),
    "email": ("email",),
    "address": ("address",),
    "employment_category": ("employment_category",),
    "user": ("user_id",),
    "officer": ("officer_id",),
}
"""What is chosen as one → its columns. Two ciphers of one number differ, so the hash is what is compared."""

_ENDLESS = date.max


def _compared(person: Person, key: str) -> tuple[Any, ...]:
    columns = COLUMNS[key][:1] if key == IDENTITY else COLUMNS[key]
    return tuple(getattr(person, column) for column in columns)


def has(person: Person, key: str) -> bool:
    """Whether the record says anything there."""
    return any(_compared(person, key))


def differing(first: Person, second: Person) -> list[str]:
    """Return where both say something, and not the same: there somebody has to choose."""
    return [
        key
        for key in COLUMNS
        if has(first, key) and has(second, key) and _compared(first, key) != _compared(second, key)
    ]


def proposed(first: Person, second: Person) -> Person:
    """Return the record to keep unless somebody knows better: the fuller one, of two equal ones the older."""
    first_count, second_count = (sum(has(one, key) for key in COLUMNS) for one in (first, second))
    return second if second_count > first_count else first


def periods(person: Person) -> list[Membership]:
    """Return the memberships of a record, the earliest first."""
    return list(Membership.objects.filter(person=person).select_related("unit").order_by("admitted_on"))


def overlap(one: Membership, two: Membership) -> bool:
    """Whether two memberships hold on the same day."""
    return one.admitted_on < (two.ended_on or _ENDLESS) and two.admitted_on < (one.ended_on or _ENDLESS)


def set_aside(kept: list[Membership], other: list[Membership]) -> list[Membership]:
    """Return those of ``other`` whose days ``kept`` covers too: nobody is a member twice on one day."""
    return [one for one in other if any(overlap(one, mine) for mine in kept)]


@dataclass(frozen=True, slots=True)
class Beginnings:
    """The same membership in both records, with two days of entry."""

    first: Membership
    second: Membership

    def of(self, person: Person) -> Membership:
        """The one that stands in the record of ``person``."""
        return self.first if self.first.person_id == person.pk else self.second


def beginnings(first: list[Membership], second: list[Membership]) -> Beginnings | None:
    """Return the latest membership that both have in one unit at one time, when they say different days of entry."""
    found = [
        Beginnings(one, two)
        for one in first
        for two in second
        if one.unit_id == two.unit_id and overlap(one, two) and one.admitted_on != two.admitted_on
    ]
    return found[-1] if found else None


def goal(capacity: Capacity, person_id: int) -> Person | None:
    """Return the record that ``person_id`` was merged into, if the asker reaches it."""
    pointer = Q(merged=person_id)
    return scope.people(capacity, Right.SEE_MEMBERS).filter(pointer).first()


def merges(person: Person) -> QuerySet[Merge]:
    """Return which records went into this one, the newest first."""
    return Merge.objects.filter(kept=person)


def with_merged(person_id: int) -> list[int]:
    """Return the number of a record and of all that were merged into it: logs still name those."""
    return [person_id, *Person.objects.filter(merged_into=person_id).values_list("pk", flat=True)]
