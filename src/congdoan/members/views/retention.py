"""What is past its time, for the officer who keeps the records."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.members.access import capacity_of, requires
from congdoan.members.queries import retention as queries
from congdoan.members.sections import tabs
from congdoan.organisation.rights import Right
from congdoan.ui import tables

MOST_NUMBERS = 30


@require_safe
@requires(Right.KEEP_RECORDS)
def overdue(request: HttpRequest) -> HttpResponse:
    """Show each rule and what has outlived it, by numbers of records and never by names."""
    rows = []
    for one in queries.overdue(capacity_of(request)):
        numbers = ", ".join(str(pk) for pk in one.rows.values_list("pk", flat=True)[:MOST_NUMBERS])
        months = _("%(months)d tháng") % {"months": one.rule.months}
        rows.append(
            {
                "cells": [
                    one.rule.get_kind_display().capitalize(),
                    tables.Cell(months, note=one.rule.ground),
                    one.before,
                    one.count,
                    numbers or None,
                ]
            }
        )
    columns = [
        tables.Column("loai", _("Loại dữ liệu")),
        tables.Column("thoi-han", _("Giữ bao lâu, vì sao")),
        tables.Column("truoc-ngay", _("Xong trước ngày"), kind="date"),
        tables.Column("so", _("Quá hạn"), kind="number"),
        tables.Column("ma", _("Mã số các dòng")),
    ]
    return render(
        request,
        "members/requests/retention.html",
        {"tabs": tabs(request, "retention"), "columns": columns, "rows": rows},
    )
