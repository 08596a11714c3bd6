"""How complete the reports of a level are, and which indicators somebody may look at there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from django.db.models import Case, Exists, Max, OuterRef, Q, QuerySet, When

from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.units import below, coded, named
from congdoan.organisation.queries.units import search as search_units
from congdoan.organisation.rights import Right
from congdoan.reporting.errors import WindowCutsPeriodError
from congdoan.reporting.models import (
    Batch,
    Breakdown,
    Calendar,
    Category,
    Clock,
    Indicator,
    IndicatorVersion,
    Line,
    Period,
    Report,
    Series,
    Sheet,
    Target,
    Total,
)
from congdoan.reporting.models.reports import OWED_UNTIL
from congdoan.reporting.models.totals import AS_WAS
from congdoan.reporting.queries.grids import summed
from congdoan.reporting.queries.reports import to_enter, to_review
from congdoan.reporting.queries.scope import units_seen

SENSITIVE = (Right.REVIEW_REPORTS, Right.SIGN_REPORTS, Right.CONFIGURE_REPORTS)
"""Who has one of these rights sees sensitive indicators too."""
STILL_LOOKED_AT = timedelta(days=60)
"""For so long a report that is late is still asked for."""


def unit_seen(capacity: Capacity, code: str) -> Unit | None:
    """Return the named unit with this code if the capacity may see its totals; without a code its own."""
    units = named(units_seen(capacity), capacity.on)
    if code.strip():
        return units.filter(coded(code)).first()
    return units.filter(pk=capacity.unit.pk).first() if capacity.unit else None


def find_unit(capacity: Capacity, text: str) -> list[Unit]:
    """Return the units in sight that a code or some words mean."""
    exact = unit_seen(capacity, text) if text.strip() else None
    return [exact] if exact else list(search_units(text, capacity.on, units=units_seen(capacity))[:9])


def indicators_seen(capacity: Capacity) -> QuerySet[Indicator]:
    """Return the indicators that the capacity may look at: all but those that only count reports, and the sensitive ones."""
    found = Indicator.objects.exclude(
        pk__in=Sheet.objects.filter(coverage__isnull=False).values("coverage__indicator")
    )
    if not any(capacity.may(right) for right in SENSITIVE):
        found = found.filter(is_sensitive=False)
    return found.order_by("sort_order", "code")


def meanings(indicators: Collection[int], day: date) -> dict[int, IndicatorVersion]:
    """Return what each indicator (by id) means on a day: its version then, else its first."""
    found: dict[int, IndicatorVersion] = {}
    for version in IndicatorVersion.objects.filter(indicator__in=indicators).order_by("number"):
        if version.valid_from <= day or version.indicator_id not in found:
            found[version.indicator_id] = version
    return found


def cells_of(indicators: Collection[int], breakdown: str) -> dict[int, list[tuple[str, str]]]:
    """Return, for each indicator, the cells (cell, name) that a breakdown cuts it into, in order."""
    categories = {
        f"{breakdown}={one.code}": str(one) for one in Category.objects.filter(breakdown__code=breakdown)
    }
    order = list(categories)
    found: dict[int, list[tuple[str, str]]] = {}
    for indicator, cell in Series.objects.filter(
        indicator__in=indicators, cell__in=categories, part=Series.Part.VALUE
    ).values_list("indicator", "cell"):
        found.setdefault(indicator, []).append((cell, categories[cell]))
    for cells in found.values():
        cells.sort(key=lambda one: order.index(one[0]))
    return found


def breakdowns() -> list[Breakdown]:
    """Return the ways in which some indicator is cut."""
    return list(Breakdown.objects.filter(categories__series__isnull=False).distinct())


def words_of_cell(cell: str) -> str:
    """Return a cell in words: "Nữ"; "" for the whole."""
    if not cell:
        return ""
    names = {
        f"{one.breakdown.code}={one.code}": str(one)
        for one in Category.objects.filter(
            code__in=[part.partition("=")[2] for part in cell.split("&")]
        ).select_related("breakdown")
    }
    return ", ".join(names.get(part, part) for part in cell.split("&"))


def sheets_owed(unit: Unit) -> list[Sheet]:
    """Return the sheets of which a unit, or units below it, have something to report."""
    covers = Total.objects.filter(basis=AS_WAS, unit=unit, series=OuterRef("coverage"))
    own = Report.objects.filter(unit=unit, sheet=OuterRef("pk"))
    return list(Sheet.objects.filter(Exists(covers) | Exists(own)).select_related("calendar"))


class Pressing(IntEnum):
    """Why somebody looks at a sheet, the strongest reason last."""

    NOTHING = 0
    OWED_BELOW = 1
    WAITS = 2


def to_do(capacity: Capacity, unit: Unit) -> dict[int, Pressing]:
    """Return, by sheet, what there is to do at a unit and below for this person, in one query: reports to review or to
    fill; or that units below owe. What was owed long ago and never came is no reason to look."""
    status = Report.Status
    since = capacity.on - STILL_LOOKED_AT
    open_now = Q(status__in=Report.UNFINISHED, owed__gte=since, period__start__lte=capacity.on)
    review = Q(pk__in=to_review(capacity).order_by().values("pk"))
    enter = Q(pk__in=to_enter(capacity).order_by().values("pk"))
    mine = (Q(status=status.SUBMITTED) & review) | (open_now & enter)
    rows = (
        Report.objects.filter(unit__in=below(unit, capacity.on).values("pk"))
        .annotate(owed=OWED_UNTIL)
        .filter(mine | (open_now & review))
        .order_by()
        .values_list("sheet")
        .annotate(waits=Max(Case(When(mine, then=Pressing.WAITS), default=Pressing.OWED_BELOW)))
    )
    return {sheet: Pressing(waits) for sheet, waits in rows}


def periods_owed(sheet: Sheet, today: date, most: int) -> list[Period]:
    """Return the newest periods for which reports are owed on a sheet, the oldest of them first."""
    owed = Report.objects.filter(period=OuterRef("pk"), sheet=sheet)
    periods = Period.objects.filter(
        Exists(owed), calendar=sheet.calendar_id, type=sheet.period_type, start__lte=today
    ).order_by("-start")
    return list(periods[:most])[::-1]


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit in one period: how many reports count, of how many; the unit's own report where it is only one."""

    accepted: int = 0
    expected: int = 0
    report: Report | None = None


