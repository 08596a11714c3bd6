"""What a kind of page shows beside its own fields: a registry that the apps above fill.

A page model may not reach up to the queries of its app, so the app says in its ``views`` what goes into the context.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

Build = Callable[[Any, HttpRequest], dict[str, Any]]
_Build = TypeVar("_Build", bound=Build)
_builders: dict[type, Build] = {}


def shows(model: type) -> Callable[[_Build], _Build]:
    """Register the decorated ``function(page, request) -> context`` for pages of ``model``."""

    def register(build: _Build) -> _Build:
        _builders[model] = build
        return build

    return register


def context_for(page: object, request: HttpRequest) -> dict[str, Any]:
    """Return what was registered for the page's model; nothing when nobody did."""
    build = _builders.get(type(page))
    return build(page, request) if build else {}
