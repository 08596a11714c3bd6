"""Votes that come at the same moment, from real threads on a real database."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client

from congdoan.participation import actions, queries
from congdoan.participation.errors import AlreadyVotedError, NotOpenError, ParticipationError
from congdoan.participation.models import Call, Claim
from tests.participation.conftest import token, vote, votes_of
from tests.races import wait_until_somebody_is_blocked

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(jobs: Sequence[Callable[[], Any]], *, threads: int) -> list[Any]:
    """Run ``jobs`` in ``threads`` threads that start together; errors of participation are results."""
    barrier = threading.Barrier(threads)
    waited = threading.local()

    def run(job: Callable[[], Any]) -> Any:
        if not getattr(waited, "done", False):
            barrier.wait(timeout=30)
            waited.done = True
        try:
            return job()
        except ParticipationError as error:
            return type(error)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, jobs))


def test_fifty_copies_of_one_form_make_one_ballot(poll):
    mine = {"voter": token(), "form": token()}
    results = at_once([lambda: vote(poll, 1, **mine).is_repeat] * 50, threads=50)
    assert Counter(results) == {False: 1, True: 49}
    assert votes_of(poll) == [0, 1, 0]


def test_fifty_forms_of_one_voter_make_one_ballot(poll):
    voter = token()
    results = at_once([lambda: vote(poll, 1, voter=voter).is_repeat] * 50, threads=50)
    assert Counter(results) == {False: 1, AlreadyVotedError: 49}
    assert votes_of(poll) == [0, 1, 0]
    assert Claim.objects.count() == 2


def test_two_hundred_voters_make_exactly_two_hundred_ballots(poll):
    results = at_once(
        [lambda number=number: vote(poll, number % 3).is_repeat for number in range(200)], threads=25
    )
    assert results == [False] * 200
    assert votes_of(poll) == [67, 67, 66]
    assert queries.poll_of(poll).tally.total == 200


def test_fifty_requests_of_one_form_without_a_cookie_yet_all_succeed_and_count_once(poll):
    form = {"option": poll.options.first().pk, "token": token()}

    def request() -> tuple[int, str]:
        client = Client()
        answer = client.post(f"/tham-gia/{poll.slug}/bo-phieu/", form)
        return answer.status_code, client.cookies["bo_phieu"].value

    results = at_once([request] * 50, threads=50)
    assert {status for status, _ in results} == {303}
    assert len({cookie for _, cookie in results}) == 1
    assert votes_of(poll) == [1, 0, 0]


def test_votes_around_the_closing_are_either_counted_or_refused_and_none_comes_after(poll):
    def close() -> int:
        actions.close_call(poll.pk, by=None)
        return sum(votes_of(poll))

    jobs: list[Callable[[], Any]] = [lambda: vote(poll).is_repeat] * 40
    jobs.insert(15, close)
    results = at_once(jobs, threads=20)
    at_closing = results.pop(15)
    assert results.count(False) + results.count(NotOpenError) == 40
    assert at_closing == sum(votes_of(poll)) == results.count(False)


@pytest.mark.postgres
def test_whoever_closes_waits_for_a_vote_that_has_begun(poll):
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions._hold_open(poll.pk)
            closing = pool.submit(at_once, [lambda: actions.close_call(poll.pk, by=None)], threads=1)
            wait_until_somebody_is_blocked()
            vote(poll)
        closing.result(timeout=10)
    assert votes_of(poll) == [1, 0, 0]
    assert Call.objects.with_state().get().state == "closed"
