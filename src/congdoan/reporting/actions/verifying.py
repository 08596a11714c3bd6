"""Checking what is stored: totals against another engine, facts against what was accepted, sendings against their hashes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from congdoan.organisation.models import Unit
from congdoan.organisation.queries.forest import chunks
from congdoan.reporting.actions import rebuilding, refreshing
from congdoan.reporting.engine.contents import Content, content_hash
from congdoan.reporting.engines import Basis, Totals
from congdoan.reporting.models import Clock, Dirty, Fact, Period, Report, ReportVersion, Series
from congdoan.reporting.models.totals import AS_WAS
from congdoan.reporting.queries import counting

PIECE = 50
"""Units whose reports are read at once."""

Key = tuple[int, int, int]
Amounts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something stored that is not what it should be: a total (``basis`` "as-was" or "as-is": value, reports with a number, reports
    where it does not apply), a fact ("facts": its value) or the hash of a sending ("sendings"). ``None``: there is none."""

    basis: str
    unit: str
    period: str
    series: str
    stored: object
    computed: object

    def as_dict(self) -> dict[str, object]:
        """Return it for JSON."""
        return asdict(self)


def verify(*, engine: str = "duckdb", today: date | None = None) -> list[Difference]:
    """Count what is queued, then sum and check everything; return what differs.

    Changes nothing but what the worker would count in the next second. Raises ``EngineUnavailableError``.
    """
    today = today or timezone.localdate()
    refreshing.refresh_all()
    if refreshing.follow_tree(today):
        refreshing.refresh_all()
        rebuilding.rebuild_as_is(today)
    clock = Clock.objects.filter(pk=1).first()
    bases = (Basis.AS_WAS, Basis.AS_IS) if clock and clock.as_is_day else (Basis.AS_WAS,)
    words = _Words()

    def compare(clock: Clock, version: int, totals: Mapping[Basis, Totals]) -> list[Difference]:
        numbers = {Basis.AS_WAS: AS_WAS, Basis.AS_IS: clock.as_is_basis}
        return [
            words.difference(basis.replace("_", "-"), key, stored, computed)
            for basis in bases
            for key, stored, computed in _differences(_stored(numbers[basis]), _computed(totals[basis]))
        ]

    day = clock.as_is_day if clock and clock.as_is_day else today
    return [*rebuilding.summed(day, engine, bases, compare), *_facts(words), *_sendings(words)]


class _Words:
    """Names of what differs, read only when something does."""

    def __init__(self) -> None:
        self._units: dict[int, str] = {}
        self._periods: dict[int, str] = {}
        self._series: dict[int, str] = {}

    def difference(self, basis: str, key: Key, stored: object, computed: object) -> Difference:
        """Name one."""
        if not self._units:
            self._units = dict(Unit.objects.values_list("pk", "code"))
            self._periods = {period.pk: period.code for period in Period.objects.all()}
            self._series = dict(Series.objects.values_list("pk", "key"))
        unit, period, series = key
        return Difference(
            basis, self._units[unit], self._periods[period], self._series[series], stored, computed
        )


def _stored(basis: int) -> Iterator[tuple[Key, Amounts]]:
    # Not through the models: a country has fifty million totals.
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            "SELECT unit_id, period_id, series_id, value, reported, inapplicable FROM reporting_total"
            " WHERE basis = %s ORDER BY unit_id, period_id, series_id",
            [basis],
        )
        while rows := cursor.fetchmany(10_000):
            for unit, period, series, *amounts in rows:
                yield (unit, period, series), tuple(amounts)


def _computed(totals: Totals) -> Iterator[tuple[Key, Amounts]]:
    for batch in totals:
        for node, period, series, *amounts in zip(
            *(column.to_pylist() for column in batch.columns), strict=True
        ):
            yield (node, period, series), tuple(amounts)


def _differences(
    stored: Iterable[tuple[Key, Amounts]], computed: Iterable[tuple[Key, Amounts]]
) -> Iterator[tuple[Key, Amounts | None, Amounts | None]]:
    """Walk along both, which are in the order of their keys."""
    ours, theirs = iter(stored), iter(computed)
    one, other = next(ours, None), next(theirs, None)
    while one is not None or other is not None:
        if one is not None and (other is None or one[0] < other[0]):
            yield one[0], one[1], None
            one = next(ours, None)
        elif other is not None and (one is None or other[0] < one[0]):
            yield other[0], None, other[1]
            other = next(theirs, None)
        elif one is not None and other is not None:
            if one[1] != other[1]:
                yield one[0], one[1], other[1]
            one, other = next(ours, None), next(theirs, None)


def _facts(words: _Words) -> Iterator[Difference]:
    """Hold every fact against the accepted content of its report, and the other way round."""
    ids, matched = dict(Series.objects.values_list("key", "pk")), counting.rates()

    def differing(units: list[int]) -> dict[Key, tuple[object, object]]:
        stored = {
            (unit, period, series): (report, value)
            for unit, period, series, report, value in Fact.objects.filter(unit__in=units).values_list(
                "unit", "period", "series", "report", "value"
            )
        }
        # A cell that two reports of a unit and period give counts once: either of them may be the one.
        given: dict[Key, dict[int, int | None]] = {}
        for report in Report.objects.filter(unit__in=units).select_related("accepted", "sheet").iterator():
            for fact in counting.facts_of(report, ids, matched):
                given.setdefault((report.unit_id, fact.period, fact.series), {})[report.pk] = fact.value
        found: dict[Key, tuple[object, object]] = {}
        for key in stored.keys() | given.keys():
            counted, told = stored.get(key), given.get(key, {})
            if counted is None:
                found[key] = ("none", next(iter(told.values())))
            elif counted[0] not in told or told[counted[0]] != counted[1]:
                found[key] = (counted[1], told.get(counted[0], "none"))
        return found

    units = Report.objects.order_by().values_list("unit", flat=True).distinct()
    yield from _twice(words, "facts", units, differing)


def _twice(
    words: _Words,
    basis: str,
    units: Iterable[int],
    differing: Callable[[list[int]], dict[Key, tuple[object, object]]],
) -> Iterator[Difference]:
    """Look a second time, once the queue was counted, where something differs: somebody may have accepted meanwhile."""
    for some in chunks(units):
        for start in range(0, len(some), PIECE):
            piece = some[start : start + PIECE]
            found = differing(piece)
            if found and Dirty.objects.exists():
                refreshing.refresh_all()
                found = differing(piece)
            for key, (stored, computed) in sorted(found.items(), key=lambda item: item[0]):
                yield words.difference(basis, key, stored, computed)


def _sendings(words: _Words) -> Iterator[Difference]:
    """Compute the hash of every sending again, each over the one before it."""
    previous: dict[int, str] = {}
    for sending in (
        ReportVersion.objects.select_related(
            "report__unit", "report__sheet", "report__period", "sheet_version"
        )
        .order_by("report", "number")
        .iterator(chunk_size=500)
    ):
        report = sending.report
        computed = content_hash(
            Content.from_dict(sending.content),
            unit=report.unit.code,
            sheet=report.sheet.code,
            version=sending.sheet_version.number,
            period=report.period.code,
            previous=previous.get(report.pk, ""),
        )
        if computed != sending.digest:
            yield words.difference(
                "sendings",
                (report.unit_id, report.period_id, report.sheet.coverage_id),
                sending.digest,
                computed,
            )
        previous = {report.pk: sending.digest}
