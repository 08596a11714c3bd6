"""Keeping an uploaded list of units, and carrying it out as one batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.actions import reorganisations
from congdoan.organisation.actions.planting import plant
from congdoan.organisation.actions.units import edit_contacts
from congdoan.organisation.engine.operations import Decision
from congdoan.organisation.errors import (
    ImportChangedError,
    ImportDoneError,
    NotAllowedError,
    PlanRefusedError,
)
from congdoan.organisation.importing.units import Trial
from congdoan.organisation.importing.uploads import as_file
from congdoan.organisation.models import Reorganisation, Unit, UnitImport
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.listing import trial
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: its rows, and the batch that holds its changes of the tree (a draft where ``by`` may not sign)."""

    trial: Trial
    reorganisation: Reorganisation | None


@transaction.atomic
def keep(content: bytes, *, name: str, on: date, by: Capacity) -> UnitImport:
    """Keep an uploaded list for a day so that it is not uploaded twice; throw away what is older."""
    if by.actor is None or not by.may(Right.REORGANISE):
        raise NotAllowedError
    UnitImport.objects.filter(created_at__lt=timezone.now() - KEPT).delete()
    kept = UnitImport.objects.create(
        user=by.actor, name=vntext.nfc(name)[-200:], content=content, applies_on=on
    )
    audit.record("unit_import.uploaded", kept, actor=by.actor, capacity=by.audit, after={"name": kept.name})
    return kept


def own(by: Capacity) -> Any:
    """Return the lists that somebody uploaded in the last day: their own only."""
    return UnitImport.objects.filter(user=by.actor, created_at__gte=timezone.now() - KEPT)


def trial_of(kept: UnitImport, by: Capacity) -> Trial:
    """Return what a kept list would do now. Raises ``SpreadsheetError``."""
    with as_file(bytes(kept.content), kept.name) as path:
        return trial(path, kept.applies_on, by)


def summary(result: Trial) -> str:
    """Return what a dry run said, to be compared with what carrying out would do."""
    tally = result.tally
    return f"{tally.created}-{tally.updated}-{tally.refused}-{len(result.operations())}"


@transaction.atomic
def carry_out(import_id: int, *, title: str, decision: Decision, seen: str, by: Capacity) -> Imported:
    """Do what the dry run showed (``seen``): changes of the tree as one batch, contacts beside it, all or nothing.

    Whoever may prepare but not sign leaves the batch as a checked draft. Raises ``UnitImport.DoesNotExist`` for the list
    of somebody else, ``ImportDoneError``, ``ImportChangedError``, ``PlanRefusedError``.
    """
    kept: UnitImport = own(by).select_for_update().get(pk=import_id)
    if kept.carried_out_at is not None:
        raise ImportDoneError
    result = trial_of(kept, by)
    if summary(result) != seen:
        raise ImportChangedError
    batch = _batch(result, kept, title, decision, by)
    is_done = batch is None or batch.status == Reorganisation.Status.CARRIED_OUT
    _edit(result, by, with_new=is_done)
    kept.carried_out_at, kept.reorganisation = timezone.now(), batch
    kept.save(update_fields=["carried_out_at", "reorganisation"])
    tally = result.tally
    audit.record(
        "unit_import.carried_out",
        kept,
        actor=by.actor,
        capacity=by.audit,
        after={
            "created": tally.created,
            "updated": tally.updated,
            "refused": tally.refused,
            "reorganisation": batch.pk if batch else None,
        },
    )
    return Imported(result, batch)


def _batch(
    result: Trial, kept: UnitImport, title: str, decision: Decision, by: Capacity
) -> Reorganisation | None:
    operations = result.operations()
    if not operations or by.unit is None:
        return None
    batch = reorganisations.draft(
        title=title, scope=by.unit, effective_on=kept.applies_on, by=by, decision=decision
    )
    reorganisations.set_operations(batch.pk, operations, by=by)
    plan = reorganisations.check(batch.pk, by=by)
    if not plan.is_sound:
        raise PlanRefusedError([text for _number, text in plan.problems])
    if reaches(by, Right.CARRY_OUT, by.unit.pk):
        return reorganisations.carry_out(batch.pk, by=by)
    batch.refresh_from_db()
    return batch


def _edit(result: Trial, by: Capacity, *, with_new: bool) -> None:
    wanted = {
        entry.row.values["code"]: entry.contacts
        for entry in result.good
        if entry.contacts and (with_new or not entry.is_new)
    }
    for pk, code in _ids(wanted):
        edit_contacts(pk, by=by, **wanted[code])


def _ids(codes: Iterable[str]) -> list[tuple[int, str]]:
    codes = list(codes)
    found: list[tuple[int, str]] = []
    for start in range(0, len(codes), 500):
        some = codes[start : start + 500]
        found.extend(Unit.objects.filter(code__in=some).values_list("pk", "code"))
    return found


@transaction.atomic
def import_as_system(result: Trial, *, on: date, note: str, decision: Decision) -> None:
    """Carry out a list in the name of the installation itself, from the command line. Raises ``PlanRefusedError``."""
    operations = result.operations()
    if operations:
        plant(operations, on=on, note=note, decision=decision)
    wanted = {entry.row.values["code"]: entry.contacts for entry in result.good if entry.contacts}
    for pk, code in _ids(wanted):
        unit = Unit.objects.select_for_update().get(pk=pk)
        before = {name: getattr(unit, name) for name in wanted[code]}
        for name, value in wanted[code].items():
            setattr(unit, name, value)
        unit.save(update_fields=[*wanted[code], "updated_at"])
        audit.record("unit.edited", unit, actor=None, before=before, after=wanted[code])
