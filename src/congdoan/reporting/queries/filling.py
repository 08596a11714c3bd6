"""What the screen of a report shows beside its cells, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from congdoan.reporting.engine.contents import Content
from congdoan.reporting.engine.rules import Finding, RuleKind, check
from congdoan.reporting.engine.values import Value, shown
from congdoan.reporting.models import Entry, Line, Report
from congdoan.reporting.queries.reports import previous
from congdoan.reporting.queries.sheets import Blank, blank


def last_values(report: Report) -> dict[str, int]:
    """Return what the same unit last reported, by key: accepted, or sent where nothing is accepted yet."""
    earlier = previous(report)
    sending = earlier and (earlier.accepted or earlier.current)
    if not sending:
        return {}
    content = Content.from_dict(sending.content)
    return {key: value.number for key, value in content.values.items() if value.number is not None}


def content_of(report: Report) -> Content:
    """Return the content of a report as it stands in its cells now."""
    values: dict[str, Value] = {}
    comments: dict[str, str] = {}
    # A new version of the sheet may have dropped a line that was filled before it came into force.
    asked = Line.objects.filter(section__version=report.sheet_version_id).values("series")
    for entry in report.entries.filter(series__in=asked).select_related("series"):
        if entry.state in ("reported", "na"):
            values[entry.series.key] = Value(entry.number)
        if entry.comment:
            comments[entry.series.key] = entry.comment
    return Content(values, comments, report.is_nil)


def sentence(finding: Finding, lines: Mapping[str, Line]) -> str:
    """Say in words what a rule found: "Nữ (120) nhiều hơn tổng số (100)."."""
    rule = finding.rule

    def name(keys: tuple[str, ...]) -> str:
        return " + ".join(str(lines[key]) if key in lines else key for key in keys)

    decimals = lines[rule.left[0]].series.indicator.decimals if rule.left[0] in lines else 0
    words = {
        "left": name(rule.left),
        "right": name(rule.right),
        "found": shown(finding.found, decimals),
        "bound": shown(finding.bound, decimals),
    }
    if rule.kind is RuleKind.AT_MOST:
        return _("“%(left)s” (%(found)s) nhiều hơn “%(right)s” (%(bound)s).") % words
    if rule.kind is RuleKind.EQUALS:
        return _("“%(left)s” (%(found)s) không bằng %(right)s (%(bound)s).") % words
    if rule.kind is RuleKind.LEAP:
        return (
            _("“%(left)s” là %(found)s, kỳ trước là %(bound)s: chênh nhau nhiều. Hãy xem lại hoặc ghi chú.")
            % words
        )
    if rule.low is not None and finding.found < rule.low:
        return _("“%(left)s” là %(found)s, thấp hơn mức thường gặp %(bound)s.") % words
    return _("“%(left)s” là %(found)s, cao hơn mức thường gặp %(bound)s.") % words


def findings(report: Report, content: Content, sheet: Blank | None = None) -> list[Finding]:
    """Check a content against the rules of its sheet."""
    sheet = sheet or blank(report.sheet_version)
    return check(sheet.rules, content.values, last_values(report))


def problems(report: Report, content: Content, sheet: Blank | None = None) -> list[str]:
    """Return what keeps a report from being sent, as sentences: unread cells, empty required cells, broken rules."""
    sheet = sheet or blank(report.sheet_version)
    lines = sheet.by_key
    found = [
        _("“%(name)s”: “%(typed)s” chưa phải là số. Hãy sửa hoặc xoá.")
        % {"name": lines[entry.series.key], "typed": entry.typed}
        for entry in Entry.objects.filter(report=report, state="bad").select_related("series")
        if entry.series.key in lines
    ]
    found += [
        _("“%(name)s” còn trống. Hãy nhập số; nếu không có, nhập 0.") % {"name": line}
        for key, line in lines.items()
        if line.is_required and key not in content.values
    ]
    if not content.values and not found:
        found.append(_("Báo cáo chưa có số nào. Nếu kỳ này không có hoạt động, hãy chọn “Không phát sinh”."))
    found += [sentence(finding, lines) for finding in findings(report, content, sheet) if finding.is_error]
    return found


def warnings(report: Report, content: Content, sheet: Blank | None = None) -> list[str]:
    """Return what asks for a look before accepting: broken plausibility rules without a comment, empty cells counted."""
    sheet = sheet or blank(report.sheet_version)
    lines = sheet.by_key
    return [
        sentence(finding, lines)
        for finding in findings(report, content, sheet)
        if not finding.is_error and not any(key in content.comments for key in finding.rule.left)
    ]


def gaps(content: Content, sheet: Blank) -> list[str]:
    """Return the lines that were left empty: known gaps, by name."""
    return [str(line) for key, line in sheet.by_key.items() if key not in content.values]
