"""Puts on each request in whose name it is made."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from congdoan.organisation.queries.capacities import Capacity, capacity_for

SESSION_KEY = "capacity"
"""Holds the id of the mandate that the officer chose; checked again at each request."""


class CapacityMiddleware:
    """Set ``request.capacity``; it is worked out when somebody asks, with one query."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.capacity = SimpleLazyObject(lambda: _capacity(request))  # type: ignore[attr-defined]  # ours
        return self.get_response(request)


def _capacity(request: HttpRequest) -> Capacity:
    chosen = request.session.get(SESSION_KEY) if request.user.is_authenticated else None
    return capacity_for(request.user, chosen if isinstance(chosen, int) else None)
