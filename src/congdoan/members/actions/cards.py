"""Cards of members: handed out, replaced, taken back. Anybody can check one by the code of its picture."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members import crypto
from congdoan.members.actions import reading, trail
from congdoan.members.actions.locking import locked_in_reach
from congdoan.members.errors import NotMemberError, ReasonMissingError
from congdoan.members.models import MemberCard, Membership, ReadEntry
from congdoan.members.queries.cards import TOKEN_USE
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right

TOKEN_BYTES = 24


@transaction.atomic
def issue(capacity: Capacity, person_id: int) -> MemberCard:
    """Hand out a card; the one before is taken back. Raises ``NotMemberError`` for somebody who is no member now."""
    person = locked_in_reach(capacity, Right.ADMIT_MEMBERS, person_id)
    today = timezone.localdate()
    membership = Membership.objects.filter(person=person, ended_on=None, admitted_on__lte=today).first()
    if membership is None:
        raise NotMemberError
    last = MemberCard.objects.filter(person=person).order_by("-version").first()
    if last is not None and last.revoked_on is None:
        _revoke(last, _("cấp lại"))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    card = MemberCard.objects.create(
        person=person,
        unit_id=membership.unit_id,
        # Never the number of the member: a lost card says less.
        number=last.number if last else f"T{secrets.randbelow(10**9):09d}",
        version=last.version + 1 if last else 1,
        issued_on=today,
        token_cipher=crypto.encrypt(token),
        token_hash=crypto.keyed_hash(token, TOKEN_USE),
        issued_by=(capacity.words or str(capacity.user))[:300],
    )
    trail.record("card.issued", person.pk, capacity, after={"version": card.version})
    return card


@transaction.atomic
def revoke(capacity: Capacity, person_id: int, reason: str) -> MemberCard:
    """Take back the card in force. Raises ``MemberCard.DoesNotExist`` when there is none."""
    if not reason.strip():
        raise ReasonMissingError
    person = locked_in_reach(capacity, Right.ADMIT_MEMBERS, person_id)
    card = MemberCard.objects.get(person=person, revoked_on=None)
    _revoke(card, reason.strip())
    trail.record("card.revoked", person.pk, capacity, after={"version": card.version}, reason=reason)
    return card


def _revoke(card: MemberCard, reason: str) -> None:
    card.revoked_on, card.revoked_reason = max(timezone.localdate(), card.issued_on), reason[:200]
    card.save(update_fields=["revoked_on", "revoked_reason"])


@transaction.atomic
def log_print(capacity: Capacity, card: MemberCard) -> None:
    """Write that a card was made as a PDF."""
    reading.log(
        capacity,
        ReadEntry.Kind.PRINT,
        subject_id=card.person_id,
        fields=["last_name", "first_name", "memberships"],
        reason=_("in thẻ đoàn viên"),
    )
