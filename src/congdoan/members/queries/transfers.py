"""Transfers of one's units, and what each side may know and do."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from congdoan.members.models import Transfer
from congdoan.members.queries.scope import at_unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.units import name_on
from congdoan.organisation.rights import Right

SIDES = ("from_unit", "to_unit")


def visible(capacity: Capacity, *sides: str) -> QuerySet[Transfer]:
    """Return the transfers for one of whose ``sides`` (default: either) the capacity speaks."""
    condition = Q(pk__in=())
    for side in sides or SIDES:
        condition |= at_unit(capacity, Right.ADMIT_MEMBERS, side)
    return Transfer.objects.filter(condition, person__tombstoned_at=None)


@dataclass(frozen=True, slots=True)
class Side:
    """A transfer as the reader sees it, and what they may do with it."""

    transfer: Transfer
    is_old: bool
    is_new: bool

    @property
    def may_release(self) -> bool:
        """The old unit is asked."""
        return self._is_open and self.is_old and self.transfer.released_at is None

    @property
    def may_accept(self) -> bool:
        """The new unit is asked."""
        return self._is_open and self.is_new and self.transfer.accepted_at is None

    @property
    def may_refuse(self) -> bool:
        """Whoever is asked may say no."""
        return self.may_release or self.may_accept

    @property
    def may_withdraw(self) -> bool:
        """Whoever asked may take it back."""
        return self._is_open and (
            (self.is_old and self.transfer.released_at is not None)
            or (self.is_new and self.transfer.accepted_at is not None)
        )

    @property
    def knows_old_unit(self) -> bool:
        """Where a person is a member is told to another unit only once that unit released them."""
        return self.is_old or self.transfer.released_at is not None

    @property
    def _is_open(self) -> bool:
        return self.transfer.status == Transfer.Status.OPEN


def sided(transfers: QuerySet[Transfer], capacity: Capacity) -> QuerySet[Transfer]:
    """Add names of units, and whether the capacity speaks for the old (``is_old``) and the new unit (``is_new``)."""
    from django.db.models import Case, Value, When

    def speaks(side: str) -> Case:
        return Case(
            When(at_unit(capacity, Right.ADMIT_MEMBERS, side), then=Value(True)), default=Value(False)
        )

    return transfers.select_related("person").annotate(
        from_name=name_on(capacity.on, "from_unit"),
        to_name=name_on(capacity.on, "to_unit"),
        is_old=speaks("from_unit"),
        is_new=speaks("to_unit"),
    )


def side_of(transfer: Transfer) -> Side:
    """Return a transfer of ``sided`` with what its reader may do."""
    return Side(transfer, bool(transfer.is_old), bool(transfer.is_new))  # type: ignore[attr-defined]  # annotated


def waiting(capacity: Capacity) -> QuerySet[Transfer]:
    """Return the transfers that wait for the capacity's answer, the oldest first."""
    asked = (at_unit(capacity, Right.ADMIT_MEMBERS, "from_unit") & Q(released_at=None)) | (
        at_unit(capacity, Right.ADMIT_MEMBERS, "to_unit") & Q(accepted_at=None)
    )
    return Transfer.objects.filter(asked, status=Transfer.Status.OPEN, person__tombstoned_at=None).order_by(
        "requested_at"
    )
