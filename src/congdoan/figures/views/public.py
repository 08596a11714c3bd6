"""One published figure: what it says, and where it comes from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from congdoan.figures import wording
from congdoan.figures.models import PublishedFigure
from congdoan.figures.queries.showing import Shown


@require_safe
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a published figure."""
    found = get_object_or_404(PublishedFigure.objects.select_related("indicator", "version", "unit"), pk=pk)
    shown = Shown.frozen(found)
    return render(request, "figures/figure.html", {"figure": found, "words": wording.with_unit(shown)})
