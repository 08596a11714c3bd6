"""What the app adds to Wagtail's serving of pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from congdoan.pages.cache import shows_page


@hooks.register("before_serve_page")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def note_the_page(page: Any, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Tell the page cache which page is being rendered: when it changes, it is rendered anew before all others."""
    shows_page(page.pk)
