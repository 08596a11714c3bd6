"""Building totals anew: as-is after the tree changed, or everything from the reports."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from congdoan.reporting.engine.summing import (
    Amount,
    Fact,
    Key,
    contributions_as_is,
    contributions_as_was,
)
from congdoan.reporting.models import Batch, Clock, Counted, Dirty
from congdoan.reporting.models import Fact as StoredFact
from congdoan.reporting.models.totals import AS_WAS
from congdoan.reporting.queries import maps


def totals_in_python(basis_is_as_was: bool, day: date) -> dict[Key, Amount]:
    """Sum all facts in plain Python: the oracle, and the way on machines without an engine for analysis."""
    calendar, natures, version = maps.calendar(), maps.natures(), maps.tree_version()
    nodes = maps.nodes(version)
    kept = nodes if basis_is_as_was else nodes | maps.inheriting(day)
    found: dict[Key, Amount] = {}
    units = list(StoredFact.objects.values_list("unit", flat=True).distinct())
    for start in range(0, len(units), 200):
        some = units[start : start + 200]
        links = maps.links(some, version)
        heirs = {} if basis_is_as_was else maps.heirs(some, day)
        facts: dict[int, list[Fact]] = {unit: [] for unit in some}
        for unit, period, series, value in StoredFact.objects.filter(unit__in=some).values_list(
            "unit", "period", "series", "value"
        ):
            facts[unit].append(Fact(period, series, value))
        for unit in some:
            part = (
                contributions_as_was(facts[unit], links[unit], natures, calendar)
                if basis_is_as_was
                else contributions_as_is(facts[unit], links[unit], heirs[unit], natures, calendar)
            )
            for key, amount in part.items():
                if key.node != unit or unit in kept:
                    found.setdefault(key, Amount()).plus(amount)
    return found


def write_all(basis: int, totals: dict[Key, Amount], epoch: int) -> None:
    """Put totals in the place of all of one basis. The caller holds the clock's lock."""
    rows = [
        (basis, key.node, key.period, key.series, amount.value, amount.reported, amount.inapplicable, epoch)
        for key, amount in sorted(totals.items())
        if amount.reported or amount.inapplicable
    ]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reporting_total WHERE basis = %s", [basis])
        if connection.vendor == "postgresql":
            with cursor.copy(
                "COPY reporting_total (basis, unit_id, period_id, series_id, value, reported, inapplicable, epoch) FROM STDIN"
            ) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(
                "INSERT INTO reporting_total (basis, unit_id, period_id, series_id, value, reported, inapplicable, epoch)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
                rows,
            )


@transaction.atomic
def rebuild_as_is(today: date) -> None:
    """Build the totals as-is for today's tree beside those that are read, then switch."""
    clock = Clock.objects.select_for_update().get_or_create(pk=1)[0]
    place = 1 if clock.as_is_basis == 2 else 2
    write_all(place, totals_in_python(False, today), clock.epoch)
    old = clock.as_is_basis
    clock.as_is_basis, clock.as_is_version, clock.as_is_day = place, maps.tree_version(), today
    clock.save()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reporting_total WHERE basis = %s", [old])


@transaction.atomic
def rebuild_all(today: date) -> int:
    """Build all totals from the facts of the reports; return the new epoch. What is queued is counted first."""
    from congdoan.reporting.actions.refreshing import refresh_all  # the two ways know each other

    refresh_all()
    clock = Clock.objects.select_for_update().get_or_create(pk=1)[0]
    batch = Batch.objects.create(at=timezone.now(), reports=0)
    write_all(AS_WAS, totals_in_python(True, today), batch.pk)
    write_all(clock.as_is_basis, totals_in_python(False, today), batch.pk)
    clock.epoch, clock.as_is_version, clock.as_is_day = batch.pk, maps.tree_version(), today
    clock.save()
    Counted.objects.update(tree_version=clock.as_is_version)
    return batch.pk


def waiting() -> int:
    """Return how many changes wait to be counted."""
    return Dirty.objects.count()
