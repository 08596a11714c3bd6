"""What the database itself refuses, whoever writes."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from congdoan.members.models import (
    Consent,
    ConsentText,
    HeadcountSnapshot,
    Membership,
    MembershipEvent,
    Person,
    ReadEntry,
    Tombstone,
    Transfer,
)
from tests.factories_members import MembershipFactory, PersonFactory, member

pytestmark = pytest.mark.django_db


def refused():
    return pytest.raises(IntegrityError)


def sql(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_memberships_of_one_person_never_overlap(units):
    person = member(units["LC-SP-001"])
    with refused(), transaction.atomic():
        MembershipFactory(
            person=person,
            unit=units["LC-SP-002"],
            admitted_on=date(2017, 1, 1),
            ended_on=date(2018, 3, 2),
            leaving_reason="resigned",
        )
    MembershipFactory(
        person=person,
        unit=units["LC-SP-002"],
        admitted_on=date(2017, 1, 1),
        ended_on=date(2018, 3, 1),
        leaving_reason="resigned",
    )


def test_a_membership_cannot_be_stretched_over_the_next_one(units):
    person = member(units["LC-SP-001"])
    earlier = MembershipFactory(
        person=person,
        unit=units["LC-SP-002"],
        admitted_on=date(2017, 1, 1),
        ended_on=date(2018, 1, 1),
        leaving_reason="resigned",
    )
    with refused(), transaction.atomic():
        Membership.objects.filter(pk=earlier.pk).update(ended_on=date(2019, 1, 1))


def test_a_membership_ends_with_a_reason_and_after_it_began(units):
    here = MembershipFactory(unit=units["LC-SP-001"])
    for change in (
        {"ended_on": date(2019, 1, 1)},
        {"leaving_reason": "resigned"},
        {"ended_on": date(2018, 3, 1), "leaving_reason": "resigned"},
    ):
        with refused(), transaction.atomic():
            Membership.objects.filter(pk=here.pk).update(**change)


def test_two_people_never_share_an_identity_number_or_a_member_number(units):
    PersonFactory(identity_number="010190001234", member_no="LC0001")
    with refused(), transaction.atomic():
        PersonFactory(identity_number="010 190 001 234")
    with refused(), transaction.atomic():
        PersonFactory(member_no="LC0001")
    PersonFactory()
    PersonFactory()


def test_an_erased_person_holds_nothing(units):
    person = PersonFactory(phone="0912000111")
    with refused(), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(tombstoned_at=timezone.now())
    with refused(), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(first_name="")


def entry() -> ReadEntry:
    return ReadEntry.objects.create(
        at=timezone.now(), reader_id="1", reader_text="Lò Văn Chính", kind="read", fields=["phone"]
    )


def test_the_reading_log_is_never_changed_or_deleted():
    written = entry()
    with refused():
        sql("UPDATE members_readentry SET reader_text = 'ai đó' WHERE id = %s", written.pk)
    with refused():
        sql("DELETE FROM members_readentry WHERE id = %s", written.pk)
    with pytest.raises(TypeError):
        written.save()
    with pytest.raises(TypeError):
        written.delete()
    assert ReadEntry.objects.get().reader_text == "Lò Văn Chính"


def test_tombstones_and_frozen_counts_stay(units):
    tombstone = Tombstone.objects.create(uid=uuid.uuid4(), erased_at=timezone.now(), ground="request")
    count = HeadcountSnapshot.objects.create(
        unit=units["LC-SP-001"],
        month=date(2019, 9, 1),
        opening=10,
        incoming=2,
        outgoing=1,
        closing=11,
        women=5,
        sex_unknown=0,
        taken_at=timezone.now(),
    )
    for table, pk in (("members_tombstone", tombstone.pk), ("members_headcountsnapshot", count.pk)):
        with refused():
            sql(f"DELETE FROM {table} WHERE id = %s", pk)
    with refused():
        sql("UPDATE members_headcountsnapshot SET women = 6 WHERE id = %s", count.pk)
    with refused(), transaction.atomic():
        HeadcountSnapshot.objects.create(
            unit=units["LC-SP-001"],
            month=date(2019, 10, 1),
            opening=11,
            incoming=0,
            outgoing=0,
            closing=12,
            women=5,
            sex_unknown=0,
            taken_at=timezone.now(),
        )


def test_an_event_stays_until_its_person_is_erased(units):
    here = MembershipFactory(unit=units["LC-SP-001"])
    event = MembershipEvent.objects.create(
        membership=here, person=here.person, unit=here.unit, kind="admission", happened_on=here.admitted_on
    )
    with refused():
        sql("UPDATE members_membershipevent SET reason = 'khác' WHERE id = %s", event.pk)
    with refused():
        sql("DELETE FROM members_membershipevent WHERE id = %s", event.pk)
    Person.objects.filter(pk=here.person_id).update(
        last_name="", first_name="", sort_key="", folded="", tombstoned_at=timezone.now()
    )
    sql("DELETE FROM members_membershipevent WHERE id = %s", event.pk)


def test_what_was_agreed_to_cannot_be_changed_afterwards(units):
    person = member(units["LC-SP-001"])
    words = ConsentText.objects.create(
        purpose="contact",
        version=1,
        text="Tôi đồng ý nhận tin.",
        is_sensitive=False,
        published_on="2026-01-01",
    )
    consent = Consent.objects.create(
        person=person,
        purpose="contact",
        text=words,
        given_at=timezone.now(),
        method="self_service",
        actor_text="Vàng Thị Mỷ",
    )
    with refused():
        sql("UPDATE members_consent SET method = 'paper', paper_ref = 'x' WHERE id = %s", consent.pk)
    with refused():
        sql("UPDATE members_consenttext SET text = 'Mọi thứ' WHERE id = %s", words.pk)
    consent.withdrawn_at, consent.withdrawn_method = timezone.now(), "self_service"
    consent.save()


def test_a_transfer_is_done_only_when_both_sides_agreed(units):
    here = MembershipFactory(unit=units["LC-SP-001"])
    transfer = Transfer.objects.create(
        person=here.person,
        membership=here,
        from_unit=here.unit,
        to_unit=units["LC-BX-001"],
        effective_on=date(2026, 1, 1),
        requested_at=timezone.now(),
        released_at=timezone.now(),
    )
    with refused(), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(status="done", closed_at=timezone.now())
    with refused(), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(status="refused", closed_at=timezone.now())
    with refused(), transaction.atomic():
        transfer.pk = None
        transfer.save(force_insert=True)
