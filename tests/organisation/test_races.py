"""Two officers at the same moment, on a database with real locks."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import transaction

from congdoan.organisation.actions import reorganisations
from congdoan.organisation.engine.operations import Dissolve, Move
from congdoan.organisation.errors import NotADraftError, OvertakenError
from congdoan.organisation.models import Reorganisation, Unit
from congdoan.organisation.queries import units
from congdoan.organisation.rights import Role
from tests.factories_organisation import acting, plant
from tests.races import in_thread, wait_until_somebody_is_blocked

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
DAY = date(2025, 7, 1)


def prepared(by, tree, title, *operations):
    made = reorganisations.draft(title=title, scope=tree["VN"], effective_on=DAY, by=by)
    reorganisations.set_operations(made.pk, operations, by=by)
    assert reorganisations.check(made.pk, by=by).is_sound
    return made


def test_of_two_overlapping_batches_at_once_one_wins_and_the_other_is_told_why():
    tree = plant()
    one, two = acting(Role.ADMIN, tree["VN"]), acting(Role.ORGANISER, tree["VN"])
    first = prepared(one, tree, "Đợt một", Move(unit="LC-SP-001", parent="LC-BX"))
    second = prepared(two, tree, "Đợt hai", Dissolve(unit="LC-SP-001"))

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            reorganisations.carry_out(first.pk, by=one)
            attempt = pool.submit(in_thread, lambda: reorganisations.carry_out(second.pk, by=two))
            wait_until_somebody_is_blocked()
        with pytest.raises(OvertakenError, match="overtaken by Đợt một"):
            attempt.result(timeout=10)

    unit = Unit.objects.get(code="LC-SP-001")
    assert unit.ended_on is None
    assert units.parent_of(unit, DAY).code == "LC-BX"
    assert Reorganisation.objects.get(pk=second.pk).status == Reorganisation.Status.DRAFT


def test_one_batch_carried_out_by_two_at_once_is_done_once():
    tree = plant()
    one, two = acting(Role.ADMIN, tree["VN"]), acting(Role.ORGANISER, tree["VN"])
    made = prepared(one, tree, "Đợt", Move(unit="LC-SP-001", parent="LC-BX"))
    together = threading.Barrier(2)
    outcomes = []

    def go(by):
        together.wait(timeout=10)
        try:
            outcomes.append(reorganisations.carry_out(made.pk, by=by).status)
        except NotADraftError as refused:
            outcomes.append(type(refused).__name__)

    with ThreadPoolExecutor(2) as pool:
        for attempt in [pool.submit(in_thread, lambda by=by: go(by)) for by in (one, two)]:
            attempt.result(timeout=20)

    assert sorted(outcomes) == ["NotADraftError", "carried_out"]
