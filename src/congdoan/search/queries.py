"""Asking the engine."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Page, Paginator

from congdoan.search.engine import MOST_RESULTS, EmbeddedEngine, Engine, Hit, Query, Results, SearchError

FOLDER = "search"
"""Folder of the embedded index within ``DATA_DIR``. It can be deleted at any time: it is built anew."""


def engine() -> Engine:
    """Return the engine that the settings choose. Raises ``ImproperlyConfigured``."""
    if settings.SEARCH_URL:
        raise ImproperlyConfigured(
            "Chưa dùng được SEARCH_URL: bản này chỉ có bộ máy tìm kiếm đi kèm. Hãy bỏ biến môi trường SEARCH_URL. "
            "/ SEARCH_URL is not supported by this version; unset it to use the embedded engine."
        )
    return _embedded(Path(settings.DATA_DIR) / FOLDER)


@cache
def _embedded(folder: Path) -> EmbeddedEngine:
    return EmbeddedEngine(folder)


def search(query: Query) -> Results | None:
    """Answer a query; ``None`` while there is no index that can be read (the background worker builds it)."""
    try:
        return engine().search(query)
    except SearchError:
        return None


def page_of(query: Query, number: str | int | None, size: int) -> tuple[Results, Page[Hit]] | None:
    """Return a page of what is found, as Django's ``Page`` for the pager; ``None`` while there is no index.

    ``number`` is what the address says: nonsense is page 1, too much the last one.
    """
    said = str(number)
    wanted = (
        min(max(int(said), 1), MOST_RESULTS) if said.isascii() and said.isdecimal() and len(said) < 9 else 1
    )
    results = search(replace(query, offset=(wanted - 1) * size, limit=size))
    if results is None:
        return None
    paginator: Paginator[Hit] = Paginator(range(min(results.total, MOST_RESULTS)), size)  # type: ignore[arg-type]  # only its length is asked
    at = paginator.get_page(wanted).number
    if at != wanted and results.total:
        results = search(replace(query, offset=(at - 1) * size, limit=size))
    return None if results is None else (results, Page(list(results.hits), at, paginator))
