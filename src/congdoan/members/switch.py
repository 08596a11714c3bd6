"""Is the register on? With ``MEMBERS=off`` none of its addresses exists, none of its rows is found, nothing points to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import URLPattern, URLResolver
from django.urls.resolvers import RoutePattern


def is_on() -> bool:
    """Say whether this installation keeps a register of members. Asked at each use, so that it can change."""
    return bool(settings.MEMBERS == "on")


class SwitchedRoute(RoutePattern):
    """The beginning of an address that matches only while the register is on.

    A view that answered 404 by itself would still be told from no view at all: by the check of the form's token, by the
    redirect to the address with a slash.
    """

    def match(self, path: str) -> Any:
        """Match as a plain route does, or not at all."""
        return super().match(path) if is_on() else None


def switched(route: str, patterns: Sequence[URLPattern | URLResolver]) -> URLResolver:
    """Return ``patterns`` below ``route``, there only while the register is on."""
    return URLResolver(SwitchedRoute(route, is_endpoint=False), list(patterns), None)
