"""Looking through the figures of a page, from the editors' admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from congdoan.figures.views import checking


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def check_urls() -> list[URLPattern]:
    """The list of what should be looked at, and the reading of figures."""
    return [
        path("so-lieu/kiem-tra/<int:pk>/", checking.check, name="congdoan_check_figures"),
        path("so-lieu/doc/<int:pk>/", checking.read_page, name="congdoan_read_page"),
    ]


@hooks.register("register_page_header_buttons")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def check_button(page: Any, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """Look through an article."""
    specific = page.specific
    if hasattr(specific, "figure_scope") and page.permissions_for_user(user).can_edit():
        for order, (label, name, icon) in enumerate(
            (
                (_("Kiểm tra số liệu trong bài"), "congdoan_check_figures", "check"),
                (_("Đọc số liệu trong bài"), "congdoan_read_page", "search"),
            )
        ):
            yield Button(label, reverse(name, args=[page.pk]), icon_name=icon, priority=38 + order)
