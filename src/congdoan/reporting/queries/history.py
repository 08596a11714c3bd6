"""Figures as they stood at an earlier epoch, by the tree as an earlier version knew it: what replays a published figure.

What counts now is taken from the totals; only units of which something was counted since, or whose place is known differently
since, are summed again from their sendings. Nothing but the sendings and their countings need be kept for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Q

from congdoan.organisation.models import Ancestry, Unit
from congdoan.organisation.models import Heir as StoredHeir
from congdoan.organisation.queries.forest import chunks
from congdoan.reporting.engine.summing import (
    Amount,
    Calendar,
    Fact,
    Heir,
    Key,
    Link,
    Nature,
    contributions_as_is,
    contributions_as_was,
)
from congdoan.reporting.models import Counted, Counting, Report, ReportVersion, Series
from congdoan.reporting.models import Fact as StoredFact
from congdoan.reporting.queries import maps
from congdoan.reporting.queries.counting import facts_of_sending, rates
from congdoan.reporting.queries.figures import Reader

Amounts = dict[tuple[int, int], Amount]
"""By series and period."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a figure was computed at: the epoch of the data, the version of the tree and, as-is, the day it was read on."""

    epoch: int
    tree_version: int
    as_is_day: date | None = None


def now(reader: Reader) -> Moment:
    """Return the moment at which a reader reads."""
    clock = reader.clock
    if reader.basis == "as-is":
        return Moment(clock.epoch, clock.as_is_version, clock.as_is_day)
    return Moment(clock.epoch, maps.tree_version())


def touched(unit: Unit, basis: str, moment: Moment) -> bool:
    """Say whether anything that a figure of ``unit`` may be made of was counted or placed differently since ``moment``."""
    units = candidates(unit, basis)
    return bool(changed_since(units, moment.epoch) or moved_since(units, moment.tree_version)) or (
        basis == "as-is" and now(Reader(unit, basis)) != moment
    )


def candidates(unit: Unit, basis: str) -> set[int]:
    """Return every unit that may ever have counted for one, by any version of the tree."""
    found = {unit.pk, *Ancestry.objects.filter(ancestor=unit).values_list("unit", flat=True).distinct()}
    if basis == "as-is":
        for some in chunks(set(found)):
            found |= set(StoredHeir.objects.filter(heir__in=some).values_list("unit", flat=True).distinct())
    return found


def changed_since(units: Collection[int], epoch: int) -> set[int]:
    """Return the units of which a report was counted after an epoch."""
    rows = Counting.objects.filter(epoch__gt=epoch).values_list("report__unit", flat=True).distinct()
    return set(rows) & set(units)


def moved_since(units: Collection[int], version: int) -> set[int]:
    """Return the units whose place in the tree, at any time, is known differently since a version."""
    later = Q(first_version__gt=version) | Q(end_version__gt=version)
    return set(Ancestry.objects.filter(later).values_list("unit", flat=True).distinct()) & set(units)


@dataclass(slots=True)
class PastReader(Reader):
    """A ``Reader`` that reads as at ``moment``."""

    moment: Moment = Moment(0, 0)
    present: Moment = field(init=False)

    def __post_init__(self) -> None:
        Reader.__post_init__(self)
        self.present = now(self)
        self.clock.epoch = self.moment.epoch

    def amounts(self, series: Iterable[int], periods: Iterable[int]) -> Amounts:
        """Return the sums by (series, period) as they stood at the moment."""
        wanted, used = set(series), set(periods)
        if not self._was_summed():
            return _sum(_Then(self, wanted), {self.unit.pk}, used, alone=True)
        units = candidates(self.unit, self.basis)
        if self.basis == "as-is" and (self.present.tree_version, self.present.as_is_day) != (
            self.moment.tree_version,
            self.moment.as_is_day,
        ):
            return _sum(_Then(self, wanted), units, used)
        found = Reader.amounts(self, wanted, used)
        units = changed_since(units, self.moment.epoch) | moved_since(units, self.moment.tree_version)
        if units:
            for key, amount in _sum(_Now(self, wanted), units, used).items():
                found.setdefault(key, Amount()).plus(amount, -1)
            for key, amount in _sum(_Then(self, wanted), units, used).items():
                found.setdefault(key, Amount()).plus(amount)
        return {key: amount for key, amount in found.items() if not amount.is_nothing}

    def _was_summed(self) -> bool:
        """Whether the unit had totals then; else it was read from its own facts, on either basis."""
        known = maps.known_by(self.moment.tree_version)
        below = Ancestry.objects.filter(
            ancestor=self.unit, depth__gt=0, first_version__lte=self.moment.tree_version
        )
        return below.exists() or (self.basis == "as-is" and self.unit.stands_for.filter(known).exists())


