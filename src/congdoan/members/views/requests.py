"""What people ask about their data, for the officers who answer: corrections of my unit, requests of my scope."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.members.access import capacity_of, requires
from congdoan.members.actions import corrections, reading, requests
from congdoan.members.errors import MembersError
from congdoan.members.forms.requests import AnswerForm, DecisionForm, ExtendForm
from congdoan.members.models import CorrectionRequest, DataRequest, ReadEntry
from congdoan.members.queries import own
from congdoan.members.queries import requests as queries
from congdoan.members.sections import tabs
from congdoan.members.views.self_service import STATUS
from congdoan.organisation.rights import Right
from congdoan.ui import tables

ACKNOWLEDGE, EXTEND, DONE, REFUSE = "bao-nhan", "gia-han", "da-lam", "tu-choi"
"""What the buttons of a request say."""


def crumbs() -> list[dict[str, str]]:
    """Return the way to one request."""
    return [{"title": _("Yêu cầu"), "url": reverse("members:requests")}]


@require_safe
@requires(Right.ADMIT_MEMBERS, Right.KEEP_RECORDS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show what waits, the most pressing first. That names were shown is written down with it."""
    capacity = capacity_of(request)
    with transaction.atomic():
        waiting = list(queries.corrections_to_decide(capacity)[: queries.MOST_SHOWN])
        asked = list(queries.data_requests_open(capacity)[: queries.MOST_SHOWN])
        reading.log_list(
            capacity,
            len(waiting) + len(asked),
            fields=["last_name", "first_name"],
            reason=_("danh sách yêu cầu"),
        )
    closed = (
        queries.data_requests(capacity).filter(closed_on__isnull=False).order_by("-closed_on", "-pk")[:20]
    )
    return render(
        request,
        "members/requests/listed.html",
        {
            "tabs": tabs(request, "requests"),
            "columns": [
                tables.Column("nguoi", _("Người gửi")),
                tables.Column("viec", _("Việc")),
                tables.Column("trang-thai", _("Trạng thái")),
                tables.Column("han", _("Hạn"), kind="date"),
            ],
            "corrections": [_correction_row(one, capacity.on) for one in waiting],
            "requests": [_request_row(one, capacity.on) for one in asked],
            "closed": [_request_row(one, capacity.on) for one in closed],
            "decides": capacity.may(Right.ADMIT_MEMBERS),
            "keeps": capacity.may(Right.KEEP_RECORDS),
        },
    )


def _state(one: Any, today: Any) -> tables.Cell:
    is_waiting = one.status in ("open", "acknowledged")
    if is_waiting and one.due_on < today:
        return tables.Cell(_("Quá hạn"), status="late")
    if one.status == "open" and getattr(one, "acknowledge_due_on", today) < today:
        return tables.Cell(_("Quá hạn báo nhận"), status="late")
    return tables.Cell(one.get_status_display(), status=STATUS[one.status])


def _correction_row(one: CorrectionRequest, today: Any) -> dict[str, Any]:
    what = _("Đính chính %(field)s") % {"field": own.label_of(one.field)}
    return {
        "url": reverse("members:correction", args=[one.pk]),
        "cells": [str(one.person), what, _state(one, today), one.due_on],
    }


def _request_row(one: DataRequest, today: Any) -> dict[str, Any]:
    name = str(one.person) or _("Hồ sơ đã xoá")
    return {
        "url": reverse("members:data_request", args=[one.pk]),
        "cells": [name, one.get_kind_display(), _state(one, today), one.due_on],
    }


