"""A level's summary of a period on a sheet: as it stands, as it was signed, and what changed between the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from congdoan.organisation.models import Unit
from congdoan.reporting.models import Line, Period, Section, Sheet, Summary
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.queries.grids import Grid
from congdoan.reporting.queries.overview import meanings, standings
from congdoan.reporting.queries.sheets import blank, version_for


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet with its total."""

    line: Line
    figure: Figure | None
    measure: str = ""


def rows_of(
    unit: Unit, period: Period, sheet: Sheet, today: date, basis: str = "as-was"
) -> list[tuple[Section, list[Row]]]:
    """Return the sheet of a period with the totals of a unit, by section."""
    version = version_for(sheet, period.start)
    if version is None:
        return []
    form = blank(version)
    wanted = [(line.series.indicator, line.series.cell) for line in form.lines]
    grid = Grid([unit], wanted, [(period.start, period.end - timedelta(days=1))], basis, True, today)
    figures = grid.figures()[unit.pk, 0]
    names = meanings({line.series.indicator_id for line in form.lines}, period.end)
    return [
        (
            section,
            [
                Row(
                    line,
                    figures.get((line.series.indicator.code, line.series.cell)),
                    names[line.series.indicator_id].unit_words if line.series.indicator_id in names else "",
                )
                for line in lines
            ],
        )
        for section, lines in form.sections
    ]


def content_of(
    unit: Unit, period: Period, sheet: Sheet, sections: list[tuple[Section, list[Row]]]
) -> dict[str, Any]:
    """Return what is signed: each line's total with how many reported it, and how many reports count of how many."""
    standing = standings([unit], sheet, [period]).get((unit.pk, period.pk))
    lines = {
        row.line.series.key: {
            "value": None if row.figure.value is None else str(row.figure.value),
            "reported": row.figure.reported,
            "inapplicable": row.figure.inapplicable,
        }
        for _section, rows in sections
        for row in rows
        if row.figure is not None
    }
    return {
        "lines": lines,
        "accepted": standing.accepted if standing else 0,
        "expected": standing.expected if standing else 0,
    }


def content_now(unit: Unit, period: Period, sheet: Sheet, today: date) -> dict[str, Any]:
    """Return what would be signed now."""
    return content_of(unit, period, sheet, rows_of(unit, period, sheet, today))


def signed(unit: Unit, period: Period, sheet: Sheet) -> list[Summary]:
    """Return what was signed, the newest first."""
    return list(Summary.objects.filter(unit=unit, period=period, sheet=sheet).order_by("-pk"))


def changed_since(
    then: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, tuple[str | None, str | None]]:
    """Return the lines whose total is another now than when it was signed: key → (then, now)."""
    before, after = then.get("lines", {}), now.get("lines", {})
    found = {}
    for key in sorted({*before, *after}):
        one, two = before.get(key, {}).get("value"), after.get(key, {}).get("value")
        if one != two:
            found[key] = (one, two)
    return found
