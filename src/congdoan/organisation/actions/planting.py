"""Planting a tree: many operations at once without a reorganisation behind them, for a new installation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from congdoan.audit import actions as audit
from congdoan.organisation.actions import tree as writing
from congdoan.organisation.engine import changing
from congdoan.organisation.engine.faults import TreeRuleError
from congdoan.organisation.engine.operations import Decision, Operation
from congdoan.organisation.errors import PlanRefusedError, sentence_of
from congdoan.organisation.models import TreeVersion
from congdoan.organisation.queries.forest import load, union_tree


@transaction.atomic
def plant(
    operations: Sequence[Operation], *, on: date, note: str, decision: Decision | None = None
) -> TreeVersion:
    """Apply ``operations`` in order, each on its own day or on ``on``, as one version made by the system itself.

    For set-up and import into an empty tree; what officers do goes through ``actions.reorganisations``. Raises
    ``PlanRefusedError`` and changes nothing when one cannot be done or the tree would be wrong.
    """
    tree = writing.lock(union_tree())
    part = load(tree, operations)
    try:
        for operation in operations:
            changing.apply(part.forest, operation, on)
    except TreeRuleError as fault:
        raise PlanRefusedError([sentence_of(fault)]) from fault
    problems = [sentence_of(fault) for fault in part.forest.problems()]
    if problems:
        raise PlanRefusedError(problems)
    days = [operation.on or on for operation in operations]
    version = writing.write(tree, part, writing.Batch(min([*days, on]), note, decision or Decision()))
    audit.record("tree.planted", version, actor=None, after={"operations": len(operations), "note": note})
    return version
