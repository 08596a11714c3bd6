"""Was a form sent by a page of ours? The device against cross-site requests where a page cannot carry a CSRF token.

A cached page is the same bytes for everyone, so no token of one visitor can stand in it. Browsers say themselves where
a form came from: ``Sec-Fetch-Site`` (https://www.w3.org/TR/fetch-metadata/), ``Origin``, and in old ones ``Referer``.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_own(request: HttpRequest) -> bool:
    """Say whether the request comes from a page of this site, or from no page at all.

    A program that names no origin is let through: it could name any, has nobody's cookies, and meets the same limit.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None and (referer := request.headers.get("Referer")):
        parts = urlsplit(referer)
        origin = f"{parts.scheme}://{parts.netloc}"
    if origin is None:
        return True
    return origin in {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
