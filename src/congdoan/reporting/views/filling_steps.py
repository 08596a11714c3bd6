"""Steps of a report on the side of its unit: nothing to report, check, send, take back, correct."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.reporting import sections
from congdoan.reporting.actions import reviewing
from congdoan.reporting.actions.filling import nothing_to_report
from congdoan.reporting.engine.contents import Content, changes
from congdoan.reporting.errors import ReportingError
from congdoan.reporting.forms.filling import ReasonForm
from congdoan.reporting.models import Report
from congdoan.reporting.queries.cells import Screen, screen
from congdoan.reporting.queries.filling import gaps, problems, warnings
from congdoan.reporting.views.filling import about, crumbs, fillable
from congdoan.reporting.views.filling_reading import change_rows


@require_POST
@requires(*sections.FILLING)
def nil(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing to report, in one tap: zero where something is counted, the last value where it is carried over."""
    fillable(request, pk)
    try:
        nothing_to_report(pk, by=capacity_of(request))
    except ReportingError as error:
        messages.error(request, error.user_message)
        return redirect("reporting:fill", pk)
    messages.success(request, _("Đã ghi không phát sinh. Hãy xem lại rồi gửi."))
    return redirect("reporting:check", pk)


@require_safe
@requires(*sections.FILLING)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything before it is sent: what must be mended, what asks for a look, what is empty, what changed."""
    report = fillable(request, pk)
    if not report.is_unfinished:
        return redirect("reporting:read", pk)
    return render(request, "reporting/filling/check.html", _summary(request, screen(report)))


def _summary(request: HttpRequest, found: Screen) -> dict[str, Any]:
    report = found.report
    before = Content.from_dict(report.current.content) if report.current else None
    return about(request, report) | {
        "crumbs": crumbs(report),
        "screen": found,
        "problems": problems(report, found.content, found.sheet),
        "warnings": warnings(report, found.content, found.sheet),
        "gaps": gaps(found.content, found.sheet),
        "changed": change_rows(changes(before, found.content), found.sheet) if before else [],
        "is_again": before is not None,
        "client_key": uuid.uuid4(),
        "words": capacity_of(request).words,
    }


@require_POST
@requires(*sections.FILLING)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the report up; a second click of the same page sends nothing twice."""
    fillable(request, pk)
    try:
        key = uuid.UUID(request.POST.get("client_key", ""))
    except ValueError:
        key = uuid.uuid4()
    try:
        reviewing.submit(pk, by=capacity_of(request), client_key=key)
    except ReportingError as error:
        messages.error(request, error.user_message)
        return redirect("reporting:check", pk)
    return redirect("reporting:sent", pk)


@require_safe
@requires(*sections.FILLING)
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """What happens next."""
    report = fillable(request, pk)
    if report.status != Report.Status.SUBMITTED or report.current is None:
        return redirect("reporting:fill", pk)
    return render(
        request,
        "reporting/filling/sent.html",
        about(request, report) | {"crumbs": crumbs(report, deep=False), "sending": report.current},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*sections.FILLING)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what nobody has reviewed yet."""
    report = fillable(request, pk)
    if request.method != "POST":
        if report.status != Report.Status.SUBMITTED:
            return redirect("reporting:fill", pk)
        return render(
            request,
            "reporting/filling/withdraw.html",
            about(request, report) | {"crumbs": crumbs(report)},
        )
    try:
        reviewing.withdraw(pk, by=capacity_of(request))
    except ReportingError as error:
        messages.error(request, error.user_message)
    else:
        messages.success(request, _("Đã rút báo cáo lại. Sửa xong hãy gửi lại."))
    return redirect("reporting:fill", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*sections.FILLING)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an accepted report for a correction, with its reason."""
    report = fillable(request, pk)
    if report.status != Report.Status.ACCEPTED:
        return redirect("reporting:fill", pk)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            reviewing.correct(pk, reason=form.cleaned_data["reason"], by=capacity_of(request))
        except ReportingError as error:
            messages.error(request, error.user_message)
        else:
            messages.success(
                request, _("Đã mở để sửa. Số đã duyệt vẫn được tính cho đến khi bản sửa được duyệt.")
            )
        return redirect("reporting:fill", pk)
    return render(
        request,
        "reporting/filling/correct.html",
        about(request, report) | {"crumbs": crumbs(report), "form": form},
    )
