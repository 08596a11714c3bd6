"""What a unit says of itself: contacts, sector, ownership. Its place and name change only by a reorganisation."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from congdoan import vntext
from congdoan.audit import actions as audit
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import units
from congdoan.organisation.rights import Right

FIELDS = ("address", "phone", "email", "website", "sector", "ownership_type")


@transaction.atomic
def edit_contacts(unit_id: int, *, by: Capacity, **fields: Any) -> Unit:
    """Change some of ``FIELDS``. Raises ``Unit.DoesNotExist`` where ``by`` may not edit the unit: to them it is not there."""
    unit = units(by, Right.EDIT_UNITS).select_for_update(of=("self",)).get(pk=unit_id)
    wanted = {name: vntext.nfc(str(fields[name])).strip() for name in FIELDS if name in fields}
    before = {name: getattr(unit, name) for name in wanted}
    changed = [name for name, value in wanted.items() if before[name] != value]
    if not changed:
        return unit
    for name in changed:
        setattr(unit, name, wanted[name])
    unit.save(update_fields=[*changed, "updated_at"])
    audit.record(
        "unit.edited",
        unit,
        actor=by.actor,
        capacity=by.audit,
        before={name: before[name] for name in changed},
        after={name: wanted[name] for name in changed},
    )
    return unit
