"""Indicators and breakdowns: lists, one with everything, adding and redefining."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.configuring import indicators as actions
from congdoan.reporting.forms.managing import (
    BreakdownForm,
    CellsForm,
    IndicatorFilterForm,
    MeaningForm,
    NewIndicatorForm,
    OpennessForm,
    PartsForm,
)
from congdoan.reporting.models import Breakdown, Indicator
from congdoan.reporting.queries import configuring as queries
from congdoan.reporting.views import managing_words as words
from congdoan.ui import tables

PER_PAGE = 50


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def indicators(request: HttpRequest) -> HttpResponse:
    """The indicators that one may put on sheets, found by any word of their name, code or topic."""
    capacity = capacity_of(request)
    form = IndicatorFilterForm(capacity, request.GET, auto_id="loc-%s")
    found = queries.with_names(queries.indicators(capacity))
    if form.said("loai"):
        found = found.filter(kind=form.said("loai"))
    if form.said("linh-vuc"):
        found = found.filter(topic=form.said("linh-vuc"))
    page = Paginator(queries.matching(found, form.said("q")), PER_PAGE).get_page(request.GET.get("trang"))
    columns = [
        tables.Column("ten", _("Chỉ tiêu")),
        tables.Column("loai", _("Loại")),
        tables.Column("don-vi-tinh", _("Đơn vị tính")),
        tables.Column("linh-vuc", _("Lĩnh vực")),
        tables.Column("bieu-mau", _("Số biểu mẫu"), "number"),
    ]
    rows = [
        {
            "url": reverse("reporting:managed_indicator", args=[one.pk]),
            "cells": [
                tables.Cell(one.shown_name, note=one.code),
                tables.Cell(Indicator.Kind(one.kind).label),
                tables.Cell(one.shown_unit),
                tables.Cell(one.topic),
                tables.Cell(one.sheet_count),
            ],
        }
        for one in page
    ]
    context = {
        "tabs": words.tabs("indicators"),
        "form": form,
        "text": form.said("q"),
        "kept": [(name, value) for name, value in request.GET.items() if name not in ("q", "trang")],
        "clear_url": reverse("reporting:indicators"),
        "page": page,
        "columns": columns,
        "rows": rows,
    }
    return render(request, "reporting/managing/indicators.html", context)


def indicator_of(request: HttpRequest, pk: int) -> Any:
    """Return an indicator that one may see while setting up, with its name. Raises ``Http404``."""
    found = queries.with_names(queries.indicators(capacity_of(request))).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _mine(request: HttpRequest, pk: int) -> Any:
    """Return an indicator that one may define; one that is only seen leads back with the reason."""
    one = indicator_of(request, pk)
    one.is_definable = queries.definable(capacity_of(request)).filter(pk=pk).exists()
    return one


def _step(one: Any) -> tuple[str, str]:
    return one.shown_name, reverse("reporting:managed_indicator", args=[one.pk])


def _list_step() -> tuple[str, str]:
    return _("Chỉ tiêu"), reverse("reporting:indicators")


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator: what it means from when on, into what it is cut, which sheets ask for it, what happened to it."""
    capacity = capacity_of(request)
    one = _mine(request, pk)
    versions = list(one.versions.select_related("numerator", "denominator").order_by("-number"))
    series = queries.collected(one)
    context = {
        "one": one,
        "crumbs": words.crumbs(_list_step()),
        "facts": _facts(one, versions[0] if versions else None),
        "versions": [
            {
                "date": version.valid_from,
                "title": f"{version.number}. {version}",
                "text": version.definition_words,
                "kind": "planned" if version.valid_from > capacity.on else "change",
            }
            for version in versions
        ],
        "series": series,
        "uses": [
            {"sheet": sheet, "url": reverse("reporting:managed_sheet", args=[sheet.pk])}
            for sheet in queries.sheets_with(capacity, one)
        ],
        "entries": words.events(queries.trail("indicator", one.pk)),
        "may_cut": one.is_definable and one.kind in queries.REPORTED,
    }
    return render(request, "reporting/managing/indicator.html", context)


