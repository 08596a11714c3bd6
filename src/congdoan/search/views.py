"""One box for everything: "Tìm kiếm"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.search import sources
from congdoan.search.engine import Hit, Query, Results
from congdoan.search.queries import page_of, search

PAGE_SIZE = 15
BESIDE = 3
"""How many of those that stand aside are shown among everything."""
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Found:
    """One hit as the page shows it."""

    hit: Hit
    label: str
    url: str


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Show what readers may find; what is asked for, the kind and the page stand in the address."""
    text = request.GET.get("q", "")[:_LONGEST].strip()
    kind = request.GET.get("loai", "")
    kind = kind if sources.known(kind) else ""
    context: dict[str, Any] = {"text": text, "search_query": text, "kind": kind}
    if text:
        query = Query(
            text=text, kinds=(kind,) if kind else (), language=get_language() or settings.LANGUAGE_CODE
        )
        answer, beside = _answer(query, request.GET.get("trang"))
        context["is_waiting"] = answer is None
        if answer is not None:
            found, page = answer
            labels = {source.kind: str(source.label) for source in sources.all_sources()}
            context |= {
                "results": found,
                "page": page,
                "everywhere": sum(found.kinds.values()),
                "total": found.total + beside,
                "found": [
                    Found(hit, labels.get(hit.kind, ""), _address(hit.url)) for hit in page.object_list
                ],
                "beside": [
                    Found(hit, labels.get(hit.kind, ""), _address(hit.url)) for hit in _beside(query, page)
                ]
                if beside
                else [],
                "tabs": _tabs(text, kind, found.kinds),
            }
    response = render(request, "search/results.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(query: Query, page: str | None) -> tuple[tuple[Results, Page[Hit]] | None, int]:
    """Return the page, and how many more there are that stand aside of it.

    Where nothing else has all the words, those that stand aside are the answer.
    """
    aside = {source.kind for source in sources.all_sources() if source.stands_aside}
    if query.kinds or not aside:
        return page_of(query, page, PAGE_SIZE), 0
    others = tuple(source.kind for source in sources.all_sources() if not source.stands_aside)
    answer = page_of(replace(query, kinds=others), page, PAGE_SIZE)
    if answer is None or (answer[0].total and not answer[0].relaxed):
        return answer, sum(answer[0].kinds.get(kind, 0) for kind in aside) if answer else 0
    return page_of(query, page, PAGE_SIZE), 0


def _beside(query: Query, page: Page[Hit]) -> list[Hit]:
    """Return the best of those that stand aside, on the first page."""
    if page.number > 1:
        return []
    aside = tuple(source.kind for source in sources.all_sources() if source.stands_aside)
    found = search(replace(query, kinds=aside, limit=BESIDE))
    return list(found.hits) if found else []


def _tabs(text: str, kind: str, counts: Any) -> list[dict[str, Any]]:
    """Everything, then each kind that has something."""
    tabs = [
        {
            "label": _("Tất cả"),
            "url": f"?{urlencode({'q': text})}",
            "is_current": not kind,
            "count": sum(counts.values()),
        }
    ]
    tabs += [
        {
            "label": source.label,
            "url": f"?{urlencode({'q': text, 'loai': source.kind})}",
            "is_current": source.kind == kind,
            "count": counts.get(source.kind, 0),
        }
        for source in sources.all_sources()
        if counts.get(source.kind) or source.kind == kind
    ]
    return tabs


def _address(url: str) -> str:
    """The address in the reader's language: the index keeps Vietnamese ones."""
    language = get_language()
    foreign = language not in (None, settings.LANGUAGE_CODE)
    return f"/{language}{url}" if foreign and not url.startswith(f"/{language}/") else url
