"""Sheets: the list, a new one, one with its versions, putting a draft in force, who owes it, calendars."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.queries.units import name_of
from congdoan.organisation.rights import Right
from congdoan.reporting.actions.configuring import owing, publishing
from congdoan.reporting.actions.configuring import sheets as actions
from congdoan.reporting.errors import NotReadyError, ReportingError
from congdoan.reporting.forms.managing_sheets import (
    CalendarForm,
    EndForm,
    ObligationForm,
    PublishForm,
    SheetForm,
    seen_of,
)
from congdoan.reporting.models import Sheet
from congdoan.reporting.queries import configuring as queries
from congdoan.reporting.queries import drafting
from congdoan.reporting.queries.sheets import blank
from congdoan.reporting.views import managing_words as words
from congdoan.reporting.views.managing_drafts import version_of
from congdoan.ui import tables
from congdoan.ui.templatetags.ui import vi_date, vi_number


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets of units in reach."""
    capacity = capacity_of(request)
    columns = [
        tables.Column("ten", _("Biểu mẫu")),
        tables.Column("ky", _("Kỳ")),
        tables.Column("don-vi", _("Đơn vị ban hành")),
        tables.Column("dong", _("Số dòng"), "number"),
        tables.Column("phien-ban", _("Đang dùng")),
        tables.Column("nhap", _("Bản nháp")),
    ]
    rows = [
        {
            "url": reverse("reporting:managed_sheet", args=[one.pk]),
            "cells": [
                tables.Cell(str(one), note=one.code),
                tables.Cell(one.get_period_type_display(), note=str(one.calendar)),
                tables.Cell(one.owner_name),
                tables.Cell(one.line_count),
                tables.Cell(_("phiên bản %s") % one.in_force_number if one.in_force else None),
                tables.Cell(
                    _("có bản nháp") if one.draft else None,
                    url=reverse("reporting:sheet_version", args=[one.draft]) if one.draft else "",
                ),
            ],
        }
        for one in queries.sheet_rows(capacity, capacity.on)
    ]
    context = {"tabs": words.tabs("managed_sheets"), "columns": columns, "rows": rows}
    return render(request, "reporting/managing/sheets.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_sheet(request: HttpRequest) -> HttpResponse:
    """Begin a new sheet."""
    capacity = capacity_of(request)
    initial = {"owner": capacity.unit.code if capacity.unit else "", "period_type": "month"}
    form = SheetForm(capacity, request.POST or None, initial=initial)
    if form.is_valid():
        with words.told(form):
            made = actions.add_sheet(by=capacity, **form.cleaned_data)
            messages.success(request, _("Đã lập biểu mẫu. Hãy thêm phần và dòng vào bản nháp."))
            return redirect("reporting:sheet_version", made.versions.get().pk)
    return words.form_page(
        request,
        form,
        title=_("Lập biểu mẫu"),
        label=_("Lập biểu mẫu"),
        crumbs=words.crumbs(),
        back=reverse("reporting:managed_sheets"),
    )


def sheet_of(request: HttpRequest, pk: int) -> Sheet:
    """Return a sheet in reach; others are not found."""
    found = (
        queries.sheets(capacity_of(request))
        .select_related("calendar", "owner", "coverage")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet: its versions, who owes it, what happened to it."""
    capacity = capacity_of(request)
    one = sheet_of(request, pk)
    versions = queries.versions_of(one)
    in_force = next(
        (
            version.pk
            for version in sorted(
                versions, key=lambda version: (version.valid_from, version.number), reverse=True
            )
            if version.published_at and version.valid_from <= capacity.on
        ),
        None,
    )
    rows = []
    for version in versions:
        look, label = words.version_state(version, in_force, capacity.on)
        rows.append(
            {
                "version": version,
                "title": words.version_name(version),
                "url": reverse("reporting:sheet_version", args=[version.pk]),
                "look": look,
                "label": label,
            }
        )
    context = {
        "one": one,
        "crumbs": words.crumbs(),
        "facts": [
            {"label": _("Mã"), "value": one.code},
            {"label": _("Kỳ"), "value": one.get_period_type_display(), "note": str(one.calendar)},
            {"label": _("Đơn vị ban hành"), "value": name_of(one.owner, capacity.on)},
        ],
        "rows": rows,
        "never_published": not any(version.published_at for version in versions),
        "has_draft": any(version.published_at is None for version in versions),
        "obligations": [
            {
                "title": _("%(kind)s thuộc %(unit)s") % {"kind": owed.kind, "unit": owed.top_name},
                "dates": words.dates(owed),
                "due": ngettext(
                    "hạn nộp %(count)s ngày sau kỳ", "hạn nộp %(count)s ngày sau kỳ", owed.due_days
                )
                % {"count": owed.due_days},
                "url": reverse("reporting:end_obligation", args=[owed.pk])
                if owed.valid_to is None or owed.valid_to > capacity.on
                else "",
            }
            for owed in queries.owed(capacity, one)
        ],
        "entries": words.events(queries.trail("sheet", one.pk)),
    }
    return render(request, "reporting/managing/sheet.html", context)


@require_POST
@requires(Right.CONFIGURE_REPORTS)
def begin_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a draft copied from the newest version, or go on with the one that is there."""
    one = sheet_of(request, pk)
    return redirect("reporting:sheet_version", actions.begin_draft(one.pk, by=capacity_of(request)).pk)


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What a version changes of the one before it."""
    version = version_of(request, pk)
    before = drafting.in_force(version.sheet, version)
    context = {
        "version": version,
        "title": _("So với phiên bản trước"),
        "name": words.version_name(version),
        "before": words.version_name(before) if before else "",
        "crumbs": words.crumbs(words.sheet_step(version.sheet), words.version_step(version)),
        "differences": drafting.differences(blank(before) if before else None, blank(version)),
    }
    return render(request, "reporting/managing/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft in force from a period on."""
    capacity = capacity_of(request)
    version = version_of(request, pk)
    periods = queries.publishable(version.sheet, capacity.on)
    following = next((period for period in periods if period.start > capacity.on), None)
    form = PublishForm(
        periods,
        request.POST or None,
        initial={"start": following.start.isoformat() if following else None},
    )
    problems = [] if version.published_at else publishing.faults(version, capacity.on)
    if form.is_valid():
        try:
            done = publishing.publish(
                version.pk, start=form.cleaned_data["start"], by=capacity, seen=seen_of(request.POST)
            )
        except NotReadyError as error:
            problems = error.problems
        except ReportingError as error:
            form.add_error(None, error.user_message)
        else:
            messages.success(
                request,
                _("Đã ban hành phiên bản %(number)s, dùng từ kỳ bắt đầu ngày %(day)s.")
                % {"number": done.number, "day": vi_date(done.valid_from)},
            )
            return redirect("reporting:managed_sheet", done.sheet_id)
    before = drafting.in_force(version.sheet, version)
    context = {
        "version": version,
        "form": form,
        "problems": problems,
        "periods": periods,
        "crumbs": words.crumbs(words.sheet_step(version.sheet), words.version_step(version)),
        "differences": drafting.differences(blank(before) if before else None, blank(version)),
    }
    return render(request, "reporting/managing/publish.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """Let units owe a sheet: first what it would open, then the deed."""
    capacity = capacity_of(request)
    one = sheet_of(request, pk)
    initial = {"top": capacity.unit.code if capacity.unit else "", "kind": "grassroots_union"}
    form = ObligationForm(capacity, request.POST or None, initial=initial)
    would = None
    if form.is_valid():
        try:
            if "lam" in request.POST:
                _made, opened = owing.add_obligation(one.pk, by=capacity, **form.cleaned_data)
                messages.success(request, _("Đã giao nghĩa vụ. %s") % _opened(opened))
                return redirect("reporting:managed_sheet", one.pk)
            proposed = owing.proposed_obligation(one.pk, by=capacity, **form.cleaned_data)
            would = owing.preview(proposed, capacity.on)
        except ReportingError as error:
            form.add_error(None, error.user_message)
    context = {
        "one": one,
        "form": form,
        "would": _would(would) if would else "",
        "crumbs": words.crumbs(words.sheet_step(one)),
        "back": words.sheet_step(one)[1],
    }
    return render(request, "reporting/managing/obligation.html", context)


def _opened(count: int) -> str:
    if not count:
        return _("Báo cáo sẽ mở khi kỳ bắt đầu.")
    return ngettext("%(count)s báo cáo đã mở.", "%(count)s báo cáo đã mở.", count) % {
        "count": vi_number(count)
    }


def _would(would: owing.Opening) -> str:
    units = ngettext("%(count)s đơn vị", "%(count)s đơn vị", would.units) % {"count": vi_number(would.units)}
    reports = ngettext("%(count)s báo cáo", "%(count)s báo cáo", would.reports) % {
        "count": vi_number(would.reports)
    }
    text = _("%(units)s phải nộp, %(reports)s sẽ mở ngay.") % {"units": units, "reports": reports}
    if not would.has_version:
        text += " " + _(
            "Biểu mẫu chưa có phiên bản dùng cho kỳ này, nên báo cáo mở từ kỳ của phiên bản đã ban hành."
        )
    return text


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def end_obligation(request: HttpRequest, pk: int) -> HttpResponse:
    """End an obligation."""
    capacity = capacity_of(request)
    owed = queries.obligations(capacity).filter(pk=pk).first()
    if owed is None:
        raise Http404
    form = EndForm(request.POST or None)
    if form.is_valid():
        with words.told(form):
            owing.end_obligation(owed.pk, valid_to=form.cleaned_data["valid_to"], by=capacity)
            messages.success(request, _("Đã kết thúc nghĩa vụ báo cáo."))
            return redirect("reporting:managed_sheet", owed.sheet_id)
    name = _("%(kind)s thuộc %(unit)s") % {"kind": owed.kind, "unit": name_of(owed.top, capacity.on)}
    return words.form_page(
        request,
        form,
        title=_("Kết thúc nghĩa vụ báo cáo"),
        label=_("Kết thúc nghĩa vụ"),
        lead=f"{owed.sheet}: {name}, {words.dates(owed)}.",
        crumbs=words.crumbs(words.sheet_step(owed.sheet)),
        back=words.sheet_step(owed.sheet)[1],
    )


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def calendars(request: HttpRequest) -> HttpResponse:
    """The calendars with their cut-off day."""
    columns: list[Any] = [
        tables.Column("ten", _("Lịch")),
        tables.Column("dau", _("Tháng bắt đầu"), "number"),
        tables.Column("chot", _("Ngày chốt số")),
    ]
    rows = [
        {
            "cells": [
                tables.Cell(str(one), note=one.code),
                tables.Cell(_("ngày %s") % one.start_day),
                tables.Cell(
                    _("ngày cuối tháng") if one.start_day == 1 else _("ngày %s") % (one.start_day - 1)
                ),
            ]
        }
        for one in queries.calendars()
    ]
    context = {"tabs": words.tabs("calendars"), "columns": columns, "rows": rows}
    return render(request, "reporting/managing/calendars.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_calendar(request: HttpRequest) -> HttpResponse:
    """Add a calendar."""
    form = CalendarForm(request.POST or None)
    if form.is_valid():
        with words.told(form):
            owing.add_calendar(by=capacity_of(request), **form.cleaned_data)
            messages.success(request, _("Đã thêm lịch và các kỳ của lịch."))
            return redirect("reporting:calendars")
    return words.form_page(
        request,
        form,
        title=_("Thêm lịch"),
        label=_("Thêm lịch"),
        crumbs=words.crumbs((_("Lịch"), reverse("reporting:calendars"))),
        back=reverse("reporting:calendars"),
    )
