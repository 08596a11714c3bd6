"""A small union that reports, and what must hold of its totals whatever happened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from congdoan.organisation.actions.planting import plant as plant_operations
from congdoan.organisation.engine.operations import Operation
from congdoan.organisation.errors import OrganisationError
from congdoan.organisation.models import Ancestry, Unit, UnitKind
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Role
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.actions.opening import lay_calendars, open_reports
from congdoan.reporting.actions.rebuilding import totals_in_python
from congdoan.reporting.actions.refreshing import lock, refresh_all
from congdoan.reporting.actions.reviewing import accept, correct, return_report, submit
from congdoan.reporting.engine.summing import Amount, Key
from congdoan.reporting.models import (
    Calendar,
    Clock,
    Fact,
    Indicator,
    IndicatorVersion,
    Obligation,
    Period,
    Report,
    Series,
    Sheet,
    Total,
)
from congdoan.reporting.queries import maps
from tests.factories_organisation import acting, plant
from tests.factories_reporting import rate, sheet

START = date(2013, 10, 1)
DAY = timedelta(days=1)
TREE = {
    "VN": ("confederation", "", "VN"),
    "P1": ("provincial_federation", "VN", "P1"),
    "P2": ("provincial_federation", "VN", "P2"),
    "D1": ("district_federation", "P1", "D1"),
    "D2": ("district_federation", "P1", "D2"),
    "D3": ("district_federation", "P2", "D3"),
    **{f"G{n}": ("grassroots_union", f"D{n % 3 + 1}", f"G{n}") for n in range(4)},
}
QUARTERLY = {
    "f": ("flow", "", "Buổi"),
    "s": ("stock", "", "Người"),
    "s|sex=female": ("stock", "sex=female", "Nữ"),
    "a": ("flow", "", "Phải học"),
    "b": ("flow", "", "Đã học"),
}
MONTHLY = {"m": ("flow", "", "Lượt"), "s": ("stock", "", "Người")}


@dataclass(slots=True)
class Union:
    """The small union on a day: who may enter and review everything, and its sheets."""

    today: date
    enter: Capacity
    review: Capacity
    sheets: list[Sheet]
    founded: list[str] = field(default_factory=lambda: list(TREE))

    def advance(self, days: int) -> None:
        """Let days pass; periods and reports come as the daily job makes them."""
        self.today += timedelta(days=days)
        lay_calendars({self.today.year})
        open_reports(self.today)

    def change(self, operation: Operation) -> bool:
        """Carry an operation out; say whether it could be."""
        try:
            plant_operations([operation], on=self.today, note="step")
        except OrganisationError:
            return False
        return True

    def level(self, code: str) -> int:
        """Return the level of a unit by the first letter of its code."""
        return "VPDG".index(code[0])

    def reports(self) -> list[Report]:
        """Return all reports in one order."""
        return list(Report.objects.order_by("pk"))

    def send(self, report: Report, values: Sequence[int | None]) -> None:
        """Fill and send a report, one accepted already as a correction. A value of ``None`` empties its cell, -1 is "n.a."."""
        report.refresh_from_db()
        if report.status == "accepted":
            correct(report.pk, reason="Đếm lại", by=self.enter)
        elif report.status == "submitted":
            return_report(report.pk, reason="Xem lại", by=self.review)
        keys = list(QUARTERLY if report.sheet_id == self.sheets[0].pk else MONTHLY)
        texts = {-1: "x"}
        typed = {
            key: "" if value is None else texts.get(value, str(value))
            for key, value in zip(keys, values, strict=False)
        }
        typed[keys[0]] = typed[keys[0]] or "1"  # a report without any number is not sent
        save_cells(report.pk, typed, by=self.enter)
        submit(report.pk, by=self.enter)

    def accept(self, report: Report) -> None:
        """Accept a report that waits."""
        report.refresh_from_db()
        if report.status == "submitted":
            accept(report.pk, by=self.review)


def union(*, stale_days: int = 370) -> Union:
    """Make the union, with a quarterly sheet of the civil calendar and a monthly one that begins on the 15th."""
    units = plant(TREE, on=START)
    rate("c", "b", "a")
    first = sheet(units["VN"], QUARTERLY, years=range(2013, 2014), until=None)
    calendar = Calendar.objects.create(code="mid", name="Mười lăm", name_en="Mid", start_day=15)
    second = sheet(
        units["VN"], MONTHLY, code="monthly", period_type="month", years=range(2013, 2014), until=None
    )
    Sheet.objects.filter(pk=second.pk).update(calendar=calendar)
    second.refresh_from_db()
    lay_calendars([2013])
    for made in (first, second):
        Obligation.objects.create(
            sheet=made,
            top=units["VN"],
            kind=UnitKind.objects.get(code="district_federation"),
            valid_from=START,
        )
    IndicatorVersion.objects.filter(indicator__code="s").update(stale_days=stale_days)
    made = Union(START, acting(Role.CHAIR, units["VN"]), acting(Role.LEADER, units["VN"]), [first, second])
    made.advance(0)
    return made


def stored(basis: int) -> dict[Key, Amount]:
    """Return the totals of a basis as they stand."""
    return {
        Key(total.unit_id, total.period_id, total.series_id): Amount(
            total.value, total.reported, total.inapplicable
        )
        for total in Total.objects.filter(basis=basis)
    }


def build_as_is(today: date) -> None:
    """Build the totals as-is in plain Python: in a property, an engine would be started hundreds of times."""
    with transaction.atomic():
        clock = lock()
        Total.objects.filter(basis__gt=0).delete()
        place = 3 - clock.as_is_basis
        Total.objects.bulk_create(
            Total(
                basis=place,
                unit_id=key.node,
                period_id=key.period,
                series_id=key.series,
                value=amount.value,
                reported=amount.reported,
                inapplicable=amount.inapplicable,
                epoch=clock.epoch,
            )
            for key, amount in said(totals_in_python(False, today)).items()
        )
        clock.as_is_basis, clock.as_is_version, clock.as_is_day = place, maps.tree_version(), today
        clock.save()


def said(amounts: dict[Key, Amount]) -> dict[Key, Amount]:
    """Leave out what nobody said anything about: it has no row."""
    return {key: amount for key, amount in amounts.items() if amount.reported or amount.inapplicable}


def check_totals(today: date) -> None:
    """Count what is queued; then incremental = rebuild, for both bases, and every fact is that of an accepted report."""
    refresh_all()
    assert stored(0) == said(totals_in_python(True, today))
    clock = Clock.objects.get()
    if clock.as_is_version == maps.tree_version() and clock.as_is_day:
        assert stored(clock.as_is_basis) == said(totals_in_python(False, clock.as_is_day))
    assert facts() == facts_of_reports()


def check_bases(today: date) -> None:
    """At the head of the tree both bases tell the same; no unit counts twice; what nobody said has no row."""
    build_as_is(today)
    root = Unit.objects.get(code="VN").pk
    as_was, as_is = stored(0), stored(Clock.objects.get().as_is_basis)
    assert {key: amount for key, amount in as_was.items() if key.node == root} == {
        key: amount for key, amount in as_is.items() if key.node == root
    }
    expected = expected_reports()
    coverage = set(Sheet.objects.values_list("coverage", flat=True))
    for key, amount in [*as_was.items(), *as_is.items()]:
        assert amount.reported + amount.inapplicable > 0
        if key.series in coverage:
            owed = expected[key.series, key.period]
            assert amount.reported + amount.inapplicable <= owed
            assert key.node != root or amount.reported + amount.inapplicable == owed
    spoken = set(Fact.objects.values_list("series", flat=True))
    assert {key.series for key in [*as_was, *as_is]} <= spoken


def expected_reports() -> dict[tuple[int, int], int]:
    """Return how many reports there are, by (coverage series, period of any length)."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    parents = maps.calendar().parents
    for period, cover in Report.objects.values_list("period", "sheet__coverage"):
        for one in (period, *parents[period]):
            found[cover, one] += 1
    return found


