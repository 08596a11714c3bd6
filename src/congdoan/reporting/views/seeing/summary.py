"""A level's own summary of a period: every line as a total, signed by its leader, and what changed since."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.models import Unit
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import reaches
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.summarising import digest_of, sign
from congdoan.reporting.errors import ReportingError
from congdoan.reporting.models import Line, Period, Sheet
from congdoan.reporting.queries import overview
from congdoan.reporting.queries import summaries as queries
from congdoan.reporting.queries.scope import SEEING
from congdoan.reporting.views.seeing import words
from congdoan.reporting.views.seeing.dashboard import unit_or_404
from congdoan.reporting.views.seeing.links import sources_url
from congdoan.ui import tables
from congdoan.ui.templatetags.ui import vi_number

MOST_PERIODS = 40


@require_http_methods(["GET", "POST"])
@requires(*SEEING)
def summary(request: HttpRequest) -> HttpResponse:
    """Show a summary; let the leader sign it."""
    capacity = capacity_of(request)
    unit = unit_or_404(capacity, request)
    sheets = overview.sheets_owed(unit)
    asked = request.GET.get("bieu-mau", "")
    sheet = next((one for one in sheets if one.code == asked), sheets[0] if sheets else None)
    if asked and (sheet is None or sheet.code != asked):
        raise Http404
    if sheet is None:
        return render(request, "reporting/seeing/summary.html", {"unit": unit, "crumbs": _crumbs(unit)})
    periods = overview.periods_owed(sheet, capacity.on, MOST_PERIODS)
    said = request.GET.get("ky", "")
    period = next(
        (one for one in periods if str(one.pk) == said), periods[-1] if periods and not said else None
    )
    if period is None:
        raise Http404
    if request.method == "POST":
        return _sign(request, capacity, unit, period, sheet)
    context = _context(capacity, unit, period, sheet)
    context |= {
        "sheets": [{"code": one.code, "name": str(one), "is_chosen": one == sheet} for one in sheets],
        "periods": [
            {"pk": one.pk, "name": one.words, "is_chosen": one == period} for one in reversed(periods)
        ],
    }
    return render(request, "reporting/seeing/summary.html", context)


def _crumbs(unit: Unit) -> list[dict[str, str]]:
    url = f"{reverse('reporting:dashboard')}?{urlencode({'don-vi': unit.code})}"
    return [{"title": _("Số liệu"), "url": url}]


def _sign(request: HttpRequest, capacity: Capacity, unit: Unit, period: Period, sheet: Sheet) -> HttpResponse:
    try:
        sign(unit, period, sheet, seen=request.POST.get("ma-bam", ""), by=capacity, today=capacity.on)
    except ReportingError as error:
        messages.error(request, error.user_message)
    else:
        messages.success(request, _("Đã ký tổng hợp %(period)s.") % {"period": period.words})
    asked = urlencode({"don-vi": unit.code, "bieu-mau": sheet.code, "ky": period.pk})
    return redirect(f"{reverse('reporting:summary')}?{asked}")


def _context(capacity: Capacity, unit: Unit, period: Period, sheet: Sheet) -> dict[str, Any]:
    whole = queries.laid(unit, period, sheet, capacity.on)
    content = queries.content_of(unit, period, sheet, whole)
    digest = digest_of(content, unit, period, sheet)
    sees_all = any(capacity.may(right) for right in overview.SENSITIVE)
    lines: dict[str, Line] = {
        row.line.series.key: row.line for _section, rows in whole.sections for row in rows
    }
    shown = {key for key, line in lines.items() if sees_all or not line.series.indicator.is_sensitive}
    rates = [one for one in whole.rates if sees_all or not one.is_sensitive]
    shown |= {one.indicator.code for one in rates}
    named = {key: str(line) for key, line in lines.items()} | {one.indicator.code: one.name for one in rates}
    signed = queries.signed(unit, period, sheet)
    return {
        "crumbs": _crumbs(unit),
        "unit": unit,
        "period": period,
        "sheet": sheet,
        "as_of": words.as_of(overview.newest_batch()),
        "accepted": vi_number(content["accepted"]),
        "expected": vi_number(content["expected"]),
        "columns": [
            tables.Column("dong", _("Dòng")),
            tables.Column("so", _("Tổng số"), kind="number"),
            tables.Column("tinh", _("Đơn vị tính")),
            tables.Column("phu", _("Có số liệu")),
        ],
        "sections": [
            (str(section), [_row(row) for row in rows if row.line.series.key in shown])
            for section, rows in whole.sections
        ],
        "rate_columns": [
            tables.Column("ty-le", _("Tỷ lệ")),
            tables.Column("so", _("Giá trị"), kind="number"),
            tables.Column("tu-so", _("Tử số"), kind="number"),
            tables.Column("mau-so", _("Mẫu số"), kind="number"),
            tables.Column("phu", _("Có số liệu")),
        ],
        "rates": [_rate_row(one) for one in rates],
        "digest": digest,
        "is_signed": bool(signed)
        and signed[0].digest
        == digest_of(queries.in_words_of(signed[0].content, content), unit, period, sheet),
        "may_sign": reaches(capacity, Right.SIGN_REPORTS, unit.pk),
        "signed": [_signed(one, content, named, shown) for one in signed],
        "change_columns": [
            tables.Column("dong", _("Dòng")),
            tables.Column("luc-ky", _("Lúc ký"), kind="number"),
            tables.Column("nay", _("Hiện nay"), kind="number"),
        ],
    }


def _row(row: queries.Row) -> dict[str, Any]:
    figure = row.figure
    return {
        "cells": [
            str(row.line),
            {"text": words.value_of(figure), "url": sources_url(figure)},
            row.measure or None,
            words.coverage(figure) or None,
        ]
    }


def _rate_row(one: queries.Rated) -> dict[str, Any]:
    figure = one.figure
    return {
        "cells": [
            one.name,
            {"text": words.value_of(figure), "url": sources_url(figure)},
            figure.numerator if figure else None,
            figure.denominator if figure else None,
            words.coverage(figure) or None,
        ]
    }


def _signed(one: Any, now: dict[str, Any], named: dict[str, str], shown: set[str]) -> dict[str, Any]:
    changed = queries.changed_since(one.content, now)
    return {
        "at": timezone.localtime(one.signed_at),
        "who": one.mandate_text or one.signed_by_text,
        "coverage": _("%(count)s/%(all)s báo cáo")
        % {
            "count": vi_number(one.content.get("accepted", 0)),
            "all": vi_number(one.content.get("expected", 0)),
        },
        "digest": one.digest[:16],
        "changes": [
            {"cells": [named.get(key, key), _number(then), _number(later)]}
            for key, (then, later) in changed.items()
            if key in shown
        ],
    }


def _number(text: str | None) -> Any:
    """Return a stored number as one."""
    if text is None:
        return None
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number
