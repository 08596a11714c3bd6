"""The reading log for whoever watches over it: lines about people in reach, and lines of readers whose unit is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from congdoan.members import switch
from congdoan.members.models import ReadEntry
from congdoan.members.queries import scope
from congdoan.members.queries.merging import with_merged
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import units
from congdoan.organisation.rights import Right


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for in the log; both days belong to it."""

    kind: str = ""
    subject_id: int | None = None
    reader: str = ""
    first: date | None = None
    last: date | None = None


def entries(capacity: Capacity, wanted: Wanted) -> QuerySet[ReadEntry]:
    """Return the lines in reach of the right to keep records, the newest first."""
    if not switch.is_on():
        return ReadEntry.objects.none()
    subjects = scope.memberships(capacity, Right.KEEP_RECORDS).values("person_id")
    found = ReadEntry.objects.filter(
        Q(subject_id__in=subjects) | Q(unit_id__in=units(capacity, Right.KEEP_RECORDS).values("pk"))
    )
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.subject_id:
        found = found.filter(subject_id__in=with_merged(wanted.subject_id))
    if wanted.reader:
        found = found.filter(reader_text__icontains=wanted.reader)
    if wanted.first:
        found = found.filter(at__date__gte=wanted.first)
    if wanted.last:
        found = found.filter(at__date__lte=wanted.last)
    return found.order_by("-pk")
