"""One report before the eyes of its reviewer: values beside earlier ones, what asks for a look, and the four steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting.actions import reviewing as actions
from congdoan.reporting.errors import OwnUnitError, ReportingError
from congdoan.reporting.forms.reviewing import AskForm, ReopenForm, ReturnForm, comments
from congdoan.reporting.models import Report
from congdoan.reporting.queries import inbox
from congdoan.reporting.queries.examining import Examination, examine
from congdoan.reporting.views.reviewing import STATUS_LOOK
from congdoan.vntext.dates import format_date

FORMS: dict[str, type[Form]] = {"tra-lai": ReturnForm, "hoi": AskForm, "mo-lai": ReopenForm}
"""Steps that ask for words, by the name of their button."""
ACCEPT, ACCEPT_AND_NEXT = "duyet", "duyet-tiep"


@require_http_methods(["GET", "POST"])
@requires(Right.REVIEW_REPORTS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a report of a unit below, and take the reviewer's step."""
    capacity = capacity_of(request)
    found = examine(capacity, pk)
    if found is None:
        raise Http404
    step = request.POST.get("viec", "")
    forms = {
        name: kind(request.POST if step == name else None, auto_id=f"{name}-%s")
        for name, kind in FORMS.items()
    }
    if request.method == "POST":
        answer = _accept(request, capacity, found, step) if step not in FORMS else None
        if step in FORMS and forms[step].is_valid():
            answer = _take(request, capacity, found, step, forms[step].cleaned_data)
        if answer is not None:
            return answer
    return render(request, "reporting/reviewing/review.html", _context(request, capacity, found, forms, step))


def _accept(request: HttpRequest, capacity: Capacity, found: Examination, step: str) -> HttpResponse:
    report = found.report
    if step not in (ACCEPT, ACCEPT_AND_NEXT):
        return redirect("reporting:review", report.pk)
    following = inbox.following(capacity, report)
    try:
        actions.accept(report.pk, by=capacity, digest=request.POST.get("ma-bam", ""))
    except ReportingError as error:
        messages.error(request, error.user_message)
        return redirect("reporting:review", report.pk)
    messages.success(request, _("Đã duyệt báo cáo của %(unit)s.") % {"unit": found.unit_name})
    if step == ACCEPT_AND_NEXT:
        return redirect("reporting:review", following.pk) if following else redirect("reporting:inbox")
    return redirect("reporting:review", report.pk)


def _take(
    request: HttpRequest, capacity: Capacity, found: Examination, step: str, said: dict[str, Any]
) -> HttpResponse:
    report = found.report
    unit = {"unit": found.unit_name}
    try:
        if step == "tra-lai":
            notes = comments(request.POST, found.keys)
            actions.return_report(report.pk, reason=said["reason"], comments=notes, by=capacity)
            done = _("Đã trả lại báo cáo của %(unit)s.") % unit
        elif step == "hoi":
            actions.ask(report.pk, reason=said["question"], by=capacity)
            done = _("Đã gửi câu hỏi tới %(unit)s.") % unit
        else:
            actions.reopen(report.pk, until=said["until"], reason=said["why"], by=capacity)
            done = _("Đã mở lại hạn đến hết ngày %(day)s.") % {"day": format_date(said["until"])}
    except ReportingError as error:
        messages.error(request, error.user_message)
    except Report.DoesNotExist:
        # It can be read but is not below: the own unit's.
        messages.error(request, OwnUnitError().user_message)
    else:
        messages.success(request, done)
    return redirect("reporting:review", report.pk)


def _context(
    request: HttpRequest, capacity: Capacity, found: Examination, forms: dict[str, Form], step: str
) -> dict[str, Any]:
    report = found.report
    following = inbox.following(capacity, report)
    waits = report.status == Report.Status.SUBMITTED
    return {
        "crumbs": [{"title": _("Duyệt báo cáo"), "url": reverse("reporting:inbox")}],
        "found": found,
        "report": report,
        "unit_name": found.unit_name,
        "look": STATUS_LOOK[report.status],
        "own": "" if found.is_below else OwnUnitError().user_message,
        "may_decide": found.is_below and waits,
        "may_reopen": found.is_below and report.is_unfinished,
        "facts": _facts(found),
        "forms": {name.replace("-", "_"): form for name, form in forms.items()},
        "step": step,
        "sections": [
            (section, [(row, request.POST.get(f"y{row.pk}", "")) for row in rows])
            for section, rows in found.sections
        ],
        "entries": [_entry(one) for one in found.steps],
        "next_url": reverse("reporting:review", args=[following.pk]) if following else "",
        "digest": report.current.digest if report.current else "",
    }


def _facts(found: Examination) -> list[dict[str, Any]]:
    report = found.report
    sent = timezone.localtime(report.submitted_at) if report.submitted_at else None
    late = ""
    first = (
        timezone.localdate(report.first_submitted_at) if report.first_submitted_at else timezone.localdate()
    )
    if first > report.owed_until:
        late = _("muộn %(count)d ngày") % {"count": (first - report.owed_until).days}
    facts: list[dict[str, Any]] = [
        {
            "label": _("Trạng thái"),
            "value": report.get_status_display().capitalize(),
            "status": STATUS_LOOK[report.status],
        },
        {"label": _("Kỳ"), "value": report.period.words, "note": str(report.sheet)},
        {"label": _("Hạn nộp"), "value": report.owed_until, "note": late},
        {"label": _("Gửi lúc"), "value": sent, "note": report.current.mandate_text if report.current else ""},
    ]
    if report.is_correction:
        facts.append({"label": _("Sửa số đã duyệt vì"), "value": report.correction_reason})
    if report.is_nil:
        facts.append({"label": _("Không phát sinh"), "value": _("Đơn vị báo kỳ này không có hoạt động.")})
    return facts


def _entry(step: Any) -> dict[str, Any]:
    words = [step.reason] if step.reason else []
    words += [f"{name}: {text}" for name, text in step.named_comments]
    if step.gaps and step.kind == "accepted":
        words.append(_("Chỗ còn thiếu đã biết: %(lines)s.") % {"lines": "; ".join(step.gaps[:20])})
    who = step.mandate_text or step.actor_text
    return {
        "date": timezone.localtime(step.at),
        "title": step.get_kind_display().capitalize(),
        "text": ". ".join(part for part in (who, " · ".join(words)) if part),
        "kind": "change",
    }
