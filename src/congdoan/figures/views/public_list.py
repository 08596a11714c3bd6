"""The list of open figures: indicators with their newest figure, and all figures that were published."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from congdoan.figures import wording
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries import listing
from congdoan.figures.queries.showing import Shown
from congdoan.figures.views import public_words
from congdoan.pages.cache import cacheable, depend_on
from congdoan.reporting.queries import overview, public
from congdoan.reporting.views.public import crumbs, row
from congdoan.reporting.views.seeing import words

PER_PAGE = 20


@cacheable
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """List the public indicators with the newest figure of the federation, and the published figures; a search finds both, by
    words without diacritics, by year, and published figures also by their value."""
    depend_on(public.TOTALS, public.TAG, "articles", "site")
    today = timezone.localdate()
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    unit = public.subject(today)
    found = public.indicators(text, today)
    shown = public.newest(unit, found, today) if unit else []
    newest = listing.newest_of([one.indicator.pk for one in shown])
    page: Page[PublishedFigure] = Paginator(listing.search_figures(text, today), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    names = listing.names_of([*newest.values(), *page])
    topics: dict[str, list[dict[str, Any]]] = {}
    for one in shown:
        last = newest.get(one.indicator.pk)
        said = row(one) | {"published": _published([last], names)[0] if last else None}
        topics.setdefault(said["topic"], []).append(said)
    context: dict[str, Any] = {
        "unit": unit,
        "text": text,
        "topics": list(topics.items()) if page.number == 1 else [],
        "count": len(shown),
        "as_of": words.as_of(overview.newest_batch()),
        "crumbs": crumbs(),
        "published": _published(page, names),
        "page": page,
    }
    return render(request, "figures/public/list.html", context)


def _published(figures: Collection[PublishedFigure], names: dict[Any, str]) -> list[dict[str, Any]]:
    cells = {cell: overview.words_of_cell(cell) for cell in {one.cell for one in figures if one.cell}}
    return [
        {
            "url": one.get_absolute_url(),
            "number": one.pk,
            "name": public_words.name(one, cells.get(one.cell, "")),
            "value": wording.with_unit(Shown.frozen(one)),
            "unit": names.get((one.unit_id, one.end), one.unit.code),
            "window": public_words.window(one.start, one.end, one.indicator.kind),
            "vintage": one.get_vintage_display(),
        }
        for one in figures
    ]