def facts() -> dict[tuple[int, int, int], int | None]:
    """Return what counts."""
    return {
        (unit, period, one): value
        for unit, period, one, value in Fact.objects.values_list("unit", "period", "series", "value")
    }


def facts_of_reports() -> dict[tuple[int, int, int], int | None]:
    """Return what must count, read from the accepted sendings themselves."""
    ids = dict(Series.objects.values_list("key", "pk"))
    found: dict[tuple[int, int, int], int | None] = {}
    for report in Report.objects.select_related("accepted", "sheet"):
        at = (report.unit_id, report.period_id)
        found[*at, report.sheet.coverage_id] = None if report.accepted is None else 1
        if report.accepted is None:
            continue
        values = report.accepted.content["values"]
        found |= {(*at, ids[key]): value for key, value in values.items()}
        if values.get("a") is not None and values.get("b") is not None:
            found[*at, ids["c#den"]], found[*at, ids["c#num"]] = values["a"], values["b"]
    return found


def naive_as_was() -> dict[Key, Amount]:
    """Work the totals as-was out from their definition, one figure after the other, without the product's arithmetic."""
    life: dict[int, list[tuple[date, date]]] = defaultdict(list)
    above: dict[int, list[tuple[int, date, date]]] = defaultdict(list)
    for unit, ancestor, depth, start, end in Ancestry.objects.filter(end_version=None).values_list(
        "unit", "ancestor", "depth", "valid_from", "valid_to"
    ):
        above[unit].append((ancestor, start, end or date.max))
        if depth == 0:
            life[unit].append((start, end or date.max))
    nodes = set(Ancestry.objects.filter(depth__gt=0).values_list("ancestor", flat=True))
    periods = {period.pk: period for period in Period.objects.all()}
    stocks = set(Series.objects.filter(indicator__kind=Indicator.Kind.STOCK).values_list("pk", flat=True))
    limit = dict(Series.objects.filter(pk__in=stocks).values_list("pk", "indicator__versions__stale_days"))
    found: dict[Key, Amount] = defaultdict(Amount)

    def alive(unit: int, day: date) -> bool:
        return any(start <= day < end for start, end in life[unit])

    def give(unit: int, day: date, period: int, one: int, value: int | None) -> None:
        for ancestor, start, end in above[unit]:
            if start <= day < end and alive(unit, day) and (ancestor != unit or unit in nodes):
                found[Key(ancestor, period, one)].add(value)

    known = facts()
    for (unit, at, one), value in known.items():
        if one in stocks:
            continue
        last = periods[at].end - DAY
        while not alive(unit, last) and last > START:
            last -= DAY
        for period in periods.values():
            if _within(periods[at], period):
                give(unit, last, period.pk, one, value)
    for unit, one in {(unit, one) for unit, _at, one in known if one in stocks}:
        for period in periods.values():
            before = [
                at
                for about, at, of in known
                if (about, of) == (unit, one) and _chain(periods[at]) == _chain(period)
                if periods[at].end <= period.end
            ]
            last_at = max(before, key=lambda at: periods[at].end, default=None)
            if last_at and (period.end - periods[last_at].end).days <= limit[one]:
                give(unit, period.end - DAY, period.pk, one, known[unit, last_at, one])
    return dict(found)


def _chain(period: Period) -> tuple[int, str]:
    return period.calendar_id, period.type


def _within(period: Period, other: Period) -> bool:
    if period.pk == other.pk:
        return True
    return (
        other.type != "nine_months"
        and period.calendar_id == other.calendar_id
        and other.start <= period.start
        and period.end <= other.end
    )


def differing(one: Iterable[Key], other: Iterable[Key]) -> set[Key]:
    """Return the keys that only one of two has; for messages."""
    return set(one) ^ set(other)
