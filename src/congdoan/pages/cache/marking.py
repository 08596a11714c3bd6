"""Which views the page cache may keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation
from wagtail.views import serve

_View = TypeVar("_View", bound=Callable[..., Any])
_KEPT_ENDINGS = ("/", ".xml", ".txt")


def cacheable(view: _View) -> _View:
    """Let the page cache keep the answers of ``view`` for visitors without a session and without a query string.

    The view must look the same for everybody, use no CSRF token, and name with ``depend_on`` what it shows.
    Pages of Wagtail are kept without it. An answer with "no-store", "private" or a cookie is never kept.
    """
    view.page_cache = True  # type: ignore[attr-defined]  # a mark on the function; functools.wraps carries it on
    return view


def may_be_kept(path: str) -> bool:
    """Say whether ``path`` leads to a Wagtail page or a view marked ``cacheable``."""
    if not path.endswith(_KEPT_ENDINGS):
        return False
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            view = resolve(path).func
        except Resolver404:
            return False
    return view is serve or getattr(view, "page_cache", False)
