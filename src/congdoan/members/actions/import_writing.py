"""Writing what was decided on one batch of a list, in a few statements for all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from congdoan.members import crypto
from congdoan.members.importing.judging import Plan
from congdoan.members.importing.kept import packed
from congdoan.members.models import (
    DuplicateProposal,
    ImportRow,
    ImportRun,
    Membership,
    MembershipEvent,
    Person,
)
from congdoan.organisation.queries.capacities import Capacity
from congdoan.spreadsheets import Row

_CHANGED = (
    "last_name", "first_name", "sort_key", "folded", "birth_date", "birth_precision", "sex", "phone", "email", "address",
    "employment_category", "identity_cipher", "identity_hash", "member_no", "row_version", "updated_at",
)  # fmt: skip


def write(run: ImportRun, capacity: Capacity, plan: Plan) -> None:
    """Write new people with their memberships and story, changed ones, and pairs that may be one person."""
    for one in plan.new:
        one.person.identity_cipher = crypto.encrypt(one.identity)
    people = Person.objects.bulk_create(one.person for one in plan.new)
    memberships = Membership.objects.bulk_create(
        Membership(
            person=person,
            unit_id=one.unit_id,
            admitted_on=one.admitted_on,  # type: ignore[misc]  # the plan refuses rows without a day
            entry_kind=Membership.Entry.IMPORT,
        )
        for person, one in zip(people, plan.new, strict=True)
    )
    actor = f"{capacity.user} ({capacity.words})"[:300]
    MembershipEvent.objects.bulk_create(
        MembershipEvent(
            membership=membership,
            person_id=membership.person_id,
            unit_id=membership.unit_id,
            kind=MembershipEvent.Kind.IMPORT,
            happened_on=membership.admitted_on,
            actor_text=actor,
        )
        for membership in memberships
    )
    _change(list(plan.changed.values()))
    _propose(run, plan)


def _change(people: list[Person]) -> None:
    """Update all in one statement: the rows are there and locked, so "insert" never inserts."""
    now = timezone.now()
    for person in people:
        person.row_version += 1
        person.updated_at = now
    Person.objects.bulk_create(people, update_conflicts=True, unique_fields=["id"], update_fields=_CHANGED)


def _propose(run: ImportRun, plan: Plan) -> None:
    pairs = {}
    for pair in plan.pairs:
        other = pair.one.person
        if other is not None and other.pk != pair.new.pk:
            first, second = sorted((other.pk, pair.new.pk))
            pairs[first, second] = DuplicateProposal(
                first_id=first, second_id=second, score=pair.score, reasons=list(pair.reasons), run=run
            )
    DuplicateProposal.objects.bulk_create(pairs.values(), ignore_conflicts=True)


def refused(run: ImportRun, rows: Iterable[Row]) -> Iterator[ImportRow]:
    """Return refused rows as they are kept, encrypted, until they are fetched."""
    for row in rows:
        kept = ImportRow(run=run, number=row.number)
        kept.content = packed(row)
        yield kept
