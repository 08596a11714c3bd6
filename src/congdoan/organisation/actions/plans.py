"""Changing the operations of a draft from a page that somebody looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db import transaction

from congdoan.organisation.actions.reorganisations import operations_of, set_operations, visible
from congdoan.organisation.engine.operations import Operation
from congdoan.organisation.errors import NotADraftError, StalePlanError
from congdoan.organisation.models import Reorganisation
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.plans import fingerprint

Change = Callable[[list[Operation]], Sequence[Operation]]


@transaction.atomic
def change_operations(reorganisation_id: int, change: Change, *, seen: str, by: Capacity) -> Reorganisation:
    """Give ``change`` the operations and store what it returns, if they are still those that were ``seen``.

    So neither a form sent twice nor an old window adds, removes or moves the wrong operation. Raises ``StalePlanError``,
    ``NotADraftError``, ``Reorganisation.DoesNotExist`` where it is not in reach.
    """
    reorganisation: Reorganisation = visible(by).select_for_update(of=("self",)).get(pk=reorganisation_id)
    if reorganisation.status != Reorganisation.Status.DRAFT:
        raise NotADraftError(current=reorganisation.status)
    if fingerprint(reorganisation) != seen:
        raise StalePlanError
    return set_operations(reorganisation_id, change(operations_of(reorganisation)), by=by)
