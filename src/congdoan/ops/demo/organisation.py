"""From the seeds of the demonstration's organisation to rows: places, units and their history, people in office, the
reorganisation of 2025 as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.contrib.auth.models import Group

from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.ops.demo.union import reorganisation_2025, union
from congdoan.ops.demo.union.operations import foundings, operation
from congdoan.ops.demo.union.seeds import MandateSeed
from congdoan.organisation.actions.catalogue import load_catalogue
from congdoan.organisation.actions.planting import plant
from congdoan.organisation.models import (
    Body,
    Department,
    Mandate,
    Officer,
    Position,
    Reorganisation,
    Term,
    Territory,
    Unit,
)
from congdoan.organisation.models import Operation as StoredOperation

_ROWS = 2_000


def load(users: Mapping[str, User]) -> None:
    """Write the whole organisation; ``users`` are the accounts of the demonstration by user name."""
    load_catalogue()
    _load_territories()
    seeds = union()
    opening = foundings(seeds.opening, {unit.code: unit.name for unit in seeds.opening})
    plant([*opening, *map(operation, seeds.events)], on=date(2013, 10, 1), note="Tổ chức của bản trình diễn")
    ids = dict(Unit.objects.values_list("code", "pk"))
    _load_people(ids, users)
    _prepare_reorganisation(ids, users)


def _load_territories() -> None:
    rows = {
        seed.code: Territory(
            code=seed.code, name=seed.name, kind=seed.kind, valid_from=seed.valid_from, valid_to=seed.valid_to
        )
        for seed in union().territories
    }
    Territory.objects.bulk_create(rows.values())
    for seed in union().territories:
        if seed.parent_code:
            rows[seed.code].parent = rows[seed.parent_code]
    Territory.objects.bulk_update(rows.values(), ["parent"], batch_size=500)


def _load_people(ids: Mapping[str, int], users: Mapping[str, User]) -> None:
    seeds = union()
    departments: dict[tuple[str, str], Department] = {}
    for order, seed in enumerate(seeds.departments):
        departments[seed.unit_code, seed.code] = Department.objects.create(
            unit_id=ids[seed.unit_code],
            code=seed.code,
            name=seed.name,
            name_en=seed.name_en,
            phone=seed.phone,
            email=seed.email,
            valid_from=seed.valid_from,
            valid_to=seed.valid_to,
            sort_order=order,
        )
    bodies = {
        (seed.unit_code, seed.kind): Body.objects.create(
            unit_id=ids[seed.unit_code], kind=seed.kind, name=seed.name, name_en=seed.name_en
        )
        for seed in seeds.bodies
    }
    terms = {
        (seed.unit_code, seed.body_kind, seed.number): Term.objects.create(
            body=bodies[seed.unit_code, seed.body_kind],
            number=seed.number,
            valid_from=seed.valid_from,
            valid_to=seed.valid_to,
            congress_on=seed.congress_on,
        )
        for seed in seeds.terms
    }
    officers: dict[str, Officer] = {}
    for person in seeds.officers:
        officer = Officer(
            last_name=person.last_name,
            first_name=person.first_name,
            phone=person.phone,
            email=person.email,
            staff_code=person.staff_code,
            user=users.get(person.username),
        )
        officer.derive()
        officers[person.key] = officer
    Officer.objects.bulk_create(officers.values(), batch_size=_ROWS)
    positions = dict(Position.objects.values_list("code", "pk"))

    def mandate(seed: MandateSeed) -> Mandate:
        return Mandate(
            officer=officers[seed.officer_key],
            unit_id=ids[seed.unit_code],
            position_id=positions[seed.position_code],
            department=departments.get((seed.unit_code, seed.department_code)),
            term=terms.get((seed.unit_code, seed.body_kind, seed.term_number)),
            valid_from=seed.valid_from,
            valid_to=seed.valid_to,
            decision_symbol=seed.decision_symbol,
            decision_on=seed.decision_date,
            editorial_group=_group_of(officers[seed.officer_key], seed.position_code),
        )

    Mandate.objects.bulk_create(map(mandate, seeds.mandates), batch_size=_ROWS)


def _group_of(officer: Officer, position: str) -> Group | None:
    """Return the part of the newsroom that an editor or approver of the demonstration is in already."""
    if officer.user is None or position not in ("editor", "approver"):
        return None
    return officer.user.groups.first()


def _prepare_reorganisation(ids: Mapping[str, int], users: Mapping[str, User]) -> None:
    """Prepare the reorganisation of July 2025, not carried out."""
    seed = reorganisation_2025()
    reorganisation = Reorganisation.objects.create(
        title=seed.title,
        scope_id=ids[seed.scope_code],
        effective_on=seed.effective_on,
        decision_symbol=seed.decision_symbol,
        decision_on=seed.decision_date,
        decision_issuer=seed.decision_issuer,
        note=seed.note,
        created_by=users.get("quan-tri"),
    )
    StoredOperation.objects.bulk_create(
        [
            StoredOperation(reorganisation=reorganisation, sequence=number, data=operation(event).to_dict())
            for number, event in enumerate(seed.operations, 1)
        ],
        batch_size=_ROWS,
    )
    audit.record("reorganisation.drafted", reorganisation, actor=None, after={"title": reorganisation.title})
