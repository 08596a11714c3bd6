"""Puts on each request in whose name it is made."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from congdoan.organisation.models import Mandate
from congdoan.organisation.queries.capacities import Capacity, valid_mandates

SESSION_KEY = "capacity"
"""Holds the id of the mandate that the officer chose; checked again at each request."""

_MANDATES = "_congdoan_mandates"


class CapacityMiddleware:
    """Set ``request.capacity``; it is worked out when somebody asks, with one query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.capacity = SimpleLazyObject(lambda: _capacity(request))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)


def mandates_of(request: HttpRequest) -> list[Mandate]:
    """Return every mandate that whoever sends ``request`` holds now, the highest post first. Read once a request."""
    known: list[Mandate] | None = getattr(request, _MANDATES, None)
    if known is None:
        known = valid_mandates(request.user)
        setattr(request, _MANDATES, known)
    return known


def _capacity(request: HttpRequest) -> Capacity:
    chosen = request.session.get(SESSION_KEY) if request.user.is_authenticated else None
    mandates = mandates_of(request)
    mandate = next((mandate for mandate in mandates if mandate.pk == chosen), None)
    return Capacity(request.user, mandate or (mandates[0] if mandates else None), timezone.localdate())
