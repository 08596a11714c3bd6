"""Published figures that differ from their data: the list, and the decision about one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from congdoan.figures import wording
from congdoan.figures.actions import deciding, telling
from congdoan.figures.errors import NoDiscrepancyError
from congdoan.figures.forms.deciding import CORRECT, DecisionForm
from congdoan.figures.models import Discrepancy, PublishedFigure
from congdoan.figures.queries import discrepancies as queries
from congdoan.figures.queries.showing import Shown
from congdoan.figures.views import public_words
from congdoan.organisation.access import capacity_of, requires
from congdoan.organisation.queries.units import name_of
from congdoan.organisation.rights import Right
from congdoan.ui import tables

PER_PAGE = 50
DECIDED = "da-quyet"


@require_safe
@requires(Right.PUBLISH_NEWS)
def discrepancies(request: HttpRequest) -> HttpResponse:
    """The figures that wait for a decision; on the other tab those decided."""
    decided = request.GET.get("xem") == DECIDED
    found = queries.seen_by(request.user)
    is_open = found.filter(state=Discrepancy.State.OPEN)
    rows = found.exclude(state=Discrepancy.State.OPEN) if decided else is_open
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    columns = [
        tables.Column("chi-tieu", _("Số liệu")),
        tables.Column("trang", _("Trên trang")),
        tables.Column("cong-bo", _("Đã công bố"), "number"),
        tables.Column("nay", _("Số báo cáo nay là"), "number"),
        tables.Column("luc", _("Nhận ra ngày"), "date"),
    ]
    if decided:
        columns.append(tables.Column("tinh-trang", _("Tình trạng")))
    url = reverse("figures:discrepancies")
    tabs = [
        {"label": _("Chờ quyết định"), "url": url, "is_current": not decided, "count": is_open.count()},
        {"label": _("Đã quyết định"), "url": f"{url}?xem={DECIDED}", "is_current": decided},
    ]
    then = queries.figures_then(list(page))
    rows_shown = [_row(one, then[one.pk], decided) for one in page]
    context = {"page": page, "columns": columns, "rows": rows_shown, "tabs": tabs}
    return render(request, "figures/deciding/discrepancies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Right.PUBLISH_NEWS)
def discrepancy(request: HttpRequest, pk: int) -> HttpResponse:
    """What was published, what the data say now, and the decision."""
    found = queries.seen_by(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404
    is_open = found.state == Discrepancy.State.OPEN
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _decide(request, found, form)
        except NoDiscrepancyError:
            messages.warning(
                request,
                _("Chưa ghi quyết định: số liệu vừa được người khác quyết định, hoặc không còn sai khác."),
            )
        return redirect("figures:discrepancies")
    figure = queries.figures_then([found])[found.pk]
    context: dict[str, Any] = {
        "discrepancy": found,
        "is_open": is_open,
        "form": form,
        "name": _name(figure),
        "unit_name": name_of(figure.unit, figure.end),
        "window": _window(figure),
        "published": _words(figure),
        "figure": figure,
        "now": _words_now(found, figure),
        "difference": _difference(found, figure),
        "page_url": found.shown.page.url or "",
        "crumbs": [{"title": _("Số liệu sai khác"), "url": reverse("figures:discrepancies")}],
    }
    return render(request, "figures/deciding/discrepancy.html", context)


def _decide(request: HttpRequest, found: Discrepancy, form: DecisionForm) -> None:
    capacity = capacity_of(request)
    actor: Any = request.user
    said = {
        "reason": form.cleaned_data["reason"],
        "actor": actor,
        "capacity": (str(capacity.mandate.pk), str(capacity.mandate)) if capacity.mandate else ("", ""),
    }
    if form.cleaned_data["decision"] == CORRECT:
        deciding.correct(found.pk, **said)
        messages.success(request, _("Đã đính chính. Trang hiện số mới và lý do."))
    else:
        deciding.keep(found.pk, **said)
        messages.success(request, _("Đã ghi: giữ số đã công bố."))
    telling.take_back(found)


def _row(one: Discrepancy, figure: PublishedFigure, decided: bool) -> dict[str, Any]:
    return {
        "url": reverse("figures:discrepancy", args=[one.pk]),
        "cells": [
            tables.Cell(_name(figure), note=_window(figure)),
            tables.Cell(one.shown.page.title),
            tables.Cell(_words(figure)),
            tables.Cell(_words_now(one, figure)),
            tables.Cell(timezone.localdate(one.noticed_at)),
            *([tables.Cell(one.get_state_display())] if decided else []),
        ],
    }


def _name(figure: PublishedFigure) -> str:
    return str(figure.version or figure.indicator.code)


def _window(figure: PublishedFigure) -> str:
    return public_words.window(figure.start, figure.end, figure.indicator.kind)


def _words(figure: PublishedFigure) -> str:
    return public_words.whole(Shown.frozen(figure))


def _words_now(one: Discrepancy, figure: PublishedFigure) -> str:
    """Write what the data say now, as the published figure is written."""
    value = one.now.get("value")
    if value is None:
        return _("không còn số liệu")
    return _words(_copy(figure, int(value)))


def _difference(one: Discrepancy, figure: PublishedFigure) -> str:
    old, new = figure.value, one.now.get("value")
    if old is None or new is None:
        return ""
    gap = int(new) - old
    change = _copy(figure, abs(gap))
    words = _words(change)
    if wording.is_percent(Shown.frozen(change)):
        words = f"{words.removesuffix('%')} {_('điểm phần trăm')}"
    return f"{'+' if gap > 0 else '−'}{words}" if gap else words


def _copy(figure: PublishedFigure, value: int) -> PublishedFigure:
    """Return the figure with another value, never to be stored."""
    return PublishedFigure(
        pk=figure.pk,
        indicator=figure.indicator,
        version=figure.version,
        unit=figure.unit,
        start=figure.start,
        end=figure.end,
        value=value,
        decimals=figure.decimals,
    )
