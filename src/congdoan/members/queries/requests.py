"""Requests in reach: corrections that my unit decides, requests of the law for whoever keeps the records."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from congdoan.members.models import CorrectionRequest, DataRequest
from congdoan.members.queries import scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right

MOST_SHOWN = 200
OPEN = (DataRequest.Status.OPEN, DataRequest.Status.ACKNOWLEDGED)


def _in_reach(capacity: Capacity, right: Right) -> Exists:
    """Erased people too: their requests stay as proof."""
    return Exists(scope.memberships(capacity, right).filter(person=OuterRef("person")))


def corrections(capacity: Capacity) -> QuerySet[CorrectionRequest]:
    """Return the corrections that a capacity may read: those it decides, and all in reach of who keeps the records."""
    reached = Q(_in_reach(capacity, Right.ADMIT_MEMBERS)) | Q(_in_reach(capacity, Right.KEEP_RECORDS))
    return CorrectionRequest.objects.filter(reached).select_related("person")


def corrections_to_decide(capacity: Capacity) -> QuerySet[CorrectionRequest]:
    """Return the open corrections that a capacity decides, the most pressing first. Never about oneself."""
    return (
        CorrectionRequest.objects.filter(
            _in_reach(capacity, Right.ADMIT_MEMBERS), status=CorrectionRequest.Status.OPEN
        )
        .exclude(person__user_id=capacity.user.pk or 0)
        .filter(person__tombstoned_at=None)
        .select_related("person")
        .order_by("due_on", "pk")
    )


def data_requests(capacity: Capacity) -> QuerySet[DataRequest]:
    """Return the requests of the law in reach of whoever keeps the records. Never one's own."""
    return (
        DataRequest.objects.filter(_in_reach(capacity, Right.KEEP_RECORDS))
        .exclude(person__user_id=capacity.user.pk or 0)
        .select_related("person")
        .order_by("due_on", "pk")
    )


def data_requests_open(capacity: Capacity) -> QuerySet[DataRequest]:
    """Return those that wait."""
    return data_requests(capacity).filter(status__in=OPEN)
