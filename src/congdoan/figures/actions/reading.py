"""Reading the figures of a text, deciding about each, and putting them where they belong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from wagtail.models import Page

from congdoan.audit import actions as audit
from congdoan.figures.hints import hints
from congdoan.figures.models import ReadFigure, Reading
from congdoan.figures.queries.readings import keys
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.models import Indicator, Report
from congdoan.reporting.queries.sheets import blank
from congdoan.vntext.numbers import format_decimal
from congdoan.vntext.reading import Found, read_figures

MOST_FIGURES = 2_000
"""Figures of one text that are kept; no report has more."""

SURE = 0.5
"""A proposed indicator below this confidence is not filled in: the officer chooses."""


@transaction.atomic
def read(
    text: str,
    *,
    title: str,
    by: Capacity,
    source_name: str = "",
    notes: Sequence[str] = (),
    unit: Unit | None = None,
    page: Page | None = None,
) -> Reading:
    """Read a text and keep it with the figures that were found, for whoever gave it.

    ``unit``: whose figures they are (that of the mandate); ``page``: the article whose text it is.
    """
    whose = unit or by.unit
    if by.actor is None or whose is None:
        raise PermissionError("a text is read in the name of a unit")
    reading = Reading.objects.create(
        owner=by.actor,
        unit=whose,
        page=page,
        title=title[:200],
        source_name=source_name[:200],
        text=text,
        notes=list(notes),
    )
    known = set(Indicator.objects.values_list("code", flat=True))
    found = read_figures(text, hints())[:MOST_FIGURES]
    ReadFigure.objects.bulk_create([_kept(reading, one, known) for one in found])
    audit.record("reading.made", reading, actor=by.actor, after={"figures": len(found)})
    return reading


def _kept(reading: Reading, one: Found, known: set[str]) -> ReadFigure:
    period = one.period or {}
    sure = one.indicator in known and one.confidence >= SURE
    return ReadFigure(
        reading=reading,
        start=one.start,
        end=one.end,
        number_start=one.number_start,
        number_end=one.number_end,
        found=one.to_json(),
        indicator=one.indicator if sure and one.indicator else "",
        value="" if one.value is None else _typed(one),
        start_on=_day(period.get("from"), first=True),
        end_on=_day(period.get("to"), first=False),
    )


def _typed(one: Found) -> str:
    """Write the value as a person types it: 12.076; 66,11."""
    return "" if one.value is None else format_decimal(one.value)


def _day(text: Any, *, first: bool) -> date | None:
    """Read "2013", "2013-10" or "2013-10-01"; of a year or month its first or last day."""
    parts = [int(part) for part in str(text or "").split("-") if part.isdigit()]
    try:
        if len(parts) == 3:
            return date(*parts)
        if len(parts) == 1:
            return date(parts[0], 1, 1) if first else date(parts[0], 12, 31)
        if len(parts) == 2 and first:
            return date(parts[0], parts[1], 1)
        if len(parts) == 2:
            after = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
            return date.fromordinal(after.toordinal() - 1)
    except ValueError:
        return None
    return None


@transaction.atomic
def decide(figure: ReadFigure, state: str, said: Mapping[str, Any]) -> ReadFigure:
    """Confirm a figure with what the officer says of it, or dismiss it; taking either back is deciding anew."""
    kept = ReadFigure.objects.select_for_update().get(pk=figure.pk)
    kept.state = state
    for name in ("indicator", "cell", "value", "start_on", "end_on"):
        if name in said:
            setattr(kept, name, said[name])
    kept.save()
    return kept


@dataclass(slots=True)
class Filled:
    """What was put into a report: keys of its cells; what was left and why ("missing": not on the sheet; "twice": several
    figures claim the cell); what the sheet could not read."""

    done: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)


def fits(reading: Reading, report: Report) -> tuple[dict[str, str], Filled]:
    """Return which cells of a report the confirmed figures would fill (key → as typed), and what would be left."""
    lines = blank(report.sheet_version).by_key
    values: dict[str, str] = {}
    left = Filled()
    for key, claims in keys(list(reading.figures.all())).items():
        if key not in lines:
            left.missing.append(key)
        elif len({claim.value for claim in claims}) > 1:
            left.twice.append(key)
        else:
            values[key] = claims[0].value
    return values, left


@transaction.atomic
def fill(reading: Reading, report: Report, *, by: Capacity) -> Filled:
    """Put confirmed figures into a report that is being filled. The report stays a draft: somebody looks and sends it.

    Raises ``Report.DoesNotExist`` where it is not theirs to fill.
    """
    values, left = fits(reading, report)
    if values:
        saved = save_cells(
            report.pk, values, by=by, sources=dict.fromkeys(values, f"Văn bản: {reading.title}"[:200])
        )
        left.faults = dict(saved.faults)
        left.done = [key for key in values if key not in saved.faults]
        audit.record(
            "reading.used", reading, actor=by.actor, after={"report": report.pk, "cells": sorted(left.done)}
        )
    return left


@transaction.atomic
def forget(reading: Reading, *, by: Capacity) -> None:
    """Delete a text and what was read in it."""
    audit.record("reading.deleted", reading, actor=by.actor)
    reading.delete()
