"""What everybody may look up: public indicators, and the newest figures of the federation that reports here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from congdoan import vntext
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.units import named
from congdoan.reporting.models import (
    Indicator,
    IndicatorVersion,
    Line,
    Obligation,
    Period,
    Series,
    Sheet,
    Total,
)
from congdoan.reporting.models.totals import AS_WAS
from congdoan.reporting.queries import gaps
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.grids import Grid, Window
from congdoan.reporting.queries.overview import meanings

DAY = timedelta(days=1)
TAG = "figures"
"""What kept pages of public figures depend on: totals, and the catalogue that says what is public."""
TOTALS = "totals"
"""What pages depend on that show totals as they are now, whatever the catalogue says."""
UNREPORTED = (Indicator.Kind.TREE, Indicator.Kind.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A public indicator with what it means today and its newest figure."""

    indicator: Indicator
    meaning: IndicatorVersion | None
    figure: Figure | None


def subject(today: date) -> Unit | None:
    """Return the unit whose figures are shown: the one in whose reach most units owe a sheet."""
    tops = Obligation.objects.select_related("top__kind").order_by("top__kind__level", "pk")
    top = tops.values_list("top", flat=True).first()
    return named(Unit.objects.filter(pk=top), today).first() if top else None


def indicators(text: str, today: date) -> list[tuple[Indicator, IndicatorVersion | None]]:
    """Return the public indicators whose name, topic or code has every word of ``text``, diacritics or not."""
    found = list(Indicator.objects.filter(is_public=True, is_sensitive=False).order_by("sort_order", "code"))
    known = meanings([one.pk for one in found], today)
    words = vntext.fold(text).split()

    def said(one: Indicator) -> str:
        meaning = known.get(one.pk)
        names = [meaning.name, meaning.name_en] if meaning else []
        return vntext.fold(" ".join([one.code, one.topic, one.topic_en, *names]))

    return [(one, known.get(one.pk)) for one in found if all(word in said(one) for word in words)]


def indicator(code: str) -> Indicator:
    """Return a public indicator. Raises ``Indicator.DoesNotExist``."""
    return Indicator.objects.get(code=code, is_public=True, is_sensitive=False)


def newest(unit: Unit, found: list[tuple[Indicator, IndicatorVersion | None]], today: date) -> list[Shown]:
    """Return each indicator with its newest figure: of the last period that ended and for which somebody's report counts."""
    last = _last_periods(unit, today)
    rhythm = _rhythms(found, today)
    terms = _terms(unit, found, rhythm, last)
    windows: list[Window] = sorted({*last.values(), *terms.values(), (today, today)})
    figures = Grid(
        [unit], [(one, "") for one, _meaning in found], windows, lenient=True, today=today
    ).figures()
    shown = []
    for one, meaning in found:
        ends = [last[sheet] for sheet in rhythm.get(one.pk, ()) if sheet in last]
        if one.kind in UNREPORTED:
            ends = [(today, today)]
        if one.pk in terms:
            ends = [terms[one.pk]]
        at = windows.index(max(ends, key=lambda window: window[1])) if ends else None
        shown.append(Shown(one, meaning, None if at is None else figures[unit.pk, at].get((one.code, ""))))
    return shown


def trend(
    unit: Unit, one: Indicator, meaning: IndicatorVersion | None, today: date
) -> list[tuple[Period, Figure]]:
    """Return the figures of the last dozen periods of an indicator, the oldest first."""
    last = _last_periods(unit, today)
    sheets = [sheet for sheet in _rhythms([(one, meaning)], today).get(one.pk, ()) if sheet in last]
    if not sheets:
        return []
    sheet = max(sheets, key=lambda pk: last[pk][1])
    owner = Sheet.objects.get(pk=sheet)
    periods = list(
        Period.objects.filter(
            calendar=owner.calendar_id, type=owner.period_type, end__lte=last[sheet][1] + DAY
        ).order_by("-end")[:12]
    )[::-1]
    windows = [(period.start, period.end - DAY) for period in periods]
    figures = Grid([unit], [(one, "")], windows, lenient=True, today=today).figures()
    found = [(period, figures[unit.pk, at][one.code, ""]) for at, period in enumerate(periods)]
    begun = next((at for at, (_period, figure) in enumerate(found) if figure.value is not None), len(found))
    return found[begun:]


def _last_periods(unit: Unit, today: date) -> dict[int, Window]:
    """Return, for each sheet, the last period that has ended and for which a report counts."""
    sheets = {sheet.coverage_id: sheet for sheet in Sheet.objects.all()}
    rows = Total.objects.filter(
        basis=AS_WAS, unit=unit, series__in=list(sheets), reported__gt=0, period__end__lte=today
    ).order_by("period__end")
    found: dict[int, Window] = {}
    for series, kind, start, end in rows.values_list(
        "series", "period__type", "period__start", "period__end"
    ):
        if kind == sheets[series].period_type:
            found[sheets[series].pk] = (start, end - DAY)
    return found


def _terms(
    unit: Unit,
    found: list[tuple[Indicator, IndicatorVersion | None]],
    rhythm: dict[int, set[int]],
    last: dict[int, Window],
) -> dict[int, Window]:
    """Return, for each gap, the days of the newest target of its rate: a gap is known for what was aimed at."""
    compared = {one.pk: one.rate_id for one, _meaning in found if one.rate_id}
    known = gaps.aims([unit.pk], set(compared.values()))
    terms = {}
    for pk, rate in compared.items():
        ends = [last[sheet][1] for sheet in rhythm.get(pk, ()) if sheet in last]
        window = gaps.newest_window(known.get((unit.pk, rate), ()), max(ends)) if ends else None
        if window:
            terms[pk] = window
    return terms


def _rhythms(found: list[tuple[Indicator, IndicatorVersion | None]], today: date) -> dict[int, set[int]]:
    """Return the sheets that ask for each indicator; for a rate those that ask for what it divides, for a gap its rate's."""
    rates = [one.rate_id for one, _meaning in found if one.rate_id]
    of_rates = meanings(rates, today) if rates else {}
    found = [(one, of_rates.get(one.rate_id) if one.rate_id else meaning) for one, meaning in found]
    owners: dict[int, list[int]] = {}
    divided = dict(
        Series.objects.filter(
            pk__in=[meaning.numerator_id for _one, meaning in found if meaning]
        ).values_list("pk", "indicator")
    )
    for one, meaning in found:
        typed = divided.get(meaning.numerator_id or 0, one.pk) if meaning else one.pk
        owners.setdefault(typed, []).append(one.pk)
    asked: dict[int, set[int]] = {}
    lines = Line.objects.filter(
        series__indicator__in=list(owners), section__version__published_at__isnull=False
    ).values_list("series__indicator", "section__version__sheet")
    for typed, sheet in lines.distinct():
        for pk in owners[typed]:
            asked.setdefault(pk, set()).add(sheet)
    return asked
