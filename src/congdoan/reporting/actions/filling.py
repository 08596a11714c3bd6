"""Filling a report: cells are saved one by one as they are typed; nothing that was typed is lost, also what is no number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from congdoan import vntext
from congdoan.organisation.queries.capacities import Capacity
from congdoan.reporting.engine.values import ValueFaultError, read, shown
from congdoan.reporting.errors import ChangedMeanwhileError, UnknownCellError, WrongStatusError, fault_words
from congdoan.reporting.models import Entry, Line, Report
from congdoan.reporting.queries.reports import to_enter
from congdoan.reporting.queries.sheets import blank, is_flow

MOST_COMMENT = 2_000


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved: the report's new revision, and a sentence for each cell that could not be read (it was kept as typed)."""

    report: Report
    faults: dict[str, str] = field(default_factory=dict)


def lock_to_fill(report_id: int, by: Capacity) -> Report:
    """Lock a report that the capacity may fill. Raises ``Report.DoesNotExist``, or ``WrongStatusError`` once it was sent."""
    reports = to_enter(by).select_related("unit", "sheet", "period", "sheet_version")
    report = reports.select_for_update(of=("self",), no_key=True).get(pk=report_id)
    if not report.is_unfinished:
        raise WrongStatusError(current=report.status, wanted="open")
    return report


@transaction.atomic
def save_cells(
    report_id: int,
    typed: Mapping[str, str],
    *,
    by: Capacity,
    comments: Mapping[str, str] | None = None,
    seen: Mapping[str, int] | None = None,
    sources: Mapping[str, str] | None = None,
) -> Saved:
    """Save what was typed into some cells (key of series → text; empty empties the cell).

    ``seen`` holds the revision of each cell that the writer had before their eyes: where somebody saved another value
    since, nothing is written and ``ChangedMeanwhileError`` says what stands there. Raises ``UnknownCellError`` for cells
    that the sheet has not (a wrong template); ``Report.DoesNotExist`` where the report is not theirs to fill.
    """
    report = lock_to_fill(report_id, by)
    lines = blank(report.sheet_version).by_key
    unknown = [key for key in {*typed, *(comments or {})} if key not in lines]
    if unknown:
        raise UnknownCellError(sorted(unknown))
    entries = {entry.series.key: entry for entry in report.entries.select_related("series")}
    _refuse_overwriting(typed, seen or {}, entries, lines)
    faults: dict[str, str] = {}
    changed: list[Entry] = []
    for key in {*typed, *(comments or {})}:
        line = lines[key]
        entry = entries.get(key) or Entry(report=report, series=line.series, state="none")
        if key in typed:
            _take(entry, vntext.nfc(typed[key]), line, faults)
            entry.source = (sources or {}).get(key, "")
        if comments and key in comments:
            entry.comment = vntext.nfc(comments[key]).strip()[:MOST_COMMENT]
        changed.append(entry)
    _write(report, changed, by)
    return Saved(report, faults)


def _refuse_overwriting(
    typed: Mapping[str, str], seen: Mapping[str, int], entries: Mapping[str, Entry], lines: Mapping[str, Line]
) -> None:
    theirs = {}
    for key, text in typed.items():
        entry = entries.get(key)
        if entry is None or key not in seen or entry.revision == seen[key]:
            continue
        decimals = lines[key].series.indicator.decimals
        if not _says_the_same(entry, text, decimals):
            theirs[key] = "–" if entry.state == "na" else entry.typed or shown(entry.number, decimals)
    if theirs:
        raise ChangedMeanwhileError(theirs)


def _says_the_same(entry: Entry, text: str, decimals: int) -> bool:
    """Say whether a text means what stands in the cell: 1240 typed again after a lost answer is the 1.240 that was saved."""
    try:
        value = read(vntext.nfc(text), decimals=decimals)
    except ValueFaultError:
        return entry.typed.strip() == text.strip()
    if value is None:
        return entry.state == "none"
    return entry.state == value.state.value and entry.number == value.number


def _take(entry: Entry, text: str, line: Line, faults: dict[str, str]) -> None:
    indicator = line.series.indicator
    try:
        value = read(text, decimals=indicator.decimals)
    except ValueFaultError as error:
        faults[line.series.key] = fault_words(error, str(line))
        entry.state, entry.number, entry.typed = "bad", None, text.strip()[:200]
        return
    entry.typed = ""
    if value is None:
        entry.state, entry.number = "none", None
    elif value.number is None:
        entry.state, entry.number = "na", None
    else:
        entry.state, entry.number = "reported", value.number


def _write(report: Report, changed: list[Entry], by: Capacity) -> None:
    now = timezone.now()
    report.revision += 1
    report.is_nil = False
    report.updated_at = now
    report.save(update_fields=["revision", "is_nil", "updated_at"])
    for entry in changed:
        entry.revision = report.revision
        entry.changed_at = now
        entry.changed_by = by.actor
    Entry.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["report", "series"],
        update_fields=[
            "state",
            "number",
            "typed",
            "comment",
            "source",
            "revision",
            "changed_at",
            "changed_by",
        ],
    )


@transaction.atomic
def nothing_to_report(report_id: int, *, by: Capacity) -> Report:
    """Fill every cell that counts what happened with 0, and what is carried over with the value last accepted.

    Cells with a value keep it. What has no earlier value stays empty: missing is not zero.
    """
    report = lock_to_fill(report_id, by)
    from congdoan.reporting.queries.filling import last_values  # queries of this app that read sheets again

    entries = {entry.series.key: entry for entry in report.entries.select_related("series")}
    before = last_values(report)
    changed = []
    for key, line in blank(report.sheet_version).by_key.items():
        entry = entries.get(key) or Entry(report=report, series=line.series, state="none")
        if entry.state not in ("none", "bad"):
            continue
        if is_flow(line):
            entry.state, entry.number, entry.typed = "reported", 0, ""
        elif before.get(key) is not None:
            entry.state, entry.number, entry.typed = "reported", before[key], ""
        else:
            continue
        changed.append(entry)
    _write(report, changed, by)
    report.is_nil = True
    report.save(update_fields=["is_nil"])
    return report
