"""Targets of units, and figures that no report carries."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.queries.units import name_of
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.configuring import owing
from congdoan.reporting.engine.values import shown
from congdoan.reporting.forms.managing_targets import (
    AimForm,
    OutsideFigureForm,
    TargetForm,
    level_words,
)
from congdoan.reporting.models import OutsideFigure
from congdoan.reporting.queries import configuring as queries
from congdoan.reporting.views import managing_words as words
from congdoan.ui import tables
from congdoan.ui.templatetags.ui import vi_date

PER_PAGE = 50
DAY = timedelta(days=1)


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def targets(request: HttpRequest) -> HttpResponse:
    """The targets of units in reach, by indicator, unit and window."""
    capacity = capacity_of(request)
    text = request.GET.get("q", "")[:200]
    page = Paginator(queries.named_targets(capacity, text), PER_PAGE).get_page(request.GET.get("trang"))
    columns = [
        tables.Column("chi-tieu", _("Chỉ tiêu")),
        tables.Column("don-vi", _("Đơn vị")),
        tables.Column("muc", _("Mức đề ra"), "number"),
        tables.Column("tu", _("Từ ngày"), "date"),
        tables.Column("den", _("Đến hết ngày"), "date"),
        tables.Column("van-ban", _("Văn bản giao")),
    ]
    rows = [
        {
            "url": reverse("reporting:edit_target", args=[one.pk]),
            "cells": [
                tables.Cell(one.indicator_name, note=one.series.indicator.code),
                tables.Cell(one.unit_name),
                tables.Cell(f"{one.get_comparator_display()} {level_words(one)}"),
                tables.Cell(one.start),
                tables.Cell(one.end - DAY),
                tables.Cell(one.source),
            ],
        }
        for one in page
    ]
    context = {
        "tabs": words.tabs("targets"),
        "page": page,
        "columns": columns,
        "rows": rows,
        "text": text,
        "clear_url": reverse("reporting:targets"),
    }
    return render(request, "reporting/managing/targets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_target(request: HttpRequest) -> HttpResponse:
    """Set a target of a unit."""
    capacity = capacity_of(request)
    initial = {"unit": capacity.unit.code if capacity.unit else ""}
    form = TargetForm(capacity, request.POST or None, initial=initial)
    if form.is_valid():
        with words.told(form):
            owing.add_target(form.cleaned_data["unit"], form.cleaned_data["series"], form.aim, by=capacity)
            messages.success(request, _("Đã đặt mục tiêu."))
            return redirect("reporting:targets")
    return words.form_page(
        request,
        form,
        title=_("Đặt mục tiêu"),
        label=_("Đặt mục tiêu"),
        crumbs=words.crumbs((_("Mục tiêu"), reverse("reporting:targets"))),
        back=reverse("reporting:targets"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def edit_target(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a target anew, or end it earlier."""
    capacity = capacity_of(request)
    one = queries.named_targets(capacity, pk=pk)
    if not one:
        raise Http404
    target = one[0]
    indicator = target.series.indicator
    form = AimForm(
        request.POST or None,
        indicator=indicator,
        initial={
            "comparator": target.comparator,
            "level": shown(target.value, indicator.places),
            "start": target.start,
            "last": target.end - DAY,
            "source": target.source,
        },
    )
    if form.is_valid():
        with words.told(form):
            owing.edit_target(target.pk, form.aim, by=capacity)
            messages.success(request, _("Đã lưu mục tiêu."))
            return redirect("reporting:targets")
    return words.form_page(
        request,
        form,
        title=_("Sửa mục tiêu"),
        label=_("Lưu mục tiêu"),
        lead=f"{target.indicator_name} – {name_of(target.unit, capacity.on)}",
        crumbs=words.crumbs((_("Mục tiêu"), reverse("reporting:targets"))),
        back=reverse("reporting:targets"),
    )


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def outside_figures(request: HttpRequest) -> HttpResponse:
    """Figures of units in reach that no report carries, with their source."""
    capacity = capacity_of(request)
    page = Paginator(queries.named_outside_figures(capacity), PER_PAGE).get_page(request.GET.get("trang"))
    columns = [
        tables.Column("chi-tieu", _("Chỉ tiêu")),
        tables.Column("don-vi", _("Đơn vị")),
        tables.Column("so", _("Số"), "number"),
        tables.Column("thoi-gian", _("Thời gian")),
        tables.Column("nguon", _("Nguồn")),
        tables.Column("ghi-nhan", _("Ngày ghi nhận"), "date"),
    ]
    rows = [
        {
            "cells": [
                tables.Cell(one.indicator_name, note=one.indicator.code),
                tables.Cell(one.unit_name),
                tables.Cell(_figure(one), note=one.words),
                tables.Cell(_window(one)),
                tables.Cell(one.source),
                tables.Cell(one.captured_on),
            ]
        }
        for one in page
    ]
    context = {"tabs": words.tabs("outside_figures"), "page": page, "columns": columns, "rows": rows}
    return render(request, "reporting/managing/outside_figures.html", context)


def _figure(one: OutsideFigure) -> str:
    decimals = one.indicator.decimals
    if one.value is not None:
        return shown(one.value, decimals)
    if one.high is None:
        return _("từ %s trở lên") % shown(one.low, decimals)
    return _("từ %(low)s đến %(high)s") % {"low": shown(one.low, decimals), "high": shown(one.high, decimals)}


def _window(one: OutsideFigure) -> str:
    last = vi_date(one.end - DAY)
    if one.start is None:
        return _("ngày %s") % last
    return _("từ %(start)s đến %(end)s") % {"start": vi_date(one.start), "end": last}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_outside_figure(request: HttpRequest) -> HttpResponse:
    """Write down a figure with its source."""
    capacity = capacity_of(request)
    initial = {"unit": capacity.unit.code if capacity.unit else ""}
    form = OutsideFigureForm(capacity, request.POST or None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        with words.told(form):
            owing.add_outside_figure(data["unit"], data["indicator"], form.seen, by=capacity)
            messages.success(request, _("Đã ghi số liệu ngoài hệ thống."))
            return redirect("reporting:outside_figures")
    return words.form_page(
        request,
        form,
        title=_("Ghi số liệu ngoài hệ thống"),
        label=_("Ghi số liệu"),
        crumbs=words.crumbs((_("Số liệu ngoài"), reverse("reporting:outside_figures"))),
        back=reverse("reporting:outside_figures"),
    )
