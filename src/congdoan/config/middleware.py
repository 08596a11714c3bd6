"""What happens to every request before and after its view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from congdoan.pages.visitors import TrustedProxies

ADMIN_PREFIX = "/quan-tri/"


class TrustedProxyMiddleware:
    """Believe ``X-Forwarded-For`` and ``X-Forwarded-Proto`` from the proxies of ``TRUSTED_PROXIES`` alone.

    Anyone else could write any address there and so escape a rate limit.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.proxies = TrustedProxies(settings.TRUSTED_PROXIES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        peer = meta.get("REMOTE_ADDR", "")
        if self.proxies.trusts(peer):
            meta["REMOTE_ADDR"] = self.proxies.visitor(peer, meta.get("HTTP_X_FORWARDED_FOR", ""))
            if meta.get("HTTP_X_FORWARDED_PROTO") == "https":
                meta["wsgi.url_scheme"] = "https"
                request.environ["wsgi.url_scheme"] = "https"  # type: ignore[attr-defined]  # WSGIRequest
        return self.get_response(request)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp with a policy of its own for the editors' admin."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the policy for the request: the admin's own directives under its prefix."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path.startswith(ADMIN_PREFIX):
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts


class AtomicAdminMiddleware:
    """Run every change that an editor makes in one transaction, so that the audit trail stands or falls with it.

    Only unsafe methods: on SQLite a transaction takes the writer's lock, which reading must not need.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Call ``view`` in a transaction when it may write, unless it says that it opens its own."""
        if DEFAULT_DB_ALIAS in getattr(
            view, "_non_atomic_requests", ()
        ):  # set by transaction.non_atomic_requests
            return None
        if request.method in ("GET", "HEAD", "OPTIONS") or not request.path.startswith(ADMIN_PREFIX):
            return None
        with transaction.atomic():
            return view(request, *args, **kwargs)
