"""Opening personal data: the row and the line in the reading log come together, or not at all."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from django.db import transaction
from django.utils import timezone

from congdoan.members import switch
from congdoan.members.models import Person, ReadEntry
from congdoan.members.queries import scope
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right

LISTED = ("last_name", "first_name", "sex", "birth_date", "member_no")
"""What a list shows of each person."""

SHOWN = (
    "last_name", "first_name", "sex", "birth_date", "phone", "email", "address", "employment_category", "member_no",
    "memberships", "positions",
)  # fmt: skip
"""What the page of one person shows. The identity number is covered there; to see it is another reading."""


def log(
    capacity: Capacity,
    kind: ReadEntry.Kind,
    *,
    subject_id: int | None = None,
    fields: Iterable[str] = (),
    rows: int = 1,
    reason: str = "",
) -> ReadEntry:
    """Write one line of the reading log. Raises ``RuntimeError`` outside a transaction: it belongs to the reading."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the reading log is written in the transaction of the reading")
    entry = entry_of(capacity, kind, subject_id=subject_id, fields=fields, rows=rows, reason=reason)
    entry.save()
    return entry


def entry_of(
    capacity: Capacity,
    kind: ReadEntry.Kind,
    *,
    subject_id: int | None = None,
    fields: Iterable[str] = (),
    rows: int = 1,
    reason: str = "",
) -> ReadEntry:
    """Return a line that is not written yet, for those who write many at once."""
    mandate_id, _words = capacity.audit
    return ReadEntry(
        at=timezone.now(),
        reader_id=str(capacity.user.pk),
        reader_text=str(capacity.user)[:200],
        mandate_id=mandate_id,
        mandate_text=capacity.words[:300],
        unit_id=capacity.mandate.unit_id if capacity.mandate else None,
        subject_id=subject_id,
        kind=kind,
        fields=list(fields),
        rows=rows,
        reason=reason[:300],
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", "")),
    )


def open_person(
    capacity: Capacity,
    person_id: int,
    *,
    right: Right = Right.SEE_MEMBERS,
    kind: ReadEntry.Kind = ReadEntry.Kind.READ,
    fields: Iterable[str] = SHOWN,
    reason: str = "",
) -> Person:
    """Return a person whom the capacity's right reaches, with the line that says so.

    Raises ``Person.DoesNotExist`` for everybody else; that attempt is written down too, so call it outside a transaction
    that would be rolled back by the error.
    """
    fields = list(fields)
    with transaction.atomic():
        person = scope.people(capacity, right).filter(pk=person_id).first()
        if person is not None:
            log(capacity, kind, subject_id=person.pk, fields=fields, reason=reason)
            return person
        if switch.is_on() and Person.objects.filter(pk=person_id, tombstoned_at=None).exists():
            log(capacity, ReadEntry.Kind.DENIED, subject_id=person_id, fields=fields, reason=reason)
    raise Person.DoesNotExist


def reveal_identity(capacity: Capacity, person_id: int, *, reason: str) -> str:
    """Return the identity number of a person, readable; the reason stands in the log that the person can see."""
    person = open_person(
        capacity, person_id, kind=ReadEntry.Kind.REVEAL, fields=["identity_number"], reason=reason.strip()
    )
    return person.identity_number


def log_list(capacity: Capacity, rows: int, *, fields: Iterable[str] = LISTED, reason: str = "") -> None:
    """Write that a list of people was shown. Call it in the transaction that reads the list."""
    log(capacity, ReadEntry.Kind.SEARCH, fields=fields, rows=rows, reason=reason)
