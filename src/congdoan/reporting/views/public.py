"""One indicator for everybody: what it means, its newest figure, and how it went over time. The list of all stands in ``figures``."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.organisation.models import Unit
from congdoan.pages.cache import cacheable, depend_on
from congdoan.reporting.models import Indicator, IndicatorVersion, Period
from congdoan.reporting.queries import overview, public
from congdoan.reporting.queries.figures import Figure
from congdoan.reporting.views.seeing import words
from congdoan.ui.charts import trend
from congdoan.ui.templatetags.ui import vi_date


@cacheable
@require_safe
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show one public indicator: what it means, its newest figure, the last periods as a table and a picture."""
    if "\0" in code:  # PostgreSQL has no such texts
        raise Http404
    depend_on(public.TAG)
    today = timezone.localdate()
    try:
        found = public.indicator(code)
    except Indicator.DoesNotExist:
        raise Http404 from None
    meaning = overview.meanings([found.pk], today).get(found.pk)
    unit = public.subject(today)
    context: dict[str, Any] = {
        "indicator": found,
        "meaning": meaning,
        "name": str(meaning or found.code),
        "unit": unit,
        "measure": words.unit_words(found, meaning),
        "as_of": words.as_of(overview.newest_batch()),
        "crumbs": [*crumbs(), {"title": _("Số liệu"), "url": reverse("figures:list")}],
    }
    if unit:
        (shown,) = public.newest(unit, [(found, meaning)], today)
        context |= {"newest": row(shown)} | _over_time(unit, found, meaning)
    return render(request, "reporting/public/indicator.html", context)


def crumbs() -> list[dict[str, str]]:
    """Return the way to the front page."""
    return [{"title": _("Trang chủ"), "url": reverse("wagtail_serve", args=[""])}]


def row(shown: public.Shown) -> dict[str, Any]:
    """Return one indicator with its newest figure in words."""
    one, figure = shown.indicator, shown.figure
    return {
        "name": str(shown.meaning or one.code),
        "topic": (one.topic_en if get_language() == "en" else "") or one.topic,
        "url": reverse("reporting:public_indicator", args=[one.code]),
        "value": words.value_of(figure),
        "measure": words.unit_words(one, shown.meaning),
        "note": ", ".join(part for part in (_window(figure), _coverage(figure)) if part),
        "source": figure.source if figure else "",
        "vintage": words.vintage(figure) if figure and figure.value is not None else "",
    }


def _coverage(figure: Figure | None) -> str:
    """Say how many reports are in; what no report carries has none."""
    if figure is None or figure.indicator.kind in public.UNREPORTED:
        return ""
    return words.coverage(figure)


def _window(figure: Figure | None) -> str:
    """Say which days a figure is about; what is there at a moment, on which day."""
    if figure is None or figure.indicator.kind == Indicator.Kind.OUTSIDE:
        return ""
    if figure.indicator.kind in (Indicator.Kind.STOCK, Indicator.Kind.TREE):
        return _("ngày %(day)s") % {"day": vi_date(figure.end)}
    return _("từ %(first)s đến %(last)s") % {"first": vi_date(figure.start), "last": vi_date(figure.end)}


def _over_time(unit: Unit, one: Indicator, meaning: IndicatorVersion | None) -> dict[str, Any]:
    found: list[tuple[Period, Figure]] = public.trend(unit, one, meaning, timezone.localdate())
    if not found:
        return {}
    rows = [
        {"period": period.words, "value": words.value_of(figure), "note": words.coverage(figure)}
        for period, figure in found
    ]
    first, last = found[0][0].start, found[-1][1].end
    asked = {"indicator": one.code, "unit": unit.code, "from": first.isoformat(), "to": last.isoformat()}
    by = found[0][0].type
    files = [
        {"label": form.upper(), "url": f"{reverse(f'api:figures-{form}')}?{urlencode(asked | {'by': by})}"}
        for form in ("csv", "xlsx", "json")
    ]
    values = [None if figure.value is None else float(figure.value) for _period, figure in found]
    chart = trend.layout(
        [trend.Series("", values)],
        [period.words for period, _figure in found],
        written=lambda level: words.axis(level, one),
        bars=one.kind not in (Indicator.Kind.STOCK, Indicator.Kind.RATE, Indicator.Kind.GAP),
    )
    return {"rows": rows, "files": files, "chart": chart if len(found) > 1 else None}
