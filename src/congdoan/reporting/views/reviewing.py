"""The inbox of a level: reports that wait, accepted one by one or many at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.reviewing import accept_many
from congdoan.reporting.forms.reviewing import ALL, InboxForm, chosen
from congdoan.reporting.models import Report
from congdoan.reporting.queries import inbox as queries
from congdoan.ui import tables
from congdoan.ui.templatetags.ui import vi_datetime

PER_PAGE = 50
MOST_TOLD = 10
STATUS_LOOK = {"open": "neutral", "submitted": "waiting", "returned": "late", "accepted": "accepted"}
"""How each status of a report looks."""

_SORTED = {"don-vi": "unit_sort", "ky": "period__start", "gui": "submitted_at"}


@require_http_methods(["GET", "POST"])
@requires(Right.REVIEW_REPORTS)
def inbox(request: HttpRequest) -> HttpResponse:
    """List the reports of the units below; accept those that are ticked."""
    capacity = capacity_of(request)
    if request.method == "POST":
        _accept(request, capacity)
        return redirect(f"{reverse('reporting:inbox')}?{request.GET.urlencode()}".rstrip("?"))
    form = InboxForm(request.GET, auto_id="loc-%s")
    narrow = form.narrowing()
    columns, order = tables.sort(request, _columns(), _SORTED, "gui")
    found = queries.listed(capacity, narrow).order_by(order, "unit_sort", "pk")
    page: Page[Any] = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
    reports = list(page)
    looks = queries.looks(reports)
    directly, everybody = queries.counts(capacity)
    return render(
        request,
        "reporting/reviewing/inbox.html",
        {
            "form": form,
            "page": page,
            "columns": columns,
            "rows": [_row(report, looks.get(report.pk), request) for report in reports],
            "may_accept": any(report.status == Report.Status.SUBMITTED for report in reports),
            "tabs": _tabs(request, form.everybody, directly, everybody),
            "text": narrow.text,
            "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "trang")],
            "clear_url": f"?xem={ALL}" if form.everybody else "?",
            "query": request.GET.urlencode(),
            "all_url": _with(request, chon=ALL),
            "is_all": request.GET.get("chon") == ALL,
        },
    )


def _accept(request: HttpRequest, capacity: Capacity) -> None:
    picked = chosen(request.POST.getlist("bao-cao"))
    if not picked:
        messages.warning(request, _("Bạn chưa chọn báo cáo nào. Hãy đánh dấu những báo cáo cần duyệt."))
        return
    done = accept_many(picked, by=capacity)
    if done.count:
        messages.success(
            request,
            ngettext("Đã duyệt %(count)d báo cáo.", "Đã duyệt %(count)d báo cáo.", done.count)
            % {"count": done.count},
        )
    names = queries.names_of(capacity, done.refused)
    for pk, why in list(done.refused.items())[:MOST_TOLD]:
        messages.warning(request, f"{names.get(pk, '')}: {why}")
    rest = len(done.refused) - MOST_TOLD
    if rest > 0:
        messages.warning(request, _("Và %(count)d báo cáo khác chưa duyệt được.") % {"count": rest})
    lost = len(picked) - done.count - len(done.refused)
    if lost:
        messages.warning(request, _("%(count)d báo cáo không còn trong phạm vi của bạn.") % {"count": lost})


def _columns() -> list[tables.Column]:
    return [
        tables.Column("don-vi", _("Đơn vị")),
        tables.Column("ky", _("Kỳ")),
        tables.Column("gui", _("Trạng thái, gửi lúc")),
        tables.Column("doi", _("Ô thay đổi"), kind="number"),
        tables.Column("bat-thuong", _("Cần xem"), kind="number"),
        tables.Column("thieu", _("Dòng trống"), kind="number"),
    ]


def _row(report: Any, look: queries.Look | None, request: HttpRequest) -> dict[str, Any]:
    today = timezone.localdate()
    sent_on = timezone.localdate(report.first_submitted_at) if report.first_submitted_at else None
    is_late = (sent_on or today) > report.due
    late = ""
    if is_late:
        days = ((sent_on or today) - report.due).days
        late = ngettext("muộn %(count)d ngày", "muộn %(count)d ngày", days) % {"count": days}
    label = report.get_status_display()
    if report.is_correction:
        label = _("sửa số đã duyệt, %(status)s") % {"status": label}
    waits = report.status == Report.Status.SUBMITTED
    return {
        "url": reverse("reporting:review", args=[report.pk]),
        "id": f"{report.pk}:{report.current.digest}" if waits else "",
        "is_chosen": waits and request.GET.get("chon") == ALL,
        "status": "late" if look and look.warnings else "",
        "cells": [
            {"text": report.unit_name, "note": report.unit.code},
            {"text": report.period.words, "note": str(report.sheet)},
            {"text": label.capitalize(), "status": STATUS_LOOK[report.status], "note": _sent(report, late)},
            look.changed if look else None,
            {
                "text": look.warnings if look else None,
                "note": _("cảnh báo") if look and look.warnings else "",
            },
            look.missing if look else None,
        ],
    }


def _sent(report: Any, late: str) -> str:
    return ", ".join(part for part in (vi_datetime(report.submitted_at), late) if part)


def _tabs(request: HttpRequest, everybody: bool, directly: int, in_all: int) -> list[dict[str, Any]]:
    return [
        {
            "label": _("Trực tiếp dưới đơn vị"),
            "url": _with(request, xem=""),
            "is_current": not everybody,
            "count": directly,
        },
        {
            "label": _("Mọi đơn vị cấp dưới"),
            "url": _with(request, xem=ALL),
            "is_current": everybody,
            "count": in_all,
        },
    ]


def _with(request: HttpRequest, **changed: str) -> str:
    """Return the address of this list with another value of some parameters, from its first page on."""
    query = request.GET.copy()
    if "xem" in changed:
        query.pop("trang", None)
    query.pop("chon", None)
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
