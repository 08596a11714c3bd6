"""The worker's part: counting queued reports. One writer at a time, under the lock of the clock; each batch is an epoch.

For each report the old contributions of its unit are taken away and the new ones added, in the totals of all units above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.utils import timezone

from congdoan.organisation.models import Ancestry, Heir
from congdoan.organisation.queries.forest import chunks
from congdoan.reporting.actions import telling
from congdoan.reporting.actions.queueing import left_behind
from congdoan.reporting.engine.summing import (
    Amount,
    Calendar,
    Fact,
    Key,
    Link,
    Nature,
    carried,
    contributions_as_is,
    contributions_as_was,
    difference,
    first_change,
    spread_as_is,
    spread_as_was,
    unlike,
)
from congdoan.reporting.models import Batch, Clock, Counted, Counting, Dirty, Report, Series
from congdoan.reporting.models import Fact as StoredFact
from congdoan.reporting.models.totals import AS_WAS
from congdoan.reporting.queries import maps
from congdoan.reporting.queries.counting import facts_of, rates

BATCH = 200
"""Reports of one batch: enough to share reading, few enough to stay fresh."""


def refresh_all(*, most_batches: int = 1_000_000) -> int:
    """Count everything that is queued; return how many reports were counted. Locks nothing while nothing is queued."""
    counted = 0
    for _batch in range(most_batches):
        if not Dirty.objects.exists():
            break
        done = refresh()
        counted += done
        if not done:
            break
    return counted


def lock() -> Clock:
    """Take the one lock under which totals change; it is given back at the end of the transaction."""
    return Clock.objects.select_for_update().get_or_create(pk=1)[0]


@transaction.atomic
def refresh(*, limit: int = BATCH) -> int:
    """Count up to ``limit`` queued reports as one batch; return how many rows of the queue were done."""
    clock = lock()
    queue = list(Dirty.objects.order_by("pk")[:limit])
    if not queue:
        return 0
    reports = list(
        Report.objects.filter(pk__in={row.report_id for row in queue}).select_related("accepted", "sheet")
    )
    batch = Batch.objects.create(
        at=timezone.now(), reports=len(reports), oldest=min(row.since for row in queue)
    )
    work = _Work(clock, batch.pk)
    by_unit: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        by_unit[report.unit_id].append(report)
    work.count(by_unit)
    Counting.objects.bulk_create(
        [Counting(report=report, version=report.accepted, epoch=batch.pk) for report in reports]
    )
    clock.epoch = batch.pk
    clock.save(update_fields=["epoch"])
    Dirty.objects.filter(pk__in=[row.pk for row in queue]).delete()
    # Totals stand whether or not people could be told.
    transaction.on_commit(lambda: telling.tell_accepted([report.pk for report in reports]), robust=True)
    return len(queue)


@dataclass(slots=True)
class _Work:
    """One batch at work: what it has read once, and the differences that it collects."""

    clock: Clock
    epoch: int
    calendar: Calendar = field(default_factory=maps.calendar)
    natures: dict[int, Nature] = field(default_factory=maps.natures)
    ids: dict[str, int] = field(default_factory=lambda: dict(Series.objects.values_list("key", "pk")))
    matched: list[tuple[str, str, int, int]] = field(default_factory=rates)
    version: int = field(default_factory=maps.tree_version)

    def count(self, by_unit: dict[int, list[Report]]) -> None:
        """Count the reports of some units."""
        counted = dict(Counted.objects.filter(unit__in=by_unit).values_list("unit", "tree_version"))
        now = maps.links(list(by_unit), self.version)
        nodes = {version: maps.nodes(version) for version in {self.version, *counted.values()}}
        then: dict[int, list[Link]] = {}
        for version in set(counted.values()) - {self.version}:
            then |= maps.links([unit for unit, known in counted.items() if known == version], version)
        since: dict[int, date] = {}
        for unit, links in then.items():
            if (unit in nodes[counted[unit]]) != (unit in nodes[self.version]):
                since[unit] = date.min
            elif day := first_change(links, now[unit]):
                since[unit] = day
        facts = self._facts(by_unit, since)
        as_is = self.clock.as_is_version == self.version and self.clock.as_is_day is not None
        standing = maps.heirs(list(by_unit), self.clock.as_is_day) if as_is and self.clock.as_is_day else {}
        inheriting = maps.inheriting(self.clock.as_is_day) if as_is and self.clock.as_is_day else set()
        change: dict[int, dict[Key, Amount]] = {AS_WAS: {}, self.clock.as_is_basis: {}}
        for unit, reports in by_unit.items():
            before = [fact for _report, fact in facts[unit]]
            own = {report.pk for report in reports}
            kept_facts = [fact for report, fact in facts[unit] if report not in own]
            fresh = self._fresh(reports, kept_facts)
            after = [*kept_facts, *(fact for found in fresh.values() for fact in found)]
            had = list(carried(before, self.natures, self.calendar))
            has = list(carried(after, self.natures, self.calendar))
            # Of a unit that stands where it stood, only what is new or gone goes up.
            gone, come = unlike(had, has)
            was = spread_as_was(
                had if unit in then else gone, then.get(unit, now[unit]), self.natures, self.calendar
            )
            _keep(was, unit, nodes[counted.get(unit, self.version)])
            becomes = spread_as_was(has if unit in then else come, now[unit], self.natures, self.calendar)
            _keep(becomes, unit, nodes[self.version])
            _collect(change[AS_WAS], difference(was, becomes))
            if as_is:
                kept = nodes[self.version] | inheriting
                one = spread_as_is(gone, now[unit], standing[unit], self.natures, self.calendar)
                two = spread_as_is(come, now[unit], standing[unit], self.natures, self.calendar)
                _keep(one, unit, kept)
                _keep(two, unit, kept)
                _collect(change[self.clock.as_is_basis], difference(one, two))
            self._write_facts(reports, fresh)
        Counted.objects.bulk_create(
            [Counted(unit_id=unit, tree_version=self.version) for unit in by_unit],
            update_conflicts=True,
            unique_fields=["unit"],
            update_fields=["tree_version"],
        )
        for basis, changes in change.items():
            write_differences(basis, changes, self.epoch)

    def _fresh(self, reports: Iterable[Report], kept: Iterable[Fact]) -> dict[int, list[Fact]]:
        """Return the facts of the reports to be counted. A cell that another report of the unit and period has given already
        counts once: the report that was counted first keeps it."""
        taken = {(fact.period, fact.series) for fact in kept}
        found: dict[int, list[Fact]] = {}
        for report in sorted(reports, key=lambda one: one.pk):
            facts = facts_of(report, self.ids, self.matched)
            found[report.pk] = [fact for fact in facts if (fact.period, fact.series) not in taken]
            taken.update((fact.period, fact.series) for fact in facts)
        return found

    def _facts(
        self, by_unit: dict[int, list[Report]], since: dict[int, date]
    ) -> dict[int, list[tuple[int, Fact]]]:
        """Read what already counts and may change: the periods of the reports, the stocks that reach into them or that they
        end; of a unit whose place changed (``since`` a day), also everything that counts on that day or later."""
        stocks = [pk for pk, nature in self.natures.items() if nature.stock]
        reach = timedelta(days=max((self.natures[pk].stale_days for pk in stocks), default=0))
        found: dict[int, list[tuple[int, Fact]]] = {}
        for unit, reports in by_unit.items():
            rows = StoredFact.objects.filter(unit=unit)
            day = since.get(unit)
            if day == date.min:
                found[unit] = _read(rows)
                continue
            slots = self.calendar.slots.values()
            own = [self.calendar.slots[report.period_id] for report in reports]
            whole = {slot.id for slot in own}
            near = {
                slot.id
                for chain in {slot.chain for slot in own}
                for slot in self.calendar.chains[chain]
                if min(one.end for one in own) - reach <= slot.end <= max(one.end for one in own) + reach
            }
            if day is not None:
                whole |= {slot.id for slot in slots if slot.end > day}
                near |= {slot.id for slot in slots if slot.end + reach > day}
            found[unit] = _read(rows.filter(period__in=whole))
            if stocks:
                found[unit] += _read(rows.filter(period__in=near - whole, series__in=stocks))
        return found

    def _write_facts(self, reports: Iterable[Report], fresh: dict[int, list[Fact]]) -> None:
        for report in reports:
            StoredFact.objects.filter(unit=report.unit_id, period=report.period_id, report=report.pk).delete()
        StoredFact.objects.bulk_create(
            [
                StoredFact(
                    unit_id=report.unit_id,
                    period_id=fact.period,
                    series_id=fact.series,
                    value=fact.value,
                    report_id=report.pk,
                )
                for report in reports
                for fact in fresh[report.pk]
            ],
            batch_size=500,
        )

    def carry_into(self, new: Collection[int]) -> None:
        """Let the stocks that already count hold in periods laid a moment ago."""
        stocks = [pk for pk, nature in self.natures.items() if nature.stock]
        if not stocks or not new:
            return
        reach = timedelta(days=max(self.natures[pk].stale_days for pk in stocks))
        first = min(self.calendar.slots[pk].start for pk in new) - reach
        rows = StoredFact.objects.filter(series__in=stocks, period__end__gte=first)
        as_is = self.clock.as_is_day if self.clock.as_is_version == self.version else None
        counted = dict(Counted.objects.values_list("unit", "tree_version"))
        nodes = {version: maps.nodes(version) for version in {self.version, *counted.values()}}
        kept = nodes[self.version] | (maps.inheriting(as_is) if as_is else set())
        change: dict[int, dict[Key, Amount]] = {AS_WAS: {}, self.clock.as_is_basis: {}}
        for units in chunks(rows.values_list("unit", flat=True).distinct()):
            facts: dict[int, list[Fact]] = {unit: [] for unit in units}
            for unit, period, one, value in rows.filter(unit__in=units).values_list(
                "unit", "period", "series", "value"
            ):
                facts[unit].append(Fact(period, one, value))
            standing = maps.heirs(units, as_is) if as_is else {}
            now = maps.links(units, self.version)
            for version in {counted.get(unit, self.version) for unit in units}:
                some = [unit for unit in units if counted.get(unit, self.version) == version]
                then = maps.links(some, version)
                for unit in some:
                    part = contributions_as_was(facts[unit], then[unit], self.natures, self.calendar)
                    _keep(part, unit, nodes[version])
                    _collect(change[AS_WAS], {key: part[key] for key in part if key.period in new})
                    if as_is:
                        part = contributions_as_is(
                            facts[unit], now[unit], standing[unit], self.natures, self.calendar
                        )
                        _keep(part, unit, kept)
                        _collect(
                            change[self.clock.as_is_basis],
                            {key: part[key] for key in part if key.period in new},
                        )
        for basis, changes in change.items():
            write_differences(basis, changes, self.epoch)


def carry_into(clock: Clock, new: Collection[int]) -> None:
    """Let stocks hold in the periods ``new``. The caller has laid them in this transaction, under ``lock``."""
    _Work(clock, clock.epoch).carry_into(new)


def _read(rows: QuerySet[StoredFact]) -> list[tuple[int, Fact]]:
    return [
        (report, Fact(period, series, value))
        for report, period, series, value in rows.values_list("report", "period", "series", "value")
    ]


def _keep(contributions: dict[Key, Amount], unit: int, nodes: set[int]) -> None:
    """Leave out the rows of a unit that only sums itself: its facts say the same."""
    if unit not in nodes:
        for key in [key for key in contributions if key.node == unit]:
            del contributions[key]


def _collect(into: dict[Key, Amount], changes: dict[Key, Amount]) -> None:
    for key, amount in changes.items():
        into.setdefault(key, Amount()).plus(amount)


def write_differences(basis: int, changes: dict[Key, Amount], epoch: int) -> None:
    """Add differences to the stored totals. The caller holds the clock's lock."""
    by_node: dict[tuple[int, int], dict[int, Amount]] = defaultdict(dict)
    for key, amount in changes.items():
        if not amount.is_nothing:
            by_node[key.node, key.period][key.series] = amount
    rows: list[Sequence[int]] = []
    gone: list[Sequence[int]] = []
    with connection.cursor() as cursor:
        for (node, period), amounts in sorted(by_node.items()):
            cursor.execute(
                "SELECT series_id, value, reported, inapplicable FROM reporting_total WHERE basis = %s AND unit_id = %s AND period_id = %s",
                [basis, node, period],
            )
            known = {series: Amount(*stored) for series, *stored in cursor.fetchall()}
            for series, amount in amounts.items():
                now = known.get(series, Amount())
                now.plus(amount)
                if now.reported or now.inapplicable:
                    rows.append(
                        (basis, node, period, series, now.value, now.reported, now.inapplicable, epoch)
                    )
                else:
                    gone.append((basis, node, period, series))
        if rows:
            _put(cursor, rows)
        if gone:
            cursor.executemany(
                "DELETE FROM reporting_total WHERE basis = %s AND unit_id = %s AND period_id = %s AND series_id = %s",
                gone,
            )


