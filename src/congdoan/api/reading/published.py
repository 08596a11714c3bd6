"""Published figures: one of them, and what it is made of."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404

from congdoan.api.asked import Paged
from congdoan.api.reading.figures import HIDDEN, mine, number, source_rows
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries import one_figure
from congdoan.figures.queries import sources as figure_sources
from congdoan.figures.queries.showing import Shown
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.models import ReviewStep
from congdoan.reporting.queries import sources

Row = dict[str, Any]

_NO_REPORTS = (PublishedFigure.Origin.TREE, PublishedFigure.Origin.OUTSIDE, PublishedFigure.Origin.PAPER)


def one(pk: int, capacity: Capacity) -> Row:
    """Return a published figure. Raises ``Http404``."""
    return _row(_told(pk, capacity))


def behind(pk: int, asked: Paged, capacity: Capacity) -> Row:
    """Return a published figure with the reports behind it, for whoever may see them; else with the totals of units, small cells
    hidden; of a closed indicator nothing, and why. Raises ``Http404``."""
    told = _told(pk, capacity)
    figure = told.figure
    chosen = slice(asked.offset, asked.offset + asked.limit)
    if told.may_see_reports and figure.origin not in _NO_REPORTS:
        series = sources.series_of(figure.indicator, figure.cell, figure.end)
        found = sources.sources(figure.unit, figure.indicator, series, figure.start, figure.end, figure.basis)
        seen = mine(capacity)
        parts = sorted(
            (part for part in found.parts if part.unit in seen),
            key=lambda part: (seen[part.unit], part.report),
        )
        rows = source_rows(parts[chosen], figure.indicator, figure.end)
        return {
            "figure": _row(told),
            "by": "report",
            "withheld": None,
            "count": len(parts),
            "items": _with_steps(rows),
        }
    made_of = figure_sources.behind(figure, sees_all=told.may_see_reports)
    units = made_of.units
    return {
        "figure": _row(told),
        "by": "unit",
        "withheld": "closed" if made_of.is_closed else "too_fine" if made_of.is_too_fine else None,
        "count": len(units),
        "items": [_unit(part) for part in units[chosen]],
    }


def _told(pk: int, capacity: Capacity) -> one_figure.Told:
    try:
        return one_figure.told(one_figure.published(pk, capacity), capacity)
    except PublishedFigure.DoesNotExist:
        raise Http404 from None


def _row(told: one_figure.Told) -> Row:
    figure = told.figure
    shown = Shown.frozen(figure)
    replaced = told.replaced_by
    return {
        "id": figure.pk,
        "indicator": figure.indicator.code,
        "indicator_name": str(figure.version or figure.indicator.code),
        "unit": figure.unit.code,
        "unit_name": told.unit.shown_name,  # type: ignore[attr-defined]  # named
        "start": figure.start,
        "end": figure.end,
        "basis": figure.basis,
        "cell": figure.cell,
        "value": number(shown.value),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "low": figure.low,
        "high": figure.high,
        "reported": figure.reported,
        "expected": figure.expected,
        "inapplicable": figure.inapplicable,
        "vintage": figure.vintage,
        "epoch": figure.epoch,
        "as_of": figure.as_of,
        "source": figure.source or None,
        "origin": figure.origin,
        "source_on": figure.source_on,
        "source_document": settings.BASE_URL + figure.source_document.get_absolute_url()
        if figure.source_document and figure.source_document.live
        else None,
        "target": number(shown.target),
        "target_source": figure.target_source or None,
        "tree_version": figure.tree_version,
        "as_is_day": figure.as_is_day,
        "digest": figure.digest,
        "published_at": figure.frozen_at,
        "replaced_by": replaced.pk if replaced else None,
        "url": settings.BASE_URL + figure.get_absolute_url(),
    }


def _unit(part: figure_sources.Part) -> Row:
    return {
        "unit": part.code or None,
        "unit_name": part.name or None,
        "value": number(part.value),
        "numerator": part.numerator,
        "denominator": part.denominator,
        "hidden": HIDDEN.get(part.cover),
        "reported": part.reported,
    }


def _with_steps(rows: list[Row]) -> list[Row]:
    steps: dict[int, list[Row]] = {row["report"]: [] for row in rows}
    for step in ReviewStep.objects.filter(report__in=list(steps)).order_by("pk"):
        steps[step.report_id].append(
            {"kind": step.kind, "at": step.at, "mandate": step.mandate_text, "reason": step.reason or None}
        )
    return [
        row | {"hidden": None, "reported": int(row["value"] is not None), "steps": steps[row["report"]]}
        for row in rows
    ]
