"""Who may give which post, and end it. One may end what one may give; nobody does either to themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from congdoan.organisation.models import Mandate, Officer, Position
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import units
from congdoan.organisation.rights import MATRIX, Right, Role, Scope

DEPUTIES = frozenset({Role.DEPUTY, Role.SECTION_HEAD, Role.MEMBER})
"""What a unit's chair may give within the unit (``Right.GIVE_DEPUTIES``)."""

OWN_BUSINESS = frozenset({Right.ENTER_REPORTS, Right.SIGN_REPORTS, Right.GIVE_DEPUTIES})
"""What only the unit itself does. Those above say who does it, without doing it themselves."""


def reaches_further(role: str, than: str, *, same_unit: bool) -> bool:
    """Say whether ``role`` would reach further than the role ``than`` of whoever gives it.

    It does when it has a right over the units below it that the giver has not, or that the giver, whose own unit it is,
    has over the units below alone. Rights over the one unit and the unit's own business do not count. A system
    administrator gives every role, an organisation officer every one but the administrator's.
    """
    if than == Role.ADMIN:
        return False
    if than == Role.ORGANISER:
        return role == Role.ADMIN
    held = MATRIX[Role(than)]
    for right, scope in MATRIX[Role(role)].items():
        if scope is Scope.UNIT or right in OWN_BUSINESS:
            continue
        own = held.get(right)
        if own is None or own is Scope.UNIT or (own is Scope.BELOW and scope is Scope.SUBTREE and same_unit):
            return True
    return False


def giveable(capacity: Capacity, posts: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Return those of ``posts`` (role and unit id) that the capacity may give, in at most two queries."""
    posts = set(posts)
    if capacity.mandate is None or not posts:
        return set()
    wanted = {unit for _role, unit in posts}
    wide = _reached(capacity, Right.GIVE_MANDATES, wanted)
    near = _reached(capacity, Right.GIVE_DEPUTIES, wanted - wide)
    top = capacity.mandate.unit_id
    return {
        (role, unit)
        for role, unit in posts
        if (unit in wide or (unit in near and role in DEPUTIES))
        and not reaches_further(role, capacity.role, same_unit=unit == top)
    }


def _reached(capacity: Capacity, right: Right, wanted: set[int]) -> set[int]:
    if not wanted or not capacity.may(right):
        return set()
    return set(units(capacity, right).filter(pk__in=wanted).values_list("pk", flat=True))


def may_give(capacity: Capacity, role: str, unit_id: int) -> bool:
    """Say whether the capacity may give a post with ``role`` in a unit."""
    return bool(giveable(capacity, [(role, unit_id)]))


def positions(capacity: Capacity) -> QuerySet[Position]:
    """Return the positions that the capacity may give in some unit of its reach."""
    if capacity.may(Right.GIVE_MANDATES):
        # Below the own unit first: what may be given nowhere there may be given nowhere at all.
        roles = {role for role in Role if not reaches_further(role, capacity.role, same_unit=False)}
    elif capacity.may(Right.GIVE_DEPUTIES):
        roles = {role for role in DEPUTIES if not reaches_further(role, capacity.role, same_unit=True)}
    else:
        roles = set()
    return Position.objects.filter(role__in=roles).order_by("sort_order", "pk")


def open_mandates() -> Q:
    """Condition of mandates that hold today or will: not ended, and not over."""
    now = timezone.now()
    return (Q(valid_to=None) | Q(valid_to__gt=timezone.localdate(now))) & (
        Q(ended_at=None) | Q(ended_at__gt=now)
    )


def endable(capacity: Capacity, mandates: Iterable[Mandate]) -> set[int]:
    """Return the ids of those of ``mandates`` that the capacity may end."""
    mandates = [mandate for mandate in mandates if not is_self(capacity, mandate.officer)]
    given = giveable(capacity, ((mandate.position.role, mandate.unit_id) for mandate in mandates))
    return {mandate.pk for mandate in mandates if (mandate.position.role, mandate.unit_id) in given}


def manages(capacity: Capacity, officer: Officer) -> bool:
    """Say whether the capacity may invite the officer and change how they are reached.

    Only whoever may give every post that the officer holds or will hold: an invitation opens all of them.
    """
    if is_self(capacity, officer):
        return False
    held = list(
        Mandate.objects.filter(open_mandates(), officer=officer).select_related("position", "officer")
    )
    return bool(held) and len(endable(capacity, held)) == len(held)


def is_self(capacity: Capacity, officer: Officer) -> bool:
    """Say whether the officer is the very person who acts."""
    if capacity.mandate is not None and capacity.mandate.officer_id == officer.pk:
        return True
    return officer.user_id is not None and officer.user_id == getattr(capacity.user, "pk", None)
