"""Asking the engine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from congdoan.search.engine import EmbeddedEngine, Engine, Query, Results, SearchError

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