def _facts(one: Any, version: Any) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = [
        {"label": _("Mã"), "value": one.code},
        {"label": _("Loại"), "value": Indicator.Kind(one.kind).label},
    ]
    if version is not None:
        facts += [
            {"label": _("Đơn vị tính"), "value": version.unit_words},
            {"label": _("Định nghĩa"), "value": version.definition_words},
        ]
        if version.numerator is not None:
            facts += [
                {"label": _("Tử số"), "value": version.numerator.key},
                {
                    "label": _("Mẫu số"),
                    "value": version.denominator.key,
                    "note": version.get_denominator_kind_display(),
                },
            ]
        if one.rate is not None:
            facts.append({"label": _("Tỷ lệ được so"), "value": one.rate.code})
        if one.kind == Indicator.Kind.STOCK:
            facts.append({"label": _("Giá trị còn hiệu lực (ngày)"), "value": version.stale_days})
        facts.append({"label": _("Nguồn"), "value": version.source})
    openness = _("nhạy cảm") if one.is_sensitive else _("công khai") if one.is_public else _("nội bộ")
    return [
        *facts,
        {"label": _("Lĩnh vực"), "value": one.topic},
        {
            "label": _("Số chữ số thập phân"),
            "value": one.decimals,
            "note": _("số tiền, tính bằng đồng") if one.is_money else "",
        },
        {
            "label": _("Công khai"),
            "value": openness,
            "note": _("tổng toàn tỉnh được công bố") if one.totals_public else "",
        },
        {
            "label": _("Dùng chung"),
            "value": _("chỉ tiêu dùng chung") if one.owner_id is None else _("chỉ tiêu riêng của đơn vị"),
        },
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_indicator(request: HttpRequest) -> HttpResponse:
    """Add an indicator, with the parts to collect."""
    capacity = capacity_of(request)
    form = NewIndicatorForm(capacity, request.POST or None)
    if form.is_valid():
        with words.told(form):
            made = actions.add_indicator(
                form.nature,
                form.meaning,
                valid_from=form.cleaned_data["valid_from"],
                code=form.cleaned_data["code"],
                categories=form.chosen,
                rate=form.cleaned_data["rate"],
                by=capacity,
            )
            messages.success(
                request,
                _("Đã thêm chỉ tiêu. Giờ có thể đưa vào bản nháp của một biểu mẫu.")
                if made.kind in queries.REPORTED
                else _("Đã thêm chỉ tiêu."),
            )
            return redirect("reporting:managed_indicator", made.pk)
    return words.form_page(
        request,
        form,
        title=_("Thêm chỉ tiêu"),
        label=_("Thêm chỉ tiêu"),
        crumbs=words.crumbs(_list_step()),
        back=reverse("reporting:indicators"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def new_indicator_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what an indicator means from a day on."""
    capacity = capacity_of(request)
    one = _mine(request, pk)
    last = one.versions.select_related("numerator", "denominator").order_by("-number").first()
    initial = {}
    if last is not None:
        names = (
            "name",
            "name_en",
            "definition",
            "definition_en",
            "measure_unit",
            "measure_unit_en",
            "source",
        )
        initial = {name: getattr(last, name) for name in (*names, "denominator_kind", "stale_days")}
        initial |= {
            "numerator": last.numerator.key if last.numerator else "",
            "denominator": last.denominator.key if last.denominator else "",
        }
    form = MeaningForm(capacity, request.POST or None, initial=initial, kind=one.kind)
    if form.is_valid():
        with words.told(form):
            actions.new_version(one.pk, form.meaning, valid_from=form.cleaned_data["valid_from"], by=capacity)
            messages.success(request, _("Đã thêm phiên bản. Số liệu đã báo cáo không thay đổi."))
            return redirect("reporting:managed_indicator", one.pk)
    return words.form_page(
        request,
        form,
        title=_("Phiên bản mới của chỉ tiêu"),
        label=_("Lưu phiên bản"),
        crumbs=words.crumbs(_list_step(), _step(one)),
        back=_step(one)[1],
        lead=_(
            "Chỉ đổi tên và định nghĩa. Mã, loại và số chữ số thập phân giữ nguyên để số các năm so được với nhau."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def collect_cells(request: HttpRequest, pk: int) -> HttpResponse:
    """Cut an indicator into more parts."""
    one = _mine(request, pk)
    known = {part.pk for series in queries.collected(one) for part in series.categories.all()}
    form = CellsForm(request.POST or None, but=known)
    if form.is_valid():
        with words.told(form):
            made = actions.collect_cells(one.pk, form.chosen, by=capacity_of(request))
            messages.success(
                request,
                ngettext("Đã thêm %(count)s dãy số.", "Đã thêm %(count)s dãy số.", len(made))
                % {"count": len(made)},
            )
            return redirect("reporting:managed_indicator", one.pk)
    return words.form_page(
        request,
        form,
        title=_("Nhập theo phân tổ"),
        label=_("Thêm phân tổ"),
        crumbs=words.crumbs(_list_step(), _step(one)),
        back=_step(one)[1],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def open_indicator(request: HttpRequest, pk: int) -> HttpResponse:
    """Say who may see an indicator, and its topic."""
    one = _mine(request, pk)
    form = OpennessForm(
        request.POST or None,
        initial={
            name: getattr(one, name) for name in ("topic", "is_public", "is_sensitive", "totals_public")
        },
    )
    if form.is_valid():
        with words.told(form):
            actions.set_openness(one.pk, by=capacity_of(request), **form.cleaned_data)
            messages.success(request, _("Đã lưu."))
            return redirect("reporting:managed_indicator", one.pk)
    return words.form_page(
        request,
        form,
        title=_("Công khai và lĩnh vực"),
        label=_("Lưu"),
        crumbs=words.crumbs(_list_step(), _step(one)),
        back=_step(one)[1],
    )


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def breakdowns(request: HttpRequest) -> HttpResponse:
    """The breakdowns with their parts."""
    columns = [
        tables.Column("ten", _("Phân tổ")),
        tables.Column("phan", _("Các phần")),
        tables.Column("tong", _("Cộng lại bằng tổng")),
        tables.Column("chi-tieu", _("Số chỉ tiêu"), "number"),
    ]
    rows = [
        {
            "url": reverse("reporting:breakdown", args=[one.pk]),
            "cells": [
                tables.Cell(str(one), note=one.code),
                tables.Cell("; ".join(str(part) for part in one.categories.all())),
                tables.Cell(one.is_complete),
                tables.Cell(one.indicator_count),
            ],
        }
        for one in queries.breakdowns()
    ]
    context = {"tabs": words.tabs("breakdowns"), "columns": columns, "rows": rows}
    return render(request, "reporting/managing/breakdowns.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_breakdown(request: HttpRequest) -> HttpResponse:
    """Add a breakdown."""
    form = BreakdownForm(request.POST or None)
    if form.is_valid():
        with words.told(form):
            made = actions.add_breakdown(by=capacity_of(request), **form.cleaned_data)
            messages.success(request, _("Đã thêm phân tổ. Chỉ tiêu nào cần thì chọn thêm phân tổ này."))
            return redirect("reporting:breakdown", made.pk)
    return words.form_page(
        request,
        form,
        title=_("Thêm phân tổ"),
        label=_("Thêm phân tổ"),
        crumbs=words.crumbs((_("Phân tổ"), reverse("reporting:breakdowns"))),
        back=reverse("reporting:breakdowns"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def breakdown(request: HttpRequest, pk: int) -> HttpResponse:
    """One breakdown, and more parts for it."""
    found: Breakdown | None = queries.breakdowns().filter(pk=pk).first()
    if found is None:
        raise Http404
    form = PartsForm(request.POST or None)
    if form.is_valid():
        with words.told(form):
            actions.extend_breakdown(pk, form.cleaned_data["parts"], by=capacity_of(request))
            messages.success(request, _("Đã thêm phần vào phân tổ."))
            return redirect("reporting:breakdown", pk)
    context = {
        "one": found,
        "form": form,
        "parts": list(found.categories.all()),
        "crumbs": words.crumbs((_("Phân tổ"), reverse("reporting:breakdowns"))),
        "may_extend": queries.extendable(capacity_of(request)).filter(pk=pk).exists(),
    }
    return render(request, "reporting/managing/breakdown.html", context)
