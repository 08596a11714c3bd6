"""The list of members: found without diacritics, by unit, state and sex, in the order of Vietnamese names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from congdoan import vntext
from congdoan.members import crypto
from congdoan.members.engine.identity import digits, is_identity_number
from congdoan.members.models import IDENTITY, Membership, Person, active_on
from congdoan.members.queries import scope, subtree
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.units import name_on
from congdoan.organisation.rights import Right

NOW, LEFT = "dang", "da-thoi"
PER_PAGE = 50
FURTHEST_PAGE = 40
"""Nobody leafs further; a count of everything would grow with the register, so it stops here too."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    text: str = ""
    unit: Unit | None = None
    state: str = NOW
    sex: str = ""


def listed(capacity: Capacity, wanted: Wanted, right: Right = Right.SEE_MEMBERS) -> QuerySet[Membership]:
    """Return the memberships of a list, one a person, in no order."""
    today = capacity.on
    if wanted.state == LEFT:
        later = Membership.objects.filter(person=OuterRef("person"), admitted_on__gt=OuterRef("admitted_on"))
        found = scope.in_units(capacity, right).filter(~Exists(later), ended_on__lte=today)
    else:
        found = scope.in_units(capacity, right).filter(active_on(today))
    found = found.filter(person__tombstoned_at=None)
    if wanted.unit is not None:
        found = found.filter(subtree.below(wanted.unit, today))
    if wanted.sex:
        found = found.filter(person__sex="" if wanted.sex == "unknown" else wanted.sex)
    if wanted.text.strip():
        # Looked up among people alone, by the index of names: a join would read every record of the scope.
        found = found.filter(person__in=Person.objects.filter(matching(wanted.text)).values("pk"))
    return found


def shown(found: QuerySet[Membership], day: date) -> QuerySet[Membership]:
    """Put a list in order and add what a page shows: the person, the unit and its name on a day."""
    return (
        found.select_related("person", "unit")
        .annotate(unit_name=name_on(day, "unit"))
        .order_by("person__sort_key", "person_id", "admitted_on")
    )


def matching(text: str, prefix: str = "") -> Q:
    """Return the condition for people whose name has every word of ``text``, or who have it as a number."""
    plain = vntext.nfc(text).strip()
    if not plain:
        return Q()
    number = digits(plain)
    if is_identity_number(number) and not any(char.isalpha() for char in plain):
        hashed = crypto.keyed_hash(number, IDENTITY)
        return (
            Q(**{f"{prefix}identity_hash": hashed})
            | Q(**{f"{prefix}member_no": number})
            | Q(**{f"{prefix}phone": number})
        )
    if any(char.isdigit() for char in plain):
        return Q(**{f"{prefix}member_no__istartswith": plain}) | Q(**{f"{prefix}phone__startswith": number})
    condition = Q()
    for word in vntext.fold(plain).split():
        condition &= Q(**{f"{prefix}folded__contains": f" {word}"})
    return condition


class RegisterPaginator(Paginator[Membership]):
    """Pages of ``listed``. The count stops where nobody leafs any more, and says how to find a page quickly.

    A short list is sorted. A long one is not: the index walks people in the order of their names until the page is full.
    """

    def __init__(self, found: QuerySet[Membership], day: date, per_page: int = PER_PAGE) -> None:
        super().__init__(found, per_page)
        self.found, self.day = found, day

    @cached_property
    def count(self) -> int:
        """So many rows, at most what the furthest page ends with."""
        furthest = self.per_page * FURTHEST_PAGE
        return min(self.found.order_by()[: furthest + 1].count(), furthest)

    @property
    def is_cut(self) -> bool:
        """Whether there may be more rows than can be leafed through."""
        return self.count >= self.per_page * FURTHEST_PAGE

    def page(self, number: int | str) -> Page[Membership]:
        """Return one page, its rows read."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows = self._walked if self.is_cut else self._sorted
        return Page(rows(first, first + self.per_page), number, self)

    def _sorted(self, first: int, end: int) -> list[Membership]:
        ids = self.found.order_by("person__sort_key", "person_id").values_list("pk", flat=True)[first:end]
        return list(shown(Membership.objects.filter(pk__in=list(ids)), self.day))

    def _walked(self, first: int, end: int) -> list[Membership]:
        theirs = self.found.filter(person=OuterRef("pk"))
        ids = Person.objects.filter(Exists(theirs)).order_by("sort_key", "pk").values_list("pk", flat=True)
        return list(shown(self.found.filter(person__in=list(ids[first:end])), self.day))
