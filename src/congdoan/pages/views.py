"""Addresses that belong to no page: robots.txt, and the live parts where no front application stands before Django."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congdoan.pages.cache import cacheable
from congdoan.pages.live.answer import LiveAnswer

NOT_FOR_ROBOTS = ("/quan-tri/", "/lam-viec/", "/dang-nhap/", "/tim-kiem/", "/tien-ich/", "/api/")


@cacheable
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what crawlers may read (RFC 9309): everything but screens behind a sign-in, searches and live parts."""
    closed = [f"Disallow: {prefix}{path}" for path in NOT_FOR_ROBOTS for prefix in ("", "/en")]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {settings.BASE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@cache
def _live() -> LiveAnswer:
    return LiveAnswer()


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer as ``FrontApplication`` does, for servers without it (``runserver``, Django's test client).

    Here each request reads and writes the database.
    """
    answer = _live()
    answer.refresh()
    body = answer.show() if request.method == "HEAD" else answer.visit(request.META)
    answer.counter.flush()
    return HttpResponse(body, content_type="application/json")