def standings(
    units: Sequence[Unit], sheet: Sheet, periods: Sequence[Period]
) -> dict[tuple[int, int], Standing]:
    """Return how far each unit (with all below it) is in each period, from totals; of a single unit from its report."""
    ids = [unit.pk for unit in units]
    above = summed(ids)
    found: dict[tuple[int, int], Standing] = {}
    for unit, period, accepted, waiting in Total.objects.filter(
        basis=AS_WAS, unit__in=above, period__in=periods, series=sheet.coverage_id
    ).values_list("unit", "period", "reported", "inapplicable"):
        found[unit, period] = Standing(accepted, accepted + waiting)
    single = [pk for pk in ids if pk not in set(above)]
    for report in Report.objects.filter(unit__in=single, sheet=sheet, period__in=periods):
        found[report.unit_id, report.period_id] = Standing(int(report.accepted_id is not None), 1, report)
    return found


def key_indicators(capacity: Capacity, unit: Unit, sheet: Sheet, most: int) -> list[Indicator]:
    """Return what a level looks at first: indicators with a target, rates, then the others of a sheet, in their order."""
    lines = Line.objects.filter(
        section__version__sheet=sheet, section__version__published_at__isnull=False, series__cell=""
    )
    series = set(lines.values_list("series", flat=True))
    aimed = set(Target.objects.filter(unit=unit).values_list("series__indicator", flat=True))
    rates = set(IndicatorVersion.objects.filter(numerator__in=series).values_list("indicator", flat=True))
    on_sheet = set(Series.objects.filter(pk__in=series).values_list("indicator", flat=True)) | rates
    found = list(indicators_seen(capacity).filter(pk__in=on_sheet))
    found.sort(key=lambda one: (one.pk not in aimed, one.pk not in rates))
    return found[:most]


def targets(unit: Unit, indicators: Collection[int]) -> list[Target]:
    """Return the targets of a unit for some indicators, the newest first."""
    return list(
        Target.objects.filter(unit=unit, series__indicator__in=indicators, series__cell="")
        .select_related("series")
        .order_by("-end")
    )


def newest_batch() -> Batch | None:
    """Return the refresh that the totals stand at."""
    clock = Clock.objects.filter(pk=1).first()
    return Batch.objects.filter(pk=clock.epoch).first() if clock else None


def periods_until(calendar: int, kind: str, last: Period, most: int) -> list[Period]:
    """Return the last periods of a kind, the oldest first, up to the one that holds the end of ``last``."""
    periods = Period.objects.filter(calendar=calendar, type=kind, start__lt=last.end).order_by("-start")
    return list(periods[:most])[::-1]


def split(
    indicators: Collection[Indicator], start: date, end: date, kind: str
) -> list[tuple[date, date, str]]:
    """Cut [start, end], both inside, into the periods of a kind: first day, last day, words.

    Periods are those of the calendar in which the first of the indicators is reported. Raises ``WindowCutsPeriodError`` when
    the window is not made of whole ones.
    """
    ids = [one.rate_id or one.pk for one in indicators]
    parts = IndicatorVersion.objects.filter(indicator__in=ids).values("numerator")
    sheets = Sheet.objects.filter(
        pk__in=Line.objects.filter(Q(series__indicator__in=ids) | Q(series__in=parts)).values(
            "section__version__sheet"
        )
    )
    calendar = sheets.order_by("pk").values_list("calendar", flat=True).first()
    if calendar is None:
        calendar = Calendar.objects.order_by("pk").values_list("pk", flat=True).first()
    periods = list(
        Period.objects.filter(
            calendar=calendar, type=kind, start__gte=start, end__lte=end + timedelta(days=1)
        ).order_by("start")
    )
    edges = [start, *(one.end for one in periods)]
    if not periods or [one.start for one in periods] != edges[:-1] or edges[-1] != end + timedelta(days=1):
        raise WindowCutsPeriodError(start, end)
    return [(one.start, one.end - timedelta(days=1), one.words) for one in periods]


def usual_window(today: date) -> tuple[date, date]:
    """Return the year that ends with the newest quarter of which something counts: what the explorer begins with."""
    counted = Report.objects.filter(accepted__isnull=False, period__type=Period.Type.QUARTER)
    newest = counted.order_by("-period__end").values_list("period__end", flat=True).first()
    end = newest or date(today.year, 1, 1)
    return date(end.year - 1, end.month, 1), end - timedelta(days=1)
