"""A member goes from one unit to another: the old one releases, the new one accepts, either may refuse."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import memberships, trail
from congdoan.members.actions.locking import locked, locked_in_reach
from congdoan.members.actions.memberships import Deed
from congdoan.members.errors import (
    DateRuleError,
    NotAskedError,
    NotMemberError,
    OutOfReachError,
    ReasonMissingError,
    TransferClosedError,
    TransferOpenError,
)
from congdoan.members.models import Membership, MembershipEvent, Person, Transfer
from congdoan.members.queries import transfers as queries
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right


@transaction.atomic
def offer(capacity: Capacity, person_id: int, to_unit: Unit, on: date, *, note: str = "") -> Transfer:
    """Ask in the name of the old unit, which agrees by asking; the new unit is to accept."""
    person = locked_in_reach(capacity, Right.ADMIT_MEMBERS, person_id)
    membership = Membership.objects.filter(person=person, ended_on=None).first()
    if membership is None or not reaches(capacity, Right.ADMIT_MEMBERS, membership.unit_id):
        raise NotMemberError
    return _ask(capacity, person, membership, to_unit, on, note, **_released(capacity))


@transaction.atomic
def claim(capacity: Capacity, person_id: int, to_unit: Unit, on: date, *, note: str = "") -> Transfer:
    """Ask in the name of the new unit, which agrees by asking; the unit that keeps the record is to release.

    ``person_id`` comes from a search for duplicates, never from what a browser says: to name a person is not to know them.
    Somebody who left their unit is claimed too: the unit that keeps the record hands it over.
    """
    if not reaches(capacity, Right.ADMIT_MEMBERS, to_unit.pk):
        raise OutOfReachError
    person = locked(person_id)
    membership = Membership.objects.filter(person=person).order_by("-admitted_on").first()
    if membership is None:
        raise NotMemberError
    return _ask(capacity, person, membership, to_unit, on, note, **_accepted(capacity))


def _ask(
    capacity: Capacity,
    person: Person,
    membership: Membership,
    to_unit: Unit,
    on: date,
    note: str,
    **consent: Any,
) -> Transfer:
    if membership.unit_id == to_unit.pk:
        raise DateRuleError("unit", _("Người này đã ở đơn vị đó. Hãy chọn một đơn vị khác."))
    memberships.check_entry_day(on, to_unit, person)
    if on <= membership.admitted_on or (membership.ended_on and on < membership.ended_on):
        raise DateRuleError("on", _("Ngày chuyển phải sau ngày vào đơn vị cũ."))
    mandate_id, _words = capacity.audit
    try:
        with transaction.atomic():
            transfer = Transfer.objects.create(
                person=person,
                membership=membership,
                from_unit_id=membership.unit_id,
                to_unit=to_unit,
                effective_on=on,
                note=note.strip()[:300],
                requested_at=timezone.now(),
                requested_by=capacity.actor,
                requested_mandate_id=mandate_id,
                requested_mandate=capacity.words[:300],
                **consent,
            )
    except IntegrityError as error:
        raise TransferOpenError from error
    _trail("member.transfer_requested", transfer, capacity)
    return transfer


def _who(capacity: Capacity) -> str:
    return f"{capacity.user} ({capacity.words})"[:300]


def _released(capacity: Capacity) -> dict[str, Any]:
    return {
        "released_at": timezone.now(),
        "released_by": _who(capacity),
        "released_mandate_id": capacity.audit[0],
    }


def _accepted(capacity: Capacity) -> dict[str, Any]:
    return {
        "accepted_at": timezone.now(),
        "accepted_by": _who(capacity),
        "accepted_mandate_id": capacity.audit[0],
    }


@transaction.atomic
def release(capacity: Capacity, transfer_id: int) -> Transfer:
    """Agree in the name of the old unit."""
    transfer = _locked(capacity, transfer_id, "from_unit")
    return _agree(capacity, transfer, "member.released", _released(capacity))


@transaction.atomic
def accept(capacity: Capacity, transfer_id: int) -> Transfer:
    """Agree in the name of the new unit."""
    transfer = _locked(capacity, transfer_id, "to_unit")
    return _agree(capacity, transfer, "member.accepted", _accepted(capacity))


@transaction.atomic
def refuse(capacity: Capacity, transfer_id: int, reason: str) -> Transfer:
    """Refuse in the name of the side that is asked; the other side reads the reason."""
    if not reason.strip():
        raise ReasonMissingError
    transfer = _locked(capacity, transfer_id, *queries.SIDES)
    if not queries.side_of(transfer).may_refuse:
        raise NotAskedError
    transfer.status, transfer.refused_reason = Transfer.Status.REFUSED, reason.strip()[:300]
    transfer.refused_by, transfer.closed_at = _who(capacity), timezone.now()
    transfer.save()
    _trail("member.transfer_refused", transfer, capacity)
    return transfer


@transaction.atomic
def withdraw(capacity: Capacity, transfer_id: int) -> Transfer:
    """Take the request back, in the name of the side that asked."""
    transfer = _locked(capacity, transfer_id, *queries.SIDES)
    if not queries.side_of(transfer).may_withdraw:
        raise NotAskedError
    transfer.status, transfer.closed_at = Transfer.Status.WITHDRAWN, timezone.now()
    transfer.save()
    _trail("member.transfer_withdrawn", transfer, capacity)
    return transfer


def _locked(capacity: Capacity, transfer_id: int, *sides: str) -> Transfer:
    """Return an open transfer one of whose ``sides`` the capacity speaks for, its person locked.

    Raises ``Transfer.DoesNotExist`` for everybody else's.
    """
    person_id = queries.visible(capacity, *sides).values_list("person_id", flat=True).get(pk=transfer_id)
    try:
        locked(person_id)
    except Person.DoesNotExist as error:
        raise Transfer.DoesNotExist from error
    mine = queries.sided(queries.visible(capacity, *sides), capacity)
    transfer = mine.select_related("membership", "person", "to_unit").get(pk=transfer_id)
    if transfer.status != Transfer.Status.OPEN:
        raise TransferClosedError
    return transfer


def _agree(capacity: Capacity, transfer: Transfer, verb: str, consent: dict[str, Any]) -> Transfer:
    if any(getattr(transfer, name) for name in consent):
        # Said before: whoever agreed first stays written.
        return transfer
    for name, value in consent.items():
        setattr(transfer, name, value)
    if transfer.released_at and transfer.accepted_at:
        _carry_out(capacity, transfer)
    transfer.save()
    _trail(verb, transfer, capacity)
    return transfer


def _carry_out(capacity: Capacity, transfer: Transfer) -> None:
    """End the old membership and begin the new one on the same day; somebody who had left is admitted again."""
    old, deed = transfer.membership, Deed(on=transfer.effective_on)
    entry = Membership.Entry.TRANSFER
    if old.ended_on is None:
        memberships.check_leaving_day(deed.on, old)
        memberships.end(
            capacity, old, Membership.Leaving.TRANSFERRED, deed, MembershipEvent.Kind.TRANSFER_OUT
        )
    else:
        entry = Membership.Entry.READMISSION
    transfer.reached = memberships.enter(capacity, transfer.person, transfer.to_unit, deed, entry)
    transfer.status, transfer.closed_at = Transfer.Status.DONE, timezone.now()


def _trail(verb: str, transfer: Transfer, capacity: Capacity) -> None:
    trail.record(
        verb,
        transfer.person_id,
        capacity,
        after={
            "transfer": transfer.pk,
            "from_unit": transfer.from_unit_id,
            "to_unit": transfer.to_unit_id,
            "on": transfer.effective_on,
            "status": transfer.status,
        },
    )
