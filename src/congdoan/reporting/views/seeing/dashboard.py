"""The dashboard of a level: who has reported, and the figures that it looks at first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.units import children
from congdoan.reporting.engine.periods import TILING, PeriodType
from congdoan.reporting.models import Indicator, IndicatorVersion, Period, Sheet, Target
from congdoan.reporting.queries import overview
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.grids import Grid
from congdoan.reporting.queries.reports import to_review
from congdoan.reporting.queries.scope import SEEING
from congdoan.reporting.views.seeing import words
from congdoan.reporting.views.seeing.links import explorer_url, sources_url
from congdoan.ui.charts import trend
from congdoan.ui.templatetags.ui import vi_number

PERIODS = 8
QUARTERS = 8
INDICATORS = 8
PER_PAGE = 40
DAY = timedelta(days=1)


def unit_or_404(capacity: Capacity, request: HttpRequest) -> Unit:
    """Return the unit that the address names, or that of the capacity; one out of sight is not there."""
    unit = overview.unit_seen(capacity, request.GET.get("don-vi", ""))
    if unit is None:
        raise Http404
    return unit


@require_safe
@requires(*SEEING)
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show how complete the reports below a unit are, and its key figures with trend and target."""
    capacity = capacity_of(request)
    text = request.GET.get("don-vi", "")
    if text and overview.unit_seen(capacity, text) is None:
        return _choice(request, capacity, text)
    unit = unit_or_404(capacity, request)
    sheets = overview.sheets_owed(unit)
    asked = request.GET.get("bieu-mau", "")
    context: dict[str, Any] = {"unit": unit, "as_of": words.as_of(overview.newest_batch())}
    sheet = next((one for one in sheets if one.code == asked), None) or _liveliest(capacity, unit, sheets)
    if sheet is not None:
        periods = overview.periods_owed(sheet, capacity.on, PERIODS)
        page: Page[Any] = Paginator(children(unit, capacity.on), PER_PAGE).get_page(request.GET.get("trang"))
        context |= {
            "sheet": sheet,
            "tabs": [
                {
                    "label": str(one),
                    "url": "?" + urlencode({"don-vi": unit.code, "bieu-mau": one.code}),
                    "is_current": one == sheet,
                }
                for one in sheets
            ],
            "page": page,
            "periods": periods,
            "matrix": _matrix(capacity, unit, list(page), sheet, periods),
            "cards": _cards(capacity, unit, sheet, periods),
            "summary_url": _summary_url(unit, sheet, periods),
        }
    return render(request, "reporting/seeing/dashboard.html", context)


def _choice(request: HttpRequest, capacity: Capacity, text: str) -> HttpResponse:
    """What was typed is no code: lead to the unit that it names, or let the reader choose among several."""
    found = overview.find_unit(capacity, text)
    if not found:
        raise Http404
    links = [
        {"title": one.shown_name, "code": one.code, "url": "?" + urlencode({"don-vi": one.code})}  # type: ignore[attr-defined]  # named
        for one in found
    ]
    if len(links) == 1:
        return redirect(f"{reverse('reporting:dashboard')}{links[0]['url']}")
    return render(request, "reporting/seeing/choice.html", {"links": links, "text": text})


def _liveliest(capacity: Capacity, unit: Unit, sheets: list[Sheet]) -> Sheet | None:
    """Return the sheet to begin with: one that waits for this person, else one that units below owe now, else one of which
    something counts already; the newest period first."""
    best: tuple[overview.Pressing, bool, date] | None = None
    chosen = None
    to_do = overview.to_do(capacity, unit) if len(sheets) > 1 else {}
    for sheet in sheets:
        periods = overview.periods_owed(sheet, capacity.on, PERIODS)
        standing = overview.standings([unit], sheet, periods)
        counts = any(one.accepted for one in standing.values())
        rank = (
            to_do.get(sheet.pk, overview.Pressing.NOTHING),
            counts,
            periods[-1].start if periods else date.min,
        )
        if best is None or rank > best:
            best, chosen = rank, sheet
    return chosen


def _summary_url(unit: Unit, sheet: Sheet, periods: list[Period]) -> str:
    asked = {"don-vi": unit.code, "bieu-mau": sheet.code}
    if periods:
        asked["ky"] = str(periods[-1].pk)
    return f"{reverse('reporting:summary')}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One unit in one period, in words with a look and a way on."""

    text: str
    look: str
    icon: str
    url: str = ""


def _matrix(
    capacity: Capacity, unit: Unit, below: list[Unit], sheet: Sheet, periods: list[Period]
) -> list[dict[str, Any]]:
    units = [unit, *below]
    standing = overview.standings(units, sheet, periods)
    reports = [one.report.pk for one in standing.values() if one.report]
    readable = (
        set(to_review(capacity).filter(pk__in=reports).values_list("pk", flat=True)) if reports else set()
    )
    rows = []
    for one in units:
        url = "?" + urlencode({"don-vi": one.code, "bieu-mau": sheet.code})
        rows.append(
            {
                "name": _("Cả đơn vị") if one is unit and below else one.shown_name,  # type: ignore[attr-defined]  # named
                "code": one.code,
                "url": "" if one is unit else url,
                "is_whole": one is unit and bool(below),
                "cells": [
                    _cell(standing.get((one.pk, period.pk)), readable, url, capacity.on) for period in periods
                ],
            }
        )
    return rows


