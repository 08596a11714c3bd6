"""Building totals anew: as-is after the tree changed, or everything from the reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from congdoan.organisation.actions.tree import lock as lock_tree
from congdoan.organisation.queries.forest import union_tree
from congdoan.reporting.actions import refreshing
from congdoan.reporting.actions.replacing import remove_totals, replace_totals
from congdoan.reporting.engine.summing import (
    Amount,
    Fact,
    Key,
    contributions_as_is,
    contributions_as_was,
)
from congdoan.reporting.engines import Basis, EngineError, Totals, open_engine
from congdoan.reporting.errors import EngineUnavailableError
from congdoan.reporting.models import Batch, Clock, Counted, Period
from congdoan.reporting.models import Fact as StoredFact
from congdoan.reporting.models.totals import AS_WAS
from congdoan.reporting.queries import maps
from congdoan.reporting.queries.tables import tables_of

T = TypeVar("T")

ATTEMPTS = 3
"""How often sums are made at most; the last time nothing is counted beside."""


def totals_in_python(basis_is_as_was: bool, day: date) -> dict[Key, Amount]:
    """Sum all facts in plain Python: the oracle that the engines and the differences are held against."""
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


def rebuild_as_is(today: date, *, engine: str = "duckdb") -> None:
    """Build the totals as-is for today's tree beside those that are read, then switch."""

    def switch(clock: Clock, version: int, totals: Mapping[Basis, Totals]) -> None:
        old, place = clock.as_is_basis, 1 if clock.as_is_basis == 2 else 2
        replace_totals(place, totals[Basis.AS_IS], clock.epoch)
        clock.as_is_basis, clock.as_is_version, clock.as_is_day = place, version, today
        clock.save()
        remove_totals(old)

    summed(today, engine, (Basis.AS_IS,), switch)


def rebuild_all(today: date, *, engine: str = "duckdb") -> int:
    """Build all totals from the facts of the reports; return the new epoch. What is queued is counted first."""

    def replace(clock: Clock, version: int, totals: Mapping[Basis, Totals]) -> int:
        batch = Batch.objects.create(at=timezone.now(), reports=0)
        replace_totals(AS_WAS, totals[Basis.AS_WAS], batch.pk)
        replace_totals(clock.as_is_basis, totals[Basis.AS_IS], batch.pk)
        clock.epoch, clock.as_is_version, clock.as_is_day = batch.pk, version, today
        clock.save()
        Counted.objects.update(tree_version=version)
        return batch.pk

    refreshing.refresh_all()
    return summed(today, engine, tuple(Basis), replace)


def summed(
    day: date, name: str, bases: Sequence[Basis], use: Callable[[Clock, int, Mapping[Basis, Totals]], T]
) -> T:
    """Sum everything with an engine, then call ``use`` with the clock, the version of the tree and the totals, under the lock.

    Nobody waits while the engine sums: where something was counted meanwhile, the sums are thrown away and made again, the
    last time under the lock. Raises ``EngineUnavailableError``.
    """
    addresses = {"spark": settings.SPARK_MASTER, "clickhouse": settings.CLICKHOUSE_URL}
    for attempt in range(1, ATTEMPTS + 1):
        with ExitStack() as last:
            if attempt == ATTEMPTS:
                last.enter_context(transaction.atomic())
                refreshing.lock()
                lock_tree(union_tree())
            state = _state()
            tables = tables_of(day, state[1])
            try:
                with open_engine(name, tables, address=addresses.get(name, ""), folder=_folder()) as opened:
                    totals = {basis: opened.totals(basis) for basis in bases}
                    with transaction.atomic():
                        clock = refreshing.lock()
                        if _state() == state:
                            return use(clock, state[1], totals)
            except EngineError as error:
                raise EngineUnavailableError(error.name, error.fault, error.detail) from error
    raise AssertionError("under the lock nothing changes")


def _state() -> tuple[int, int, int]:
    """Return what changes with everything that sums depend on: epoch, version of the tree, number of periods."""
    clock = Clock.objects.filter(pk=1).first()
    return (clock.epoch if clock else 0, maps.tree_version(), Period.objects.count())


def _folder() -> Path:
    folder = Path(settings.DATA_DIR) / "scratch"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
