"""A report for reading: what counts, how it came about, and what changed from one sending to the next."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.rights import Right
from congdoan.reporting import sections
from congdoan.reporting.engine.contents import Content, changes
from congdoan.reporting.engine.values import Value, shown
from congdoan.reporting.models import Report, ReportVersion, ReviewStep
from congdoan.reporting.queries import entering
from congdoan.reporting.queries.sheets import Blank, blank
from congdoan.reporting.views.filling import about, crumbs

_MOODS = {
    ReviewStep.Kind.ACCEPTED: "start",
    ReviewStep.Kind.RETURNED: "end",
}


@require_safe
@requires(*sections.FILLING, Right.REVIEW_REPORTS)
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One sending (``?ban=2``; without a word the one that counts, else the last one) and the whole history."""
    report = entering.to_read(capacity_of(request), pk)
    if report is None:
        raise Http404
    versions, steps = entering.history(report)
    chosen = _chosen(request, report, versions)
    may_fill = entering.to_fill(capacity_of(request), pk) is not None
    context = about(request, report) | {
        "crumbs": crumbs(report, deep=False) if may_fill else [],
        "versions": versions,
        "chosen": chosen,
        "may_fill": may_fill,
        "may_go_on": may_fill and report.is_unfinished,
        "timeline": [],
    }
    sheet = blank(chosen.sheet_version if chosen else report.sheet_version)
    context["timeline"] = _timeline(steps, versions, sheet)
    if chosen is not None:
        context |= {
            "groups": _groups(sheet, Content.from_dict(chosen.content)),
            "counts": report.accepted_id == chosen.pk,
            "facts": _facts(report, chosen),
        }
    return render(request, "reporting/filling/read.html", context)


def _chosen(request: HttpRequest, report: Report, versions: list[ReportVersion]) -> ReportVersion | None:
    asked = request.GET.get("ban", "")
    if asked:
        found = next((version for version in versions if str(version.number) == asked), None)
        if found is None:
            raise Http404
        return found
    best = report.accepted_id or report.current_id
    if report.status == Report.Status.SUBMITTED:
        best = report.current_id
    return next((version for version in versions if version.pk == best), None)


def _groups(sheet: Blank, content: Content) -> list[dict[str, Any]]:
    """Return the cells by section, as facts of ``facts_table.html``."""
    return [
        {
            "title": str(section),
            "facts": [
                {
                    "label": str(line),
                    "value": say_value(
                        content.values.get(line.series.key),
                        line.series.indicator.decimals,
                        _("không báo cáo"),
                    ),
                    "note": content.comments.get(line.series.key, ""),
                    "quiet": line.series.key not in content.values,
                }
                for line in lines
            ],
        }
        for section, lines in sheet.sections
    ]


def _facts(report: Report, chosen: ReportVersion) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Đơn vị"), "value": f"{report.unit_name} ({report.unit.code})"},  # type: ignore[attr-defined]  # of the query
        {"label": _("Kỳ báo cáo"), "value": str(report.period)},
        {"label": _("Lần gửi"), "value": chosen.number},
        {"label": _("Gửi lúc"), "value": chosen.sent_at},
        {"label": _("Người gửi"), "value": chosen.sent_by_text, "note": chosen.mandate_text},
        {"label": _("Mã băm"), "value": chosen.digest},
    ]
    if chosen.reason:
        facts.insert(4, {"label": _("Lý do sửa"), "value": chosen.reason})
    return facts


def say_value(value: Value | None, decimals: int, nothing: str) -> str:
    """Return a cell in words: its number, "không áp dụng", or what is said where there is nothing."""
    if value is None:
        return nothing
    return _("không áp dụng") if value.number is None else shown(value.number, decimals)


def change_rows(
    changed: Mapping[str, tuple[Value | None, Value | None]], sheet: Blank
) -> list[dict[str, str]]:
    """Return which cells differ, in the order of the sheet: name, before, now."""
    return [
        {
            "name": str(line),
            "before": say_value(changed[key][0], line.series.indicator.decimals, _("trống")),
            "now": say_value(changed[key][1], line.series.indicator.decimals, _("trống")),
        }
        for key, line in sheet.by_key.items()
        if key in changed
    ]


def _timeline(steps: list[ReviewStep], versions: list[ReportVersion], sheet: Blank) -> list[dict[str, Any]]:
    """Return every step, the newest first; a sending with what it changed."""
    lines = sheet.by_key
    contents = {version.pk: Content.from_dict(version.content) for version in versions}
    before = {version.pk: contents[earlier.pk] for earlier, version in pairwise(versions)}
    entries = []
    for step in reversed(steps):
        kind = ReviewStep.Kind(step.kind)
        entry: dict[str, Any] = {
            "date": step.at,
            "kind": _MOODS.get(kind, "change"),
            "title": _title(step, kind),
            "who": ", ".join(word for word in (step.actor_text, step.mandate_text) if word),
            "reason": step.reason,
            "comments": [(str(lines.get(key, key)), words) for key, words in step.comments.items() if words],
            "changed": [],
            "url": "",
        }
        if kind is ReviewStep.Kind.SUBMITTED and step.version_id in contents:
            entry["url"] = f"{reverse('reporting:read', args=[step.report_id])}?ban={step.version.number}"  # type: ignore[union-attr]  # it has one
            if step.version_id in before:
                entry["changed"] = change_rows(
                    changes(before[step.version_id], contents[step.version_id]), sheet
                )
        entries.append(entry)
    return entries


def _title(step: ReviewStep, kind: ReviewStep.Kind) -> str:
    if kind is ReviewStep.Kind.SUBMITTED and step.version:
        return _("Gửi lần %(number)s") % {"number": step.version.number}
    return str(kind.label).capitalize()
