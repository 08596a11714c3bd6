"""Figures of years without reports: the list, and another."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.figures import wording
from congdoan.figures.actions import papers as actions
from congdoan.figures.forms.papers import PaperFigureForm
from congdoan.figures.queries import papers as queries
from congdoan.figures.queries.showing import Shown
from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.queries.units import name_of
from congdoan.organisation.rights import Right
from congdoan.ui import tables
from congdoan.ui.templatetags.ui import vi_date

PER_PAGE = 50


@require_safe
@requires(Right.CONFIGURE_REPORTS)
def papers(request: HttpRequest) -> HttpResponse:
    """What was entered from paper."""
    page = Paginator(queries.entered(capacity_of(request)), PER_PAGE).get_page(request.GET.get("trang"))
    columns = [
        tables.Column("chi-tieu", _("Chỉ tiêu")),
        tables.Column("don-vi", _("Đơn vị")),
        tables.Column("so", _("Số"), "number"),
        tables.Column("thoi-gian", _("Thời gian")),
        tables.Column("nguon", _("Nguồn")),
    ]
    rows = [
        {
            "url": one.get_absolute_url(),
            "cells": [
                tables.Cell(str(one.version or one.indicator.code), note=one.indicator.code),
                tables.Cell(name_of(one.unit, one.end)),
                tables.Cell(wording.with_unit(Shown.frozen(one))),
                tables.Cell(
                    _("từ %(first)s đến %(last)s") % {"first": vi_date(one.start), "last": vi_date(one.end)}
                ),
                tables.Cell(one.source),
            ],
        }
        for one in page
    ]
    context = {"page": page, "columns": columns, "rows": rows, "crumbs": _crumbs()}
    return render(request, "figures/papers/papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.CONFIGURE_REPORTS)
def add_paper(request: HttpRequest) -> HttpResponse:
    """Enter a figure from paper."""
    capacity = capacity_of(request)
    initial = {"unit": capacity.unit.code if capacity.unit else ""}
    form = PaperFigureForm(capacity, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.enter(form.paper, by=capacity)
        messages.success(request, _("Đã ghi số liệu từ văn bản giấy."))
        return redirect("figures:papers")
    context = {
        "form": form,
        "back": reverse("figures:papers"),
        "crumbs": [*_crumbs(), {"title": _("Số liệu từ văn bản giấy"), "url": reverse("figures:papers")}],
    }
    return render(request, "figures/papers/add_paper.html", context, status=422 if form.errors else 200)


def _crumbs() -> list[dict[str, str]]:
    return [{"title": _("Đọc số liệu"), "url": reverse("figures:readings")}]
