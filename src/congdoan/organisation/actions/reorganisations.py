"""Preparing, checking, carrying out and withdrawing a reorganisation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.actions import tree as writing
from congdoan.organisation.engine import changing
from congdoan.organisation.engine.faults import TreeRuleError
from congdoan.organisation.engine.forest import Forest
from congdoan.organisation.engine.operations import Decision, Operation, named_units, parse
from congdoan.organisation.errors import (
    EmptyPlanError,
    NotADraftError,
    NotAllowedError,
    OutOfReachError,
    OvertakenError,
    PlanRefusedError,
    sentence_of,
)
from congdoan.organisation.models import Ancestry, Reorganisation, Tree, Unit, UnitEvent
from congdoan.organisation.models import Operation as StoredOperation
from congdoan.organisation.models.units import during
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.forest import Part, load, newest_version, union_tree
from congdoan.organisation.queries.scope import reaches, within
from congdoan.organisation.rights import Right


@dataclass(slots=True)
class Plan:
    """What a reorganisation would do. ``problems``: sentences, with the number of the operation (0: of the whole)."""

    before: Forest
    after: Forest
    on: date
    problems: list[tuple[int, str]] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether it can be carried out."""
        return not self.problems


def visible(capacity: Capacity) -> Any:
    """Return the reorganisations that the capacity may see: those of units that it may reorganise or sign for."""
    mine = within(capacity, Right.REORGANISE, "scope") | within(capacity, Right.CARRY_OUT, "scope")
    return Reorganisation.objects.filter(mine).select_related("scope")


@transaction.atomic
def draft(
    *,
    title: str,
    scope: Unit,
    effective_on: date,
    by: Capacity,
    decision: Decision | None = None,
    note: str = "",
) -> Reorganisation:
    """Begin a reorganisation of the subtree of ``scope``. Raises ``OutOfReachError`` where ``by`` may not prepare one."""
    if not reaches(by, Right.REORGANISE, scope.pk):
        raise OutOfReachError(units=[scope.code])
    decision = decision or Decision()
    reorganisation = Reorganisation.objects.create(
        title=vntext.nfc(title).strip(),
        scope=scope,
        effective_on=effective_on,
        decision_symbol=decision.symbol,
        decision_on=decision.on,
        decision_issuer=decision.issuer,
        note=vntext.nfc(note).strip(),
        created_by=by.actor,
    )
    audit.record(
        "reorganisation.drafted",
        reorganisation,
        actor=by.actor,
        capacity=by.audit,
        after={"title": reorganisation.title, "scope": scope.code, "effective_on": effective_on},
    )
    return reorganisation


@transaction.atomic
def edit(reorganisation_id: int, *, by: Capacity, **fields: Any) -> Reorganisation:
    """Change what a draft says of itself (title, day, decision, note). Raises ``NotADraftError``."""
    reorganisation = _locked_draft(reorganisation_id, by)
    before = {name: getattr(reorganisation, name) for name in fields}
    for name, value in fields.items():
        setattr(reorganisation, name, vntext.nfc(value).strip() if isinstance(value, str) else value)
    reorganisation.based_on = None
    reorganisation.save(update_fields=[*fields, "based_on"])
    audit.record(
        "reorganisation.edited",
        reorganisation,
        actor=by.actor,
        capacity=by.audit,
        before=before,
        after=fields,
    )
    return reorganisation


@transaction.atomic
def set_operations(
    reorganisation_id: int, operations: Sequence[Operation], *, by: Capacity
) -> Reorganisation:
    """Replace the operations of a draft. Raises ``NotADraftError``, ``Reorganisation.DoesNotExist`` where not in reach."""
    reorganisation = _locked_draft(reorganisation_id, by)
    before = reorganisation.operations.count()
    reorganisation.operations.all().delete()
    StoredOperation.objects.bulk_create(
        [
            StoredOperation(reorganisation=reorganisation, sequence=number, data=operation.to_dict())
            for number, operation in enumerate(operations, 1)
        ],
        batch_size=1000,
    )
    reorganisation.based_on = None
    reorganisation.save(update_fields=["based_on"])
    audit.record(
        "reorganisation.operations_changed",
        reorganisation,
        actor=by.actor,
        capacity=by.audit,
        before={"operations": before},
        after={"operations": len(operations)},
    )
    return reorganisation


def operations_of(reorganisation: Reorganisation) -> list[Operation]:
    """Return the stored operations in order. Raises ``TreeRuleError`` for one that cannot be read."""
    return [parse(row.data) for row in reorganisation.operations.order_by("sequence")]


@transaction.atomic
def check(reorganisation_id: int, *, by: Capacity) -> Plan:
    """Try a draft on the tree as it is now and note the version it was checked on. Changes nothing of the tree."""
    reorganisation = _locked_draft(reorganisation_id, by, Right.REORGANISE, Right.CARRY_OUT)
    tree = union_tree()
    plan, _part = _try(reorganisation, operations_of(reorganisation), tree)
    reorganisation.based_on = newest_version(tree) if plan.is_sound else None
    reorganisation.save(update_fields=["based_on"])
    return plan


def plan_of(reorganisation: Reorganisation) -> Plan:
    """Return what a draft would do, without noting anything."""
    return _try(reorganisation, operations_of(reorganisation), union_tree())[0]


