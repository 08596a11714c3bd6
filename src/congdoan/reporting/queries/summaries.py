"""A level's summary of a period on a sheet: as it stands, as it was signed, and what changed between the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from congdoan.organisation.models import Unit
from congdoan.reporting.models import (
    Indicator,
    IndicatorVersion,
    Line,
    Period,
    Section,
    Sheet,
    Summary,
)
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


@dataclass(frozen=True, slots=True)
class Rated:
    """A rate whose two parts stand on the sheet, with its value. It is as sensitive as any of the three."""

    indicator: Indicator
    name: str
    figure: Figure | None
    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Laid:
    """The sheet of a period with the totals of a unit: lines by section, and the rates that they make."""

    sections: list[tuple[Section, list[Row]]]
    rates: list[Rated]


def laid(unit: Unit, period: Period, sheet: Sheet, today: date, basis: str = "as-was") -> Laid:
    """Return the sheet of a period with the totals of a unit, and the rates of its lines."""
    version = version_for(sheet, period.start)
    if version is None:
        return Laid([], [])
    form = blank(version)
    wanted = [(line.series.indicator, line.series.cell) for line in form.lines]
    rates = _rates({line.series_id for line in form.lines}, period.end - timedelta(days=1))
    wanted += [(version.indicator, "") for version in rates]
    grid = Grid([unit], wanted, [(period.start, period.end - timedelta(days=1))], basis, True, today)
    figures = grid.figures()[unit.pk, 0]
    names = meanings({line.series.indicator_id for line in form.lines}, period.end)
    sections = [
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
    hidden = {line.series_id for line in form.lines if line.series.indicator.is_sensitive}
    return Laid(
        sections,
        [
            Rated(
                one.indicator,
                str(one),
                figures.get((one.indicator.code, "")),
                one.indicator.is_sensitive or bool({one.numerator_id, one.denominator_id} & hidden),
            )
            for one in rates
        ],
    )


def _rates(series: set[int], day: date) -> list[IndicatorVersion]:
    """Return what the rates mean on a day of which both parts are among some series, in their order."""
    newest: dict[int, IndicatorVersion] = {}
    for version in (
        IndicatorVersion.objects.filter(indicator__kind=Indicator.Kind.RATE, valid_from__lte=day)
        .select_related("indicator")
        .order_by("number")
    ):
        newest[version.indicator_id] = version
    return sorted(
        (one for one in newest.values() if {one.numerator_id, one.denominator_id} <= series),
        key=lambda one: (one.indicator.sort_order, one.indicator.code),
    )


def content_of(unit: Unit, period: Period, sheet: Sheet, whole: Laid) -> dict[str, Any]:
    """Return what is signed: each line's total with how many reported it, the rates with numerator and denominator, and how
    many reports count of how many. A sheet without rates is signed without the word, as all were before rates were signed."""
    standing = standings([unit], sheet, [period]).get((unit.pk, period.pk))
    lines = {
        row.line.series.key: {
            "value": None if row.figure.value is None else str(row.figure.value),
            "reported": row.figure.reported,
            "inapplicable": row.figure.inapplicable,
        }
        for _section, rows in whole.sections
        for row in rows
        if row.figure is not None
    }
    rates = {
        one.indicator.code: {
            "value": None if one.figure.value is None else str(one.figure.value),
            "numerator": one.figure.numerator,
            "denominator": one.figure.denominator,
            "reported": one.figure.reported,
            "inapplicable": one.figure.inapplicable,
        }
        for one in whole.rates
        if one.figure is not None
    }
    return {
        **({"rates": rates} if rates else {}),
        "lines": lines,
        "accepted": standing.accepted if standing else 0,
        "expected": standing.expected if standing else 0,
    }


def content_now(unit: Unit, period: Period, sheet: Sheet, today: date) -> dict[str, Any]:
    """Return what would be signed now."""
    return content_of(unit, period, sheet, laid(unit, period, sheet, today))


def signed(unit: Unit, period: Period, sheet: Sheet) -> list[Summary]:
    """Return what was signed, the newest first."""
    return list(Summary.objects.filter(unit=unit, period=period, sheet=sheet).order_by("-pk"))


def in_words_of(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return what would be signed now, in the words of what was signed then: before rates were signed, without them."""
    return {key: value for key, value in now.items() if key != "rates" or key in then}


def changed_since(
    then: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, tuple[str | None, str | None]]:
    """Return the lines and rates whose value is another now than when it was signed: key → (then, now).

    What was signed before rates were signed says nothing of them, so nothing of them has changed.
    """
    before, after = dict(then.get("lines", {})), dict(now.get("lines", {}))
    if "rates" in then:
        before |= then["rates"]
        after |= now.get("rates", {})
    found = {}
    for key in sorted({*before, *after}):
        one, two = before.get(key, {}).get("value"), after.get(key, {}).get("value")
        if one != two:
            found[key] = (one, two)
    return found