@require_http_methods(["GET", "POST"])
@requires(Right.ADMIT_MEMBERS)
def correction(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show what stood and what should stand, and decide."""
    capacity = capacity_of(request)
    with transaction.atomic():
        one = get_object_or_404(queries.corrections_to_decide(capacity), pk=request_id)
        reading.log(
            capacity,
            ReadEntry.Kind.READ,
            subject_id=one.person_id,
            fields=[one.field],
            reason=_("xem đề nghị đính chính"),
        )
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        is_accepted = request.POST.get("viec") == DONE
        try:
            corrections.decide(capacity, one.pk, is_accepted=is_accepted, reason=form.cleaned_data["reason"])
        except CorrectionRequest.DoesNotExist as error:
            raise Http404 from error
        except MembersError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã sửa hồ sơ.") if is_accepted else _("Đã từ chối đề nghị."))
            return redirect("members:requests")
    facts = [
        {"label": _("Thông tin"), "value": own.label_of(one.field).capitalize()},
        {"label": _("Đang ghi"), "value": _shown(one.field, one.old)},
        {"label": _("Đề nghị ghi"), "value": _shown(one.field, one.new)},
        {"label": _("Giải thích"), "value": one.note},
        {"label": _("Gửi ngày"), "value": one.requested_at},
        {"label": _("Hạn trả lời"), "value": one.due_on},
    ]
    return render(
        request,
        "members/requests/correction.html",
        {"crumbs": crumbs(), "one": one, "facts": facts, "form": form},
    )


def _shown(field: str, text: str) -> Any:
    if field == "sex" and text:
        return _("nữ") if text == "female" else _("nam")
    if field == "birth_date" and text:
        day, _separator, precision = text.partition("|")
        year, month, number = day.split("-")
        return {"year": year, "month": f"{month}/{year}"}.get(precision, f"{number}/{month}/{year}")
    return text


@require_http_methods(["GET", "POST"])
@requires(Right.KEEP_RECORDS)
def data_request(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show one request with its clocks; acknowledge, extend, carry out or refuse it."""
    capacity = capacity_of(request)
    with transaction.atomic():
        one = get_object_or_404(queries.data_requests(capacity), pk=request_id)
        reading.log(
            capacity,
            ReadEntry.Kind.READ,
            subject_id=one.person_id,
            fields=["last_name", "first_name"],
            reason=_("xem yêu cầu về dữ liệu"),
        )
    wish = request.POST.get("viec", "")
    answer = AnswerForm(request.POST if wish in (DONE, REFUSE) else None)
    extend = ExtendForm(request.POST if wish == EXTEND else None)
    form: Any = extend if wish == EXTEND else answer
    if request.method == "POST" and (wish == ACKNOWLEDGE or form.is_valid()):
        try:
            if wish == ACKNOWLEDGE:
                requests.acknowledge(capacity, one.pk)
            elif wish == EXTEND:
                data = extend.cleaned_data
                requests.extend(capacity, one.pk, data["days"], data["reason"])
            else:
                requests.close(capacity, one.pk, is_done=wish == DONE, answer=answer.cleaned_data["answer"])
        except DataRequest.DoesNotExist as error:
            raise Http404 from error
        except MembersError as error:
            if wish == ACKNOWLEDGE:
                raise
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("members:data_request", one.pk)
    return render(
        request,
        "members/requests/data_request.html",
        {
            "crumbs": crumbs(),
            "one": one,
            "name": str(one.person) or _("Hồ sơ đã xoá"),
            "facts": _facts(one),
            "answer": answer,
            "extend": extend,
            "is_open": one.closed_on is None,
            "may_do": one.kind != DataRequest.Kind.DELETION,
        },
    )


def _facts(one: DataRequest) -> list[dict[str, Any]]:
    extension = _("gia hạn %(days)d ngày: %(reason)s") % {
        "days": one.extended_days,
        "reason": one.extension_reason,
    }
    return [
        {"label": _("Trạng thái"), "value": one.get_status_display(), "status": STATUS[one.status]},
        {"label": _("Nội dung"), "value": one.details},
        {"label": _("Cách gửi"), "value": one.get_channel_display()},
        {"label": _("Ngày nhận"), "value": one.received_on},
        {"label": _("Hạn báo nhận"), "value": one.acknowledge_due_on},
        {"label": _("Đã báo nhận ngày"), "value": one.acknowledged_on},
        {"label": _("Hạn thực hiện"), "value": one.due_on, "note": extension if one.extended_days else ""},
        {"label": _("Trả lời"), "value": one.answer},
        {"label": _("Người xử lý"), "value": one.handled_by},
    ]
