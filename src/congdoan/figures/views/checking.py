"""Looking through the text of a page: what does not fit together, and which figures it has."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from congdoan.figures.actions.reading import read
from congdoan.figures.queries.remarks import remarks_on
from congdoan.figures.queries.words import words_of
from congdoan.organisation.access import capacity_of


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """List what should be looked at in the newest draft. Whoever may not edit the page does not find it."""
    draft = _draft(request, pk)
    context = {"page": draft, "remarks": remarks_on(words_of(draft))}
    return render(request, "figures/admin/check.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def read_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the figures of the newest draft, then go on at the desk, where each is decided."""
    draft, capacity = _draft(request, pk), capacity_of(request)
    unit = getattr(draft, "report_unit", None) or capacity.unit
    if request.method == "POST" and unit is not None:
        made = read(
            words_of(draft, bare=True),
            title=draft.title,
            by=capacity,
            unit=unit,
            page=draft,
        )
        return redirect("figures:reading", made.pk)
    return render(request, "figures/admin/read_page.html", {"page": draft, "unit": unit})


def _draft(request: HttpRequest, pk: int) -> Any:
    page = get_object_or_404(Page, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    return page.specific.get_latest_revision_as_object()