class _Now:
    """What counts now, as the totals have it."""

    def __init__(self, reader: PastReader, series: set[int]) -> None:
        self.reader, self.series = reader, series
        self.day = reader.present.as_is_day
        self.natures: dict[int, Nature] = maps.natures()
        self.calendar: Calendar = maps.calendar()

    def facts(self, units: Collection[int]) -> dict[int, list[Fact]]:
        """Return the facts of some units."""
        found: dict[int, list[Fact]] = {unit: [] for unit in units}
        for unit, _report, fact in self._stored(units):
            found[unit].append(fact)
        return found

    def _stored(self, units: Collection[int]) -> Iterable[tuple[int, int, Fact]]:
        rows = StoredFact.objects.filter(unit__in=units, series__in=self.series)
        for unit, report, period, series, value in rows.values_list(
            "unit", "report", "period", "series", "value"
        ):
            yield unit, report, Fact(period, series, value)

    def links(self, units: Collection[int]) -> dict[int, list[Link]]:
        """Return where the units stood, as the totals were counted by."""
        counted = dict(Counted.objects.filter(unit__in=units).values_list("unit", "tree_version"))
        found: dict[int, list[Link]] = {}
        newest = maps.tree_version()
        for version in {newest, *counted.values()}:
            found |= maps.links([unit for unit in units if counted.get(unit, newest) == version], version)
        return found

    def heirs(self, units: Collection[int], day: date) -> dict[int, list[Heir]]:
        """Return who stands for each unit."""
        return maps.heirs(units, day, version=self.reader.present.tree_version)


class _Then(_Now):
    """What counted at the moment."""

    def __init__(self, reader: PastReader, series: set[int]) -> None:
        super().__init__(reader, series)
        self.day = reader.moment.as_is_day
        self.ids = dict(Series.objects.filter(pk__in=series).values_list("key", "pk"))
        self.matched = rates()

    def facts(self, units: Collection[int]) -> dict[int, list[Fact]]:
        """Return the facts of some units: of reports counted since, those of the sending that counted then."""
        epoch = self.reader.moment.epoch
        since = set(
            Counting.objects.filter(epoch__gt=epoch, report__unit__in=units).values_list("report", flat=True)
        )
        found: dict[int, list[Fact]] = {unit: [] for unit in units}
        for unit, report, fact in self._stored(units):
            if report not in since:
                found[unit].append(fact)
        reports = Report.objects.filter(pk__in=since).select_related("sheet").order_by("pk")
        for some in chunks([report.pk for report in reports]):
            self._add_earlier(found, reports.filter(pk__in=some), epoch)
        return found

    def _add_earlier(self, found: dict[int, list[Fact]], reports: Iterable[Report], epoch: int) -> None:
        last = dict(
            Counting.objects.filter(epoch__lte=epoch, report__in=[one.pk for one in reports])
            .values("report")
            .annotate(at=Max("epoch"))
            .values_list("report", "at")
        )
        sendings: dict[int, int | None] = {
            report: version
            for report, version, at in Counting.objects.filter(report__in=last).values_list(
                "report", "version", "epoch"
            )
            if at == last[report]
        }
        known = ReportVersion.objects.in_bulk([pk for pk in sendings.values() if pk])
        for report in reports:
            if report.pk not in sendings:
                continue  # it was not even expected then
            sending = known.get(sendings[report.pk] or 0)
            taken = {(fact.period, fact.series) for fact in found[report.unit_id]}
            found[report.unit_id] += [
                fact
                for fact in facts_of_sending(report, sending, self.ids, self.matched)
                if fact.series in self.series and (fact.period, fact.series) not in taken
            ]

    def links(self, units: Collection[int]) -> dict[int, list[Link]]:
        """Return where the units stood, as the tree was known then."""
        return maps.links(units, self.reader.moment.tree_version)

    def heirs(self, units: Collection[int], day: date) -> dict[int, list[Heir]]:
        """Return who stood for each unit."""
        return maps.heirs(units, day, version=self.reader.moment.tree_version)


def _sum(source: _Now, units: Collection[int], periods: set[int], *, alone: bool = False) -> Amounts:
    """Return what some units contribute to the reader's unit; ``alone``: what it contributes to itself, as it was."""
    node, as_is = source.reader.unit.pk, source.reader.basis == "as-is" and not alone
    found: Amounts = defaultdict(Amount)
    for some in chunks(units):
        facts, links = source.facts(some), source.links(some)
        heirs = source.heirs(some, source.day) if as_is and source.day else {}
        for unit in some:
            part: dict[Key, Amount] = (
                contributions_as_is(
                    facts[unit], links[unit], heirs.get(unit, []), source.natures, source.calendar
                )
                if as_is
                else contributions_as_was(facts[unit], links[unit], source.natures, source.calendar)
            )
            for key, amount in part.items():
                if key.node == node and key.period in periods:
                    found[key.series, key.period].plus(amount)
    return dict(found)
