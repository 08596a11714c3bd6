"""A person's data put right by the person: contacts at once, what identifies them after the unit has looked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import reading, trail
from congdoan.members.actions.locking import locked
from congdoan.members.actions.memberships import Details
from congdoan.members.engine import clocks, days
from congdoan.members.errors import DateRuleError, KnownPersonError, ReasonMissingError, SentenceError
from congdoan.members.models import CorrectionRequest, Person, ReadEntry
from congdoan.members.queries import own, requests
from congdoan.organisation.queries.capacities import Capacity

CONTACTS = ("phone", "email", "address")
"""What a person changes without asking anybody."""

ASKED = ("last_name", "first_name", "birth_date", "sex", "identity_number", "member_no")
"""What the unit decides: it says who somebody is."""

_SEPARATOR = "|"


def own_locked(capacity: Capacity) -> Person:
    """Return the record of whoever acts, locked until commit. Raises ``Person.DoesNotExist``."""
    return locked(own.person_of(capacity).pk)


@transaction.atomic
def change_contacts(capacity: Capacity, values: dict[str, str]) -> Person:
    """Write the person's own telephone, mail and address at once. Restricted records too: correcting is their right."""
    person = own_locked(capacity)
    _write(capacity, person, {name: values[name] for name in CONTACTS if name in values})
    return person


def _write(capacity: Capacity, person: Person, values: dict[str, Any]) -> None:
    changed = Details(values).apply(person)
    if not changed:
        return
    if person.birth_date and days.is_too_young(person.birth_date, timezone.localdate()):
        raise DateRuleError(
            "birth_date", _("Theo ngày sinh này, người đó chưa đủ tuổi lao động. Hãy xem lại.")
        )
    person.row_version += 1
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise KnownPersonError from error
    reading.log(capacity, ReadEntry.Kind.CHANGE, subject_id=person.pk, fields=sorted(changed))
    trail.record("member.corrected", person.pk, capacity, fields=changed)


def packed(field: str, value: Any, precision: str = "") -> str:
    """Return a value as a request keeps it."""
    if field == "birth_date":
        return f"{value.isoformat()}{_SEPARATOR}{precision}" if value else ""
    return str(value)


def unpacked(field: str, text: str) -> dict[str, Any]:
    """Return what a request asks to write, by the names of the record."""
    if field != "birth_date":
        return {field: text}
    day, _separator, precision = text.partition(_SEPARATOR)
    return {"birth_date": date.fromisoformat(day) if day else None, "birth_precision": precision}


@transaction.atomic
def ask(capacity: Capacity, field: str, new: str, *, note: str = "") -> CorrectionRequest:
    """Ask that a field be put right; ``new`` is packed. One open request a field."""
    if field not in ASKED:
        raise SentenceError("nobody corrects this field", _("Thông tin này không sửa được theo cách này."))
    person = own_locked(capacity)
    precision = person.birth_precision if field == "birth_date" else ""
    old = packed(field, getattr(person, field), precision)
    if old == new:
        raise SentenceError("nothing would change", _("Hồ sơ đã ghi đúng như vậy."))
    today = timezone.localdate()
    request = CorrectionRequest(
        person=person,
        field=field,
        note=note,
        requested_by=capacity.actor,
        requested_at=timezone.now(),
        due_on=clocks.due("correction", today),
    )
    request.old, request.new = old, new
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError as error:
        raise SentenceError(
            "an open request waits", _("Bạn đã có một đề nghị sửa thông tin này đang chờ. Hãy rút lại trước.")
        ) from error
    trail.record("correction.asked", person.pk, capacity, fields=[field])
    return request


@transaction.atomic
def withdraw(capacity: Capacity, request_id: int) -> CorrectionRequest:
    """Take back one's own open request. Raises ``CorrectionRequest.DoesNotExist``."""
    person = own_locked(capacity)
    request = CorrectionRequest.objects.select_for_update().get(
        pk=request_id, person=person, status=CorrectionRequest.Status.OPEN
    )
    _close(request, CorrectionRequest.Status.WITHDRAWN, capacity)
    trail.record("correction.withdrawn", person.pk, capacity, fields=[request.field])
    return request


@transaction.atomic
def decide(capacity: Capacity, request_id: int, *, is_accepted: bool, reason: str = "") -> CorrectionRequest:
    """Accept (the record changes) or refuse with a reason. Nobody decides about their own record.

    Raises ``CorrectionRequest.DoesNotExist`` for what is out of reach, own or decided already.
    """
    reason = reason.strip()
    if not is_accepted and not reason:
        raise ReasonMissingError
    found = requests.corrections_to_decide(capacity).get(pk=request_id)
    person = locked(found.person_id)
    # Reach and state are asked again behind the lock of the person.
    request = requests.corrections_to_decide(capacity).get(pk=request_id)
    if is_accepted:
        _write(capacity, person, unpacked(request.field, request.new))
    status = CorrectionRequest.Status
    _close(request, status.ACCEPTED if is_accepted else status.REFUSED, capacity, reason)
    trail.record(
        "correction.accepted" if is_accepted else "correction.refused",
        person.pk,
        capacity,
        fields=[request.field],
        reason=reason,
    )
    return request


def _close(request: CorrectionRequest, status: str, capacity: Capacity, reason: str = "") -> None:
    request.status, request.reason = status, reason
    request.decided_by = (capacity.words or str(capacity.user))[:300]
    request.decided_mandate_id = capacity.audit[0]
    request.decided_at = timezone.now()
    request.save()
