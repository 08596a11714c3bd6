"""Whom the register knows of those whom a batch of rows describes, in a few queries for the whole batch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Q
from django.db.models.sql.compiler import SQLCompiler

from congdoan.members.importing.rows import Candidate
from congdoan.members.models import Membership, Person
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import units
from congdoan.organisation.rights import Right


@dataclass(slots=True, eq=False)
class Known:
    """Somebody of the register, or of an earlier row. Has what ``queries.duplicates`` compares.

    ``unit_id`` is where they are a member; ``last_unit_id`` where they last were. ``person`` is what an update changes.
    """

    pk: int | None
    identity_hash: str
    member_no: str
    folded: str
    name: str
    birth_date: date | None
    birth_precision: str
    phone: str
    restricted: bool
    person: Person | None
    unit_id: int | None = None
    last_unit_id: int | None = None
    within_reach: bool = False


def known(person: Person, unit_id: int | None = None, *, within_reach: bool = False) -> Known:
    """Return what is compared of ``person``."""
    return Known(
        person.pk,
        person.identity_hash,
        person.member_no,
        person.folded,
        str(person),
        person.birth_date,
        person.birth_precision,
        person.phone,
        person.restricted_at is not None,
        person,
        unit_id,
        unit_id,
        within_reach,
    )


class BornAndNamed(Func):
    """Whether a person has one of the pairs of birth date and folded name.

    Two lists ("one of these days, one of these names") would be looked up in the index a million times for a batch.
    """

    output_field = BooleanField()

    def __init__(self, pairs: Iterable[tuple[date, str]]) -> None:
        super().__init__(F("birth_date"), F("folded"))
        self.pairs = sorted(pairs)

    def as_sql(  # type: ignore[override]  # no template, no function to choose
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_context: Any
    ) -> tuple[str, list[Any]]:
        """Return ``(birth_date, folded) IN (…)``, which Django cannot say for SQLite.

        SQLite looks up pairs in an index when they come from a plain "select", not from bare "values".
        """
        columns = [compiler.compile(column)[0] for column in self.get_source_expressions()]
        values = ", ".join(["(%s, %s)"] * len(self.pairs))
        params: list[Any] = []
        for day, folded in self.pairs:
            params += (connection.ops.adapt_datefield_value(day), folded)
        return f"({', '.join(columns)}) IN (SELECT * FROM (VALUES {values}) AS pairs)", params  # noqa: S608  # names of columns and placeholders


class Register:
    """The known people, to be found by number, by name and birth year, by name and phone."""

    def __init__(self) -> None:
        self.by_identity: dict[str, Known] = {}
        self.by_member_no: dict[str, Known] = {}
        self._by_birth: dict[tuple[str, int], list[Known]] = defaultdict(list)
        self._by_phone: dict[tuple[str, str], list[Known]] = defaultdict(list)
        self._by_pk: dict[int, Known] = {}
        self._fresh: list[Known] = []

    def add(self, one: Known) -> None:
        """Know one more, or the same by what is new about them."""
        if one.identity_hash:
            self.by_identity[one.identity_hash] = one
        if one.member_no:
            self.by_member_no[one.member_no] = one
        if one.birth_date and one not in (named := self._by_birth[one.folded, one.birth_date.year]):
            named.append(one)
        if one.phone and one not in (named := self._by_phone[one.folded, one.phone]):
            named.append(one)
        self._fresh.append(one)

    def forget_people(self) -> None:
        """Let go of the records themselves: a check of a long list remembers only what is compared."""
        for one in self._fresh:
            one.person = None
        self._fresh.clear()

    def alike(self, person: Person) -> list[Known]:
        """Return those of the same name with the same birth year or phone."""
        found: list[Known] = []
        if person.birth_date:
            found += self._by_birth.get((person.folded, person.birth_date.year), ())
        if person.phone:
            found += [
                one for one in self._by_phone.get((person.folded, person.phone), ()) if one not in found
            ]
        return found

    def load(self, candidates: Sequence[Candidate], capacity: Capacity, today: date, *, lock: bool) -> None:
        """Add everybody whom ``candidates`` may mean, whatever unit they are in; ``lock`` keeps them until commit."""
        people = Person.objects.filter(tombstoned_at=None)
        meant: set[int] = set()
        for condition in _conditions([one.person for one in candidates]):
            # Each condition has an index of its own; one "or" of them, or an order, would read the whole table.
            meant.update(people.filter(condition).order_by().values_list("pk", flat=True))
        if lock:
            # All in one order, so that two imports cannot wait for each other.
            people = people.select_for_update()
        found = {person.pk: person for person in people.filter(pk__in=meant).order_by("pk")}
        last: dict[int, tuple[int, date | None]] = {}
        for person_id, unit_id, ended_on in (
            Membership.objects.filter(person__in=found.keys())
            .order_by("admitted_on")
            .values_list("person_id", "unit_id", "ended_on")
        ):
            last[person_id] = (unit_id, ended_on)
        reached = set(
            units(capacity, Right.IMPORT_MEMBERS)
            .filter(pk__in={unit_id for unit_id, _ended in last.values()})
            .values_list("pk", flat=True)
        )
        for person in found.values():
            if person.pk in self._by_pk:
                continue
            one = self._by_pk[person.pk] = known(person)
            if person.pk in last:
                unit_id, ended_on = last[person.pk]
                one.last_unit_id, one.within_reach = unit_id, unit_id in reached
                one.unit_id = unit_id if ended_on is None or ended_on > today else None
            self.add(one)


def _conditions(people: Iterable[Person]) -> list[Q]:
    people = list(people)
    identities = {person.identity_hash for person in people} - {""}
    numbers = {person.member_no for person in people} - {""}
    phones = {person.phone for person in people} - {""}
    dated = [person for person in people if person.birth_date]
    conditions = []
    if identities:
        # The index holds only those with a number; that this asks for no others must be said.
        conditions.append(Q(identity_hash__in=identities) & ~Q(identity_hash=""))
    if numbers:
        conditions.append(Q(member_no__in=numbers) & ~Q(member_no=""))
    if phones:
        conditions.append(
            Q(phone__in=phones, folded__in={person.folded for person in people if person.phone})
        )
    if dated:
        # Somebody of whom only the year is known stands on the first of January.
        births = {(day, p.folded) for p in dated if (day := p.birth_date)}
        births |= {(date(day.year, 1, 1), folded) for day, folded in births}
        conditions.append(Q(BornAndNamed(births)))
    vague = [p for p in dated if p.birth_precision != Person.BirthPrecision.DAY]
    if vague:
        years = {p.birth_date.year for p in vague if p.birth_date}
        conditions.append(Q(folded__in={person.folded for person in vague}, birth_date__year__in=years))
    return conditions
