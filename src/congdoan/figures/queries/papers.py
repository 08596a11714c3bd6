"""Figures of years that no report in the system tells of: entered from a document, and open about it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from congdoan.figures.engine.specs import Asked
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries import openness
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import within
from congdoan.organisation.rights import Right

PAPER = PublishedFigure.Origin.PAPER


def papers(wanted: Iterable[Asked]) -> dict[Asked, PublishedFigure]:
    """Return the newest paper figure for each figure that is asked for exactly so and may be published, in one query."""
    asked = list(wanted)
    if not asked:
        return {}
    rows = PublishedFigure.objects.filter(
        origin=PAPER,
        indicator__code__in={one.indicator for one in asked},
        unit__code__in={one.unit for one in asked},
    ).select_related("indicator", "version", "unit__kind")
    known = {
        (row.indicator.code, row.cell, row.unit.code, row.start, row.end): row
        for row in rows.order_by("pk")
        if openness.may_publish(row.indicator, row.unit.kind.level, row.cell)
    }
    found = {
        one: known.get((one.indicator, one.cell, one.unit, one.window.start, one.window.end)) for one in asked
    }
    return {one: row for one, row in found.items() if row is not None}


def entered(capacity: Capacity) -> QuerySet[PublishedFigure]:
    """Return the paper figures of units for which somebody sets up reports, the newest first."""
    return (
        PublishedFigure.objects.filter(within(capacity, Right.CONFIGURE_REPORTS), origin=PAPER)
        .select_related("indicator", "version", "unit", "source_document")
        .order_by("-pk")
    )
