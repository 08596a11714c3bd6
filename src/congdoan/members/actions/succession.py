"""Members of a unit that ends: they go on where it goes on, leave with it, or wait to be placed.

One heir (a merger, a dissolution with an heir): the membership ends on the unit's last day and goes on in the heir. No
heir: it ends with the unit. Several heirs (a split): nobody can tell who goes where, so the membership stays open in the
ended unit, counts where its heirs stand, and waits on the desk of those who may place it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from congdoan.members import switch
from congdoan.members.actions import trail
from congdoan.members.actions.locking import locked_in_reach
from congdoan.members.errors import DateRuleError, OutOfReachError
from congdoan.members.models import COUNTED, MemberPosition, Membership, MembershipEvent, Person, Transfer
from congdoan.members.queries.unplaced import unplaced
from congdoan.organisation.models import Succession, Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right

BATCH = 500


@transaction.atomic
def follow(ended: Mapping[int, date]) -> int:
    """Let members follow the units that end (id → first day without). Return how many memberships were touched.

    Belongs to the transaction of the batch; run again for the same units, it finds nothing left to do.
    """
    if not switch.is_on() or not ended:
        return 0
    heirs: dict[int, list[int]] = defaultdict(list)
    for ids in _chunks(ended):
        for predecessor, successor in Succession.objects.filter(predecessor__in=ids).values_list(
            "predecessor_id", "successor_id"
        ):
            heirs[predecessor].append(successor)
    units = {unit.pk: unit for ids in _chunks(ended) for unit in Unit.objects.filter(pk__in=ids)}
    # The earliest first: who comes into a unit that ends later in the same batch goes on from there.
    return sum(
        _follow_one(units[pk], ended[pk], heirs[pk]) for pk in sorted(units, key=lambda pk: (ended[pk], pk))
    )


def _follow_one(unit: Unit, day: date, heirs: Sequence[int]) -> int:
    _end_posts(unit, day)
    Transfer.objects.filter(to_unit=unit, status=Transfer.Status.OPEN, effective_on__gte=day).update(
        status=Transfer.Status.WITHDRAWN, closed_at=timezone.now()
    )
    if len(heirs) > 1:
        return 0
    heir = heirs[0] if heirs else None
    rows = Membership.objects.filter(COUNTED).filter(Q(ended_on=None) | Q(ended_on__gt=day), unit=unit)
    if heir is None:
        # Who came after the unit had ended cannot leave with it; they wait to be placed.
        rows = rows.filter(admitted_on__lt=day)
    people = list(rows.order_by("person_id").values_list("person_id", flat=True).distinct())
    done = 0
    for ids in _chunks(people):
        list(Person.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
        found = list(rows.filter(person__in=ids).select_related("person"))
        Transfer.objects.filter(membership__in=found, status=Transfer.Status.OPEN).update(
            status=Transfer.Status.WITHDRAWN, closed_at=timezone.now()
        )
        _move(found, unit, day, heir)
        done += len(found)
    if done:
        trail.record(
            "members.followed_unit" if heir else "members.left_with_unit",
            None,
            None,
            after={"unit": unit.code, "to_unit": heir, "from": day, "rows": done},
        )
    return done


def _move(rows: Sequence[Membership], unit: Unit, day: date, heir: int | None, actor: str = "") -> None:
    """End ``rows`` on ``day`` and begin them anew in ``heir``; a row that had not begun by then begins there at once."""
    begun = [row for row in rows if row.admitted_on < day]
    later = [row for row in rows if row.admitted_on >= day]
    fresh = [
        Membership(
            person_id=row.person_id,
            unit_id=heir,
            admitted_on=day,
            ended_on=row.ended_on,
            entry_kind=Membership.Entry.TRANSFER,
            entry_symbol=unit.ending_symbol,
            entry_signed_on=unit.ending_signed_on,
            leaving_reason=row.leaving_reason,
            leaving_symbol=row.leaving_symbol,
            leaving_signed_on=row.leaving_signed_on,
        )
        for row in begun
        if heir is not None
    ]
    leaving = Membership.Leaving.UNIT_DISSOLVED if heir is None else Membership.Leaving.TRANSFERRED
    Membership.objects.filter(pk__in=[row.pk for row in begun]).update(
        ended_on=day,
        leaving_reason=leaving,
        leaving_symbol=unit.ending_symbol,
        leaving_signed_on=unit.ending_signed_on,
    )
    Membership.objects.bulk_create(fresh)
    Membership.objects.filter(pk__in=[row.pk for row in later]).update(unit_id=heir)
    # An erased person has no story any more; only the counts go on.
    erased = {row.person_id for row in rows if row.person.tombstoned_at is not None}
    out = MembershipEvent.Kind.LEAVING if heir is None else MembershipEvent.Kind.TRANSFER_OUT
    told = [(row, out, unit.pk, day) for row in begun]
    told += [(row, MembershipEvent.Kind.TRANSFER_IN, row.unit_id, day) for row in fresh]
    told += [(row, MembershipEvent.Kind.CORRECTION, heir or unit.pk, row.admitted_on) for row in later]
    MembershipEvent.objects.bulk_create(
        MembershipEvent(
            membership=row,
            person_id=row.person_id,
            unit_id=unit_id,
            kind=kind,
            happened_on=on,
            decision_symbol=unit.ending_symbol,
            decision_on=unit.ending_signed_on,
            reason=_("Đơn vị kết thúc hoạt động"),
            actor_text=actor,
        )
        for row, kind, unit_id, on in told
        if row.person_id not in erased
    )


def _end_posts(unit: Unit, day: date) -> None:
    MemberPosition.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day), unit=unit, valid_from__lt=day
    ).update(valid_to=day)


@transaction.atomic
def place(capacity: Capacity, person_ids: Iterable[int], unit: Unit) -> int:
    """Say where members of a unit that was split go on. Return how many were placed; who no longer waits is passed over.

    Raises ``OutOfReachError`` for a unit out of reach, ``DateRuleError`` for one that was not there yet or is not any more.
    """
    if not reaches(capacity, Right.ADMIT_MEMBERS, unit.pk):
        raise OutOfReachError
    placed = 0
    for person_id in sorted(set(person_ids)):
        try:
            person = locked_in_reach(capacity, Right.ADMIT_MEMBERS, person_id)
        except Person.DoesNotExist:
            continue
        row = unplaced(capacity).filter(person=person).select_related("unit", "person").first()
        if row is None or row.unit.ended_on is None:
            continue
        if not unit.lives_on(row.unit.ended_on) or not unit.lives_on(capacity.on):
            raise DateRuleError(
                "unit", _("Đơn vị này không hoạt động từ ngày đơn vị cũ kết thúc. Hãy chọn đơn vị khác.")
            )
        Transfer.objects.filter(person=person, status=Transfer.Status.OPEN).update(
            status=Transfer.Status.WITHDRAWN, closed_at=timezone.now()
        )
        _move([row], row.unit, row.unit.ended_on, unit.pk, f"{capacity.user} ({capacity.words})"[:300])
        trail.record(
            "member.placed",
            person.pk,
            capacity,
            after={"from_unit": row.unit.code, "to_unit": unit.code, "from": row.unit.ended_on},
        )
        placed += 1
    return placed


def _chunks(ids: Iterable[int]) -> Iterable[list[int]]:
    rest = iter(ids)
    while some := list(islice(rest, BATCH)):
        yield some