def _put(cursor: CursorWrapper, rows: list[Sequence[int]]) -> None:
    """Write totals over those that are there. PostgreSQL takes columns whole ten times as fast as row after row."""
    insert = "INSERT INTO reporting_total (basis, unit_id, period_id, series_id, value, reported, inapplicable, epoch)"
    replace = (
        "ON CONFLICT (basis, unit_id, period_id, series_id) DO UPDATE SET value = excluded.value,"
        " reported = excluded.reported, inapplicable = excluded.inapplicable, epoch = excluded.epoch"
    )
    if connection.vendor == "postgresql":
        columns = ", ".join(["%s::bigint[]"] * 8)
        cursor.execute(
            f"{insert} SELECT * FROM unnest({columns}) {replace}",  # noqa: S608  # nothing from outside
            [list(column) for column in zip(*rows, strict=True)],
        )
        return
    cursor.executemany(f"{insert} VALUES (%s, %s, %s, %s, %s, %s, %s, %s) {replace}", rows)


def follow_tree(today: date) -> bool:
    """Say whether the totals as-is must be built anew; if so, first queue what was counted by an older tree."""
    if not Counted.objects.exists() or not as_is_is_stale(
        Clock.objects.filter(pk=1).first() or Clock(), today
    ):
        return False
    with transaction.atomic():
        lock()
        left_behind()
    return True


def as_is_is_stale(clock: Clock, today: date) -> bool:
    """Say whether the totals as-is were built on another tree, or the tree has changed by a day that has come since."""
    if clock.as_is_day is None or clock.as_is_version != maps.tree_version():
        return True
    if clock.as_is_day == today:
        return False
    newer = {"gt": clock.as_is_day, "lte": today}
    return any(
        model.objects.filter(
            end_version=None, **{f"{column}__{how}": day for how, day in newer.items()}
        ).exists()
        for model in (Ancestry, Heir)
        for column in ("valid_from", "valid_to")
    )
