"""Entering figures from paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from congdoan.audit import actions as audit
from congdoan.documents.models import Document
from congdoan.figures.actions.freezing import digest_of
from congdoan.figures.models import PublishedFigure
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.models import Indicator, IndicatorVersion
from congdoan.reporting.queries.overview import meanings


@dataclass(frozen=True, slots=True)
class PaperFigure:
    """A figure as a document states it. ``value`` is scaled; ``end`` is inside."""

    indicator: Indicator
    unit: Unit
    start: date
    end: date
    value: int
    source: str
    source_on: date | None = None
    document: Document | None = None
    cell: str = ""


@transaction.atomic
def enter(paper: PaperFigure, *, by: Capacity) -> PublishedFigure:
    """Keep a figure that has no reports behind it, with where it was printed. The same twice is one.

    A figure is never changed: a slip is put right by entering it anew; the newest is used.
    """
    version: IndicatorVersion | None = meanings([paper.indicator.pk], paper.end).get(paper.indicator.pk)
    made = PublishedFigure(
        indicator=paper.indicator,
        version=version,
        unit=paper.unit,
        cell=paper.cell,
        start=paper.start,
        end=paper.end,
        value=paper.value,
        decimals=paper.indicator.places,
        vintage=PublishedFigure.Vintage.FINAL,
        origin=PublishedFigure.Origin.PAPER,
        source=paper.source,
        source_on=paper.source_on,
        source_document=paper.document,
        frozen_by_text=str(by.actor or ""),
    )
    made.digest = digest_of(made)
    known = PublishedFigure.objects.filter(digest=made.digest).first()
    if known is not None:
        return known
    made.save()
    audit.record(
        "paper_figure.entered", made, actor=by.actor, after={"value": made.value, "source": made.source}
    )
    return made
