"""One's own record: all that is kept, put right, taken home, and who read it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.members import classification
from congdoan.members.access import capacity_of, requires
from congdoan.members.actions import corrections, reading, requests
from congdoan.members.errors import MembersError
from congdoan.members.exports import own as files
from congdoan.members.forms import written_birth
from congdoan.members.forms.self_service import AskForm, ContactForm, CorrectionForm
from congdoan.members.models import CorrectionRequest, DataRequest, Person, ReadEntry
from congdoan.members.queries import own, people
from congdoan.members.timeline import entries_of
from congdoan.ui import tables

OwnView = Callable[..., HttpResponseBase]
STATUS = {
    "open": "waiting",
    "acknowledged": "waiting",
    "accepted": "accepted",
    "done": "accepted",
    "refused": "error",
    "withdrawn": "withdrawn",
}
SENSITIVITY = {
    classification.Sensitivity.NONE: "neutral",
    classification.Sensitivity.BASIC: "waiting",
    classification.Sensitivity.SENSITIVE: "error",
}
_TYPES = {
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def own_record(view: OwnView) -> OwnView:
    """Give the view the record of whoever has signed in; those without one read a kind page."""

    @wraps(view)
    @requires()
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            person = own.person_of(capacity_of(request))
        except Person.DoesNotExist:
            return render(request, "members/own/nobody.html")
        return view(request, person, *args, **kwargs)

    return checked


def crumbs() -> list[dict[str, str]]:
    """Return the way to a page about oneself."""
    return [{"title": _("Hồ sơ của tôi"), "url": reverse("members:own")}]


@require_safe
@own_record
def record(request: HttpRequest, person: Person) -> HttpResponse:
    """Show everything that is kept about me."""
    capacity = capacity_of(request)
    with transaction.atomic():
        reading.log(
            capacity,
            ReadEntry.Kind.READ,
            subject_id=person.pk,
            fields=list(own.FIELDS),
            reason=_("chính chủ xem"),
        )
        history = people.history(person, capacity.on)
    return render(
        request,
        "members/own/record.html",
        {
            "person": person,
            "columns": [
                tables.Column("thong-tin", _("Thông tin")),
                tables.Column("gia-tri", _("Đang ghi")),
                tables.Column("loai", _("Loại")),
                tables.Column("muc-dich", _("Dùng để làm gì")),
            ],
            "rows": list(_kept(person)),
            "here": next((one for one in history if one.ended_on is None), None),
            "entries": entries_of(history, capacity.on),
            "positions": people.positions(person, capacity.on),
            "card": own.card(person),
            "corrections": [
                {"request": one, "label": own.label_of(one.field), "status": STATUS[one.status]}
                for one in person.corrections.all()[:10]
            ],
            "requests": [{"request": one, "status": STATUS[one.status]} for one in _requests(person)],
            "consents": sum(choice.consent is not None for choice in own.choices(person)),
            "readings": own.readings(person).count(),
        },
    )


def _requests(person: Person) -> list[DataRequest]:
    return list(person.data_requests.order_by("-received_on", "-pk")[:10])


def _kept(person: Person) -> Any:
    values = {
        "birth_date": written_birth(person),
        "sex": person.get_sex_display(),
        "employment_category": person.get_employment_category_display(),
    }
    for name, column in own.FIELDS.items():
        use = classification.use_of("person", column)
        try:
            value = (
                person.identity_masked
                if name == "identity_number"
                else values.get(name, getattr(person, name))
            )
        except MembersError as error:
            value = error.user_message
        yield {
            "cells": [
                own.label_of(name).capitalize(),
                value or None,
                tables.Cell(str(use.sensitivity.label), status=SENSITIVITY[use.sensitivity]),
                tables.Cell(str(use.purpose), note=str(use.ground.label)),
            ]
        }


@require_http_methods(["GET", "POST"])
@own_record
def contacts(request: HttpRequest, person: Person) -> HttpResponse:
    """Change my telephone, mail and address at once."""
    form = ContactForm(person, request.POST or None)
    if form.is_valid():
        try:
            corrections.change_contacts(capacity_of(request), form.values())
        except MembersError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(request, _("Đã lưu. Thông tin mới dùng được ngay."))
            return redirect("members:own")
    return _form(request, form, _("Sửa thông tin liên hệ"), _("Lưu thông tin liên hệ"))


@require_http_methods(["GET", "POST"])
@own_record
def correction(request: HttpRequest, person: Person) -> HttpResponse:
    """Ask that my unit puts something right."""
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            asked = corrections.ask(capacity_of(request), data["field"], data["packed"], note=data["note"])
        except MembersError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(
                request,
                _("Đã gửi. Đơn vị trả lời trước hết ngày %(day)s.") % {"day": f"{asked.due_on:%d/%m/%Y}"},
            )
            return redirect("members:own")
    lead = _("Họ tên, ngày sinh và các số định danh do chủ tịch công đoàn cơ sở xem rồi sửa, trong 10 ngày.")
    return _form(request, form, _("Đề nghị đính chính"), _("Gửi đề nghị"), lead)


@require_http_methods(["GET", "POST"])
@own_record
def ask(request: HttpRequest, person: Person) -> HttpResponse:
    """Use a right of the law: have data deleted, restricted, or object."""
    form = AskForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            asked = requests.ask(capacity_of(request), data["kind"], data["details"])
        except MembersError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(
                request,
                _("Đã nhận yêu cầu. Chậm nhất %(day)s sẽ có trả lời.") % {"day": f"{asked.due_on:%d/%m/%Y}"},
            )
            return redirect("members:own")
    lead = _(
        "Chúng tôi báo nhận trong 2 ngày làm việc, trả lời trong 10 ngày (xem), 15 ngày (hạn chế, phản đối) hoặc 20 ngày"
        " (xoá). Bạn cũng có thể gửi đơn giấy qua công đoàn cơ sở."
    )
    return _form(request, form, _("Gửi yêu cầu về dữ liệu của tôi"), _("Gửi yêu cầu"), lead)


def _form(request: HttpRequest, form: Any, title: str, label: str, lead: str = "") -> HttpResponse:
    return render(
        request,
        "members/form.html",
        {
            "crumbs": crumbs(),
            "form": form,
            "title": title,
            "label": label,
            "lead": lead,
            "cancel_url": reverse("members:own"),
        },
    )


@require_POST
@own_record
def withdraw_correction(request: HttpRequest, person: Person, request_id: int) -> HttpResponse:
    """Take my correction back."""
    try:
        corrections.withdraw(capacity_of(request), request_id)
    except CorrectionRequest.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Đã rút lại đề nghị."))
    return redirect("members:own")


@require_POST
@own_record
def withdraw_request(request: HttpRequest, person: Person, request_id: int) -> HttpResponse:
    """Take my request back."""
    try:
        requests.withdraw(capacity_of(request), request_id)
    except DataRequest.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, _("Đã rút lại yêu cầu."))
    return redirect("members:own")


@require_safe
@own_record
def download(request: HttpRequest, person: Person, form: str) -> HttpResponse:
    """Give me everything as a file."""
    capacity = capacity_of(request)
    with transaction.atomic():
        reading.log(
            capacity,
            ReadEntry.Kind.EXPORT,
            subject_id=person.pk,
            fields=list(own.FIELDS),
            reason=_("chính chủ tải về"),
        )
        data = files.everything(person, capacity.on)
    content = files.as_json(data) if form == "json" else files.as_xlsx(data)
    response = HttpResponse(content, content_type=_TYPES[form])
    response["Content-Disposition"] = (
        f'attachment; filename="du-lieu-cua-toi-{timezone.localdate():%Y-%m-%d}.{form}"'
    )
    return response


@require_safe
@own_record
def readers(request: HttpRequest, person: Person) -> HttpResponse:
    """Show who opened my record, in which capacity, which fields and why; never what stood there."""
    page = Paginator(own.readings(person), 50).get_page(request.GET.get("trang"))
    rows = [
        {
            "cells": [
                timezone.localtime(entry.at),
                tables.Cell(entry.reader_text, note=entry.mandate_text),
                entry.get_kind_display(),
                ", ".join(own.label_of(name) for name in entry.fields),
                entry.reason or None,
            ]
        }
        for entry in page
    ]
    columns = [
        tables.Column("luc", _("Lúc")),
        tables.Column("ai", _("Ai, với tư cách gì")),
        tables.Column("viec", _("Việc")),
        tables.Column("thong-tin", _("Thông tin nào")),
        tables.Column("vi-sao", _("Vì sao")),
    ]
    return render(
        request,
        "members/own/readers.html",
        {"crumbs": crumbs(), "page": page, "columns": columns, "rows": rows},
    )
