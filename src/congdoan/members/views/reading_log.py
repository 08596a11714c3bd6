"""The reading log, for the officer who watches over personal data."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.members.access import capacity_of, requires
from congdoan.members.forms.requests import LogForm
from congdoan.members.queries import own, reading
from congdoan.members.sections import tabs
from congdoan.organisation.rights import Right
from congdoan.ui import tables


@require_safe
@requires(Right.KEEP_RECORDS)
def log(request: HttpRequest) -> HttpResponse:
    """Show who read which record, when, in which capacity and why. People are numbers here, never names."""
    form = LogForm(request.GET, auto_id="loc-%s")
    wanted = reading.Wanted(
        kind=form.said("viec") or "",
        subject_id=form.said("ho-so"),
        reader=form.said("nguoi-doc") or "",
        first=form.said("tu-ngay"),
        last=form.said("den-ngay"),
    )
    page = Paginator(reading.entries(capacity_of(request), wanted), 50).get_page(request.GET.get("trang"))
    rows = [
        {
            "cells": [
                timezone.localtime(entry.at),
                tables.Cell(entry.reader_text, note=entry.mandate_text),
                tables.Cell(
                    entry.get_kind_display(), status="error" if entry.kind == "denied" else "neutral"
                ),
                entry.subject_id,
                entry.rows,
                tables.Cell(", ".join(own.label_of(name) for name in entry.fields), note=entry.reason),
            ]
        }
        for entry in page
    ]
    columns = [
        tables.Column("luc", _("Lúc")),
        tables.Column("ai", _("Ai, với tư cách gì")),
        tables.Column("viec", _("Việc")),
        tables.Column("ho-so", _("Mã hồ sơ"), kind="number"),
        tables.Column("so-ho-so", _("Số hồ sơ"), kind="number"),
        tables.Column("thong-tin", _("Thông tin, lý do")),
    ]
    return render(
        request,
        "members/requests/log.html",
        {
            "tabs": tabs(request, "reading_log"),
            "form": form,
            "page": page,
            "columns": columns,
            "rows": rows,
        },
    )
