"""In whose name somebody acts: their valid mandates, and the one they chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from congdoan.accounts.models import User
from congdoan.organisation.models import Mandate, Unit
from congdoan.organisation.models.units import during
from congdoan.organisation.rights import Right, Scope, needs_second_factor, reach


@dataclass(frozen=True, slots=True)
class Capacity:
    """``user`` acting in the name of ``mandate`` on a day. Without a mandate nothing of any unit is theirs."""

    user: User | AnonymousUser
    mandate: Mandate | None
    on: date

    @property
    def is_visitor(self) -> bool:
        """Nobody signed in."""
        return not self.user.is_authenticated

    @property
    def unit(self) -> Unit | None:
        """The unit of the mandate."""
        return self.mandate.unit if self.mandate else None

    @property
    def role(self) -> str:
        """The role of the position held; empty without a mandate."""
        return self.mandate.position.role if self.mandate else ""

    @property
    def actor(self) -> User | None:
        """The user for the trail; ``None`` for a visitor."""
        return self.user if isinstance(self.user, User) else None

    def reach(self, right: Right) -> Scope | None:
        """Return how far the right reaches; ``None`` where there is none."""
        return reach(self.role, right) if self.mandate else None

    def may(self, right: Right) -> bool:
        """Say whether the mandate has the right over anything at all."""
        return self.reach(right) is not None

    @property
    def is_strong(self) -> bool:
        """Whether some right of the mandate asks for a second factor."""
        return bool(self.mandate) and needs_second_factor(self.role)

    @property
    def audit(self) -> tuple[str, str]:
        """The mandate as the trail keeps it: id and words."""
        return (str(self.mandate.pk), self.words[:200]) if self.mandate else ("", "")

    @property
    def words(self) -> str:
        """ "Chủ tịch, LC-SP-001": post and unit, in words that stay true in the trail."""
        if self.mandate is None:
            return ""
        return f"{self.mandate.position.name}, {getattr(self.mandate, 'unit_name', None) or self.mandate.unit.code}"


def valid_at(at: datetime) -> Q:
    """Mandates that hold at a moment: a dated end from its midnight, an immediate one from its moment."""
    day = timezone.localdate(at)
    return during(day) & (Q(ended_at=None) | Q(ended_at__gt=at))


def valid_mandates(user: Any, at: datetime | None = None) -> list[Mandate]:
    """Return the mandates that ``user`` holds, the highest post first, in one query with unit, position and name."""
    if not user.is_authenticated:
        return []
    at = at or timezone.now()
    return list(
        named_mandates(
            Mandate.objects.filter(valid_at(at), officer__user=user), timezone.localdate(at)
        ).order_by("unit__kind__level", "position__sort_order", "pk")
    )


def named_mandates(mandates: QuerySet[Mandate], day: date) -> QuerySet[Mandate]:
    """Add ``unit_name``, the unit's name on a day, and what a capacity reads of its mandate."""
    from congdoan.organisation.queries.units import name_on

    return mandates.select_related("unit__kind", "position", "officer", "department").annotate(
        unit_name=name_on(day, "unit")
    )


def capacity_for(user: Any, chosen: int | None = None, at: datetime | None = None) -> Capacity:
    """Return the capacity of ``user``: the mandate they chose where it still holds, else their first."""
    at = at or timezone.now()
    mandates = valid_mandates(user, at)
    mandate = next((mandate for mandate in mandates if mandate.pk == chosen), None)
    return Capacity(user, mandate or (mandates[0] if mandates else None), timezone.localdate(at))
