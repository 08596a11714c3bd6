"""Addresses of the API. Whatever else is asked for below them is a problem and not a page."""

from __future__ import annotations

from typing import cast

from django.urls import URLPattern, path, re_path

from congdoan.api import views
from congdoan.api.gate import gated
from congdoan.api.v1 import api

app_name = "api"

PRIVATE = frozenset(
    {
        "me",
        "figure-sources",
        "reports",
        "report",
        "report-submit",
        "report-accept",
        "report-return",
        "report-correct",
    }
)
"""Addresses that a visitor gets nothing from."""


def _public(pattern: URLPattern) -> URLPattern:
    """Open public data also to somebody who still owes a second factor: it is open to a visitor."""
    if pattern.name not in PRIVATE:
        pattern.callback.second_factor_not_needed = True  # type: ignore[attr-defined]
    return pattern


urlpatterns = [
    *(_public(gated(cast("URLPattern", pattern))) for pattern in api.urls[0]),
    _public(path("docs", views.docs, name="docs")),
    _public(gated(re_path(r"^(?P<path>.*)$", views.unknown, name="unknown"))),
]
