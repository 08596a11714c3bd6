"""The movement report: opening, in, out, closing, and the people behind each number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.members.access import capacity_of, requires
from congdoan.members.actions import reading
from congdoan.members.forms import PeriodForm
from congdoan.members.models import Membership
from congdoan.members.queries import movement as queries
from congdoan.members.sections import tabs
from congdoan.members.views.register import list_columns, list_row
from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.queries.scope import within
from congdoan.organisation.queries.units import name_on
from congdoan.organisation.rights import Right
from congdoan.ui import tables

PER_PAGE = 50


def _titles() -> dict[str, str]:
    return {
        queries.OPENING: _("Đầu kỳ"),
        queries.INCOMING: _("Tăng"),
        queries.OUTGOING: _("Giảm"),
        queries.CLOSING: _("Cuối kỳ"),
    }


def _said(request: HttpRequest, capacity: Capacity) -> PeriodForm:
    """Return what the address asks for; without a word the year so far of the reader's own unit."""
    today = timezone.localdate()
    data = {
        "don-vi": capacity.unit.code if capacity.unit else "",
        "tu-ngay": f"{date(today.year, 1, 1):%d/%m/%Y}",
        "den-ngay": f"{today:%d/%m/%Y}",
    }
    said = {name: request.GET[name] for name in data if request.GET.get(name)}
    return PeriodForm(capacity, {**data, **said}, auto_id="ky-%s")


@require_safe
@requires(Right.COUNT_MEMBERS)
def movement(request: HttpRequest) -> HttpResponse:
    """Count the movement of a unit with all below it over a period."""
    capacity = capacity_of(request)
    form = _said(request, capacity)
    context: dict[str, Any] = {"tabs": tabs(request, "movement"), "form": form}
    if form.is_valid():
        unit, period = form.cleaned_data["don-vi"], form.period()
        found = queries.movement(unit, period)
        context |= {
            "unit": unit,
            "period": period,
            "movement": found,
            "stats": _stats(capacity, form, found),
            "changes": _changes(capacity, form, found),
            "change_columns": [
                tables.Column("ly-do", _("Lý do")),
                tables.Column("chieu", _("Tăng hay giảm")),
                tables.Column("so", _("Số người"), kind="number"),
            ],
            "frozen": queries.frozen(unit, period),
        }
    return render(request, "members/movement.html", context)


def _stats(capacity: Capacity, form: PeriodForm, found: queries.Movement) -> list[dict[str, Any]]:
    names = ("opening", "incoming", "outgoing", "closing")
    stats = []
    for name, cut in zip(names, queries.CUTS, strict=True):
        women, unknown = getattr(found.women, name), getattr(found.unknown, name)
        note = _("%(women)s nữ") % {"women": women}
        if unknown:
            note = _("%(women)s nữ, %(unknown)s chưa rõ giới tính") % {"women": women, "unknown": unknown}
        stats.append(
            {
                "label": _titles()[cut],
                "value": getattr(found.all, name),
                "note": note,
                "url": _rows_url(capacity, form, cut),
            }
        )
    return stats


def _changes(capacity: Capacity, form: PeriodForm, found: queries.Movement) -> list[dict[str, Any]]:
    """Return the kinds of entry and leaving that happened, each with its number and the way to its rows."""
    kinds: list[tuple[str, Any, dict[str, int]]] = [
        (queries.INCOMING, Membership.Entry, found.entries),
        (queries.OUTGOING, Membership.Leaving, found.leavings),
    ]
    return [
        {
            "url": _rows_url(capacity, form, cut, kind),
            "cells": [
                str(words(kind).label).capitalize(),
                _titles()[cut],
                count,
            ],
        }
        for cut, words, counts in kinds
        for kind, count in counts.items()
        if count
    ]


def _rows_url(capacity: Capacity, form: PeriodForm, cut: str, reason: str = "") -> str:
    """Return the way to the people behind a number, for whoever may see people."""
    if not capacity.may(Right.SEE_MEMBERS):
        return ""
    asked = {
        "don-vi": form.cleaned_data["don-vi"].code,
        "tu-ngay": f"{form.cleaned_data['tu-ngay']:%d/%m/%Y}",
        "den-ngay": f"{form.cleaned_data['den-ngay']:%d/%m/%Y}",
    }
    if reason:
        asked["loai"] = reason
    return f"{reverse('members:movement_rows', args=[cut])}?{urlencode(asked)}"


@require_safe
@requires(Right.SEE_MEMBERS)
def movement_rows(request: HttpRequest, cut: str) -> HttpResponse:
    """List the people behind one number of the report; that they were listed is written down."""
    capacity = capacity_of(request)
    form = _said(request, capacity)
    if cut not in queries.CUTS or not form.is_valid():
        raise Http404
    unit, period = form.cleaned_data["don-vi"], form.period()
    found = (
        queries.rows(unit, period, cut, request.GET.get("loai", ""))
        .filter(within(capacity, Right.SEE_MEMBERS))
        .select_related("person")
        .annotate(unit_name=name_on(period.last_day, "unit"))
        .order_by("person__sort_key", "person_id", "admitted_on")
    )
    with transaction.atomic():
        page = Paginator(found, PER_PAGE).get_page(request.GET.get("trang"))
        rows = list(page)
        reading.log_list(capacity, len(rows))
    back = {"don-vi": unit.code, "tu-ngay": form["tu-ngay"].value(), "den-ngay": form["den-ngay"].value()}
    return render(
        request,
        "members/movement_rows.html",
        {
            "crumbs": [{"title": _("Biến động"), "url": f"{reverse('members:movement')}?{urlencode(back)}"}],
            "title": _titles()[cut],
            "unit": unit,
            "period": period,
            "page": page,
            "columns": list_columns(),
            "rows": [_row(membership) for membership in rows],
        },
    )


def _row(membership: Membership) -> dict[str, Any]:
    row = list_row(membership)
    if membership.ended_on is not None:
        note = _("đến hết %(day)s") % {"day": f"{membership.ended_on - timedelta(days=1):%d/%m/%Y}"}
        row["cells"][-1] = {"text": membership.admitted_on, "note": note}
    return row
