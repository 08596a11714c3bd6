"""Saving what a screen sends: all but what somebody else changed meanwhile, and what registers know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting import prefill
from congdoan.reporting.actions.filling import save_cells
from congdoan.reporting.engine.values import shown
from congdoan.reporting.errors import ChangedMeanwhileError
from congdoan.reporting.queries.reports import to_enter
from congdoan.reporting.queries.sheets import blank

MOST_SOURCE = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some cells: sentences for those that could not be read, and what others had saved in cells left alone."""

    faults: dict[str, str] = field(default_factory=dict)
    theirs: dict[str, str] = field(default_factory=dict)


def save_what_fits(
    report_id: int,
    typed: Mapping[str, str],
    *,
    by: Capacity,
    comments: Mapping[str, str] | None = None,
    seen: Mapping[str, int] | None = None,
) -> Outcome:
    """Save all cells but those where somebody saved another value since; these come back in ``theirs``, untouched.

    Raises what ``save_cells`` raises, but ``ChangedMeanwhileError``.
    """
    left = dict(typed)
    theirs: dict[str, str] = {}
    while left or comments:
        try:
            saved = save_cells(report_id, left, by=by, comments=comments, seen=seen)
        except ChangedMeanwhileError as error:
            theirs |= error.theirs
            left = {key: text for key, text in left.items() if key not in theirs}
        else:
            return Outcome(saved.faults, theirs)
    return Outcome({}, theirs)


def take_known(report_id: int, *, by: Capacity, key: str = "") -> int:
    """Take over what registers know: into one cell, or (no key) into every cell that is empty. Return how many.

    The number is asked again of the register; what the page showed is not believed.
    Raises ``Report.DoesNotExist``, ``WrongStatusError``.
    """
    report = to_enter(by).select_related("unit", "period", "sheet_version").get(pk=report_id)
    lines = {line.series.key: line for line in blank(report.sheet_version).lines}
    found = prefill.known(report.unit, report.period, lines.values())
    if key:
        found = {key: found[key]} if key in found else {}
    else:
        filled = set(report.entries.exclude(state__in=("none", "bad")).values_list("series__key", flat=True))
        found = {name: value for name, value in found.items() if name not in filled}
    if found:
        save_cells(
            report_id,
            {
                name: shown(value.number, lines[name].series.indicator.decimals)
                for name, value in found.items()
            },
            by=by,
            sources={name: value.words[:MOST_SOURCE] for name, value in found.items()},
        )
    return len(found)
