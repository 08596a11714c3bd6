"""Report pages in the editors' admin: where their copies are made and their files are got."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button

from congdoan.figures.views import reports
from congdoan.figures.views.printing import DRAFT


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def report_urls() -> list[URLPattern]:
    """The screen for copies."""
    return [path("bao-cao/<int:pk>/chep/", reports.copy, name="congdoan_copy_report")]


@hooks.register("register_page_header_buttons")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def report_buttons(
    page: Any, user: Any, view_name: str = "", next_url: str | None = None
) -> Iterator[Button]:
    """Copy, and print the draft."""
    specific = page.specific
    if not getattr(specific, "is_report", False):
        return
    yield Button(
        _("Chép cho đơn vị, kỳ khác"),
        reverse("congdoan_copy_report", args=[page.pk]),
        icon_name="copy",
        priority=35,
    )
    if page.permissions_for_user(user).can_edit():
        for order, (ending, label) in enumerate(
            (("pdf", _("In bản nháp: PDF")), ("docx", _("In bản nháp: DOCX")))
        ):
            address = reverse(f"figures:report_{ending}", args=[page.pk])
            yield Button(label, f"{address}?{DRAFT}=1", icon_name="doc-full", priority=36 + order)
