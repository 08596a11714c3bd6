"""The list of members: found without diacritics, by unit, state and sex, in the order of Vietnamese names."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.functional import cached_property

from congdoan import vntext
from congdoan.members import crypto
from congdoan.members.engine.identity import digits, is_identity_number
from congdoan.members.models import IDENTITY, Membership, active_on
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
    """Return the memberships of a list: one row a person, with the person, the unit and its name."""
    found = scope.memberships(capacity, right).filter(person__tombstoned_at=None)
    today = capacity.on
    if wanted.state == LEFT:
        later = Membership.objects.filter(person=OuterRef("person"), admitted_on__gt=OuterRef("admitted_on"))
        found = found.filter(~Exists(later), ended_on__lte=today)
    else:
        found = found.filter(active_on(today))
    if wanted.unit is not None:
        found = found.filter(subtree.below(wanted.unit, today))
    if wanted.sex:
        found = found.filter(person__sex="" if wanted.sex == "unknown" else wanted.sex)
    return found.filter(matching(wanted.text))


def shown(found: QuerySet[Membership], capacity: Capacity) -> QuerySet[Membership]:
    """Put a list in order and add what its page shows."""
    return (
        found.select_related("person", "unit")
        .annotate(unit_name=name_on(capacity.on, "unit"))
        .order_by(F("person__sort_key"), F("person_id"))
    )


def matching(text: str, prefix: str = "person__") -> Q:
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


class ShortPaginator(Paginator[Membership]):
    """Pages of a list whose count stops where nobody leafs any more."""

    @cached_property
    def count(self) -> int:
        """So many rows, at most what the furthest page ends with."""
        rows = self.object_list.order_by()[: self.per_page * FURTHEST_PAGE + 1]  # type: ignore[union-attr]  # a queryset
        return min(rows.count(), self.per_page * FURTHEST_PAGE)

    @cached_property
    def is_cut(self) -> bool:
        """Whether there are more rows than can be leafed through."""
        return self.count >= self.per_page * FURTHEST_PAGE
