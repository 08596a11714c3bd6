"""One person as a page shows them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from congdoan.members.models import MemberPosition, Membership, Person, Transfer, active_on
from congdoan.organisation.queries.units import name_on


def history(person: Person, day: date) -> list[Membership]:
    """Return the memberships of a person, the newest first, each with ``unit_name`` of a day."""
    return list(
        Membership.objects.filter(person=person)
        .select_related("unit")
        .annotate(unit_name=name_on(day, "unit"))
        .order_by("-admitted_on")
    )


def current(person: Person, day: date) -> Membership | None:
    """Return the membership that holds on a day."""
    return Membership.objects.filter(active_on(day), person=person).select_related("unit").first()


def positions(person: Person, day: date) -> QuerySet[MemberPosition]:
    """Return the posts of a person, the newest first, each with ``unit_name``."""
    return (
        MemberPosition.objects.filter(person=person)
        .select_related("position", "unit")
        .annotate(unit_name=name_on(day, "unit"))
        .order_by("-valid_from", "pk")
    )


def open_transfer(person: Person) -> Transfer | None:
    """Return the transfer of a person that waits for a side."""
    return Transfer.objects.filter(person=person, status=Transfer.Status.OPEN).first()
