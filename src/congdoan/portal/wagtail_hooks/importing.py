"""Taking over pages of an old portal: where the screen stands."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from congdoan.accounts.models import User
from congdoan.portal.views import imports


@hooks.register("register_admin_urls")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def import_urls() -> list[URLPattern]:
    """The screen for taking over pages of an old portal."""
    return [path("nhap-trang/", imports.import_page, name="congdoan_import_page")]


class ImportMenuItem(MenuItem):  # type: ignore[misc]  # Wagtail is untyped
    """Shown to those who may make articles."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the reader of the menu may import."""
        return imports.may_import(cast("User", request.user))


@hooks.register("register_admin_menu_item")  # type: ignore[untyped-decorator]  # Wagtail is untyped
def import_menu_item() -> MenuItem:
    """One entry of the menu."""
    return ImportMenuItem(
        _("Nhập trang cũ"),
        reverse_lazy("congdoan_import_page"),
        name="import-page",
        icon_name="download",
        order=320,
    )
