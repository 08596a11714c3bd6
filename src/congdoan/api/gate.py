"""What every request of the API passes first: the language it asks for, and how often one may ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.utils import translation

from congdoan.accounts import engine, limits
from congdoan.api import problems
from congdoan.api.errors import TooManyRequestsError

SECONDS = 60
MOST = 300
"""Requests a minute of one key, or of one network without a key."""

MOST_DOWNLOADS = 20
"""Whole tables a minute, which cost far more."""

View = Callable[..., HttpResponseBase]
_WHOLE_TABLE = re.compile(r"(units|indicators|figures)\.(csv|xlsx|json)")


def gated(pattern: URLPattern) -> URLPattern:
    """Return the address with the gate before its view."""
    pattern.callback = _gate(pattern.callback)
    return pattern


def _gate(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Never from a header or a cookie: the same address gives everybody the same words.
        asked = request.GET.get("lang", "")
        language = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            if not _may_ask(request):
                return problems.of_api_error(request, TooManyRequestsError(SECONDS))
            response = view(request, *args, **kwargs)
            if response.status_code == 405 and response.headers.get("Content-Type") != problems.MEDIA_TYPE:
                return problems.not_allowed(response.headers.get("Allow", "GET"))
        response.headers.setdefault("Content-Language", language)
        return response

    checked.csrf_exempt = True  # type: ignore[attr-defined]  # auth.SessionAuth looks, where a session is used
    return checked


def _may_ask(request: HttpRequest) -> bool:
    who = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()[:200]
    address = engine.network(str(request.META.get("REMOTE_ADDR", "")))
    if not limits.take(f"api:{who or address}", most=MOST, seconds=SECONDS):
        return False
    # Made-up keys must not open a new count each: the network is counted as well, more generously.
    if who and not limits.take(f"api-network:{address}", most=MOST * 10, seconds=SECONDS):
        return False
    is_download = _WHOLE_TABLE.fullmatch(request.path.rsplit("/", 1)[-1])
    return not is_download or limits.take(
        f"api-download:{who or address}", most=MOST_DOWNLOADS, seconds=SECONDS
    )
