"""In whose name the reader acts, for the shell of the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from congdoan.organisation.middleware import mandates_of


def capacities(request: HttpRequest) -> dict[str, Any]:
    """Add the reader's mandates and where they choose among them; nobody is asked until a page of the desk is drawn."""
    return {
        "desk_capacities": SimpleLazyObject(lambda: _capacities(request)),
        "desk_capacity_url": SimpleLazyObject(lambda: reverse("organisation:choose_capacity")),
    }


def _capacities(request: HttpRequest) -> list[dict[str, Any]]:
    # An error page may be drawn before the middleware has run.
    capacity = getattr(request, "capacity", None)
    if capacity is None or capacity.mandate is None:
        return []
    return [
        {
            "id": mandate.pk,
            "position": str(mandate.position),
            "unit": mandate.unit_name,  # type: ignore[attr-defined]  # annotated
            "is_current": mandate.pk == capacity.mandate.pk,
        }
        for mandate in mandates_of(request)
    ]
