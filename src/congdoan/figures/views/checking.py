"""What in the text of a page does not fit together, for its editor to look at."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.models import Page

from congdoan.figures.queries.remarks import remarks_on
from congdoan.figures.queries.words import words_of


@require_safe
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """List what should be looked at in the newest draft. Whoever may not edit the page does not find it."""
    page = get_object_or_404(Page, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    draft = page.specific.get_latest_revision_as_object()
    context = {"page": draft, "remarks": remarks_on(words_of(draft))}
    return render(request, "figures/admin/check.html", context)
