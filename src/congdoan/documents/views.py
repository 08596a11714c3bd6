"""The public library: "Tra cứu văn bản"."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from congdoan.documents import queries
from congdoan.documents.forms import FilterForm
from congdoan.documents.models import Document


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """List public documents; search, filters, order and page all stand in the address."""
    form = FilterForm(request.GET, queries.choices())
    chosen = form.chosen
    listing = queries.listing(
        chosen["q"],
        kind=chosen["loai"],
        issuer=chosen["co_quan"],
        year=chosen["nam"],
        sort=chosen["sap_xep"],
        page=request.GET.get("trang"),
    )
    without_filters = f"?{urlencode({'q': chosen['q']})}" if chosen["q"] else reverse("documents:list")
    context: dict[str, Any] = {
        "form": form,
        "listing": listing,
        "clear_url": without_filters,
        "crumbs": _crumbs(),
    }
    return render(request, "documents/list.html", context)


@require_safe
def document_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one public document: its facts, its file, how to cite it."""
    try:
        document = queries.by_slug(slug)
    except Document.DoesNotExist:
        raise Http404 from None
    context: dict[str, Any] = {
        "document": document,
        "file_label": queries.file_label(document),
        "citation": queries.citation(document),
        "crumbs": [*_crumbs(), {"title": _("Tra cứu văn bản"), "url": reverse("documents:list")}],
    }
    return render(request, "documents/detail.html", context)


def _crumbs() -> list[dict[str, str]]:
    return [{"title": _("Trang chủ"), "url": reverse("wagtail_serve", args=[""])}]
