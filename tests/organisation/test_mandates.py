"""Giving and ending posts: who may, what is refused, and that access ends at the next request."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from congdoan.audit.models import Entry
from congdoan.organisation.actions import mandates, officers
from congdoan.organisation.actions.mandates import Post
from congdoan.organisation.actions.officers import Person
from congdoan.organisation.errors import DoubleOfficerError, MandateError, NotAllowedError
from congdoan.organisation.models import Mandate, Officer, Position
from congdoan.organisation.queries.capacities import capacity_for
from congdoan.organisation.queries.giving import positions, reaches_further
from congdoan.organisation.rights import MATRIX, Right, Role
from tests.factories import UserFactory
from tests.factories_organisation import MandateFactory, OfficerFactory, PositionFactory, acting

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PERSON = Person("Sùng Thị", "Dua", phone="0912 345 678", email="dua@example.vn", staff_code="CB-07")


def post(unit, role, **more):
    return Post(unit=unit, position=PositionFactory(role=role), valid_from=TODAY(), **more)


def test_a_chair_gives_a_deputy_in_the_own_unit(tree):
    chair = acting(Role.CHAIR, tree["LC-SP-001"])

    mandate = officers.add(PERSON, post(tree["LC-SP-001"], Role.DEPUTY), by=chair)

    assert mandate.officer.phone == "+84912345678"
    entry = Entry.objects.get(verb="mandate.given")
    assert (entry.actor_id, entry.capacity_id) == (str(chair.user.pk), str(chair.mandate.pk))
    assert "Sùng Thị Dua" in entry.object_text


@pytest.mark.parametrize(
    ("giver", "place", "role", "where"),
    [
        (Role.CHAIR, "LC-SP-001", Role.DEPUTY, "LC-SP-002"),
        (Role.CHAIR, "LC-SP-001", Role.CHAIR, "LC-SP-001"),
        (Role.CHAIR, "LC-SP-001", Role.INSPECTOR, "LC-SP-001"),
        (Role.DEPUTY, "LC-SP-001", Role.MEMBER, "LC-SP-001"),
        (Role.MIDDLE, "LC-SP", Role.CHAIR, "LC-BX-001"),
        (Role.MIDDLE, "LC-SP", Role.MIDDLE, "LC-SP"),
        (Role.MIDDLE, "LC-SP", Role.LEADER, "LC-SP-001"),
        (Role.MIDDLE, "LC-SP", Role.EDITOR, "LC-SP-001"),
        (Role.ORGANISER, "LC", Role.CHAIR, "YB-NL-001"),
        (Role.ORGANISER, "LC", Role.ADMIN, "LC"),
        (Role.LEADER, "LC", Role.STATISTICS, "LC"),
    ],
)
def test_nobody_gives_outside_their_reach_nor_more_than_their_own(tree, giver, place, role, where):
    by = acting(giver, tree[place])

    with pytest.raises(NotAllowedError):
        officers.add(PERSON, post(tree[where], role), by=by)

    assert not Officer.objects.filter(first_name="Dua").exists()


@pytest.mark.parametrize(
    ("giver", "place", "role", "where"),
    [
        (Role.MIDDLE, "LC-SP", Role.CHAIR, "LC-SP-001"),
        (Role.MIDDLE, "LC-SP", Role.MIDDLE, "LC-SP-001"),
        (Role.MIDDLE, "LC-SP", Role.INSPECTOR, "LC-SP-001"),
        (Role.ORGANISER, "LC", Role.LEADER, "LC"),
        (Role.ORGANISER, "LC", Role.ORGANISER, "LC-BX"),
        (Role.ADMIN, "VN", Role.ADMIN, "VN"),
        (Role.CHAIR, "LC-SP-001", Role.SECTION_HEAD, "LC-SP-001"),
    ],
)
def test_those_above_give_what_they_may(tree, giver, place, role, where):
    mandate = officers.add(PERSON, post(tree[where], role), by=acting(giver, tree[place]))

    assert (mandate.unit, mandate.position.role) == (tree[where], role)


def test_no_role_lets_its_holder_give_rights_over_others_that_it_has_not():
    for giver in set(Role) - {Role.ADMIN, Role.ORGANISER}:
        for role in Role:
            if reaches_further(role, giver, same_unit=False):
                continue
            for right in (
                Right.CARRY_OUT,
                Right.PUBLISH_NEWS,
                Right.KEEP_RECORDS,
                Right.READ_TRAIL,
                Right.SEE_MEMBERS,
            ):
                assert right not in MATRIX[role] or right in MATRIX[giver], (giver, role, right)


def test_nobody_gives_or_ends_their_own(tree):
    organiser = acting(Role.ORGANISER, tree["LC"])

    with pytest.raises(MandateError):
        mandates.give(organiser.mandate.officer_id, post(tree["LC"], Role.LEADER), by=organiser)
    with pytest.raises(MandateError):
        mandates.end(organiser.mandate.pk, reason="thôi", by=organiser)

    assert [mandate.pk for mandate in Mandate.objects.all()] == [organiser.mandate.pk]
    assert Mandate.objects.get().ended_at is None


def test_somebody_with_the_same_phone_is_offered_and_not_doubled(tree):
    there = OfficerFactory(phone="+84912345678", user=None)
    by = acting(Role.ORGANISER, tree["LC"])
    given = post(tree["LC-SP-001"], Role.CHAIR)

    with pytest.raises(DoubleOfficerError) as refused:
        officers.add(PERSON, given, by=by)
    assert refused.value.officers == [there]

    mandate = officers.add(PERSON, given, by=by, same_as=there.pk)
    assert mandate.officer == there
    assert Officer.objects.filter(phone="+84912345678").count() == 1


def test_only_somebody_with_these_contacts_can_be_meant(tree):
    stranger = OfficerFactory(phone="+84987654321")

    with pytest.raises(MandateError):
        officers.add(
            PERSON, post(tree["LC"], Role.LEADER), by=acting(Role.ORGANISER, tree["LC"]), same_as=stranger.pk
        )

    assert not stranger.mandates.exists()


def test_a_post_is_not_given_twice_for_the_same_time(tree):
    by = acting(Role.ORGANISER, tree["LC"])
    held = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.CHAIR)
    again = Post(unit=tree["LC-SP-001"], position=held.position, valid_from=TODAY())

    with pytest.raises(MandateError):
        mandates.give(held.officer_id, again, by=by)
    mandates.end(held.pk, last_day=TODAY() - timedelta(days=1), by=by)
    mandates.give(held.officer_id, again, by=by)

    assert held.officer.mandates.count() == 2


def test_a_post_is_only_given_while_its_unit_is_there(tree):
    by = acting(Role.ORGANISER, tree["LC"])
    before = Post(
        unit=tree["LC-SP-001"], position=PositionFactory(role=Role.CHAIR), valid_from=date(2001, 1, 1)
    )

    with pytest.raises(MandateError):
        officers.add(PERSON, before, by=by)

    assert not Officer.objects.filter(first_name="Dua").exists()


def test_a_dated_end_keeps_the_last_day(tree):
    by = acting(Role.ORGANISER, tree["LC"])
    mandate = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.CHAIR)

    ended = mandates.end(mandate.pk, last_day=TODAY(), by=by)

    assert ended.valid_to == TODAY() + timedelta(days=1)
    assert capacity_for(mandate.officer.user).may(Right.SIGN_REPORTS)
    tomorrow = timezone.now() + timedelta(days=1)
    assert not capacity_for(mandate.officer.user, at=tomorrow).may(Right.SIGN_REPORTS)


def test_a_mandate_of_another_province_is_not_there_to_be_ended(tree):
    mandate = MandateFactory(unit=tree["YB-NL-001"], position__role=Role.CHAIR)

    with pytest.raises(Mandate.DoesNotExist):
        mandates.end(mandate.pk, reason="x", by=acting(Role.ORGANISER, tree["LC"]))

    mandate.refresh_from_db()
    assert mandate.ended_at is None


def test_a_chair_ends_deputies_of_the_own_unit_and_not_the_inspector(tree):
    chair = acting(Role.CHAIR, tree["LC-SP-001"])
    deputy = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.DEPUTY)
    inspector = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.INSPECTOR)

    mandates.end(deputy.pk, reason="Chuyển công tác", by=chair)
    with pytest.raises(NotAllowedError):
        mandates.end(inspector.pk, reason="x", by=chair)

    deputy.refresh_from_db()
    assert deputy.end_reason == "Chuyển công tác"
    entry = Entry.objects.get(verb="mandate.ended")
    assert entry.reason == "Chuyển công tác"


def test_ending_now_needs_a_reason(tree):
    deputy = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.DEPUTY)

    with pytest.raises(MandateError):
        mandates.end(deputy.pk, reason=" ", by=acting(Role.CHAIR, tree["LC-SP-001"]))

    deputy.refresh_from_db()
    assert deputy.ended_at is None


def test_who_has_ended_meanwhile_gives_nothing_any_more(tree):
    chair = acting(Role.CHAIR, tree["LC-SP-001"])
    mandates.end(chair.mandate.pk, reason="Bãi nhiệm", by=acting(Role.ORGANISER, tree["LC"]))

    with pytest.raises(NotAllowedError):
        officers.add(PERSON, post(tree["LC-SP-001"], Role.DEPUTY), by=chair)

    assert not Officer.objects.filter(first_name="Dua").exists()


def test_an_ended_mandate_ends_the_desk_at_the_next_request(client, tree):
    mandate = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.CHAIR)
    client.force_login(mandate.officer.user)
    assert client.get(reverse("organisation:officers")).status_code == 200

    mandates.end(mandate.pk, reason="Thôi việc", by=acting(Role.ORGANISER, tree["LC"]))

    assert client.get(reverse("organisation:officers")).status_code == 403
    assert client.get(reverse("accounts:account")).status_code == 200


def test_positions_offered_are_those_that_may_be_given(tree):
    assert set(positions(acting(Role.CHAIR, tree["LC-SP-001"])).values_list("role", flat=True)) == {
        Role.DEPUTY,
        Role.SECTION_HEAD,
        Role.MEMBER,
    }
    assert Role.ADMIN not in positions(acting(Role.ORGANISER, tree["LC"])).values_list("role", flat=True)
    assert not positions(acting(Role.LEADER, tree["LC"])).exists()


def test_contacts_are_changed_only_by_whoever_may_give_every_post_held(tree):
    chair = acting(Role.CHAIR, tree["LC-SP-001"])
    deputy = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.DEPUTY, officer__email="a@example.vn")
    changed = Person("Giàng A", "Páo", email="b@example.vn")

    officers.edit(deputy.officer_id, changed, by=chair)
    MandateFactory(unit=tree["LC"], position__role=Role.LEADER, officer=deputy.officer)
    with pytest.raises(NotAllowedError):
        officers.edit(deputy.officer_id, Person("Giàng A", "Páo", email="mine@example.vn"), by=chair)

    deputy.officer.refresh_from_db()
    assert deputy.officer.email == "b@example.vn"
    assert "example.vn" not in str(Entry.objects.get(verb="officer.edited").after)


def test_the_first_administrator_gets_a_post_at_the_head_of_the_tree(tree):
    from congdoan.ops.actions import administrators

    user = administrators.create(username="quan-tri", password="mot mat khau du dai", name="Vàng Thị Xuân")

    mandate = Mandate.objects.get(officer__user=user)
    assert (mandate.unit, mandate.position.code) == (tree["VN"], "system_administrator")
    assert str(mandate.officer) == "Vàng Thị Xuân"


def test_the_first_administrator_is_made_before_there_are_units(db):
    from congdoan.ops.actions import administrators

    user = administrators.create(username="quan-tri", password="mot mat khau du dai")

    assert user.is_superuser
    assert not Officer.objects.exists()


def test_the_same_account_is_no_officer_twice(tree):
    user = UserFactory()
    officers.make_administrator(user)

    with pytest.raises(MandateError):
        officers.make_administrator(user)

    assert Officer.objects.filter(user=user).count() == 1
    assert Position.objects.filter(code="system_administrator").exists()