def _cell(
    standing: overview.Standing | None, readable: set[int], unit_url: str, today: date
) -> MatrixCell | None:
    if standing is None or not standing.expected:
        return None
    if standing.report is None:
        text = f"{vi_number(standing.accepted)}/{vi_number(standing.expected)}"
        if standing.accepted >= standing.expected:
            return MatrixCell(text, "done", "check-circle", unit_url)
        look = "some" if standing.accepted else "none"
        return MatrixCell(text, look, "half" if standing.accepted else "minus", unit_url)
    report = standing.report
    url = reverse("reporting:review", args=[report.pk]) if report.pk in readable else ""
    label = str(report.get_status_display())
    if report.status == "accepted":
        return MatrixCell(label, "done", "check-circle", url)
    if report.status == "submitted":
        return MatrixCell(label, "some", "clock", url)
    if report.owed_until < today:
        return MatrixCell(_("quá hạn"), "late", "warning", url)
    return MatrixCell(label, "open", "minus", url)


def _cards(capacity: Capacity, unit: Unit, sheet: Sheet, periods: list[Period]) -> list[dict[str, Any]]:
    """Key figures of the newest quarter (or longer period of the sheet) of which something counts, with their trend."""
    indicators = overview.key_indicators(capacity, unit, sheet, INDICATORS)
    if not indicators or not periods:
        return []
    meanings = overview.meanings([one.pk for one in indicators], capacity.on)
    windows, labels = _windows(unit, sheet, periods)
    aims: dict[int, Target] = {}
    for target in overview.targets(unit, [one.pk for one in indicators]):
        if target.start <= windows[-1][1]:
            aims.setdefault(target.series.indicator_id, target)
    spans = sorted({(one.start, one.end - DAY) for one in aims.values()})
    wanted = [(one, "") for one in indicators]
    figures = Grid([unit], wanted, [*windows, *spans], lenient=True, today=capacity.on).figures()
    cards = []
    for indicator in indicators:
        run = [figures[unit.pk, at].get((indicator.code, "")) for at in range(len(windows))]
        card = _card(indicator, meanings.get(indicator.pk), run, labels)
        aim = aims.get(indicator.pk)
        if aim is not None:
            at = len(windows) + spans.index((aim.start, aim.end - DAY))
            card |= _aim(aim, figures[unit.pk, at].get((indicator.code, "")))
        card["url"] = explorer_url(indicator, unit.code, windows[0][0], windows[-1][1], _rhythm(sheet))
        cards.append(card)
    return cards


def _rhythm(sheet: Sheet) -> str:
    """Trends run by quarter, or by the sheet's own period where that is longer."""
    kind = PeriodType(sheet.period_type)
    return (
        kind
        if kind in TILING and TILING.index(kind) < TILING.index(PeriodType.QUARTER)
        else PeriodType.QUARTER
    )


def _windows(unit: Unit, sheet: Sheet, periods: list[Period]) -> tuple[list[tuple[date, date]], list[str]]:
    """Return the last eight quarters that end with the newest of which something counts, and their words."""
    standing = overview.standings([unit], sheet, periods)
    counting = [one for one in periods if getattr(standing.get((unit.pk, one.pk)), "accepted", 0)]
    last = (counting or periods)[-1]
    found = overview.periods_until(sheet.calendar_id, _rhythm(sheet), last, QUARTERS)
    return [(one.start, one.end - DAY) for one in found], [one.words for one in found]


def _card(
    indicator: Indicator, meaning: IndicatorVersion | None, run: list[Figure | None], labels: list[str]
) -> dict[str, Any]:
    newest = run[-1]
    values = [float(one.value) if one and one.value is not None else None for one in run]
    texts = [
        f"{label}: {words.value_of(one) or _('chưa có')}" for label, one in zip(labels, run, strict=True)
    ]
    return {
        "title": str(meaning or indicator.code),
        "id": f"xu-huong-{indicator.pk}",
        "value": words.value_of(newest),
        "unit": words.unit_words(indicator, meaning),
        "period": labels[-1],
        "coverage": words.coverage(newest),
        "vintage": words.vintage(newest) if newest and newest.value is not None else "",
        "sources_url": sources_url(newest),
        "chart": trend.spark(values) if sum(value is not None for value in values) > 1 else None,
        "trend_words": "; ".join(texts),
    }


def _aim(target: Target, figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {}
    result = words.against(target, figure)
    return {
        "goal": words.goal(target, figure.indicator),
        "goal_source": target.source,
        "goal_window": (target.start, target.end - DAY),
        "goal_value": words.value_of(figure),
        "goal_words": result["words"] if result else "",
        "goal_met": bool(result and result["is_met"]),
    }
