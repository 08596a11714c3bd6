"""A figure can be computed as it stood: whatever is corrected, moved, merged or closed afterwards, the same number comes out."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from congdoan.organisation.models import Unit
from congdoan.reporting.actions.refreshing import refresh_all
from congdoan.reporting.models import Counting, Period, Series
from congdoan.reporting.queries.figures import Reader
from congdoan.reporting.queries.history import Moment, PastReader, now, touched
from tests.reporting import scenes
from tests.reporting.test_random_reporting import play, steps

pytestmark = pytest.mark.django_db

UNITS = ("VN", "P1", "D1", "G0")


def picture(union, basis):
    """Return moment and all sums of some units, as they are read now."""
    refresh_all()
    if basis == "as-is":
        scenes.build_as_is(union.today)
    found = {}
    for unit in Unit.objects.filter(code__in=UNITS):
        reader = Reader(unit, basis)
        found[unit.code] = (now(reader), sums(reader))
    return basis, found


def sums(reader):
    series, periods = Series.objects.values_list("pk", flat=True), Period.objects.values_list("pk", flat=True)
    return {
        key: (amount.value, amount.reported, amount.inapplicable)
        for key, amount in reader.amounts(series, periods).items()
        if not amount.is_nothing
    }


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(
    st.lists(steps, min_size=8, max_size=20),
    st.lists(steps, min_size=8, max_size=20),
    st.sampled_from([30, 100, 370]),
)
def test_whatever_happens_later_what_was_read_once_is_read_again(before, after, stale_days):
    with transaction.atomic():
        union = scenes.union(stale_days=stale_days)
        for step in before:
            play(union, step)
        kept = [picture(union, "as-was"), picture(union, "as-is")]
        for step in after:
            play(union, step)
        refresh_all()
        scenes.build_as_is(union.today)
        for basis, found in kept:
            for code, (moment, amounts) in found.items():
                unit = Unit.objects.get(code=code)
                again = {
                    key: amount
                    for key, amount in sums(PastReader(unit, basis, moment=moment)).items()
                    if key in amounts or amount[:2] != (0, 0) or amount[2]
                }
                periods_then = {key[1] for key in amounts}
                # Periods laid since were not there to be read.
                assert {key: value for key, value in again.items() if key[1] in periods_then} == amounts, (
                    basis,
                    code,
                )
        transaction.set_rollback(True)


def test_a_corrected_report_gives_the_old_sum_at_the_old_epoch():
    union = scenes.union()
    report = union.reports()[0]
    union.send(report, [5, 7, None, 1, 1])
    union.accept(report)
    refresh_all()
    unit = Unit.objects.get(code="VN")
    moment, then = now(Reader(unit)), sums(Reader(unit))
    assert not touched(unit, "as-was", moment)
    union.send(report, [9, 7, None, 1, 1])
    union.accept(report)
    refresh_all()
    assert touched(unit, "as-was", moment)
    assert sums(Reader(unit)) != then
    assert sums(PastReader(unit, moment=moment)) == then
    assert sums(PastReader(unit, moment=Moment(0, moment.tree_version))) == {}


def test_what_counted_when_cannot_be_rewritten():
    union = scenes.union()
    union.send(union.reports()[0], [1, 1, None, 1, 1])
    union.accept(union.reports()[0])
    refresh_all()
    assert Counting.objects.exclude(version=None).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Counting.objects.update(version=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Counting.objects.all()[:1].get().delete()
    assert Counting.objects.exclude(version=None).exists()
