"""Making two records of one person one: the other becomes a pointer, and nothing that hung on it is lost.

What is written once (events, consents, lines of logs) keeps naming the other record and is found by its pointer; the rest
moves over. Memberships on days that the kept record covers stay with the pointer, where no count sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members.actions import reading, trail
from congdoan.members.actions.locking import locked_in_reach
from congdoan.members.errors import (
    DateRuleError,
    KnownPersonError,
    ReasonMissingError,
    RestrictedError,
    SentenceError,
    StaleError,
)
from congdoan.members.models import (
    Consent,
    CorrectionRequest,
    DataRequest,
    DuplicateProposal,
    MemberCard,
    MemberPosition,
    Membership,
    MembershipEvent,
    Merge,
    Person,
    ReadEntry,
    Tombstone,
    Transfer,
)
from congdoan.members.models.people import EMPTIED
from congdoan.members.queries import imports as pairs
from congdoan.members.queries import merging as queries
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right


@dataclass(frozen=True, slots=True)
class Choice:
    """Which record stays, whose value holds where they differ (key → number of a record), and what the officer saw.

    ``seen`` are the ``row_version`` of the first and of the second record.
    """

    keep: int
    reason: str
    seen: tuple[int, int]
    values: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def merge(capacity: Capacity, proposal_id: int, choice: Choice) -> Merge:
    """Make the two records of a pair one. Both stay locked until commit.

    Raises ``DuplicateProposal.DoesNotExist`` or ``Person.DoesNotExist`` for what the asker may not edit or is merged
    already, ``StaleError`` when a record was changed since the officer looked, ``RestrictedError`` when one may only be kept.
    """
    if not choice.reason.strip():
        raise ReasonMissingError
    pair = pairs.proposals(capacity).get(pk=proposal_id)
    # The older record first: two mergers that share a record wait for each other in one order.
    first, second = (
        locked_in_reach(capacity, Right.EDIT_MEMBERS, pk) for pk in (pair.first_id, pair.second_id)
    )
    pair = DuplicateProposal.objects.select_for_update().get(pk=proposal_id)
    if pair.status == DuplicateProposal.Status.DIFFERENT:
        raise SentenceError("decided to be two", _("Cặp này đã được kết luận là hai người khác nhau."))
    _check(first, second, choice)
    kept, other = (first, second) if choice.keep == first.pk else (second, first)
    records = {str(one.pk): _said(one) for one in (kept, other)}
    done = _point(capacity, kept, other, choice.reason.strip())
    changed = _take_values(kept, other, choice)
    aside = _take_memberships(kept, other, choice)
    _take_rest(kept, other, done)
    done.content = {"records": records, "chosen": dict(choice.values), "set_aside": aside}
    done.save()
    _close(capacity, pair, kept, other, done)
    for one in (kept, other):
        reading.log(capacity, ReadEntry.Kind.CHANGE, subject_id=one.pk, fields=changed)
    trail.record(
        "member.merged",
        kept.pk,
        capacity,
        fields=changed,
        after={"merged": other.pk, "set_aside": len(aside)},
    )
    return done


def _check(first: Person, second: Person, choice: Choice) -> None:
    ids = {first.pk, second.pk}
    if (first.row_version, second.row_version) != choice.seen:
        raise StaleError
    if first.restricted_at is not None or second.restricted_at is not None:
        raise RestrictedError
    needed = queries.differing(first, second)
    if choice.keep not in ids or any(choice.values.get(key) not in ids for key in needed):
        raise SentenceError(
            "not everything is chosen", _("Hãy chọn một giá trị ở mỗi chỗ hai hồ sơ khác nhau.")
        )


def _said(person: Person) -> dict[str, Any]:
    """Return what a record says, readable; it is kept encrypted."""
    said = {
        column: value.isoformat() if hasattr(value := getattr(person, column), "isoformat") else value
        for columns in queries.COLUMNS.values()
        for column in columns
        if not column.startswith("identity_")
    }
    return said | {"identity_number": person.identity_number}


def _point(capacity: Capacity, kept: Person, other: Person, reason: str) -> Merge:
    """Empty the other record and let it, and whatever pointed to it, point to the kept one."""
    now = timezone.now()
    Person.objects.filter(pk=other.pk).update(
        **dict.fromkeys(EMPTIED, ""),
        birth_date=None,
        birth_precision="",
        user=None,
        officer=None,
        tombstoned_at=now,
        merged_into=kept,
        row_version=F("row_version") + 1,
    )
    Person.objects.filter(merged_into=other).update(merged_into=kept)
    Merge.objects.filter(kept=other).update(kept=kept)
    Tombstone.objects.create(
        uid=other.uid,
        erased_at=now,
        ground=Tombstone.Ground.MERGED,
        by_id=str(capacity.user.pk),
        by_mandate_id=capacity.audit[0],
    )
    return Merge(
        kept=kept,
        other=other,
        at=now,
        by_text=f"{capacity.user} ({capacity.words})"[:300],
        mandate_id=capacity.audit[0],
        reason=reason[:300],
    )


def _take_values(kept: Person, other: Person, choice: Choice) -> list[str]:
    """Write the chosen values; where only the other record says something, it is taken. Return the changed columns."""
    changed = []
    for key, columns in queries.COLUMNS.items():
        is_of_other = choice.values.get(key) == other.pk if queries.has(kept, key) else True
        if not is_of_other or not queries.has(other, key):
            continue
        for column in columns:
            if getattr(kept, column) != getattr(other, column):
                setattr(kept, column, getattr(other, column))
                changed.append(column.removesuffix("_id"))
    kept.row_version += 1
    try:
        with transaction.atomic():
            kept.save()
    except IntegrityError as error:
        raise KnownPersonError from error
    return sorted(changed)


def _take_memberships(kept: Person, other: Person, choice: Choice) -> list[dict[str, Any]]:
    """Move what does not overlap. Return what stays behind, in words that JSON can hold."""
    mine, theirs = queries.periods(kept), queries.periods(other)
    both = queries.beginnings(mine, theirs)
    aside = queries.set_aside(mine, theirs)
    told: list[dict[str, Any]] = [_period(one) for one in aside]
    try:
        with transaction.atomic():
            if both is not None and choice.values.get(queries.ADMITTED) == other.pk:
                holds, says = both.of(kept), both.of(other)
                told.append(_period(holds))
                for name in ("admitted_on", "entry_kind", "entry_symbol", "entry_signed_on"):
                    setattr(holds, name, getattr(says, name))
                holds.save(update_fields=["admitted_on", "entry_kind", "entry_symbol", "entry_signed_on"])
            moved = [one.pk for one in theirs if one not in aside]
            Membership.objects.filter(pk__in=moved).update(person=kept)
    except IntegrityError as error:
        raise DateRuleError(
            queries.ADMITTED,
            _("Ngày vào này trùng với một thời gian khác trong quá trình. Hãy chọn ngày kia."),
        ) from error
    Transfer.objects.filter(membership__in=[one.pk for one in aside], status=Transfer.Status.OPEN).update(
        status=Transfer.Status.WITHDRAWN, closed_at=timezone.now()
    )
    return told


def _period(one: Membership) -> dict[str, Any]:
    return {
        "membership": one.pk,
        "unit": one.unit.code,
        "from": one.admitted_on.isoformat(),
        "until": one.ended_on.isoformat() if one.ended_on else None,
        "entry": one.entry_kind,
        "symbol": one.entry_symbol,
    }


def _take_rest(kept: Person, other: Person, done: Merge) -> None:
    now = done.at
    if Transfer.objects.filter(person=kept, status=Transfer.Status.OPEN).exists():
        Transfer.objects.filter(person=other, status=Transfer.Status.OPEN).update(
            status=Transfer.Status.WITHDRAWN, closed_at=now
        )
    Transfer.objects.filter(person=other).update(person=kept)
    for post in MemberPosition.objects.filter(person=other):
        same = MemberPosition.objects.filter(
            person=kept, unit=post.unit_id, position=post.position_id, valid_from=post.valid_from
        )
        if not same.exists():
            MemberPosition.objects.filter(pk=post.pk).update(person=kept)
    _take_cards(kept, other)
    asked = CorrectionRequest.objects.filter(person=other)
    open_fields = CorrectionRequest.objects.filter(
        person=kept, status=CorrectionRequest.Status.OPEN
    ).values_list("field", flat=True)
    asked.filter(status=CorrectionRequest.Status.OPEN, field__in=list(open_fields)).update(
        status=CorrectionRequest.Status.WITHDRAWN, decided_at=now, reason=_("gộp hai hồ sơ của một người")
    )
    asked.update(person=kept)
    DataRequest.objects.filter(person=other).update(person=kept)
    _take_consents(kept, other, done)


def _take_cards(kept: Person, other: Person) -> None:
    if MemberCard.objects.filter(person=kept, revoked_on=None).exists():
        for card in MemberCard.objects.filter(person=other, revoked_on=None):
            card.revoked_on = max(timezone.localdate(), card.issued_on)
            card.revoked_reason = _("gộp hai hồ sơ của một người")
            card.save(update_fields=["revoked_on", "revoked_reason"])
    MemberCard.objects.filter(person=other).update(person=kept)


def _take_consents(kept: Person, other: Person, done: Merge) -> None:
    """Let the last word of the person hold, for each purpose, whichever record it was written in.

    What was agreed to cannot be changed, so it is written again in the kept record; the first row says where it went.
    """
    words = _("chuyển sang hồ sơ được giữ khi gộp")
    for given in Consent.objects.filter(person=other, withdrawn_at=None):
        mine = Consent.objects.filter(person=kept, purpose=given.purpose)
        taken_back = mine.filter(withdrawn_at__gt=given.given_at).exists()
        given.withdrawn_at, given.withdrawn_method, given.withdrawn_by = done.at, given.method, words
        given.save(update_fields=["withdrawn_at", "withdrawn_method", "withdrawn_by"])
        if not taken_back and not mine.filter(withdrawn_at=None).exists():
            Consent.objects.create(
                person=kept,
                purpose=given.purpose,
                text_id=given.text_id,
                given_at=given.given_at,
                method=given.method,
                actor_text=given.actor_text,
                actor_mandate_id=given.actor_mandate_id,
                paper_ref=given.paper_ref,
            )
    for back in Consent.objects.filter(person=other).exclude(withdrawn_by=words).order_by("withdrawn_at"):
        Consent.objects.filter(
            person=kept, purpose=back.purpose, withdrawn_at=None, given_at__lt=back.withdrawn_at
        ).update(
            withdrawn_at=back.withdrawn_at,
            withdrawn_method=back.withdrawn_method,
            withdrawn_by=back.withdrawn_by,
        )


def _close(capacity: Capacity, pair: DuplicateProposal, kept: Person, other: Person, done: Merge) -> None:
    """Decide the pair, let other pairs of the merged record name the kept one, and write it into the story."""
    pair.status, pair.note, pair.decided_at = DuplicateProposal.Status.SAME, done.reason, done.at
    pair.decided_by, pair.decided_mandate_id = done.by_text, done.mandate_id
    pair.save(update_fields=["status", "note", "decided_at", "decided_by", "decided_mandate_id"])
    of_other = DuplicateProposal.objects.filter(Q(first=other) | Q(second=other)).exclude(pk=pair.pk)
    for one in of_other:
        third = one.second_id if one.first_id == other.pk else one.first_id
        ids = sorted((kept.pk, third))
        if third == kept.pk or DuplicateProposal.objects.filter(first=ids[0], second=ids[1]).exists():
            continue
        DuplicateProposal.objects.filter(pk=one.pk).update(first=ids[0], second=ids[1])
    last = Membership.objects.filter(person=kept).order_by("-admitted_on").first()
    if last is not None:
        MembershipEvent.objects.create(
            membership=last,
            person=kept,
            unit_id=last.unit_id,
            kind=MembershipEvent.Kind.CORRECTION,
            happened_on=timezone.localdate(),
            reason=_("gộp hồ sơ số %(number)s vào hồ sơ này") % {"number": other.pk},
            actor_text=done.by_text,
        )
