"""One published figure for everybody: what it says, where it comes from, what it is made of."""

from __future__ import annotations

from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.figures import wording
from congdoan.figures.engine.suppressing import SMALL, Cover
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries import one_figure, sources
from congdoan.figures.queries.showing import Shown
from congdoan.figures.views import public_words as words
from congdoan.figures.views.public_files import TYPES, file_of
from congdoan.organisation.access import capacity_of
from congdoan.pages.cache import cacheable, depend_on
from congdoan.pages.models import SiteSettings
from congdoan.reporting.models import Indicator, Series
from congdoan.reporting.queries.overview import words_of_cell
from congdoan.reporting.queries.public import TAG, TOTALS
from congdoan.reporting.views.seeing.links import sources_url
from congdoan.ui.charts import trend

_Answer = TypeVar("_Answer", bound=HttpResponseBase)


def _published(request: HttpRequest, pk: int) -> PublishedFigure:
    try:
        return one_figure.published(pk, capacity_of(request))
    except PublishedFigure.DoesNotExist:
        raise Http404 from None


@cacheable
@require_safe
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a published figure."""
    found = _published(request, pk)
    depend_on(f"figure:{pk}", TOTALS, TAG, "articles", "site")
    told = one_figure.told(found, capacity_of(request))
    behind = sources.behind(found, sees_all=told.may_see_reports)
    title = words.name(found, words_of_cell(found.cell))
    unit = told.unit.shown_name  # type: ignore[attr-defined]  # named
    context = _said(found, title, unit) | {
        "told": told,
        "crumbs": [
            {"title": _("Trang chủ"), "url": reverse("wagtail_serve", args=[""])},
            {"title": _("Số liệu"), "url": reverse("figures:list")},
        ],
        "citation": words.citation(found, title, unit, SiteSettings.for_request(request).shown_name),
        "errata": [words.erratum(one) for one in told.errata],
        "replaced_by": told.replaced_by,
        "today": words.today_says(found, behind.now),
        "reports_url": sources_url(behind.now) if told.may_see_reports else "",
        "files": [{"label": form.upper(), "url": reverse("figures:file", args=[pk, form])} for form in TYPES],
        "small": SMALL,
    }
    answer = render(request, "figures/public/figure.html", context | _tables(found, behind, title))
    return _kept_private(answer, told)


@cacheable
@require_safe
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the little that a reader wants to know without leaving the text: a fragment."""
    found = _published(request, pk)
    depend_on(f"figure:{pk}", TAG)
    told = one_figure.told(found, capacity_of(request))
    said = _said(found, words.name(found, words_of_cell(found.cell)), told.unit.shown_name)  # type: ignore[attr-defined]  # named
    return _kept_private(render(request, "figures/public/summary.html", said), told)


@require_safe
def file(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """Download a figure with its parts: CSV, XLSX or JSON."""
    if form not in TYPES:
        raise Http404
    found = _published(request, pk)
    told = one_figure.told(found, capacity_of(request))
    return _kept_private(file_of(form, told, sources.behind(found, sees_all=told.may_see_reports)), told)


def _kept_private(answer: _Answer, told: one_figure.Told) -> _Answer:
    """Keep what only somebody with a right over the unit sees out of caches."""
    if told.may_see_reports:
        answer["Cache-Control"] = "private, no-store"
    return answer


def _said(found: PublishedFigure, title: str, unit: str) -> dict[str, Any]:
    """What is said of the figure alone."""
    shown, indicator = Shown.frozen(found), found.indicator
    return {
        "figure": found,
        "title": title,
        "unit": unit,
        "value": wording.number(shown),
        "measure": wording.measure(shown),
        "whole": wording.with_unit(shown),
        "spelled": words.spelled(found),
        "window": words.window(found.start, found.end, indicator.kind),
        "definition": found.version.definition_words if found.version else "",
        "coverage": words.coverage(found) if found.origin == PublishedFigure.Origin.REPORTS else "",
        "fraction": _fraction(found),
        "target": wording.target(shown) if found.target is not None else "",
        "aim": words.amount(shown.target, indicator.rate or indicator) if shown.target is not None else "",
        "as_of": words.as_of(found.as_of, found.epoch),
        "basis": words.basis(found) if found.origin == PublishedFigure.Origin.REPORTS else "",
        "origin": words.origin(found),
        "digest": found.digest[: words.SHORT],
        "url": found.get_absolute_url(),
    }


def _fraction(found: PublishedFigure) -> list[dict[str, Any]]:
    """Numerator and denominator of a rate, by name."""
    if found.numerator is None or found.denominator is None:
        return []
    version = found.version
    parts: tuple[Series | None, Series | None] = (
        (version.numerator, version.denominator) if version else (None, None)
    )
    meanings = one_figure.names_of_series([one for one in parts if one], found.end)
    labels = (_("Tử số"), _("Mẫu số"))
    return [
        {"label": label, "name": meanings.get(series.pk, "") if series else "", "value": value}
        for label, series, value in zip(labels, parts, (found.numerator, found.denominator), strict=True)
    ]


def _tables(found: PublishedFigure, behind: sources.Behind, title: str) -> dict[str, Any]:
    indicator = found.indicator
    kind = indicator.kind
    units = [_row(one, indicator, one.name or _("Phần còn lại")) for one in behind.units]
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in behind.cells:
        groups.setdefault(one.breakdown, []).append(_row(one, indicator, one.name))
    labels = [words.short_window(one.window, kind) for one in behind.points]
    points = [_row(one, indicator, label) for one, label in zip(behind.points, labels, strict=True)]
    chart = None
    if len(points) > 1:
        chart = trend.layout(
            [trend.Series("", [None if one.value is None else float(one.value) for one in behind.points])],
            labels,
            written=lambda level: words.level(level, indicator),
            bars=kind
            not in (Indicator.Kind.STOCK, Indicator.Kind.RATE, Indicator.Kind.GAP, Indicator.Kind.TREE),
        )
    return {
        "behind": behind,
        "units": units,
        "is_rate": kind in (Indicator.Kind.RATE, Indicator.Kind.GAP),
        "has_rest": any(not one.code for one in behind.units),
        "groups": list(groups.items()),
        "points": points,
        "chart": chart,
    }


def _row(part: sources.Part, indicator: Indicator, label: str) -> dict[str, Any]:
    hidden = {
        Cover.SMALL: _("dưới %(small)s") % {"small": SMALL},
        Cover.HIDDEN: _("không công bố"),
    }.get(part.cover, "")
    return {
        "code": part.code,
        "label": label,
        "value": words.amount(part.value, indicator),
        "hidden": hidden,
        "numerator": part.numerator,
        "denominator": part.denominator,
        "reported": part.reported,
    }
