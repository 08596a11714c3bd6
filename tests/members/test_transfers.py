"""A member goes from one unit to another, and both sides agree."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from congdoan.members.actions import memberships, transfers
from congdoan.members.actions.memberships import Deed
from congdoan.members.errors import (
    DateRuleError,
    MembersError,
    NotAskedError,
    NotMemberError,
    OutOfReachError,
    ReasonMissingError,
    TransferClosedError,
    TransferOpenError,
)
from congdoan.members.models import Membership, Person, Transfer
from congdoan.members.queries import transfers as queries
from congdoan.organisation.rights import Role
from tests.factories_members import MembershipFactory, PersonFactory, member
from tests.factories_organisation import acting
from tests.races import wait_until_somebody_is_blocked

DAY = date(2026, 6, 1)


@pytest.fixture
def new_chair(units):
    return acting(Role.CHAIR, units["LC-BX-001"])


def units_of(person: Person) -> list[tuple[str, date, date | None, str]]:
    return [
        (row.unit.code, row.admitted_on, row.ended_on, row.leaving_reason)
        for row in Membership.objects.filter(person=person).select_related("unit").order_by("admitted_on")
    ]


def test_the_old_unit_asks_and_the_new_one_accepts(chair, new_chair, here, units):
    person = member(here)
    transfer = transfers.offer(chair, person.pk, units["LC-BX-001"], DAY)
    assert units_of(person) == [("LC-SP-001", date(2018, 3, 1), None, "")]
    done = transfers.accept(new_chair, transfer.pk)
    assert done.status == "done"
    assert units_of(person) == [
        ("LC-SP-001", date(2018, 3, 1), DAY, "transferred"),
        ("LC-BX-001", DAY, None, ""),
    ]
    assert {event.kind for event in person.events.all()} == {"transfer_out", "transfer_in"}


def test_the_new_unit_asks_and_the_old_one_releases(chair, new_chair, here, units):
    person = member(here)
    transfer = transfers.claim(new_chair, person.pk, units["LC-BX-001"], DAY)
    assert [queries.side_of(row).may_release for row in queries.sided(queries.visible(chair), chair)] == [
        True
    ]
    assert transfers.release(chair, transfer.pk).status == "done"
    assert units_of(person)[-1][0] == "LC-BX-001"


def test_neither_side_can_speak_for_the_other(chair, new_chair, here, units):
    offered = transfers.offer(chair, member(here).pk, units["LC-BX-001"], DAY)
    with pytest.raises(Transfer.DoesNotExist):
        transfers.accept(chair, offered.pk)
    with pytest.raises(NotAskedError):
        transfers.refuse(chair, offered.pk, "Thôi")
    with pytest.raises(NotAskedError):
        transfers.withdraw(new_chair, offered.pk)
    offered.refresh_from_db()
    assert offered.status == "open"


def test_a_third_unit_knows_nothing_of_it(stranger, chair, here, units):
    offered = transfers.offer(chair, member(here).pk, units["LC-BX-001"], DAY)
    assert not queries.visible(stranger).exists()
    for deed in (transfers.accept, transfers.release, transfers.withdraw):
        with pytest.raises(Transfer.DoesNotExist):
            deed(stranger, offered.pk)


def test_a_deputy_agrees_to_nothing(deputy, new_chair, here, units):
    claimed = transfers.claim(new_chair, member(here).pk, units["LC-BX-001"], DAY)
    with pytest.raises(Transfer.DoesNotExist):
        transfers.release(deputy, claimed.pk)


def test_either_side_refuses_with_a_reason(chair, new_chair, here, units):
    person = member(here)
    offered = transfers.offer(chair, person.pk, units["LC-BX-001"], DAY)
    with pytest.raises(ReasonMissingError):
        transfers.refuse(new_chair, offered.pk, "  ")
    transfers.refuse(new_chair, offered.pk, "Không công tác tại đơn vị")
    claimed = transfers.claim(new_chair, person.pk, units["LC-BX-001"], DAY)
    transfers.refuse(chair, claimed.pk, "Đang còn hợp đồng")
    assert units_of(person) == [("LC-SP-001", date(2018, 3, 1), None, "")]
    with pytest.raises(TransferClosedError):
        transfers.release(chair, claimed.pk)


def test_only_one_transfer_of_a_person_waits(chair, new_chair, here, units):
    person = member(here)
    transfers.offer(chair, person.pk, units["LC-BX-001"], DAY)
    with pytest.raises(TransferOpenError):
        transfers.claim(new_chair, person.pk, units["LC-BX-001"], DAY)


def test_leaving_withdraws_what_waits(chair, new_chair, here, units):
    person = member(here)
    offered = transfers.offer(chair, person.pk, units["LC-BX-001"], DAY)
    memberships.leave(chair, person.pk, "resigned", Deed(on=date(2026, 5, 1)))
    with pytest.raises(TransferClosedError):
        transfers.accept(new_chair, offered.pk)
    assert units_of(person) == [("LC-SP-001", date(2018, 3, 1), date(2026, 5, 1), "resigned")]


def test_whoever_left_is_handed_over_and_admitted_again(chair, new_chair, here, units):
    person = PersonFactory()
    MembershipFactory(person=person, unit=here, ended_on=date(2020, 1, 1), leaving_reason="contract_ended")
    claimed = transfers.claim(new_chair, person.pk, units["LC-BX-001"], DAY)
    transfers.release(chair, claimed.pk)
    reached = Membership.objects.get(person=person, ended_on=None)
    assert (reached.unit.code, reached.entry_kind) == ("LC-BX-001", "readmission")


def test_the_old_unit_is_named_to_the_new_one_only_once_it_agreed(chair, new_chair, here, units):
    claimed = transfers.claim(new_chair, member(here).pk, units["LC-BX-001"], DAY)
    side = queries.side_of(queries.sided(queries.visible(new_chair), new_chair).get())
    assert not side.knows_old_unit
    transfers.release(chair, claimed.pk)
    side = queries.side_of(queries.sided(queries.visible(new_chair), new_chair).get())
    assert side.knows_old_unit


def test_days_and_places_that_cannot_be_are_refused(chair, new_chair, here, units, there):
    person = member(here)
    with pytest.raises(DateRuleError):
        transfers.offer(chair, person.pk, here, DAY)
    with pytest.raises(DateRuleError):
        transfers.offer(chair, person.pk, units["LC-BX-001"], date(2018, 3, 1))
    with pytest.raises(OutOfReachError):
        transfers.claim(new_chair, person.pk, there, DAY)
    with pytest.raises(NotMemberError):
        transfers.claim(new_chair, PersonFactory().pk, units["LC-BX-001"], DAY)


def in_a_thread(pool: ThreadPoolExecutor, deed, *args):
    def run():
        try:
            return deed(*args)
        finally:
            connection.close()

    return pool.submit(run)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_is_told_that_it_is_done(chair, new_chair, here, units):
    from django.db import transaction

    second = acting(Role.CHAIR, units["LC-BX-001"])
    person = member(here)
    offered = transfers.offer(chair, person.pk, units["LC-BX-001"], DAY)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            transfers.accept(new_chair, offered.pk)
            attempt = in_a_thread(pool, transfers.accept, second, offered.pk)
            wait_until_somebody_is_blocked()
        with pytest.raises(TransferClosedError):
            attempt.result(timeout=10)
    assert len(units_of(person)) == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_leaving_while_the_new_unit_accepts_is_told_that_nobody_is_left(chair, new_chair, here, units):
    from django.db import transaction

    person = member(here)
    offered = transfers.offer(chair, person.pk, units["LC-BX-001"], DAY)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            transfers.accept(new_chair, offered.pk)
            attempt = in_a_thread(pool, memberships.leave, chair, person.pk, "resigned", Deed(on=DAY))
            wait_until_somebody_is_blocked()
        with pytest.raises((Person.DoesNotExist, NotMemberError)):
            attempt.result(timeout=10)
    assert [row[0] for row in units_of(person)] == ["LC-SP-001", "LC-BX-001"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_accepting_while_the_person_leaves_changes_nothing(chair, new_chair, here, units):
    from django.db import transaction

    person = member(here)
    offered = transfers.offer(chair, person.pk, units["LC-BX-001"], DAY)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            memberships.leave(chair, person.pk, "resigned", Deed(on=DAY))
            attempt = in_a_thread(pool, transfers.accept, new_chair, offered.pk)
            wait_until_somebody_is_blocked()
        with pytest.raises(TransferClosedError):
            attempt.result(timeout=10)
    assert [(row[0], row[3]) for row in units_of(person)] == [("LC-SP-001", "resigned")]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_who_admit_one_number_at_once_one_is_told(chair, stranger, here, there):
    from congdoan.members.actions.memberships import Details

    barrier = threading.Barrier(2)

    def admit(capacity, unit):
        barrier.wait(timeout=10)
        try:
            memberships.admit(
                capacity,
                unit,
                Details({"last_name": "Lò", "first_name": "Vui", "identity_number": "010190001234"}),
                Deed(on=DAY),
            )
        except MembersError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "admitted"

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(admit, (chair, stranger), (here, there)))
    assert said == ["KnownPersonError", "admitted"]
    assert Person.objects.count() == 1
