"""Who fills the reports of some units, and who reviewed a report: the people who are told about it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Case, Value, When
from django.utils import timezone

from congdoan.accounts.models import User
from congdoan.organisation.models import Heir, Mandate
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import valid_at
from congdoan.organisation.queries.forest import chunks
from congdoan.organisation.rights import MATRIX, Right, Role
from congdoan.reporting.models import Report, ReviewStep

ENTERING = tuple(role for role, rights in MATRIX.items() if Right.ENTER_REPORTS in rights)
"""Roles that fill reports of their own unit."""


def who_enter(units: Collection[int], today: date) -> dict[int, list[User]]:
    """Return the officers who fill the reports of each unit, the chair first: those of the unit itself, or of the one that
    stands for it today."""
    responsible: dict[int, set[int]] = {unit: {unit} for unit in units}
    for some in chunks(units):
        for unit, heir in Heir.objects.filter(during(today), unit__in=some, end_version=None).values_list(
            "unit", "heir"
        ):
            responsible[unit].add(heir)
    people: dict[int, list[User]] = {}
    chair_first = Case(When(position__role=Role.CHAIR, then=Value(0)), default=Value(1))
    for some in chunks({one for found in responsible.values() for one in found}):
        for mandate in (
            Mandate.objects.filter(
                valid_at(timezone.now()),
                unit__in=some,
                position__role__in=ENTERING,
                officer__user__isnull=False,
            )
            .select_related("officer__user")
            .order_by(chair_first, "pk")
        ):
            user = mandate.officer.user
            if isinstance(user, User) and user not in people.setdefault(mandate.unit_id, []):
                people[mandate.unit_id].append(user)
    return {
        unit: list(dict.fromkeys(user for one in sorted(found) for user in people.get(one, [])))
        for unit, found in responsible.items()
    }


def who_accepted(report: Report) -> list[User]:
    """Return those who accepted the report and still hold the mandate in whose name they did."""
    mandates = ReviewStep.objects.filter(report=report, kind=ReviewStep.Kind.ACCEPTED).values_list(
        "mandate_id_text", flat=True
    )
    held = Mandate.objects.filter(
        valid_at(timezone.now()),
        pk__in=[int(pk) for pk in mandates if pk.isdigit()],
        officer__user__isnull=False,
    ).select_related("officer__user")
    return [user for mandate in held if isinstance(user := mandate.officer.user, User)]
