"""Taking a list of members out: asking, the second officer's word, and the file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.members.access import capacity_of, requires
from congdoan.members.actions import exporting
from congdoan.members.errors import MembersError
from congdoan.members.exports.listing import listing
from congdoan.members.forms import ReasonForm
from congdoan.members.forms.exports import ExportForm
from congdoan.members.models import Export
from congdoan.members.queries import exports as queries
from congdoan.members.sections import tabs
from congdoan.members.views.changes import tell_problem
from congdoan.organisation.rights import Right
from congdoan.ui import tables

MOST_SHOWN = 50
APPROVE, REFUSE = "dong-y", "tu-choi"
"""What the buttons of the second officer say."""
STATUS = {"requested": "waiting", "approved": "accepted", "refused": "error", "done": "neutral"}


def crumbs() -> list[dict[str, str]]:
    """Return the way to one export."""
    return [{"title": _("Xuất danh sách"), "url": reverse("members:exports")}]


@require_safe
@requires(Right.EXPORT_MEMBERS)
def listed(request: HttpRequest) -> HttpResponse:
    """Exports of my reach, the newest first."""
    found = queries.visible(capacity_of(request))[:MOST_SHOWN]
    columns = [
        tables.Column("don-vi", _("Đơn vị")),
        tables.Column("ai", _("Người xuất")),
        tables.Column("so-nguoi", _("Số người"), kind="number"),
        tables.Column("trang-thai", _("Trạng thái")),
        tables.Column("luc", _("Lúc"), kind="date"),
    ]
    rows = [
        {
            "url": reverse("members:export", args=[one.pk]),
            "cells": [
                one.unit.code,
                one.requester_text,
                one.row_count,
                tables.Cell(one.get_status_display(), status=STATUS[one.status]),
                one.requested_at,
            ],
        }
        for one in found
    ]
    context = {"tabs": tabs(request, "exports"), "columns": columns, "rows": rows}
    return render(request, "members/exports/listed.html", context)


@require_http_methods(["GET", "POST"])
@requires(Right.EXPORT_MEMBERS)
def ask(request: HttpRequest) -> HttpResponse:
    """Say which list, and why."""
    capacity = capacity_of(request)
    form = ExportForm(capacity, request.POST or None)
    if form.is_valid():
        try:
            export = exporting.ask(
                capacity, form.wanted(), form.cleaned_data["unit"], form.cleaned_data["reason"]
            )
        except MembersError as error:
            tell_problem(form, error)
        else:
            return redirect("members:export", export.pk)
    return render(
        request,
        "members/form.html",
        {
            "crumbs": crumbs(),
            "title": _("Xuất danh sách đoàn viên"),
            "lead": _(
                "Trên %(alone)d người thì cần một người khác có quyền xuất đồng ý. Tệp không có số định danh; mỗi dòng mang dấu "
                "nhận biết của lần xuất."
            )
            % {"alone": exporting.ALONE},
            "form": form,
            "label": _("Tiếp"),
            "cancel_url": reverse("members:exports"),
        },
    )


@require_http_methods(["GET", "POST"])
@requires(Right.EXPORT_MEMBERS)
def export(request: HttpRequest, export_id: int) -> HttpResponse:
    """One export: its requester takes the file, a second officer allows or refuses it."""
    capacity = capacity_of(request)
    one = get_object_or_404(queries.visible(capacity), pk=export_id)
    wish = request.POST.get("viec", "")
    form = ReasonForm(request.POST if wish == REFUSE else None)
    if wish == APPROVE or form.is_valid():
        try:
            if wish == APPROVE:
                exporting.approve(capacity, one.pk)
                messages.success(request, _("Đã đồng ý cho xuất."))
            else:
                exporting.refuse(capacity, one.pk, form.cleaned_data["reason"])
                messages.success(request, _("Đã từ chối."))
        except Export.DoesNotExist as error:
            raise Http404 from error
        return redirect("members:export", one.pk)
    is_mine = one.requester_id == str(capacity.user.pk)
    return render(
        request,
        "members/exports/export.html",
        {
            "crumbs": crumbs(),
            "export": one,
            "facts": _facts(one),
            "form": form,
            "may_take": is_mine and one.status == Export.Status.APPROVED,
            "may_decide": not is_mine and one.status == Export.Status.REQUESTED,
            "waits": is_mine and one.status == Export.Status.REQUESTED,
        },
    )


@require_POST
@requires(Right.EXPORT_MEMBERS)
def take(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """The file, once."""
    try:
        return listing(*exporting.take(capacity_of(request), export_id))
    except Export.DoesNotExist as error:
        raise Http404 from error
    except MembersError as error:
        messages.error(request, error.user_message)
        return redirect("members:export", export_id)


def _facts(one: Export) -> list[dict[str, Any]]:
    return [
        {"label": _("Đơn vị"), "value": one.unit.code},
        {"label": _("Người xuất"), "value": f"{one.requester_text} ({one.mandate_text})"},
        {"label": _("Lý do"), "value": one.reason},
        {"label": _("Số người"), "value": one.row_count},
        {"label": _("Trạng thái"), "value": one.get_status_display()},
        {"label": _("Người duyệt"), "value": one.approver_text},
        {"label": _("Lý do từ chối"), "value": one.refused_reason},
        {"label": _("Dấu nhận biết"), "value": one.watermark},
    ]
