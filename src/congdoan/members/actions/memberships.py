"""People become members, leave, and come back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import trail
from congdoan.members.actions.locking import locked_in_reach
from congdoan.members.engine import days
from congdoan.members.errors import (
    AlreadyMemberError,
    DateRuleError,
    KnownPersonError,
    NotMemberError,
    OutOfReachError,
)
from congdoan.members.models import DuplicateProposal, Membership, MembershipEvent, Person, Transfer
from congdoan.members.queries import duplicates
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right


@dataclass(frozen=True, slots=True)
class Deed:
    """From which day, and by which decision."""

    on: date
    symbol: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a person; ``values`` by names of fields of ``Person`` and "identity_number"."""

    values: dict[str, Any] = field(default_factory=dict)

    def apply(self, person: Person) -> list[str]:
        """Write the values onto ``person``; return the names of those that changed."""
        changed = []
        for name, value in self.values.items():
            if getattr(person, name) != value:
                setattr(person, name, value)
                changed.append(name)
        return changed


@transaction.atomic
def admit(
    capacity: Capacity, unit: Unit, details: Details, deed: Deed, *, is_another: bool = False
) -> Membership:
    """Take somebody new into the register as a member of ``unit`` (kết nạp).

    Raises ``KnownPersonError`` when the register has their number, or may have them; ``is_another`` says that the officer
    looked and it is somebody else: then pairs are kept for the officer who watches over duplicates.
    """
    _check_reach(capacity, unit)
    person = Person()
    details.apply(person)
    person.derive()
    check_entry_day(deed.on, unit, person)
    found = duplicates.similar(person)
    if any(likeness.is_certain for likeness in found):
        raise KnownPersonError
    if found and not is_another:
        raise KnownPersonError(likely=True)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as error:
        # Somebody wrote the same number between our look and our writing.
        raise KnownPersonError from error
    DuplicateProposal.objects.bulk_create(
        DuplicateProposal(
            first_id=likeness.person_id, second=person, score=likeness.score, reasons=list(likeness.reasons)
        )
        for likeness in found
    )
    membership = enter(capacity, person, unit, deed, Membership.Entry.ADMISSION)
    trail.record(
        "member.admitted",
        person.pk,
        capacity,
        fields=[name for name, value in details.values.items() if value],
        after={"unit": unit.code, "from": deed.on},
    )
    return membership


@transaction.atomic
def readmit(capacity: Capacity, person_id: int, unit: Unit, deed: Deed) -> Membership:
    """Take somebody who left into ``unit`` again (kết nạp lại); they keep their record and number."""
    _check_reach(capacity, unit)
    person = locked_in_reach(capacity, Right.SEE_MEMBERS, person_id)
    check_entry_day(deed.on, unit, person)
    membership = enter(capacity, person, unit, deed, Membership.Entry.READMISSION)
    trail.record("member.readmitted", person.pk, capacity, after={"unit": unit.code, "from": deed.on})
    return membership


@transaction.atomic
def leave(capacity: Capacity, person_id: int, reason: str, deed: Deed) -> Membership:
    """End the membership of a person, with the reason (thôi, xoá tên, nghỉ hưu …). ``deed.on`` is the first day without.

    A transfer that waits is withdrawn: there is nobody left to transfer.
    """
    if reason == Membership.Leaving.TRANSFERRED:
        raise ValueError("a transfer ends a membership by itself")
    person = locked_in_reach(capacity, Right.ADMIT_MEMBERS, person_id)
    membership = Membership.objects.filter(person=person, ended_on=None).select_related("unit").first()
    if membership is None or not reaches(capacity, Right.ADMIT_MEMBERS, membership.unit_id):
        raise NotMemberError
    check_leaving_day(deed.on, membership)
    end(capacity, membership, reason, deed, MembershipEvent.Kind.LEAVING)
    Transfer.objects.filter(person=person, status=Transfer.Status.OPEN).update(
        status=Transfer.Status.WITHDRAWN, closed_at=timezone.now()
    )
    trail.record(
        "member.left",
        person.pk,
        capacity,
        after={"unit": membership.unit.code, "from": deed.on, "reason": reason},
    )
    return membership


