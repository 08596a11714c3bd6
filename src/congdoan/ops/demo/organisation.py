"""From the seeds of the demonstration's organisation to rows: places, units and their history, people in office, the
reorganisation of 2025 as a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.auth.models import Group

from congdoan.accounts.models import User
from congdoan.audit import actions as audit
from congdoan.ops.demo.union import reorganisation_2025, union
from congdoan.ops.demo.union.seeds import EventSeed, MandateSeed, UnitSeed
from congdoan.organisation.actions.catalogue import load_catalogue
from congdoan.organisation.actions.planting import plant
from congdoan.organisation.engine.operations import (
    Decision,
    Dissolve,
    Found,
    Merge,
    Move,
    NewUnit,
    Operation,
    Part,
    Rename,
    Split,
)
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
    opening = [Found(on=unit.founded_on, decision=_decision(unit), unit=_new(unit)) for unit in seeds.opening]
    history = [operation for event in seeds.events for operation in operations_of(event)]
    # Units are planted in the order of their days: a parent that was founded later than its child does not exist.
    plant([*opening, *history], on=date(2013, 10, 1), note="Tổ chức của bản trình diễn")
    ids = dict(Unit.objects.values_list("code", "pk"))
    _load_people(ids, users)
    _prepare_reorganisation(ids, users)


def _decision(unit: UnitSeed) -> Decision:
    return Decision(symbol=unit.decision_symbol, on=unit.decision_date)


def _new(unit: UnitSeed) -> NewUnit:
    return NewUnit(
        code=unit.code,
        kind=unit.kind,
        name=unit.name,
        parent=unit.parent_code or "",
        short_name=unit.short_name,
        name_en=unit.name_en,
        sector=unit.sector,
        ownership_type=unit.ownership_type,
        address=unit.address,
        phone=unit.phone,
        email=unit.email,
        territories=unit.territory_codes,
    )


def operations_of(event: EventSeed) -> list[Operation]:
    """Return what the organisation's engine does for one event of the seeds."""
    about = {
        "on": event.on,
        "reason": event.reason,
        "decision": Decision(event.decision_symbol, event.decision_date, event.decision_issuer),
    }
    new = {unit.code: _new(unit) for unit in event.founds}
    match event.kind:
        case "founding":
            return [Found(**about, unit=unit) for unit in new.values()]  # type: ignore[arg-type]  # shared fields
        case "renaming":
            (code,) = event.unit_codes
            return [
                Rename(
                    **about, unit=code, name=event.name, short_name=event.short_name, name_en=event.name_en
                )  # type: ignore[arg-type]
            ]
        case "move":
            (code,) = event.unit_codes
            return [Move(**about, unit=code, parent=event.parent_code)]  # type: ignore[arg-type]  # shared fields
        case "merger":
            into = event.heirs[0].successor_code
            return [
                Merge(  # type: ignore[arg-type]  # shared fields
                    **about,
                    sources=event.unit_codes,
                    into="" if into in new else into,
                    new_unit=new.get(into),
                )
            ]
        case "split":
            (code,) = event.unit_codes
            parts = tuple(
                Part(
                    share=heir.share,
                    into="" if heir.successor_code in new else heir.successor_code,
                    new_unit=new.get(heir.successor_code),
                )
                for heir in event.heirs
            )
            return [Split(**about, source=code, parts=parts)]  # type: ignore[arg-type]  # shared fields
        case "dissolution":
            heirs = {heir.predecessor_code: heir.successor_code for heir in event.heirs}
            return [Dissolve(**about, unit=code, heir=heirs.get(code, "")) for code in event.unit_codes]  # type: ignore[arg-type]


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
    operations: Iterable[Operation] = (
        operation for event in seed.operations for operation in operations_of(event)
    )
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
            StoredOperation(reorganisation=reorganisation, sequence=number, data=operation.to_dict())
            for number, operation in enumerate(operations, 1)
        ],
        batch_size=_ROWS,
    )
    audit.record("reorganisation.drafted", reorganisation, actor=None, after={"title": reorganisation.title})
