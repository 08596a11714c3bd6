"""What becomes of members whose unit ends: they go on, leave with it, or wait to be placed."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.members.actions import memberships, succession, transfers
from congdoan.members.actions.memberships import Deed
from congdoan.members.errors import DateRuleError, OutOfReachError
from congdoan.members.models import MemberPosition, Membership, MembershipEvent, Transfer
from congdoan.members.queries import movement
from congdoan.members.queries.movement import Period
from congdoan.members.queries.unplaced import unplaced
from congdoan.organisation.actions.planting import plant as carry_out
from congdoan.organisation.engine.operations import Decision, Dissolve, Merge, NewUnit, Part, Split
from congdoan.organisation.models import Unit
from congdoan.organisation.rights import Role
from tests.factories_members import MembershipFactory, PersonFactory, member
from tests.factories_organisation import PositionFactory, acting
from tests.seen import seen

DAY = date(2025, 7, 1)
SIGNED = Decision(symbol="12/QĐ-LĐLĐ", on=date(2025, 6, 20))


def rows_of(person):
    return list(
        Membership.objects.filter(person=person)
        .order_by("admitted_on")
        .values_list("unit__code", "admitted_on", "ended_on", "leaving_reason", "entry_kind")
    )


def merge(*sources, into="LC-SP-002", on=DAY):
    carry_out([Merge(sources=sources, into=into)], on=on, note="merger", decision=SIGNED)


def split(on=DAY):
    """``LC-SP-001`` is split into ``LC-SP-002`` and a new one."""
    new = NewUnit(code="LC-SP-003", kind="grassroots_union", parent="LC-SP", name="Công đoàn cơ sở Đá Trắng")
    carry_out(
        [Split(source="LC-SP-001", parts=(Part(share=600_000, into="LC-SP-002"), Part(share=400_000, new_unit=new)))],
        on=on,
        note="split",
        decision=SIGNED,
    )  # fmt: skip


def dissolve(**more):
    carry_out([Dissolve(unit="LC-SP-001", **more)], on=DAY, note="end", decision=SIGNED)


def test_members_of_a_merged_unit_go_on_in_the_heir_from_the_same_day(here, there):
    person, other = member(here), member(there)
    merge("LC-SP-001")
    assert rows_of(person) == [
        ("LC-SP-001", date(2018, 3, 1), DAY, "transferred", "admission"),
        ("LC-SP-002", DAY, None, "", "transfer"),
    ]
    assert rows_of(other) == [("YB-NL-001", date(2018, 3, 1), None, "", "admission")]
    story = MembershipEvent.objects.filter(person=person).order_by("pk")
    assert [(event.kind, event.decision_symbol) for event in story] == [
        ("transfer_out", "12/QĐ-LĐLĐ"),
        ("transfer_in", "12/QĐ-LĐLĐ"),
    ]
    trail = Entry.objects.get(verb="members.followed_unit")
    assert trail.after["rows"] == 1
    assert str(person) not in str(trail.after)


def test_a_merger_neither_loses_nor_invents_members(here, units):
    member(here, sex="female")
    member(here)
    member(units["LC-SP-002"])
    merge("LC-SP-001")
    counted = movement.movement(units["LC-SP"], Period(date(2025, 1, 1), date(2026, 1, 1)))
    assert (counted.all.opening, counted.all.closing) == (3, 3)
    assert counted.all.is_even
    assert counted.within == 2


def test_two_mergers_of_one_batch_lead_from_heir_to_heir(here):
    person = member(here)
    later = date(2025, 9, 1)
    carry_out(
        [
            Merge(sources=("LC-SP-001",), into="LC-SP-002"),
            Merge(sources=("LC-SP-002",), into="LC-BX-001", on=later),
        ],
        on=DAY,
        note="two",
    )
    assert [row[:3] for row in rows_of(person)] == [
        ("LC-SP-001", date(2018, 3, 1), DAY),
        ("LC-SP-002", DAY, later),
        ("LC-BX-001", later, None),
    ]


def test_members_who_had_left_stay_where_they_were(here):
    person = PersonFactory()
    MembershipFactory(unit=here, person=person, ended_on=date(2020, 1, 1), leaving_reason="retired")
    merge("LC-SP-001")
    assert rows_of(person) == [("LC-SP-001", date(2018, 3, 1), date(2020, 1, 1), "retired", "admission")]


def test_a_leaving_planned_for_later_is_kept_in_the_heir(here):
    person = PersonFactory()
    MembershipFactory(unit=here, person=person, ended_on=date(2025, 9, 1), leaving_reason="retired")
    merge("LC-SP-001")
    assert rows_of(person) == [
        ("LC-SP-001", date(2018, 3, 1), DAY, "transferred", "admission"),
        ("LC-SP-002", DAY, date(2025, 9, 1), "retired", "transfer"),
    ]


def test_who_came_after_the_day_of_a_merger_written_late_was_in_the_heir_all_along(here):
    person = PersonFactory()
    MembershipFactory(unit=here, person=person, admitted_on=date(2025, 8, 1))
    merge("LC-SP-001")
    assert rows_of(person) == [("LC-SP-002", date(2025, 8, 1), None, "", "admission")]


def test_a_dissolved_unit_without_an_heir_ends_its_memberships(here, there):
    person, other = member(here), member(there)
    dissolve()
    assert rows_of(person) == [("LC-SP-001", date(2018, 3, 1), DAY, "unit_dissolved", "admission")]
    assert rows_of(other)[0][2] is None


def test_a_dissolved_unit_with_an_heir_hands_its_members_over(here):
    person = member(here)
    dissolve(heir="LC-SP-002")
    assert [row[0] for row in rows_of(person)] == ["LC-SP-001", "LC-SP-002"]


def test_posts_in_a_unit_end_with_it(here):
    post = MemberPosition.objects.create(
        person=member(here), unit=here, position=PositionFactory(), valid_from=date(2020, 1, 1)
    )
    merge("LC-SP-001")
    post.refresh_from_db()
    assert post.valid_to == DAY


def test_transfers_from_and_to_a_unit_that_is_merged_are_withdrawn(here, there, chair, stranger):
    leaving = transfers.offer(chair, member(here).pk, there, timezone.localdate())
    coming = transfers.offer(stranger, member(there).pk, here, timezone.localdate())
    merge("LC-SP-001")
    assert set(Transfer.objects.filter(pk__in=[leaving.pk, coming.pk]).values_list("status", flat=True)) == {
        "withdrawn"
    }


def test_following_again_changes_nothing(here):
    person = member(here)
    merge("LC-SP-001")
    before = rows_of(person)
    assert succession.follow({here.pk: DAY}) == 0
    assert rows_of(person) == before


def test_while_the_register_is_off_nothing_moves(here, settings):
    person = member(here)
    settings.MEMBERS = "off"
    merge("LC-SP-001")
    assert [row[0] for row in rows_of(person)] == ["LC-SP-001"]


# --- A split ---------------------------------------------------------------------------------------


def test_members_of_a_split_unit_wait_to_be_placed_and_still_count(here, units, stranger):
    person = member(here)
    split()
    assert rows_of(person) == [("LC-SP-001", date(2018, 3, 1), None, "", "admission")]
    today = timezone.localdate()
    counted = movement.movement(units["LC-SP"], Period(today, date(today.year + 1, 1, 1)))
    assert counted.all.closing == 1
    for capacity in (
        acting(Role.CHAIR, units["LC-SP-002"]),
        acting(Role.CHAIR, Unit.objects.get(code="LC-SP-003")),
    ):
        assert [row.person_id for row in unplaced(capacity)] == [person.pk]
    assert not unplaced(stranger).exists()


def test_placing_ends_the_old_membership_on_the_day_of_the_split(here, units):
    person = member(here)
    split()
    heir = acting(Role.CHAIR, units["LC-SP-002"])
    assert succession.place(heir, [person.pk], units["LC-SP-002"]) == 1
    assert rows_of(person) == [
        ("LC-SP-001", date(2018, 3, 1), DAY, "transferred", "admission"),
        ("LC-SP-002", DAY, None, "", "transfer"),
    ]
    assert not unplaced(heir).exists()
    assert succession.place(heir, [person.pk], units["LC-SP-002"]) == 0
    assert Entry.objects.get(verb="member.placed").after["to_unit"] == "LC-SP-002"


def test_nobody_places_members_of_others_or_into_units_of_others(here, there, units, stranger):
    person = member(here)
    split()
    heir = acting(Role.CHAIR, units["LC-SP-002"])
    assert succession.place(stranger, [person.pk], there) == 0
    with pytest.raises(OutOfReachError):
        succession.place(heir, [person.pk], there)
    assert len(rows_of(person)) == 1


def test_nobody_is_placed_into_a_unit_that_was_not_there_yet(here, units):
    person = member(here)
    split()
    late = units["LC-SP-002"]
    Unit.objects.filter(pk=late.pk).update(founded_on=date(2025, 8, 1))
    late.refresh_from_db()
    with pytest.raises(DateRuleError):
        succession.place(acting(Role.CHAIR, late), [person.pk], late)
    assert len(rows_of(person)) == 1


def test_who_waits_may_leave_like_everybody(here, units):
    person = member(here)
    split()
    heir = acting(Role.CHAIR, units["LC-SP-002"])
    memberships.leave(heir, person.pk, Membership.Leaving.RETIRED, Deed(on=timezone.localdate()))
    assert not unplaced(heir).exists()


def test_the_desk_lists_who_waits_and_places_those_chosen(client, here, units):
    first, second = member(here, first_name="Dua"), member(here, first_name="Sử")
    split()
    heir = acting(Role.CHAIR, units["LC-SP-002"])
    client.force_login(heir.user)
    assert reverse("members:unplaced") in client.get(reverse("members:transfers")).text
    page = client.get(reverse("members:unplaced"))
    assert page.status_code == 200
    assert "Dua" in seen(page)
    assert "Sử" in page.text
    nobody = client.post(reverse("members:unplaced"), {"unit": "LC-SP-002"})
    assert "Hãy chọn ít nhất một người" in nobody.text
    done = client.post(
        reverse("members:unplaced"), {"unit": "LC-SP-002", "nguoi": [first.pk, "x"]}, follow=True
    )
    assert "Dua" not in seen(done)
    assert "Sử" in done.text
    assert [row[0] for row in rows_of(first)] == ["LC-SP-001", "LC-SP-002"]
    assert len(rows_of(second)) == 1
