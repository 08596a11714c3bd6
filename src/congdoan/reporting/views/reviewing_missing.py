"""Who has not reported: the late first, with whom to call, and a reminder in one tap."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.nudging import Nudged, nudge, reminded_today
from congdoan.reporting.exports.tables import Table, download
from congdoan.reporting.forms.reviewing import ALL, MissingForm
from congdoan.reporting.queries import inbox as queries
from congdoan.ui import tables

PER_PAGE = 50
BOX = "bao-cao"


@require_http_methods(["GET", "POST"])
@requires(Right.REVIEW_REPORTS)
def missing(request: HttpRequest) -> HttpResponseBase:
    """List the reports below that were not sent; remind the units that are ticked."""
    capacity = capacity_of(request)
    if request.method == "POST":
        return _remind(request, capacity)
    form = MissingForm({"xem": ALL, **request.GET.dict()}, auto_id="loc-%s")
    narrow = queries.Narrowing(
        everybody=form.everybody, period=form.period(), sheet=form.sheet(), text=form.said("q")
    )
    if not form.said("ky"):
        narrow = replace(narrow, period=queries.newest_unsent(capacity))
    found = queries.unsent(capacity, narrow)
    if request.GET.get("tai") in ("csv", "xlsx"):
        return download(_table(capacity, list(found)), request.GET["tai"])
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    reports = list(page)
    callees = queries.callees(capacity, [report.unit_id for report in reports])
    told = reminded_today([report.pk for report in reports])
    return render(
        request,
        "reporting/reviewing/missing.html",
        {
            "crumbs": [{"title": _("Duyệt báo cáo"), "url": reverse("reporting:inbox")}],
            "form": form,
            "period": narrow.period,
            "page": page,
            "columns": _columns(),
            "rows": [_row(report, capacity, callees.get(report.unit_id), told) for report in reports],
            "text": narrow.text,
            "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "trang")],
            "query": request.GET.urlencode(),
            "files": [{"label": kind.upper(), "url": f"?{_with(request, kind)}"} for kind in ("csv", "xlsx")],
        },
    )


def _with(request: HttpRequest, kind: str) -> str:
    query = request.GET.copy()
    query["tai"] = kind
    return query.urlencode()


def _remind(request: HttpRequest, capacity: Capacity) -> HttpResponse:
    one = request.POST.get("nhac", "")
    picked = [one] if one else request.POST.getlist(BOX)
    ids = [int(value) for value in picked if value.isdecimal() and len(value) < 13]
    if not ids:
        messages.warning(request, _("Bạn chưa chọn đơn vị nào để nhắc."))
    else:
        url = reverse("reporting:fill", args=[0]).replace("/0/", "/{pk}/")
        _say(request, nudge(ids, by=capacity, url_of=url))
    return redirect(f"{reverse('reporting:missing')}?{request.GET.urlencode()}".rstrip("?"))


def _say(request: HttpRequest, done: Nudged) -> None:
    if done.told:
        count = len(done.told)
        words = ngettext("Đã nhắc %(count)d đơn vị.", "Đã nhắc %(count)d đơn vị.", count)
        messages.success(request, words % {"count": count})
    if done.already:
        messages.info(
            request,
            _("Hôm nay đã nhắc rồi, không nhắc lại: %(units)s.") % {"units": _names(done.already)},
        )
    if done.nobody:
        messages.warning(
            request,
            _("Chưa ai ở đơn vị có tài khoản để nhận lời nhắc; hãy gọi điện: %(units)s.")
            % {"units": _names(done.nobody)},
        )
    if not (done.told or done.already or done.nobody):
        messages.info(request, _("Các đơn vị này vừa gửi báo cáo, không cần nhắc nữa."))


def _names(reports: list[Any]) -> str:
    names = ", ".join(report.unit_name for report in reports[:5])
    return f"{names}, …" if len(reports) > 5 else names


def _columns() -> list[tables.Column]:
    return [
        tables.Column("don-vi", _("Đơn vị")),
        tables.Column("bao-cao", _("Báo cáo")),
        tables.Column("han", _("Hạn nộp"), kind="date"),
        tables.Column("tinh-trang", _("Tình trạng")),
        tables.Column("goi", _("Người liên hệ")),
        tables.Column("dien-thoai", _("Điện thoại")),
        tables.Column("nhac", _("Nhắc")),
    ]


def late_words(report: Any, capacity: Capacity) -> str:
    """Say how late a report is; nothing before its day."""
    days = (capacity.on - report.due).days
    return (
        ngettext("Quá hạn %(count)d ngày", "Quá hạn %(count)d ngày", days) % {"count": days}
        if days > 0
        else ""
    )


def _row(report: Any, capacity: Capacity, callee: Any, told: set[int]) -> dict[str, Any]:
    late = late_words(report, capacity)
    phone = callee.officer.phone if callee else ""
    return {
        "url": reverse("reporting:review", args=[report.pk]),
        "id": report.pk,
        "status": "late" if late else "",
        "cells": [
            {"text": report.unit_name, "note": report.unit.code},
            {"text": report.period.words, "note": str(report.sheet)},
            report.due,
            {
                "text": late or report.get_status_display().capitalize(),
                "status": "late" if late else "neutral",
            },
            {"text": str(callee.officer), "note": str(callee.position)} if callee else None,
            {"text": phone, "url": f"tel:{phone}"} if phone else None,
            {"text": _("Đã nhắc hôm nay")}
            if report.pk in told
            else {"text": _("Nhắc"), "button": ("nhac", str(report.pk))},
        ],
    }


def _table(capacity: Capacity, reports: list[Any]) -> Table:
    callees = queries.callees(capacity, {report.unit_id for report in reports})
    rows = []
    for report in reports:
        callee = callees.get(report.unit_id)
        rows.append(
            [
                report.unit.code,
                report.unit_name,
                str(report.sheet),
                report.period.words,
                report.due,
                late_words(report, capacity) or report.get_status_display().capitalize(),
                str(callee.officer) if callee else None,
                str(callee.position) if callee else None,
                callee.officer.phone if callee else None,
            ]
        )
    return Table(
        _("Báo cáo còn thiếu"),
        "bao-cao-con-thieu",
        [
            _("Mã đơn vị"),
            _("Đơn vị"),
            _("Biểu mẫu"),
            _("Kỳ"),
            _("Hạn nộp"),
            _("Tình trạng"),
            _("Người liên hệ"),
            _("Chức vụ"),
            _("Điện thoại"),
        ],
        rows,
    )
