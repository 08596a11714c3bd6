"""Putting a record right: the person's own data, their posts."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import reading, trail
from congdoan.members.actions.locking import locked_in_reach
from congdoan.members.actions.memberships import Details
from congdoan.members.engine import days
from congdoan.members.errors import (
    DateRuleError,
    KnownPersonError,
    OutOfReachError,
    RestrictedError,
    StaleError,
)
from congdoan.members.models import MemberPosition, Person, ReadEntry
from congdoan.organisation.models import Position, Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right


@transaction.atomic
def edit(capacity: Capacity, person_id: int, details: Details, *, seen: int | None = None) -> Person:
    """Write what changed of a person. ``seen`` is the ``row_version`` that the officer looked at.

    Raises ``StaleError`` when somebody else wrote meanwhile, ``RestrictedError`` while the person wants their data only
    kept, ``KnownPersonError`` when a number belongs to somebody else.
    """
    person = locked_in_reach(capacity, Right.EDIT_MEMBERS, person_id)
    return write(capacity, person, details, seen=seen)


def write(capacity: Capacity, person: Person, details: Details, *, seen: int | None = None) -> Person:
    """Write changes onto a person whose row is locked and who is in reach; else as ``edit``."""
    if seen is not None and person.row_version != seen:
        raise StaleError
    if person.restricted_at is not None:
        raise RestrictedError
    changed = details.apply(person)
    if person.birth_date and days.is_too_young(person.birth_date, timezone.localdate()):
        raise DateRuleError(
            "birth_date", _("Theo ngày sinh này, người đó chưa đủ tuổi lao động. Hãy xem lại.")
        )
    if not changed:
        return person
    person.row_version += 1
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        raise KnownPersonError from error
    reading.log(capacity, ReadEntry.Kind.CHANGE, subject_id=person.pk, fields=sorted(changed))
    trail.record("member.edited", person.pk, capacity, fields=changed)
    return person


@transaction.atomic
def give_position(
    capacity: Capacity,
    person_id: int,
    unit: Unit,
    position: Position,
    valid_from: date,
    valid_to: date | None = None,
    *,
    symbol: str = "",
    signed_on: date | None = None,
) -> MemberPosition:
    """Write that a person holds a post from a day (to before ``valid_to``). It gives no right."""
    person = locked_in_reach(capacity, Right.EDIT_MEMBERS, person_id)
    if not reaches(capacity, Right.EDIT_MEMBERS, unit.pk):
        raise OutOfReachError
    if valid_to is not None and valid_to <= valid_from:
        raise DateRuleError("last_day", _("Ngày cuối không thể trước ngày đầu."))
    try:
        with transaction.atomic():
            held = MemberPosition.objects.create(
                person=person,
                unit=unit,
                position=position,
                valid_from=valid_from,
                valid_to=valid_to,
                decision_symbol=symbol,
                decision_on=signed_on,
            )
    except IntegrityError as error:
        raise DateRuleError("valid_from", _("Chức vụ này đã được ghi từ cùng ngày.")) from error
    trail.record(
        "member.position_given",
        person.pk,
        capacity,
        after={"unit": unit.code, "position": position.code, "from": valid_from, "to": valid_to},
    )
    return held


@transaction.atomic
def end_position(capacity: Capacity, person_id: int, held_id: int, valid_to: date) -> MemberPosition:
    """Write that a person holds a post no longer from ``valid_to`` on. Raises ``MemberPosition.DoesNotExist``."""
    person = locked_in_reach(capacity, Right.EDIT_MEMBERS, person_id)
    held = MemberPosition.objects.get(pk=held_id, person=person, valid_to=None)
    if not reaches(capacity, Right.EDIT_MEMBERS, held.unit_id):
        raise MemberPosition.DoesNotExist
    if valid_to <= held.valid_from:
        raise DateRuleError("on", _("Ngày cuối không thể trước ngày đầu."))
    held.valid_to = valid_to
    held.save(update_fields=["valid_to"])
    trail.record(
        "member.position_ended",
        person.pk,
        capacity,
        after={"unit": held.unit.code, "position": held.position.code, "to": valid_to},
    )
    return held
