"""Articles with a tag."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congdoan.pages.cache import cacheable
from congdoan.portal import queries
from congdoan.portal.models import Tag


@cacheable
@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """All articles with the tag, newest first."""
    found = get_object_or_404(Tag, slug=slug)
    context = queries.articles_tagged(slug, request.GET.get("trang", "1"))
    return render(request, "portal/tag.html", {"tag": found, **context})
