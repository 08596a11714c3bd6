"""Who may open a screen: a visitor signs in, a known screen without the right is refused, foreign rows are not found."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from congdoan.organisation.queries.capacities import Capacity
from congdoan.organisation.rights import Right

View = Callable[..., HttpResponseBase]


def capacity_of(request: HttpRequest) -> Capacity:
    """Return in whose name the request is made (set by ``middleware``)."""
    capacity: Capacity = request.capacity  # type: ignore[attr-defined]  # the middleware sets it
    return capacity


def requires(*rights: Right) -> Callable[[View], View]:
    """Let a view be opened by those who have one of ``rights`` over anything. No right: whoever has signed in."""

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if rights and not any(capacity_of(request).may(right) for right in rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return checked

    return decorate
