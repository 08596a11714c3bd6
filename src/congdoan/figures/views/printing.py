"""Report pages as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.models import Page

from congdoan.figures.exports import files
from congdoan.figures.queries.printing import printable

DRAFT = "ban-nhap"
"""Name of the query that asks for the newest draft of a page."""


@require_safe
def report(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """Give a report page as a file: to everybody what is published, to those who may edit the page its draft too."""
    page = get_object_or_404(Page.objects.select_related("content_type"), pk=pk)
    specific: Any = page.specific
    if not hasattr(specific, "is_report"):
        raise Http404
    if page.live and DRAFT not in request.GET and not page.get_view_restrictions().exists():
        if not specific.is_report:
            raise Http404
        return _file(files.published(specific, ending), specific, ending)
    if not request.user.is_authenticated or not page.permissions_for_user(request.user).can_edit():
        raise Http404
    draft = specific.get_latest_revision_as_object()
    if not draft.is_report:
        raise Http404
    response = _file(files.write(printable(draft, live=True), ending), draft, ending)
    response["Cache-Control"] = "private, no-store"
    return response


def _file(content: bytes, page: Any, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=files.TYPES[ending])
    header = content_disposition_header(ending == "docx", f"{page.slug}.{ending}")
    response["Content-Disposition"] = header or "inline"
    response["X-Robots-Tag"] = "noindex"
    patch_vary_headers(response, ["Cookie"])
    return response
