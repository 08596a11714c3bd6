"""Reading the figures of a text: paste or upload, decide about each figure, put them into a report."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from congdoan.figures.actions import placing
from congdoan.figures.actions import reading as actions
from congdoan.figures.forms.reading import FigureForm, TextForm
from congdoan.figures.models import ReadFigure, Reading
from congdoan.figures.queries import readings as queries
from congdoan.figures.queries.remarks import remarks_on
from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.rights import Right
from congdoan.reporting.models import Report
from congdoan.reporting.queries import entering
from congdoan.ui import tables
from congdoan.ui.templatetags.ui import vi_date

READERS = (Right.ENTER_REPORTS, Right.EDIT_NEWS, Right.CONFIGURE_REPORTS)
"""Whoever fills reports, writes news or keeps the indicators may read figures out of a text."""

PER_PAGE = 50
State = ReadFigure.State


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*READERS)
def readings(request: HttpRequest) -> HttpResponse:
    """One's own texts, and a form for another."""
    capacity = capacity_of(request)
    form = TextForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if capacity.unit is None:
            form.add_error(None, _("Hãy chọn tư cách cán bộ của một đơn vị rồi đọc lại."))
        else:
            upload = form.cleaned_data.get("file")
            notes = [note.translated(_) for note in form.found.notes] if form.found else []
            made = actions.read(
                form.cleaned_data["text"],
                title=form.cleaned_data["title"],
                by=capacity,
                source_name=upload.name if upload else "",
                notes=notes,
            )
            return redirect("figures:reading", made.pk)
    page = Paginator(queries.own(request.user), PER_PAGE).get_page(request.GET.get("trang"))
    columns = [
        tables.Column("ten", _("Văn bản")),
        tables.Column("ngay", _("Ngày đọc"), "date"),
        tables.Column("so", _("Số liệu"), "number"),
        tables.Column("cho", _("Chờ xem"), "number"),
    ]
    rows = [
        {
            "url": reverse("figures:reading", args=[one.pk]),
            "cells": [
                tables.Cell(one.title, note=one.source_name),
                tables.Cell(one.made_at),
                tables.Cell(one.figure_count),
                tables.Cell(one.waiting_count),
            ],
        }
        for one in page
    ]
    context = {
        "form": form,
        "page": page,
        "columns": columns,
        "rows": rows,
        "may_enter_paper": capacity.may(Right.CONFIGURE_REPORTS),
    }
    return render(request, "figures/reading/readings.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, pk: int) -> Reading:
    found: Reading | None = queries.own(request.user).filter(pk=pk).select_related("unit", "page").first()
    if found is None:
        raise Http404
    return found


@require_safe
@requires(*READERS)
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The text with its figures marked, and a card for each."""
    found = _own(request, pk)
    figures = list(found.figures.all())
    counts = {state: sum(1 for one in figures if one.state == state) for state in State.values}
    only = request.GET.get("xem", "")
    choices = queries.choices(found.made_at.date())
    shown = [one for one in figures if only not in State.values or one.state == only]
    url = reverse("figures:reading", args=[pk])
    tabs = [{"label": _("Tất cả"), "url": url, "is_current": only not in State.values, "count": len(figures)}]
    tabs += [
        {
            "label": capfirst(state.label),
            "url": f"{url}?xem={state.value}",
            "is_current": only == state.value,
            "count": counts[state],
        }
        for state in State
    ]
    context = {
        "reading": found,
        "paragraphs": queries.pieces(found, figures),
        "cards": [card(found, one, names=dict(choices)) for one in shown],
        "choices": choices,
        "warnings": remarks_on(found.text),
        "tabs": tabs,
        "confirmed": counts[State.CONFIRMED],
        "crumbs": _crumbs(),
    }
    return render(request, "figures/reading/reading.html", context)


def card(
    found: Reading, figure: ReadFigure, form: FigureForm | None = None, names: dict[str, str] | None = None
) -> dict[str, Any]:
    """Return what a figure's card shows; ``names`` of indicators by code."""
    before, number, after = queries.around(found, figure)
    said = f"{figure.indicator}|{figure.cell}" if figure.cell else figure.indicator
    form = form or FigureForm(
        initial={
            "indicator": said,
            "value": figure.value,
            "start_on": vi_date(figure.start_on) if figure.start_on else "",
            "end_on": vi_date(figure.end_on) if figure.end_on else "",
        },
        prefix=f"f{figure.pk}",
    )
    form.fields["indicator"].widget.attrs |= {"list": "chi-tieu", "autocomplete": "off"}
    low, high = figure.found.get("value_min"), figure.found.get("value_max")
    return {
        "figure": figure,
        "before": before,
        "number": number,
        "after": after,
        "form": form,
        "low": low,
        "high": high,
        "qualifier": (figure.found.get("qualifier") or {}).get("text", ""),
        "period": (figure.found.get("period") or {}).get("text", ""),
        "name": names.get(figure.indicator, figure.indicator) if names else figure.indicator,
        "state": capfirst(figure.get_state_display()),
        "sure": round(100 * float(figure.found.get("confidence") or 0)),
    }


@require_POST
@requires(*READERS)
def decide(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """Confirm a figure as the card says, dismiss it, or take either back. With htmx only the card comes back."""
    found = _own(request, pk)
    one = found.figures.filter(pk=figure).first()
    if one is None:
        raise Http404
    form = None
    match request.POST.get("viec"):
        case "nhan":
            form = FigureForm(request.POST, prefix=f"f{one.pk}")
            if form.is_valid():
                said = {**form.cleaned_data, "cell": form.cell}
                one, form = actions.decide(one, State.CONFIRMED, said), None
        case "bo":
            one = actions.decide(one, State.DISMISSED, {})
        case "xem-lai":
            one = actions.decide(one, State.PROPOSED, {})
        case _:
            raise Http404
    names = dict(queries.choices(found.made_at.date()))
    context = {"card": card(found, one, form, names), "reading": found}
    if getattr(request, "htmx", False):
        return render(request, "figures/reading/card.html", context, status=422 if form else 200)
    if form:
        return render(request, "figures/reading/one.html", context | {"crumbs": _crumbs()}, status=422)
    return redirect(f"{reverse('figures:reading', args=[pk])}#f{one.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.ENTER_REPORTS)
def into_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a report that is being filled, look at what would go where, and put it there."""
    found, capacity = _own(request, pk), capacity_of(request)
    waiting = list(entering.waiting(capacity)[:200])
    chosen = request.POST.get("bao-cao") or request.GET.get("bao-cao", "")
    report: Report | None = next((one for one in waiting if str(one.pk) == chosen), None)
    if request.method == "POST":
        if report is None:
            raise Http404
        done = actions.fill(found, report, by=capacity)
        if done.done:
            messages.success(
                request, _("Đã điền %(count)d ô. Hãy xem lại rồi gửi báo cáo.") % {"count": len(done.done)}
            )
            return redirect("reporting:fill", report.pk)
        messages.warning(request, _("Không có số liệu nào điền được vào báo cáo này."))
    values, left = actions.fits(found, report) if report else ({}, actions.Filled())
    context = {
        "reading": found,
        "reports": waiting,
        "report": report,
        "values": sorted(values.items()),
        "left": left,
        "crumbs": [*_crumbs(), {"title": found.title, "url": reverse("figures:reading", args=[pk])}],
    }
    return render(request, "figures/reading/into_report.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.EDIT_NEWS)
def into_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at which confirmed figures can stand in the article as live ones, and make a draft with them."""
    found, capacity = _own(request, pk), capacity_of(request)
    if found.page is None or not found.page.permissions_for_user(request.user).can_edit():
        raise Http404
    if found.page.permissions_for_user(request.user).page_locked():
        messages.warning(request, _("Bài đang bị khoá nên chưa sửa được. Hãy mở khoá rồi làm lại."))
        return redirect("figures:reading", pk)
    draft = found.page.specific.get_latest_revision_as_object()
    if request.method == "POST":
        done = placing.put(found, draft, by=capacity)
        if done.places:
            messages.success(
                request,
                _("Đã đưa %(count)d số liệu vào bản nháp của bài. Hãy xem lại rồi xuất bản.")
                % {"count": len(done.places)},
            )
            return redirect("wagtailadmin_pages:edit", draft.pk)
        messages.warning(request, _("Không có số liệu nào đưa được vào bài."))
    context = {
        "reading": found,
        "plan": placing.plan(found, draft),
        "crumbs": [*_crumbs(), {"title": found.title, "url": reverse("figures:reading", args=[pk])}],
    }
    return render(request, "figures/reading/into_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(*READERS)
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a text, after a question."""
    found = _own(request, pk)
    if request.method == "POST":
        actions.forget(found, by=capacity_of(request))
        messages.success(request, _("Đã xoá văn bản và các số liệu đọc được."))
        return redirect("figures:readings")
    context = {"reading": found, "crumbs": _crumbs(), "back": reverse("figures:reading", args=[pk])}
    return render(request, "figures/reading/forget.html", context)


def _crumbs() -> list[dict[str, str]]:
    return [{"title": _("Đọc số liệu"), "url": reverse("figures:readings")}]
