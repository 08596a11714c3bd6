"""Two workers, or two who tell, at the same moment: real threads on a real database."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core import mail
from django.db import connections, transaction

from congdoan.accounts.models import User
from congdoan.notices.actions import mailing, notices
from congdoan.notices.kinds import Kind
from congdoan.notices.models import Mailing, Notice, Preference
from tests.factories import UserFactory
from tests.notices.conftest import at
from tests.races import wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run ``jobs`` in threads that start together."""
    barrier = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        barrier.wait(timeout=30)
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_eight_workers_send_each_person_one_digest(told):
    for number in range(20):
        person = UserFactory(email=f"p{number:02d}@example.vn")
        told(person, key="a")
        told(person, key="b")
    outcomes = at_once([lambda: mailing.send_due(at(7)).sent] * 8)
    assert sum(outcomes) == 20
    assert Counter(message.to[0] for message in mail.outbox) == {f"p{n:02d}@example.vn": 1 for n in range(20)}
    assert all("Bạn có 2 thông báo" in message.body for message in mail.outbox)
    assert set(Mailing.objects.values_list("state", flat=True)) == {"sent"}


def test_eight_workers_send_one_urgent_mail(officer):
    Preference.objects.create(user=officer, mail=Preference.Mail.URGENT)
    notices.tell([officer], Kind.DUE, "x", "Gấp", urgent=True)
    at_once([lambda: mailing.send_due().sent] * 8)
    assert len(mail.outbox) == 1
    assert Mailing.objects.get().state == "sent"


def test_many_who_tell_the_same_at_once_make_one_notice_each():
    people = UserFactory.create_batch(10)
    backwards = people[::-1]
    at_once(
        [
            lambda: notices.tell(people, Kind.NEWS, "x", "Tin"),
            lambda: notices.tell(backwards, Kind.NEWS, "x", "Tin"),
        ]
        * 4
    )
    assert Notice.objects.count() == 10


@pytest.mark.postgres
def test_a_second_worker_waits_for_the_first_and_then_finds_the_mail_taken(officer, told):
    told(officer)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert mailing.take(officer.pk, Mailing.Kind.DAILY, now=at(7)) is not None
            second = pool.submit(_take, officer)
            wait_until_somebody_is_blocked()
        assert second.result(timeout=10) is None


@pytest.mark.postgres
def test_what_is_read_while_the_mail_is_taken_is_decided_by_who_came_first(officer, told):
    told(officer)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            notices.mark_read(officer)
            taking = pool.submit(_take, officer)
            wait_until_somebody_is_blocked()
        assert taking.result(timeout=10) is None
    assert not Mailing.objects.exists()
    assert Notice.objects.get().mailed_at is None


def _take(user: User) -> Mailing | None:
    try:
        return mailing.take(user.pk, Mailing.Kind.DAILY, now=at(7))
    finally:
        connections.close_all()
