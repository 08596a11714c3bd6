"""Two people at the same moment, on a database with real locks."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import transaction
from django.utils import timezone

from congdoan.accounts.models import User
from congdoan.organisation.actions import invitations, mandates, officers
from congdoan.organisation.actions.mandates import Post
from congdoan.organisation.actions.officers import Person
from congdoan.organisation.errors import DoubleOfficerError, InvitationError, NotAllowedError
from congdoan.organisation.models import Invitation, Mandate, Officer
from congdoan.organisation.rights import Role
from tests.factories_organisation import MandateFactory, PositionFactory, acting, plant
from tests.organisation.test_races import in_thread, wait_until_somebody_is_blocked

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PASSWORD = "hoa ban trang dau xuan"


def deputy_post(unit):
    return Post(unit=unit, position=PositionFactory(role=Role.DEPUTY), valid_from=timezone.localdate())


def test_of_two_who_open_one_link_at_once_one_gets_the_account():
    tree = plant()
    deputy = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.DEPUTY, officer__user=None)
    _invitation, raw = invitations.invite(deputy.officer_id, by=acting(Role.CHAIR, tree["LC-SP-001"]))
    known = User.objects.count()
    together = threading.Barrier(2)

    def accept():
        together.wait(timeout=10)
        return invitations.accept(raw, password=PASSWORD)

    outcomes = []
    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(in_thread, accept) for _ in range(2)]:
            try:
                outcomes.append(attempt.result(timeout=20))
            except InvitationError as error:
                outcomes.append(error.state)

    [winner] = [one for one in outcomes if isinstance(one, User)]
    assert [one for one in outcomes if not isinstance(one, User)] == ["used"]
    assert User.objects.count() == known + 1
    assert Officer.objects.get(pk=deputy.officer_id).user == winner


def test_who_is_being_ended_waits_and_then_gives_nothing():
    tree = plant()
    chair = acting(Role.CHAIR, tree["LC-SP-001"])
    organiser = acting(Role.ORGANISER, tree["LC"])
    post = deputy_post(tree["LC-SP-001"])

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            mandates.end(chair.mandate.pk, reason="Bãi nhiệm", by=organiser)
            attempt = pool.submit(in_thread, lambda: officers.add(Person("Sùng Thị", "Dua"), post, by=chair))
            wait_until_somebody_is_blocked()
        with pytest.raises(NotAllowedError):
            attempt.result(timeout=20)

    assert not Officer.objects.filter(first_name="Dua").exists()


def test_two_administrators_who_end_each_other_leave_one():
    tree = plant()
    one, two = acting(Role.ADMIN, tree["VN"]), acting(Role.ADMIN, tree["VN"])

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            mandates.end(two.mandate.pk, reason="x", by=one)
            attempt = pool.submit(in_thread, lambda: mandates.end(one.mandate.pk, reason="y", by=two))
            wait_until_somebody_is_blocked()
        with pytest.raises(NotAllowedError):
            attempt.result(timeout=20)

    assert list(Mandate.objects.filter(ended_at=None)) == [one.mandate]


def test_two_who_add_the_same_person_at_once_store_one():
    tree = plant()
    first, second = acting(Role.CHAIR, tree["LC-SP-001"]), acting(Role.CHAIR, tree["LC-SP-002"])
    person = Person("Sùng Thị", "Dua", phone="0912 345 678")
    posts = deputy_post(tree["LC-SP-001"]), deputy_post(tree["LC-SP-002"])

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            officers.add(person, posts[0], by=first)
            attempt = pool.submit(in_thread, lambda: officers.add(person, posts[1], by=second))
            wait_until_somebody_is_blocked()
        with pytest.raises(DoubleOfficerError):
            attempt.result(timeout=20)

    assert Officer.objects.filter(phone="+84912345678").count() == 1


def test_a_post_given_while_the_link_is_opened_comes_after_it_or_closes_it():
    tree = plant()
    deputy = MandateFactory(unit=tree["LC-SP-001"], position__role=Role.DEPUTY, officer__user=None)
    invitation, raw = invitations.invite(deputy.officer_id, by=acting(Role.CHAIR, tree["LC-SP-001"]))
    organiser = acting(Role.ORGANISER, tree["LC"])
    leader = Post(
        unit=tree["LC"], position=PositionFactory(role=Role.LEADER), valid_from=timezone.localdate()
    )

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            mandates.give(deputy.officer_id, leader, by=organiser)
            attempt = pool.submit(in_thread, lambda: invitations.accept(raw, password=PASSWORD))
            wait_until_somebody_is_blocked()
        with pytest.raises(InvitationError):
            attempt.result(timeout=20)

    assert Officer.objects.get(pk=deputy.officer_id).user is None
    assert Invitation.objects.get(pk=invitation.pk).revoked_at is not None
