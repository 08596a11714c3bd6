"""What has stayed longer than its rule says, in reach of whoever keeps the records. Deletes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from congdoan.members.models import DataRequest, ImportRow, Membership, Person, RetentionRule, Transfer
from congdoan.members.queries import scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import units
from congdoan.organisation.rights import Right

_MONTHS = 12
_SHORTEST = 28


def months_before(day: date, months: int) -> date:
    """Return the day so many months before; the 28th of a month at the latest, so that it always exists."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 - months, _MONTHS)
    return date(year, month + 1, min(day.day, _SHORTEST))


@dataclass(frozen=True, slots=True)
class Overdue:
    """A rule, and what has outlived it."""

    rule: RetentionRule
    before: date
    rows: QuerySet  # type: ignore[type-arg]  # of different models

    @property
    def count(self) -> int:
        """So many rows."""
        return self.rows.count()


def overdue(capacity: Capacity) -> list[Overdue]:
    """Return each rule with what is past its time."""
    found = []
    for rule in RetentionRule.objects.order_by("kind"):
        before = months_before(capacity.on, rule.months)
        found.append(Overdue(rule, before, _ROWS[RetentionRule.Kind(rule.kind)](capacity, before)))
    return found


def _left(capacity: Capacity, before: date) -> QuerySet[Person]:
    stays = Membership.objects.filter(person=OuterRef("pk"))
    return (
        scope.people(capacity, Right.KEEP_RECORDS)
        .filter(Exists(stays.filter(ended_on__lt=before)))
        .exclude(Exists(stays.filter(ended_on=None)))
        .exclude(Exists(stays.filter(ended_on__gte=before)))
        .order_by("pk")
    )


def _requests(capacity: Capacity, before: date) -> QuerySet[DataRequest]:
    reached = scope.memberships(capacity, Right.KEEP_RECORDS).filter(person=OuterRef("person"))
    return DataRequest.objects.filter(Exists(reached), closed_on__lt=before).order_by("pk")


def _refused_rows(capacity: Capacity, before: date) -> QuerySet[ImportRow]:
    return ImportRow.objects.filter(
        run__scope__in=units(capacity, Right.KEEP_RECORDS), run__finished_at__date__lt=before
    ).order_by("pk")


def _transfers(capacity: Capacity, before: date) -> QuerySet[Transfer]:
    reached = scope.memberships(capacity, Right.KEEP_RECORDS).filter(person=OuterRef("person"))
    return Transfer.objects.filter(Exists(reached), closed_at__date__lt=before).order_by("pk")


_ROWS: dict[RetentionRule.Kind, Callable[[Capacity, date], QuerySet]] = {  # type: ignore[type-arg]  # of different models
    RetentionRule.Kind.LEFT_MEMBERS: _left,
    RetentionRule.Kind.REQUESTS: _requests,
    RetentionRule.Kind.REFUSED_ROWS: _refused_rows,
    RetentionRule.Kind.TRANSFERS: _transfers,
}