def enter(
    capacity: Capacity | None, person: Person, unit: Unit, deed: Deed, entry: Membership.Entry
) -> Membership:
    """Write a membership and its event. Raises ``AlreadyMemberError`` when the days are taken."""
    try:
        with transaction.atomic():
            membership = Membership.objects.create(
                person=person,
                unit=unit,
                admitted_on=deed.on,
                entry_kind=entry,
                entry_symbol=deed.symbol,
                entry_signed_on=deed.signed_on,
            )
    except IntegrityError as error:
        raise AlreadyMemberError from error
    kinds = {
        Membership.Entry.ADMISSION: MembershipEvent.Kind.ADMISSION,
        Membership.Entry.READMISSION: MembershipEvent.Kind.READMISSION,
        Membership.Entry.TRANSFER: MembershipEvent.Kind.TRANSFER_IN,
        Membership.Entry.IMPORT: MembershipEvent.Kind.IMPORT,
    }
    tell(capacity, membership, kinds[entry], deed)
    return membership


def end(
    capacity: Capacity | None, membership: Membership, reason: str, deed: Deed, kind: MembershipEvent.Kind
) -> None:
    """Write the end of a membership and its event."""
    membership.ended_on, membership.leaving_reason = deed.on, reason
    membership.leaving_symbol, membership.leaving_signed_on = deed.symbol, deed.signed_on
    membership.save(update_fields=["ended_on", "leaving_reason", "leaving_symbol", "leaving_signed_on"])
    tell(capacity, membership, kind, deed, reason=str(Membership.Leaving(reason).label))


def tell(
    capacity: Capacity | None,
    membership: Membership,
    kind: MembershipEvent.Kind,
    deed: Deed,
    *,
    reason: str = "",
) -> None:
    """Write what happened to a membership."""
    MembershipEvent.objects.create(
        membership=membership,
        person_id=membership.person_id,
        unit_id=membership.unit_id,
        kind=kind,
        happened_on=deed.on,
        decision_symbol=deed.symbol,
        decision_on=deed.signed_on,
        reason=reason,
        actor_text=f"{capacity.user} ({capacity.words})"[:300] if capacity else "",
    )


def _check_reach(capacity: Capacity, unit: Unit) -> None:
    if not reaches(capacity, Right.ADMIT_MEMBERS, unit.pk):
        raise OutOfReachError


def check_entry_day(day: date, unit: Unit, person: Person, *, name: str = "on") -> None:
    """Raise ``DateRuleError`` unless ``person`` can become a member of ``unit`` on ``day``."""
    if days.is_too_far_ahead(day, timezone.localdate()):
        raise DateRuleError(name, _("Ngày này còn quá xa. Chỉ ghi trước được tối đa 60 ngày."))
    if not unit.lives_on(day):
        raise DateRuleError(name, _("Đơn vị không hoạt động vào ngày này. Hãy xem lại ngày hoặc đơn vị."))
    if person.birth_date and days.is_too_young(person.birth_date, day):
        raise DateRuleError(
            name, _("Theo ngày sinh, người này chưa đủ tuổi vào ngày đó. Hãy xem lại cả hai ngày.")
        )


def check_leaving_day(day: date, membership: Membership, *, name: str = "on") -> None:
    """Raise ``DateRuleError`` unless the membership can end on ``day``."""
    if days.is_too_far_ahead(day, timezone.localdate()):
        raise DateRuleError(name, _("Ngày này còn quá xa. Chỉ ghi trước được tối đa 60 ngày."))
    if day <= membership.admitted_on:
        raise DateRuleError(name, _("Ngày này phải sau ngày vào đơn vị."))
