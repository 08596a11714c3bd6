"""The worker's part: counting queued reports. One writer at a time, under the lock of the clock; each batch is an epoch.

For each report the old contributions of its unit are taken away and the new ones added, in the totals of all units above it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from congdoan.organisation.models import Ancestry, Heir
from congdoan.reporting.engine.contents import Content
from congdoan.reporting.engine.summing import (
    Amount,
    Calendar,
    Fact,
    Key,
    Nature,
    contributions_as_is,
    contributions_as_was,
    difference,
)
from congdoan.reporting.models import Batch, Clock, Counted, Dirty, IndicatorVersion, Report, Series
from congdoan.reporting.models import Fact as StoredFact
from congdoan.reporting.models.totals import AS_WAS
from congdoan.reporting.queries import maps

BATCH = 200
"""Reports of one batch: enough to share reading, few enough to stay fresh."""


def refresh_all(*, most_batches: int = 1_000_000) -> int:
    """Count everything that is queued; return how many reports were counted."""
    counted = 0
    for _batch in range(most_batches):
        done = refresh()
        counted += done
        if not done:
            break
    return counted


@transaction.atomic
def refresh(*, limit: int = BATCH) -> int:
    """Count up to ``limit`` queued reports as one batch; return how many rows of the queue were done."""
    clock = Clock.objects.select_for_update().get_or_create(pk=1)[0]
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
    clock.epoch = batch.pk
    clock.save(update_fields=["epoch"])
    Dirty.objects.filter(pk__in=[row.pk for row in queue]).delete()
    return len(queue)


def rates() -> list[tuple[str, str, int, int]]:
    """Return the matched rates: keys of numerator and denominator as typed, ids of the two series that pair them."""
    pairs = {series.key: series.pk for series in Series.objects.exclude(part=Series.Part.VALUE)}
    found = []
    for version in IndicatorVersion.objects.filter(
        numerator__isnull=False, denominator_kind=IndicatorVersion.Denominator.MATCHED
    ).select_related("numerator", "denominator", "indicator"):
        code = version.indicator.code
        numerator, denominator = pairs.get(f"{code}#num"), pairs.get(f"{code}#den")
        if numerator and denominator and version.numerator and version.denominator:
            found.append((version.numerator.key, version.denominator.key, numerator, denominator))
    return sorted(set(found))


def facts_of(report: Report, ids: dict[str, int], matched: Iterable[tuple[str, str, int, int]]) -> list[Fact]:
    """Return the facts of a report as it counts now: its cells, the pairs of matched rates, and itself in its sheet's coverage."""
    period = report.period_id
    if report.accepted is None:
        return [Fact(period, report.sheet.coverage_id, None)]
    values = Content.from_dict(report.accepted.content).values
    found = [Fact(period, ids[key], value.number) for key, value in values.items() if key in ids]
    for numerator, denominator, first, second in matched:
        if numerator in values and denominator in values:
            above, below = values[numerator].number, values[denominator].number
            if above is not None and below is not None:
                found += [Fact(period, first, above), Fact(period, second, below)]
    return [*found, Fact(period, report.sheet.coverage_id, 1)]


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
        old = {version for version in counted.values() if version != self.version}
        now = maps.links(list(by_unit), self.version)
        then = {version: maps.links(list(by_unit), version) for version in old}
        nodes = {version: maps.nodes(version) for version in {self.version, *old}}
        facts = self._facts(by_unit, moved={unit for unit, version in counted.items() if version in old})
        as_is = self.clock.as_is_version == self.version and self.clock.as_is_day is not None
        standing = maps.heirs(list(by_unit), self.clock.as_is_day) if as_is and self.clock.as_is_day else {}
        inheriting = maps.inheriting(self.clock.as_is_day) if as_is and self.clock.as_is_day else set()
        change: dict[int, dict[Key, Amount]] = {AS_WAS: {}, self.clock.as_is_basis: {}}
        for unit, reports in by_unit.items():
            before = facts[unit]
            periods = {(report.period_id, report.pk) for report in reports}
            changed = [fact for _report, fact in before if (fact.period, _report) not in periods]
            after = [
                *changed,
                *(fact for report in reports for fact in facts_of(report, self.ids, self.matched)),
            ]
            old_version = counted.get(unit, self.version)
            before_links = then[old_version][unit] if old_version != self.version else now[unit]
            was = contributions_as_was(
                [fact for _report, fact in before], before_links, self.natures, self.calendar
            )
            _keep(was, unit, nodes[old_version])
            becomes = contributions_as_was(after, now[unit], self.natures, self.calendar)
            _keep(becomes, unit, nodes[self.version])
            _collect(change[AS_WAS], difference(was, becomes))
            if as_is:
                kept = nodes[self.version] | inheriting
                one = contributions_as_is(
                    [fact for _report, fact in before], now[unit], standing[unit], self.natures, self.calendar
                )
                two = contributions_as_is(after, now[unit], standing[unit], self.natures, self.calendar)
                _keep(one, unit, kept)
                _keep(two, unit, kept)
                _collect(change[self.clock.as_is_basis], difference(one, two))
            self._write_facts(reports)
        Counted.objects.bulk_create(
            [Counted(unit_id=unit, tree_version=self.version) for unit in by_unit],
            update_conflicts=True,
            unique_fields=["unit"],
            update_fields=["tree_version"],
        )
        for basis, changes in change.items():
            write_differences(basis, changes, self.epoch)

    def _facts(self, by_unit: dict[int, list[Report]], moved: set[int]) -> dict[int, list[tuple[int, Fact]]]:
        """Read what already counts and may change: the reports themselves, the stocks around them, everything of moved units."""
        stocks = [pk for pk, nature in self.natures.items() if nature.stock]
        reach = timedelta(days=max((self.natures[pk].stale_days for pk in stocks), default=0))
        found: dict[int, list[tuple[int, Fact]]] = {unit: [] for unit in by_unit}
        for unit, reports in by_unit.items():
            rows = StoredFact.objects.filter(unit=unit)
            if unit not in moved:
                own = [report.period_id for report in reports]
                slots = [self.calendar.slots[pk] for pk in own]
                first, last = (
                    min(slot.start for slot in slots) - reach,
                    max(slot.end for slot in slots) + reach,
                )
                near = [
                    slot.id
                    for chain in {slot.chain for slot in slots}
                    for slot in self.calendar.chains[chain]
                    if first <= slot.start and slot.end <= last and slot.id not in own
                ]
                found[unit] += _read(rows.filter(period__in=own))
                if stocks:
                    found[unit] += _read(rows.filter(period__in=near, series__in=stocks))
            else:
                found[unit] += _read(rows)
        return found

    def _write_facts(self, reports: Iterable[Report]) -> None:
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
                    for fact in facts_of(report, self.ids, self.matched)
                ],
                batch_size=500,
            )


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
            cursor.executemany(
                "INSERT INTO reporting_total (basis, unit_id, period_id, series_id, value, reported, inapplicable, epoch)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
                " ON CONFLICT (basis, unit_id, period_id, series_id) DO UPDATE SET value = excluded.value,"
                " reported = excluded.reported, inapplicable = excluded.inapplicable, epoch = excluded.epoch",
                rows,
            )
        if gone:
            cursor.executemany(
                "DELETE FROM reporting_total WHERE basis = %s AND unit_id = %s AND period_id = %s AND series_id = %s",
                gone,
            )


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