@transaction.atomic
def carry_out(reorganisation_id: int, *, by: Capacity) -> Reorganisation:
    """Carry a checked draft out: all of it in this transaction, or nothing.

    Under the tree's lock it is tried again on the tree as it is now. Raises ``NotADraftError`` when it was carried out
    already, ``OvertakenError`` when another batch changed one of its units since the check, ``PlanRefusedError`` when
    it would leave a tree that cannot be, ``NotAllowedError`` where ``by`` may not sign it.
    """
    tree = writing.lock(union_tree())
    reorganisation = _locked_draft(reorganisation_id, by, Right.CARRY_OUT)
    operations = operations_of(reorganisation)
    _refuse_overtaken(reorganisation, operations, tree)
    plan, part = _try(reorganisation, operations, tree)
    if not plan.is_sound:
        raise PlanRefusedError([text for _number, text in plan.problems])
    batch = writing.Batch(
        effective_from=min([operation.on or plan.on for operation in operations] or [plan.on]),
        note=reorganisation.title,
        decision=Decision(
            reorganisation.decision_symbol, reorganisation.decision_on, reorganisation.decision_issuer
        ),
    )
    reorganisation.version = writing.write(tree, part, batch)
    reorganisation.status = Reorganisation.Status.CARRIED_OUT
    reorganisation.content_hash = content_hash(reorganisation, operations)
    reorganisation.carried_out_at = timezone.now()
    reorganisation.signed_mandate_id = by.audit[0]
    reorganisation.signed_by = f"{by.actor or ''} ({by.words})"[:300]
    reorganisation.save()
    audit.record(
        "reorganisation.carried_out",
        reorganisation,
        actor=by.actor,
        capacity=by.audit,
        after={
            "version": reorganisation.version.number,
            "operations": len(operations),
            "content_hash": reorganisation.content_hash,
        },
    )
    return reorganisation


@transaction.atomic
def withdraw(reorganisation_id: int, *, reason: str, by: Capacity) -> Reorganisation:
    """Give a draft up; it stays readable. Raises ``NotADraftError``."""
    reorganisation = _locked_draft(reorganisation_id, by)
    reorganisation.status = Reorganisation.Status.WITHDRAWN
    reorganisation.save(update_fields=["status"])
    audit.record("reorganisation.withdrawn", reorganisation, actor=by.actor, capacity=by.audit, reason=reason)
    return reorganisation


def content_hash(reorganisation: Reorganisation, operations: Iterable[Operation]) -> str:
    """Return the SHA-256 of what is signed: title, scope, day, decision and every operation in order."""
    content = {
        "title": reorganisation.title,
        "scope": reorganisation.scope.code,
        "effective_on": reorganisation.effective_on.isoformat(),
        "decision": [
            reorganisation.decision_symbol,
            reorganisation.decision_on.isoformat() if reorganisation.decision_on else "",
            reorganisation.decision_issuer,
        ],
        "operations": [operation.to_dict() for operation in operations],
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _locked_draft(reorganisation_id: int, by: Capacity, *rights: Right) -> Reorganisation:
    """Return a draft under its lock. Raises ``NotAllowedError`` where ``by`` sees it but has none of ``rights`` over its
    unit (default: to prepare it)."""
    reorganisation: Reorganisation = visible(by).select_for_update(of=("self",)).get(pk=reorganisation_id)
    if reorganisation.status != Reorganisation.Status.DRAFT:
        raise NotADraftError(current=reorganisation.status)
    if not any(reaches(by, right, reorganisation.scope_id) for right in rights or (Right.REORGANISE,)):
        raise NotAllowedError
    return reorganisation


def _try(reorganisation: Reorganisation, operations: Sequence[Operation], tree: Tree) -> tuple[Plan, Part]:
    part = load(tree, operations)
    on = reorganisation.effective_on
    before = Forest(
        levels=part.forest.levels,
        lives=dict(part.forest.lives),
        places={code: list(places) for code, places in part.forest.places.items()},
        names={code: list(names) for code, names in part.forest.names.items()},
    )
    plan = Plan(before, part.forest, on)
    plan.problems.extend((0, text) for text in _out_of_scope(reorganisation, operations, part))
    if not operations:
        plan.problems.append((0, EmptyPlanError().user_message))
    for number, operation in enumerate(operations, 1):
        try:
            changing.apply(part.forest, operation, on)
        except TreeRuleError as fault:
            plan.problems.append((number, sentence_of(fault)))
    if not plan.problems:
        plan.problems.extend((0, sentence_of(fault)) for fault in part.forest.problems())
    return plan, part


def _out_of_scope(reorganisation: Reorganisation, operations: Sequence[Operation], part: Part) -> list[str]:
    """Return a sentence where an operation names units that do not stand below the scope on its day."""
    named = {code for operation in operations for code in named_units(operation)}
    known = {part.ids[code] for code in named if code in part.ids}
    days = {operation.on or reorganisation.effective_on for operation in operations}
    inside: set[int] = set()
    for day in sorted(days):
        rows = Ancestry.objects.filter(
            during(day), ancestor=reorganisation.scope, end_version=None, unit__in=known
        )
        inside.update(rows.values_list("unit_id", flat=True))
    outside = sorted(code for code in named if code in part.ids and part.ids[code] not in inside)
    return [OutOfReachError(units=outside).user_message] if outside else []


def _refuse_overtaken(reorganisation: Reorganisation, operations: Sequence[Operation], tree: Tree) -> None:
    """Raise ``OvertakenError`` when a version made after the check changed a unit that this batch names."""
    based_on = reorganisation.based_on
    if based_on is None or based_on == newest_version(tree):
        return
    named = {code for operation in operations for code in named_units(operation)}
    later = UnitEvent.objects.filter(version__tree=tree, version__number__gt=based_on)
    changed = set(later.values_list("unit__code", flat=True)) | set(
        later.values_list("successions__predecessor__code", flat=True)
    )
    both = sorted(named & {code for code in changed if code})
    if both:
        newest = later.filter(unit__code__in=both).select_related("version").last() or later.last()
        raise OvertakenError(by=newest.version.note if newest else "", units=both)
