"""What the portal adds to Wagtail's serving of pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from congdoan.pages.cache import depend_on


@hooks.register("before_serve_page")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def record_what_is_shown(page: Any, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> None:
    """A page depends on itself."""
    depend_on(f"page:{page.pk}")
