"""Freezing the counts of a month: what was counted stays, whoever is erased or corrected later."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from congdoan.members import switch
from congdoan.members.models import COUNTED, HeadcountSnapshot, Membership, Person
from congdoan.members.queries.movement import CLOSING, INCOMING, OPENING, OUTGOING, Period, condition

BATCH = 1000


@transaction.atomic
def freeze(month: date) -> int:
    """Freeze the counts of every unit that had members in ``month`` (its first day). Return how many units are new.

    A unit is frozen once: run again, it adds only what is missing. Raises ``ValueError`` for a month that is not over.
    """
    start = month.replace(day=1)
    end = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    if end > timezone.localdate():
        raise ValueError(f"{start:%m/%Y} is not over")
    if not switch.is_on():
        return 0
    period = Period(start, end)
    closing = condition(CLOSING, period)
    counted = (
        Membership.objects.filter(COUNTED)
        .filter(condition(OPENING, period) | condition(INCOMING, period))
        .order_by()
        .values("unit_id")
        .annotate(
            opening=Count("pk", filter=condition(OPENING, period)),
            incoming=Count("pk", filter=condition(INCOMING, period)),
            outgoing=Count("pk", filter=condition(OUTGOING, period)),
            closing=Count("pk", filter=closing),
            women=Count("pk", filter=closing & Q(person__sex=Person.Sex.FEMALE)),
            sex_unknown=Count("pk", filter=closing & Q(person__sex="")),
        )
    )
    known = set(HeadcountSnapshot.objects.filter(month=start).values_list("unit_id", flat=True))
    now = timezone.now()
    fresh = [
        HeadcountSnapshot(month=start, taken_at=now, **row) for row in counted if row["unit_id"] not in known
    ]
    HeadcountSnapshot.objects.bulk_create(fresh, batch_size=BATCH, ignore_conflicts=True)
    return len(fresh)
