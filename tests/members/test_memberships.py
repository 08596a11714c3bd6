"""People become members, leave and come back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.members.actions import editing, memberships
from congdoan.members.actions.memberships import Deed, Details
from congdoan.members.errors import (
    AlreadyMemberError,
    DateRuleError,
    KnownPersonError,
    NotMemberError,
    OutOfReachError,
    RestrictedError,
    StaleError,
)
from congdoan.members.models import DuplicateProposal, Membership, MembershipEvent, Person, ReadEntry
from congdoan.organisation.models import Position
from congdoan.organisation.rights import Role
from tests.factories_members import MembershipFactory, PersonFactory, member
from tests.factories_organisation import PositionFactory, acting

DAY = Deed(on=date(2026, 5, 1), symbol="12/QĐ-CĐCS", signed_on=date(2026, 4, 28))


def details(**values: object) -> Details:
    return Details({"last_name": "Vàng Thị", "first_name": "Mỷ", **values})


def test_a_chair_admits_somebody_new(chair, here):
    membership = memberships.admit(chair, here, details(identity_number="010190001234", sex="female"), DAY)
    assert membership.person.identity_number == "010190001234"
    assert (membership.admitted_on, membership.ended_on) == (DAY.on, None)
    event = MembershipEvent.objects.get()
    assert (event.kind, event.decision_symbol, event.happened_on) == ("admission", "12/QĐ-CĐCS", DAY.on)


def test_the_trail_names_fields_and_never_what_stands_in_them(chair, here):
    membership = memberships.admit(chair, here, details(phone="0912000111"), DAY)
    editing.edit(chair, membership.person_id, Details({"phone": "0912000222", "first_name": "Mẩy"}))
    entries = list(Entry.objects.filter(object_type="members.person").order_by("pk"))
    assert [entry.verb for entry in entries] == ["member.admitted", "member.edited"]
    assert entries[1].after["fields"] == ["first_name", "phone"]
    for entry in entries:
        assert not {"Vàng", "Mỷ", "Mẩy", "0912000111", "0912000222"} & set(
            " ".join([str(entry.before), str(entry.after), entry.object_text, entry.reason])
            .replace("'", " ")
            .split()
        )


def test_nobody_admits_into_a_unit_of_another(chair, there):
    with pytest.raises(OutOfReachError):
        memberships.admit(chair, there, details(), DAY)
    assert not Person.objects.exists()


def test_a_deputy_does_not_decide_on_members(deputy, here):
    with pytest.raises(OutOfReachError):
        memberships.admit(deputy, here, details(), DAY)
    person = member(here)
    with pytest.raises(Person.DoesNotExist):
        memberships.leave(deputy, person.pk, "resigned", DAY)


def test_a_number_that_the_register_knows_is_refused_wherever_it_is(chair, here, there):
    member(there, identity_number="010190001234", member_no="YB1")
    for known in ({"identity_number": "010 190 001 234"}, {"member_no": "YB1"}):
        with pytest.raises(KnownPersonError):
            memberships.admit(chair, here, details(**known), DAY, is_another=True)
    assert Person.objects.count() == 1


def test_a_likeness_asks_first_and_leaves_a_pair_when_it_is_somebody_else(chair, here, there):
    born = {"birth_date": date(1990, 2, 1), "birth_precision": "day"}
    other = member(there, last_name="VANG THI", first_name="My", **born)
    with pytest.raises(KnownPersonError):
        memberships.admit(chair, here, details(**born), DAY)
    membership = memberships.admit(chair, here, details(**born), DAY, is_another=True)
    pair = DuplicateProposal.objects.get()
    assert (pair.first, pair.second, pair.status) == (other, membership.person, "open")


def test_two_identity_numbers_are_two_people_however_alike(chair, here, there):
    born = {"birth_date": date(1990, 2, 1), "birth_precision": "day"}
    member(there, last_name="Vàng Thị", first_name="Mỷ", identity_number="010190001234", **born)
    memberships.admit(chair, here, details(identity_number="010190009999", **born), DAY)


def test_somebody_leaves_with_a_reason_and_comes_back(chair, here):
    person = member(here)
    left = memberships.leave(chair, person.pk, "retired", Deed(on=date(2026, 1, 1)))
    assert (left.ended_on, left.leaving_reason) == (date(2026, 1, 1), "retired")
    with pytest.raises(NotMemberError):
        memberships.leave(chair, person.pk, "retired", Deed(on=date(2026, 2, 1)))
    back = memberships.readmit(chair, person.pk, here, Deed(on=date(2026, 3, 1)))
    assert back.entry_kind == "readmission"
    assert Membership.objects.filter(person=person).count() == 2


def test_nobody_is_a_member_twice_on_one_day(chair, here):
    person = member(here)
    with pytest.raises(AlreadyMemberError):
        memberships.readmit(chair, person.pk, here, DAY)
    memberships.leave(chair, person.pk, "resigned", Deed(on=date(2026, 1, 1)))
    with pytest.raises(AlreadyMemberError):
        memberships.readmit(chair, person.pk, here, Deed(on=date(2025, 12, 31)))


@pytest.mark.parametrize(
    "day",
    [timezone.localdate() + timedelta(days=90), date(2000, 1, 1)],
    ids=["too far ahead", "before the unit"],
)
def test_days_that_cannot_be_are_refused(chair, here, day):
    with pytest.raises(DateRuleError):
        memberships.admit(chair, here, details(), Deed(on=day))


def test_nobody_leaves_before_they_came_or_joins_as_a_child(chair, here):
    person = member(here)
    with pytest.raises(DateRuleError):
        memberships.leave(chair, person.pk, "resigned", Deed(on=date(2018, 3, 1)))
    with pytest.raises(DateRuleError):
        memberships.admit(chair, here, details(birth_date=date(2020, 1, 1), birth_precision="day"), DAY)


def test_an_edit_of_what_somebody_else_changed_meanwhile_is_refused(chair, here):
    person = member(here)
    seen = person.row_version
    editing.edit(chair, person.pk, Details({"phone": "0912000111"}), seen=seen)
    with pytest.raises(StaleError):
        editing.edit(chair, person.pk, Details({"phone": "0912000222"}), seen=seen)
    person.refresh_from_db()
    assert person.phone == "0912000111"


def test_an_edit_says_so_in_the_reading_log(chair, here):
    person = member(here)
    editing.edit(chair, person.pk, Details({"address": "Tổ 3, phường Sa Pa"}))
    entry = ReadEntry.objects.get()
    assert (entry.kind, entry.subject_id, entry.fields) == ("change", person.pk, ["address"])


def test_a_record_under_restriction_is_not_edited(chair, here):
    person = member(here, restricted_at=timezone.now())
    with pytest.raises(RestrictedError):
        editing.edit(chair, person.pk, Details({"phone": "0912000111"}))


def test_an_edit_never_takes_the_number_of_another(chair, here, there):
    member(there, identity_number="010190001234")
    person = member(here)
    with pytest.raises(KnownPersonError):
        editing.edit(chair, person.pk, Details({"identity_number": "010190001234"}))
    person.refresh_from_db()
    assert person.identity_hash == ""


def test_a_stranger_can_neither_edit_nor_end(stranger, here):
    person = member(here)
    with pytest.raises(Person.DoesNotExist):
        editing.edit(stranger, person.pk, Details({"phone": "0912000111"}))
    with pytest.raises(Person.DoesNotExist):
        memberships.leave(stranger, person.pk, "resigned", DAY)


def test_a_post_is_written_down_and_gives_no_right(chair, here):
    person = member(here)
    PositionFactory(role=Role.CHAIR)
    position = Position.objects.first()
    held = editing.give_position(chair, person.pk, here, position, date(2024, 1, 1))
    editing.end_position(chair, person.pk, held.pk, date(2026, 1, 1))
    held.refresh_from_db()
    assert held.valid_to == date(2026, 1, 1)
    with pytest.raises(DateRuleError):
        editing.give_position(chair, person.pk, here, position, date(2024, 1, 1), date(2024, 1, 1))


def test_a_unit_that_let_a_member_go_sees_no_more_of_them(chair, stranger, here, there):
    from congdoan.members.queries.scope import people
    from congdoan.organisation.rights import Right

    person = PersonFactory()
    MembershipFactory(person=person, unit=here, ended_on=date(2020, 1, 1), leaving_reason="transferred")
    assert list(people(chair, Right.SEE_MEMBERS)) == [person]
    MembershipFactory(person=person, unit=there, admitted_on=date(2020, 1, 1), entry_kind="transfer")
    assert list(people(chair, Right.SEE_MEMBERS)) == []
    assert list(people(stranger, Right.SEE_MEMBERS)) == [person]


def test_an_officer_above_admits_only_below(units, here):
    middle = acting(Role.MIDDLE, units["LC-SP"])
    memberships.admit(middle, here, details(), DAY)
    with pytest.raises(OutOfReachError):
        memberships.admit(middle, units["LC-SP"], details(first_name="Dợ"), DAY)
